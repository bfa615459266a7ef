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

      JSON without --by holds every scope: data set (with its curves), subsets, sequences, attributes.
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
    let runs = try chosenRuns(in: store)
    let scored = try options.scores(of: runs, in: store)
    try format.write(ScoreReport.make(scored, scopes: scopes, withTimes: !withoutTimes))
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

  private func chosenRuns(in store: ResultStore) throws -> [StoredRun] {
    let all = try store.runs()
    guard !all.isEmpty else {
      throw CommandFault(
        place: store.path, cause: "the store holds no run yet",
        remedy: "fill it with `trackbench run` or `trackbench import`")
    }
    try refuseUnknown("tracker", tracker.names, among: all.map(\.identity.tracker))
    try refuseUnknown("dataset", dataset.names, among: all.map(\.identity.dataset))
    try refuseUnknown("run", numbers.names, among: all.map { String($0.id) })
    let chosen = all.filter {
      (tracker.names.isEmpty || tracker.names.contains($0.identity.tracker))
        && (dataset.names.isEmpty || dataset.names.contains($0.identity.dataset))
        && (numbers.names.isEmpty || numbers.names.contains(String($0.id)))
    }
    guard !chosen.isEmpty else {
      throw CommandFault(
        place: store.path,
        cause: "no run of \(tracker.names.joined(separator: ", ")) on \(dataset.names.joined(separator: ", "))",
        remedy: "`trackbench report` without filters lists what is there")
    }
    return chosen
  }

  private func refuseUnknown(_ kind: String, _ names: [String], among known: [String]) throws {
    let known = known.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for name in names where !known.contains(name) {
      throw CommandFault.unknown("\(kind) in \(store.path):", name, among: known)
    }
  }
}
