import ArgumentParser
import Foundation
import Reporting
import Scoreboard

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold the store's scores against thresholds; exit 2 where one falls below.",
    discussion: """
      The file lists gates; metrics are success, success50, precision, norm_precision and ao:

        thresholds:
          - tracker: siamfc
            dataset: otb100
            profile: otb            # pysot where left out
            sequence: Crossing      # the whole data set where left out
            minimum: {success: 0.58, precision: 0.77}
      """)

  @Argument(help: "The threshold file.")
  var thresholds: String

  @Flag(help: "Rewrite the file with the scores the store holds now, rounded down to three places.")
  var update = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let gates = try Thresholds(contentsOf: thresholds)
    let verdicts = try gates.check(against: store.open(create: false))
    if update {
      do {
        try Data(Thresholds.updated(verdicts).utf8).write(to: URL(fileURLWithPath: thresholds), options: .atomic)
      } catch {
        throw CommandFault(place: thresholds, cause: "cannot be written (\(error.localizedDescription))", remedy: nil)
      }
      return Console.note("\(thresholds): \(verdicts.count) thresholds set to what \(store.path) holds")
    }
    let below = verdicts.filter { !$0.passes }
    let table = Table(
      columns: [
        Column("tracker"), Column("dataset"), Column("sequence"), Column("profile"), Column("metric"),
        Column("threshold"), Column("value"), Column("verdict"),
      ],
      rows: verdicts.map { verdict in
        [
          .text(verdict.gate.tracker), .text(verdict.gate.dataset), .text(verdict.gate.sequence ?? "all"),
          .text(verdict.gate.profileName), .text(verdict.metric), .number(verdict.minimum), Cell(verdict.value),
          .text(verdict.passes ? "ok" : verdict.value == nil ? "not in the store" : "BELOW"),
        ]
      })
    let summary =
      below.isEmpty
      ? "all \(verdicts.count) thresholds hold" : "\(below.count) of \(verdicts.count) thresholds do not hold"
    try format.write(Report(tables: [table], notes: [summary]))
    if !below.isEmpty { throw Ending.incomplete }
  }
}
