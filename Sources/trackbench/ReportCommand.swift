import ArgumentParser
import Reporting
import Scoreboard
import Scoring
import Store

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Scores of everything in the store.",
    discussion: """
      Trajectories are scored anew each time, under the rules of the toolkits named by --profile: toolkits disagree on the same \
      boxes, so a number is comparable only with its profile.

        trackbench report --by sequence
        trackbench report --tracker siamfc --profile otb,pysot --format csv

      Each data set's table is a ranking. low and high bound its first number: in 95 % of 10 000 draws of the sequences it lies \
      between them. Trackers of one group cannot be told from the group's best one. CSV holds the bounds of every number. JSON without --by holds every scope: data set (with its curves), subsets, sequences, attributes.
      """)

  @Option(help: ArgumentHelp("Only these trackers.", valueName: "name,…"))
  var tracker: [NameList] = []

  @Option(help: ArgumentHelp("Only these data sets.", valueName: "name,…"))
  var dataset: [NameList] = []

  @Option(name: .customLong("run"), help: ArgumentHelp("Only these runs, by number.", valueName: "number,…"))
  var numbers: [NameList] = []

  @Option(help: ArgumentHelp("Rows: dataset, subset, sequence, attribute, tag, or all.", valueName: "scope,…"))
  var by: [NameList] = []

  @OptionGroup var scoring: ScoringOptions

  @Flag(name: .customLong("no-times"), help: "Leave out frames per second, which differ between machines.")
  var withoutTimes = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let options = try scoring.parsed()
    let scopes = try scopes()
    let store = try store.open(create: false)
    let runs = try StoredRuns(store).filtered(tracker: tracker.names, dataset: dataset.names, numbers: numbers.names)
    let scored = try options.scores(of: runs, in: store)
    let standings =
      scopes.contains(.dataset) ? Scoreboard.standings(of: scored, leadOnly: format.format.isForPeople) : []
    try format.write(ScoreReport.make(scored, scopes: scopes, standings: standings, withTimes: !withoutTimes))
  }

  private func scopes() throws -> [ReportScope] {
    let names = by.names
    if names.contains("all") || (names.isEmpty && format.format == .json) { return ReportScope.allCases }
    if names.isEmpty { return [.dataset] }
    return try names.map { name in
      guard let scope = ReportScope(rawValue: name) else {
        throw CommandFault.unknown("scope", name, among: ReportScope.allCases.map(\.rawValue) + ["all"])
      }
      return scope
    }
  }
}
