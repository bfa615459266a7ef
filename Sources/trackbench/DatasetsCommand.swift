import ArgumentParser
import Datasets
import Geometry
import Reporting

struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "Data sets: what is there, what is wrong with it, the drawn demo as files.",
    subcommands: [List.self, Show.self, Check.self, Export.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "All data sets the program knows, and what is found of each.")

    @OptionGroup var data: DataOptions
    @OptionGroup var format: FormatOptions

    func run() throws {
      let root = data.resolved
      let columns = [
        Column("name"), Column("title"), Column("found"), Column("sequences"), Column("frames"), Column("folders"),
        Column("source", isForPrograms: true),
      ]
      let rows = DatasetCatalog.known.map { info -> [Cell] in
        let found: String
        do { found = try DatasetCatalog.survey(info.name, root: root).summary } catch { found = "not found" }
        return [
          .text(info.name), .text(info.title), .text(found), .integer(info.sequences),
          info.frames.map(Cell.integer) ?? .missing, .text(info.expectedFolders ?? "none: drawn by the program"),
          .text(info.source),
        ]
      }
      let note =
        root.map { "looked in \($0)" }
        ?? "no data root: point --data-root or $TRACKBENCH_DATA at the folder that holds the data sets"
      try format.write(
        Report(
          tables: [Table(columns: columns, rows: rows)],
          notes: [
            note,
            "a folder of sequences, a benchmark's own folder or a list in pysot's layout may stand for a name: --dataset PATH",
          ]))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The sequences of one data set.")

    @Argument(help: "A name or a folder.")
    var dataset: String

    @OptionGroup var data: DataOptions
    @OptionGroup var format: FormatOptions

    func run() throws {
      let dataset = try DatasetCatalog.survey(dataset, root: data.resolved)
      let columns = [
        Column("sequence"), Column("annotated"), Column("frames"), Column("first_box", header: "first box", digits: 1),
        Column("attributes"), Column("tags"),
      ]
      let names = dataset.tagNames
      let rows = dataset.sequences.map { sequence -> [Cell] in
        [
          .text(sequence.name), .integer(sequence.count), .integer(sequence.frames.count),
          .text(sequence.annotation.regions.first.map { "\($0.axisAlignedBox)" } ?? "-"),
          .text(sequence.attributes.joined(separator: " ")),
          .text(names.filter { sequence.frameTags[$0] != nil }.joined(separator: " ")),
        ]
      }
      var notes = [dataset.summary]
      for (name, members) in dataset.subsets.sorted(by: { $0.key < $1.key }) {
        notes.append("subset \(name): \(members.count) sequences")
      }
      if !dataset.notes.isEmpty {
        notes.append(
          "\(dataset.notes.count) oddities its makers left: `trackbench datasets check \(dataset.name)` lists them")
      }
      try format.write(Report(tables: [Table(title: dataset.name, columns: columns, rows: rows)], notes: notes))
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every fault of a data set, with file, line and remedy; exit 2 where there is one.")

    @Argument(help: "A name or a folder.")
    var dataset: String

    @Flag(help: "Decode every frame instead of reading its header.")
    var deep = false

    @OptionGroup var data: DataOptions
    @OptionGroup var format: FormatOptions

    func run() throws {
      let check = DatasetCheck.run(try DatasetCatalog.survey(dataset, root: data.resolved), deep: deep)
      let columns = [Column("sequence"), Column("place"), Column("fault"), Column("remedy")]
      func rows(_ found: [DatasetError]) -> [[Cell]] {
        found.map { fault in
          [
            .text(fault.sequence ?? "-"), .text(fault.place), .text(fault.cause),
            fault.remedy.map(Cell.text) ?? .missing,
          ]
        }
      }
      var tables: [Table] = []
      if !check.faults.isEmpty { tables.append(Table(title: "faults", columns: columns, rows: rows(check.faults))) }
      if !check.notes.isEmpty {
        tables.append(Table(title: "odd, but as its makers left it", columns: columns, rows: rows(check.notes)))
      }
      try format.write(Report(tables: tables, notes: [check.summary]))
      if !check.isFine { throw Ending.incomplete }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the drawn data set as OTB folders: lossless frames and groundtruth_rect.txt.",
      discussion: "The exported folders give the same scores as `--dataset demo`.")

    @Argument(help: "Which data set: demo.")
    var dataset: String

    @Argument(help: "An empty or new folder.")
    var folder: String

    @Option(help: ArgumentHelp("Draw other sequences from this seed instead of the demo's own.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("How many sequences to draw from the seed.", valueName: "n"))
    var sequences: Int?

    func run() throws {
      guard dataset == "demo" else {
        throw CommandFault(
          place: dataset, cause: "only the drawn data set can be exported; the others are files already",
          remedy: "trackbench datasets export demo DIR")
      }
      let drawn = try drawn()
      try DatasetExport.write(drawn, to: folder) { progress in
        if progress.frame == progress.frames {
          Console.note("[\(progress.index + 1)/\(progress.sequences)] \(progress.sequence)  \(progress.frames) frames")
        }
      }
      Console.print(
        "\(drawn.sequences.count) sequences in \(folder): trackbench run --tracker siamfc --dataset \(folder)")
    }

    private func drawn() throws -> Dataset {
      guard seed != nil || sequences != nil else { return DemoDataset.make() }
      let count = sequences ?? 16
      guard count > 0 else {
        throw CommandFault(place: "--sequences \(count)", cause: "expected a number from 1", remedy: nil)
      }
      return SceneGenerator.dataset(firstSeed: seed ?? 1, count: count)
    }
  }
}
