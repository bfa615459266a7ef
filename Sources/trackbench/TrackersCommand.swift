import ArgumentParser
import BundledWeights
import Reporting
import Tracking

struct TrackersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trackers", abstract: "The trackers there are, their settings and the weights they want.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All trackers.")

    @OptionGroup var format: FormatOptions

    func run() throws {
      let columns = [Column("tracker"), Column("title"), Column("weights"), Column("paper")]
      let rows = TrackerCatalog.all.map {
        [Cell.text($0.name), .text($0.title), .text(Self.weights(of: $0)), .text($0.paper)]
      }
      try format.write(Report(tables: [Table(columns: columns, rows: rows)]))
    }

    /// Whether it tracks as it comes.
    private static func weights(of tracker: TrackerDescription) -> String {
      if BundledWeights.path(for: tracker.name) != nil { return "compact ones come along" }
      return tracker.publishedWeights == nil ? "none needed" : "--weights FILE"
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One tracker: settings with their sources, wanted weights, published scores.")

    @Argument(help: "The tracker's name.")
    var tracker: String

    @Option(help: "Show the settings of this preset.")
    var preset: String?

    @OptionGroup var format: FormatOptions

    func run() throws {
      let tracker = try TrackerCatalog.named(tracker)
      let presets = Table(
        title: "presets (the first is the default)",
        columns: [Column("preset"), Column("meaning"), Column("weights")],
        rows: tracker.presets.map { [.text($0.name), .text($0.meaning), $0.weights.map(Cell.text) ?? .missing] })
      let scores = Table(
        title: "published scores",
        columns: [Column("preset"), Column("dataset"), Column("measure"), Column("value"), Column("source")],
        rows: tracker.publishedScores.map {
          [
            $0.preset.map(Cell.text) ?? .missing, .text($0.dataset), .text($0.measure), .number($0.value),
            .text($0.source),
          ]
        })
      let settings = Table(
        title: "\(tracker.name): \(tracker.title) (\(tracker.paper))",
        columns: [Column("setting"), Column("value"), Column("meaning")],
        rows: try tracker.settings(preset: preset).map { [.text($0.key), .text("\($0.value)"), .text($0.meaning)] })
      var notes = [tracker.publishedWeights ?? "needs no weights"]
      let shapes = try tracker.shapes(preset: preset)
      if !shapes.isEmpty {
        let count = shapes.reduce(0) { $0 + $1.1.reduce(1, *) }
        notes.append(
          "wants \(shapes.count) tensors, \(Console.grouped(count)) numbers; check a file with `trackbench weights verify FILE --tracker \(tracker.name)`"
        )
      }
      try format.write(Report(tables: [settings, presets, scores].filter { !$0.rows.isEmpty }, notes: notes))
    }
  }
}
