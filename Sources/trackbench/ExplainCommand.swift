import ArgumentParser
import Reporting
import Scoreboard
import Scoring
import Store

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why two toolkits give different numbers for the same boxes: rule by rule, sequence by sequence.",
    discussion: """
      The rules in which the two profiles differ are switched one at a time, and after each the whole run is scored again, so \
      the shares add up to the whole difference. A rule's share can depend on those switched before it; the same rules in the \
      reverse order show whether it does.

        trackbench explain --tracker SiamRPN --dataset otb100 pysot got10k
        trackbench explain --tracker MDNet --dataset otb100 pysot got10k --metric precision
      """)

  @Argument(
    help: ArgumentHelp(
      "Whose number is explained from: \(Profile.all.map(\.name).joined(separator: ", ")).", valueName: "profile"))
  var from: String

  @Argument(help: ArgumentHelp("Whose number is explained to.", valueName: "profile"))
  var to: String

  @Option(help: "A tracker's name in the store, or a run's number.")
  var tracker: String

  @Option(help: "Which data set, where the store holds the tracker on several.")
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "Which number: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
  var metric = Metric.success.rawValue

  @Option(help: ArgumentHelp("How many of the sequences that move most to name.", valueName: "n"))
  var sequences = 5

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if sequences < 0 { throw ValidationError("--sequences expects a number from 0, found \(sequences)") }
  }

  func run() throws {
    let profiles = try Profile.named([from, to])
    guard let metric = Metric(rawValue: metric) else {
      throw CommandFault.unknown("metric", metric, among: Metric.allCases.map(\.rawValue))
    }
    let store = try store.open(create: false)
    let run = try StoredRuns(store).one(tracker, dataset: dataset, protocolName: "ope")
    let difference = try Scoreboard.explain(run, in: store, from: profiles[0], to: profiles[1], metric: metric)
    try format.write(
      ExplanationReport.make(
        difference, title: "\(run.identity.tracker) on \(run.identity.dataset)", sequences: sequences))
  }
}
