import ArgumentParser
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
      let columns = [Column("tracker"), Column("title"), Column("paper")]
      let rows = TrackerCatalog.all.map { [Cell.text($0.name), .text($0.title), .text($0.paper)] }
      try format.write(Report(tables: [Table(columns: columns, rows: rows)]))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One tracker: settings with their sources, wanted weights, published scores.")

    @Argument(help: "The tracker's name.")
    var tracker: String

    @OptionGroup var format: FormatOptions

    func run() throws {
      let tracker = try TrackerCatalog.named(tracker)
      let settings = Table(
        title: "\(tracker.name): \(tracker.title) (\(tracker.paper))",
        columns: [Column("setting"), Column("value"), Column("meaning")],
        rows: try tracker.settings([]).map { [.text($0.key), .text("\($0.value)"), .text($0.meaning)] })
      var notes = [tracker.publishedWeights ?? "needs no weights"]
      if !tracker.shapes.isEmpty {
        let count = tracker.shapes.reduce(0) { $0 + $1.1.reduce(1, *) }
        notes.append("wants \(tracker.shapes.count) tensors, \(Console.grouped(count)) numbers; check a file with `trackbench weights verify FILE --tracker \(tracker.name)`")
      }
      try format.write(Report(tables: [settings], notes: notes))
    }
  }
}
