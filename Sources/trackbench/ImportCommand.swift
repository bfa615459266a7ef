import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Interchange
import Parallel
import Reporting
import Scoreboard
import Scoring
import Store

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take other toolkits' result folders into the store, print the score table.",
    discussion: """
      The layout is found out: OTB text and the `.txt` files of pysot, got10k and pytracking, TRE and SRE, GOT-10k's folders, \
      VOT's `baseline`, `realtime`, `unsupervised`, `longterm`, and VOT workspaces. Numbers are taken as they stand. A file that \
      does not fit is named with its line and left out, the others are imported (exit 2); one with too few or too many lines is \
      taken as it is, for it is the profile that says what comes of it. Importing a tracker again puts the new folder in place \
      of the old.

        trackbench import results/OTB100/SiamFC results/OTB100/MDNet --dataset otb100 --profile all
        trackbench import results/VOT2018/SiamRPN --dataset vot2018
        trackbench import results/RAnet --dataset vot2018 --protocol unsupervised --sequences @VOT2018-20.txt
      """)

  @Argument(help: ArgumentHelp("Result folders.", valueName: "folder"))
  var folders: [String]

  @Option(help: "What the tracker is called. Default: the folder's name.")
  var tracker: String?

  @Option(help: "The data set the boxes belong to: a name, or a folder.")
  var dataset: String

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "How the results came about: \(ResultProtocol.Kind.allCases.map(\.rawValue).joined(separator: ", ")), each also with @realtime behind it. Default: by the names of folders and files.",
      valueName: "name"))
  var protocolName: String?

  @Option(help: ArgumentHelp("Only these sequences; @FILE for a file of names, one a line.", valueName: "name,…"))
  var sequences: [NameList] = []

  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    if tracker != nil, folders.count > 1 {
      throw CommandFault(
        place: "--tracker \(tracker ?? "")", cause: "one name for \(folders.count) folders",
        remedy: "leave --tracker out: each tracker is then called like its folder")
    }
    let options = try scoring.parsed()
    let selected = sequences.isEmpty ? nil : Set(try sequences.expanded())
    if let protocolName { _ = try ResultProtocol(named: protocolName) }
    let dataset = try DatasetCatalog.survey(self.dataset, root: data.resolved)
    let found = try folders.flatMap { folder in
      try ResultFolder.find(
        path: folder, tracker: tracker, dataset: dataset, protocolName: protocolName, sequences: selected)
    }
    try refuseTwice(found)

    // Folders are read while the store is opened and those before are stored and scored.
    let outcomes = Ahead(found) { $0.read() }
    let store = try store.open(create: true)
    let registered = try store.register(dataset)
    if found.contains(where: { !$0.protocolName.hasPrefix("ope") }) {
      try store.note(sizes: PictureSizes.unnamed(in: dataset.sequences), in: registered)
    }
    let scoring = ScoringAlongside(in: store, profiles: .applicable, options: options.options)
    var stored: [StoredRun] = []
    var isIncomplete = false
    while let outcome = outcomes.next() {
      let run = try take(outcome, of: dataset, registered, into: store)
      scoring.begin(run)
      stored.append(run)
      isIncomplete = isIncomplete || !outcome.refused.isEmpty
    }
    let settling = store.beginSettling()
    let scored = try scoring.finish()
    let chosen = try options.chosen(from: scored, of: stored, in: store)
    let leadOnly = format.format.isForPeople
    let (standings, written) = Parallel.both {
      Scoreboard.standings(of: chosen, leadOnly: leadOnly)
    } _: {
      Result {
        try Scoreboard.writeScores(scored, in: store)
        settling.wait()
        store.settle()
      }
    }
    try written.get()
    try format.write(ScoreReport.make(chosen, scopes: [.dataset], standings: standings))
    if isIncomplete { throw Ending.incomplete }
  }

  /// One store run a tracker and protocol: the second folder of the same name would take the place of the first.
  private func refuseTwice(_ found: [FoundResults]) throws {
    var folders: [[String]: String] = [:]
    for results in found {
      if let other = folders.updateValue(results.folder, forKey: [results.tracker, results.protocolName]) {
        throw CommandFault(
          place: results.folder,
          cause: "\(other) holds \(results.protocolName) results of a tracker called \(results.tracker), too",
          remedy: "import one of them by itself, with --tracker NAME")
      }
    }
  }

  /// Stores one tracker's results under one protocol and says on standard error what is odd about them.
  private func take(
    _ outcome: ImportOutcome, of dataset: Dataset, _ registered: RegisteredDataset, into store: ResultStore
  ) throws -> StoredRun {
    let identity = RunIdentity(
      tracker: outcome.tracker, dataset: dataset.name, protocolName: outcome.protocolName, origin: .imported)
    let run = try store.run(for: identity)
    try store.replace(
      run: run, session: store.beginSession(run: run, .here(jobs: 1)), with: outcome.trajectories, in: registered,
      refused: outcome.refused.map { ($0.sequence ?? $0.file, "\($0.place): \($0.cause)") })
    let label = outcome.protocolName == OnePass.name ? outcome.tracker : "\(outcome.tracker) \(outcome.protocolName)"
    for note in outcome.notes { Console.note("\(label): \(note)") }
    for refusal in outcome.refused { Console.note("\(label): left out \(refusal)") }
    if !outcome.missing.isEmpty {
      Console.note(
        "\(label): no file for \(outcome.missing.count) sequences: \(Self.shortened(outcome.missing))")
    }
    if !outcome.ignored.isEmpty {
      Console.note("\(label): passed over, for they belong to no sequence: \(Self.shortened(outcome.ignored))")
    }
    let sequences = Set(outcome.trajectories.map(\.sequence)).count
    let passes = outcome.trajectories.count > sequences ? " in \(outcome.trajectories.count) passes" : ""
    Console.note(
      "\(label): \(sequences) of \(dataset.sequences.count) sequences\(passes) imported into \(store.path) as run \(run)"
    )
    return StoredRun(id: run, identity: identity)
  }

  /// The first names of a list, and how many more there are.
  private static func shortened(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
