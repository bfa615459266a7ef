import ArgumentParser
import Reporting
import Scoreboard
import Scoring
import Store

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Two trackers on the same sequences: the difference, how sure it is, who wins where.",
    discussion: """
      The difference is paired: what one video is worth to both cancels, so it tells trackers apart whose own intervals overlap. \
      Its interval comes from drawing the sequences again, 10 000 times. The last lines say it in words.

        trackbench compare siamrpn++ siamrpn --dataset otb100
        trackbench compare 3 7 --metric precision --profile otb
      """)

  @Argument(help: "A tracker's name in the store, or a run's number.")
  var first: String

  @Argument(help: "Another one.")
  var second: String

  @Option(help: "Which data set, where the store holds both trackers on several.")
  var dataset: String?

  @Option(
    name: .customLong("protocol"), help: ArgumentHelp("Which protocol, where there are several.", valueName: "name"))
  var protocolName: String?

  @Option(help: ArgumentHelp("Only these numbers, named as report columns in CSV are.", valueName: "name,…"))
  var metric: [NameList] = []

  @Option(help: ArgumentHelp("How many of the largest wins and losses to name.", valueName: "n"))
  var sequences = 5

  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if sequences < 0 { throw ValidationError("--sequences expects a number from 0, found \(sequences)") }
  }

  func run() throws {
    let options = try scoring.parsed()
    let store = try store.open(create: false)
    let runs = try StoredRuns(store)
    let pair = try [first, second].map { try runs.one($0, dataset: dataset, protocolName: protocolName) }
    let (one, other) = (pair[0].identity, pair[1].identity)
    guard one.dataset == other.dataset else {
      throw CommandFault(
        place: "\(first), \(second)", cause: "the one ran on \(one.dataset), the other on \(other.dataset)",
        remedy: "name the data set they share with --dataset")
    }
    let scored = try options.scores(of: pair[0].id == pair[1].id ? [pair[0]] : pair, in: store)
    var profiles: [String] = []
    for run in scored where !profiles.contains(run.profile) { profiles.append(run.profile) }
    for (index, profile) in profiles.enumerated() {
      guard let a = scored.first(where: { $0.run.id == pair[0].id && $0.profile == profile }),
        let b = scored.first(where: { $0.run.id == pair[1].id && $0.profile == profile })
      else { continue }
      if index > 0, format.output == nil { Console.print("") }
      try format.write(report(a, b))
    }
  }

  private func report(_ a: RunScores, _ b: RunScores) throws -> Report {
    let known = a.results.samples.map(\.metric)
    for name in metric.names where !known.contains(name) {
      throw CommandFault.unknown("metric of \(a.profile):", name, among: known)
    }
    let wanted = metric.names.isEmpty ? known : metric.names
    let labels = label(a, b)
    let comparisons = try wanted.compactMap { name -> PairedComparison? in
      guard let one = a.results.samples.first(where: { $0.metric == name }),
        let other = b.results.samples.first(where: { $0.metric == name })
      else { return nil }
      return try PairedComparison((labels.0, one), (labels.1, other))
    }
    guard !comparisons.isEmpty else {
      throw CommandFault(
        place: "\(first), \(second)",
        cause: "\(a.run.identity.protocolName) runs have no number under \(a.profile) that is a mean over sequences",
        remedy: "`trackbench report` shows both with their intervals")
    }
    let identity = a.run.identity
    return ComparisonReport.make(
      comparisons, title: "\(identity.dataset), \(identity.protocolName), profile \(a.profile)", sequences: sequences)
  }

  /// The trackers' names; with the run's number where they share one.
  private func label(_ a: RunScores, _ b: RunScores) -> (String, String) {
    let (one, other) = (a.run.identity.tracker, b.run.identity.tracker)
    return one == other ? ("\(one) (run \(a.run.id))", "\(other) (run \(b.run.id))") : (one, other)
  }
}
