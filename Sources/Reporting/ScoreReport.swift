public import Scoreboard
import Scoring
import Store

/// The score report: one table a data set, protocol and scope, trackers as rows.
public enum ScoreReport {
  /// - Parameters:
  ///   - runs: scored under any profiles; a table holds the runs of one data set under one protocol, with the profile as a
  ///     column where there are several.
  ///   - scopes: in the order wanted; one table each.
  ///   - withTimes: false leaves frames per second out, so that the same boxes give the same text on any machine.
  ///   - standings: of the runs, in their order; none leaves out intervals and groups, and rows stand in the order of runs.
  public static func make(
    _ runs: [RunScores], scopes: [ReportScope], standings: [Standing] = [], withTimes: Bool = true
  ) -> Report {
    let places = Dictionary(zip(runs.map(Key.init), standings), uniquingKeysWith: { first, _ in first })
    var tables: [Table] = []
    var notes: [String] = []
    for group in grouped(runs) {
      let ranking = Ranking(group, standings: group.map { places[Key($0)] })
      for scope in scopes {
        var table = table(ranking.runs, scope: scope)
        if scope == .dataset { ranking.complete(&table) }
        if !withTimes { table.remove(column: "fps") }
        if !table.rows.isEmpty { tables.append(table) }
      }
      notes += ranking.notes
      for (_, runs) in Dictionary(grouping: ranking.runs, by: \.run.id).sorted(by: { $0.key < $1.key }) {
        notes += RunNotes.lines(on: runs, label: label(of: runs[0], among: group))
      }
    }
    return Report(tables: tables, notes: notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// A run under a profile.
  private struct Key: Hashable {
    let run: Int64
    let profile: String

    init(_ scores: RunScores) {
      run = scores.run.id
      profile = scores.profile
    }
  }

  /// Runs of one data set, protocol and kind of results together, in order of first appearance.
  private static func grouped(_ runs: [RunScores]) -> [[RunScores]] {
    var keys: [String] = []
    var groups: [String: [RunScores]] = [:]
    for run in runs {
      let kind = run.results.shown.map { "\(type(of: $0))" } ?? "refused"
      let key = "\(run.run.identity.dataset)\n\(run.run.identity.protocolName)\n\(kind)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(run)
    }
    return keys.compactMap { groups[$0] }
  }

  private static func table(_ runs: [RunScores], scope: ReportScope) -> Table {
    guard let kind = runs.lazy.compactMap({ $0.results.shown.map { type(of: $0) } }).first else {
      return Table(columns: [], rows: [])
    }
    let identity = runs[0].run.identity
    let profiles = Set(runs.map(\.profile))
    let isOnePass = identity.protocolName == "ope"
    var columns = [Column("tracker"), Column("dataset", isForPrograms: true)]
    if scope != .dataset { columns.append(Column(scope.rawValue)) }
    if !isOnePass { columns.append(Column("protocol", isForPrograms: true)) }
    columns.append(Column("profile", isForPrograms: profiles.count == 1))
    columns += kind.columns
    columns += [Column("fps", digits: 1), Column("frames")]
    if scope != .sequence { columns.append(Column("sequences")) }
    columns.append(Column("run", isForPrograms: true))
    if scope == .dataset { columns += kind.curves }

    let shown = runs.map { (run: $0, rows: $0.results.shown?.rows(scope) ?? []) }
    var rows: [[Cell]] = []
    // By sequence or attribute the trackers of one row stand together, so that they can be compared.
    var places: [String: Int] = [:]
    for name in shown.flatMap(\.rows).map(\.name) where places[name] == nil { places[name] = places.count }
    var byName = [[[Cell]]](repeating: [], count: places.count)
    for (run, resultRows) in shown {
      for row in resultRows {
        guard let place = places[row.name] else { continue }
        byName[place].append(
          cells(row, of: run, label: label(of: run, among: runs), scope: scope, isOnePass: isOnePass))
      }
    }
    rows = byName.flatMap(\.self)
    var title = scope == .dataset ? identity.dataset : "\(identity.dataset) by \(scope.rawValue)"
    if !isOnePass { title += ", \(identity.protocolName)" }
    if profiles.count == 1 { title += ", profile \(runs[0].profile)" }
    return Table(title: title, columns: columns, rows: rows)
  }

  private static func cells(
    _ row: ResultRow, of run: RunScores, label: String, scope: ReportScope, isOnePass: Bool
  ) -> [Cell] {
    let identity = run.run.identity
    var cells: [Cell] = [.text(label), .text(identity.dataset)]
    if scope != .dataset { cells.append(.text(row.name)) }
    if !isOnePass { cells.append(.text(identity.protocolName)) }
    cells.append(.text(run.profile))
    cells += row.cells
    let fps = scope == .dataset ? run.fps : scope == .sequence ? run.sequenceFPS[row.name] : nil
    cells += [Cell(fps), .integer(row.frames)]
    switch scope {
    case .dataset: cells.append(.text("\(row.sequences)/\(run.benchmark)"))
    case .subset, .attribute, .tag: cells.append(.integer(row.sequences))
    case .sequence: break
    }
    cells.append(.integer(Int(run.run.id)))
    if scope == .dataset { cells += row.curves }
    return cells
  }

  /// The tracker's name; where runs share it, with the preset or, where that does not tell them apart, the run's number.
  static func label(of run: RunScores, among runs: [RunScores]) -> String {
    let name = run.run.identity.tracker
    let sharing = Dictionary(runs.filter { $0.run.identity.tracker == name }.map { ($0.run.id, $0.run.identity) }) {
      first, _ in first
    }
    guard sharing.count > 1 else { return name }
    let preset = run.run.identity.settings["preset"]
    let isAlone = sharing.values.count { $0.settings["preset"] == preset } == 1
    if let preset, isAlone { return "\(name) \(preset)" }
    return "\(name) (run \(run.run.id))"
  }
}
