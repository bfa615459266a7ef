import Scoreboard
import Scoring
import Store

/// Comparable runs in the order of their scores, with what says how sure that order is.
struct Ranking {
  /// By rank under the first run's profile, a tracker's profiles together; as given where there are no standings.
  let runs: [RunScores]
  private let standings: [Standing?]

  /// - Parameter standings: one a run, nil where there is none.
  init(_ runs: [RunScores], standings: [Standing?]) {
    guard let profile = runs.first?.profile, standings.contains(where: { $0 != nil }) else {
      self.runs = runs
      self.standings = standings
      return
    }
    var ranks: [Int64: Int] = [:]
    for (run, standing) in zip(runs, standings) where run.profile == profile { ranks[run.run.id] = standing?.rank }
    let order = runs.indices.sorted {
      (ranks[runs[$0].run.id] ?? .max, runs[$0].run.id, $0) < (ranks[runs[$1].run.id] ?? .max, runs[$1].run.id, $1)
    }
    self.runs = order.map { runs[$0] }
    self.standings = order.map { standings[$0] }
  }

  /// Runs that have a row: those with a number.
  private var shown: [(run: RunScores, standing: Standing?)] {
    zip(runs, standings).filter { $0.0.results.shown?.rows(.dataset).isEmpty == false }.map { ($0.0, $0.1) }
  }

  private var hasGroups: Bool { shown.contains { $0.standing?.group != nil } }

  /// Adds the bounds of each number, those of the ranked one for people too, and the groups.
  func complete(_ table: inout Table) {
    let shown = shown
    guard shown.count == table.rows.count, shown.contains(where: { $0.standing != nil }),
      let lead = shown.lazy.compactMap({ $0.run.results.lead }).first?.metric
    else { return }
    for metric in table.columns.map(\.key) {
      let intervals = shown.map { $0.standing?.intervals[metric] }
      guard intervals.contains(where: { $0 != nil }) else { continue }
      let isLead = metric == lead
      let name = { (end: String) in isLead ? end : "\(metric)_\(end)" }
      table.insert(
        Column(name("high"), isForPrograms: !isLead), after: metric, cells: intervals.map { Cell($0?.high) })
      table.insert(Column(name("low"), isForPrograms: !isLead), after: metric, cells: intervals.map { Cell($0?.low) })
    }
    if hasGroups {
      table.insert(
        Column("group"), after: "high", cells: shown.map { $0.standing?.group.map(Cell.integer) ?? .missing })
    }
  }

  /// What the added columns mean.
  var notes: [String] {
    guard let lead = shown.lazy.compactMap({ $0.run.results.lead }).first?.metric,
      shown.contains(where: { $0.standing?.intervals[lead] != nil })
    else { return [] }
    var notes = ["low, high: 95 % interval of \(lead), sequences drawn again 10 000 times"]
    if hasGroups {
      notes.append(
        "group: trackers whose paired difference in \(lead) to the best of their group the data cannot tell from 0")
    }
    return notes
  }
}
