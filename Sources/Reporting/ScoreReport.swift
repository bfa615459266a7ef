public import Scoreboard
import Scoring
import Store

/// The score report: one table a data set and scope, trackers as rows.
public enum ScoreReport {
  /// What a row is about.
  public enum Scope: String, CaseIterable, Sendable {
    case dataset, subset, sequence, attribute

    var scoring: ScoreRow.Scope {
      switch self {
      case .dataset: .dataset
      case .subset: .subset
      case .sequence: .sequence
      case .attribute: .attribute
      }
    }
  }

  /// - Parameters:
  ///   - runs: scored under any profiles; a table holds the runs of one data set under one profile.
  ///   - scopes: in the order wanted; one table each.
  ///   - withTimes: false leaves frames per second out, so that the same boxes give the same text on any machine.
  public static func make(_ runs: [RunScores], scopes: [Scope], withTimes: Bool = true) -> Report {
    var tables: [Table] = []
    var notes: [String] = []
    for group in grouped(runs) {
      for scope in scopes {
        var table = table(group, scope: scope)
        if !withTimes { table.remove(column: "fps") }
        if !table.rows.isEmpty { tables.append(table) }
      }
      for run in group { notes += self.notes(on: run, among: group) }
    }
    return Report(tables: tables, notes: notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// Runs of one data set and profile together, in order of first appearance.
  private static func grouped(_ runs: [RunScores]) -> [[RunScores]] {
    var keys: [String] = []
    var groups: [String: [RunScores]] = [:]
    for run in runs {
      let key = "\(run.run.identity.dataset)\n\(run.scores.profile)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(run)
    }
    return keys.compactMap { groups[$0] }
  }

  private static func table(_ runs: [RunScores], scope: Scope) -> Table {
    let dataset = runs[0].run.identity.dataset
    let profile = runs[0].scores.profile
    var columns = [Column("tracker"), Column("dataset", isForPrograms: true)]
    if scope != .dataset { columns.append(Column(scope.rawValue)) }
    columns += [
      Column("profile", isForPrograms: true), Column("success"), Column("success50", header: "0.5"),
      Column("precision"),
      Column("norm_precision", header: "norm.prec."), Column("ao", header: "AO"), Column("fps", digits: 1),
      Column("frames"),
    ]
    if scope != .sequence { columns.append(Column("sequences")) }
    columns.append(Column("run", isForPrograms: true))
    if scope == .dataset {
      columns += ["success_curve", "precision_curve", "norm_precision_curve"].map { Column($0, isForPrograms: true) }
    }

    var rows: [[Cell]] = []
    // By sequence or attribute the trackers of one row stand together, so that they can be compared.
    for name in names(runs, scope: scope) {
      for run in runs {
        guard let row = run.scores.rows(scope.scoring, dataset: dataset).first(where: { $0.name == name }) else {
          continue
        }
        rows.append(cells(row, of: run, among: runs, scope: scope, dataset: dataset))
      }
    }
    let title =
      scope == .dataset ? "\(dataset), profile \(profile)" : "\(dataset) by \(scope.rawValue), profile \(profile)"
    return Table(title: title, columns: columns, rows: rows)
  }

  private static func names(_ runs: [RunScores], scope: Scope) -> [String] {
    var names: [String] = []
    for run in runs {
      for row in run.scores.rows(scope.scoring, dataset: run.run.identity.dataset) where !names.contains(row.name) {
        names.append(row.name)
      }
    }
    return names
  }

  private static func cells(
    _ row: ScoreRow, of run: RunScores, among runs: [RunScores], scope: Scope, dataset: String
  ) -> [Cell] {
    var cells: [Cell] = [.text(label(of: run, among: runs)), .text(dataset)]
    if scope != .dataset { cells.append(.text(row.name)) }
    let fps = scope == .dataset ? run.fps : scope == .sequence ? run.sequenceFPS[row.name] : nil
    cells += [
      .text(row.profile), .number(row.success), .number(row.success50), .number(row.precision), Cell(row.normPrecision),
      .number(row.ao), Cell(fps), .integer(row.frames),
    ]
    switch scope {
    case .dataset: cells.append(.text("\(row.sequences)/\(run.known)"))
    case .subset, .attribute: cells.append(.integer(row.sequences))
    case .sequence: break
    }
    cells.append(.integer(Int(run.run.id)))
    if scope == .dataset, let scores = run.scores.overall?.scores {
      cells += [.list(scores.success), .list(scores.precision), scores.normPrecision.map(Cell.list) ?? .missing]
    } else if scope == .dataset {
      cells += [.missing, .missing, .missing]
    }
    return cells
  }

  /// The tracker's name; where runs share it, with the preset or, where that does not tell them apart, the run's number.
  private static func label(of run: RunScores, among runs: [RunScores]) -> String {
    let name = run.run.identity.tracker
    let sharing = runs.filter { $0.run.identity.tracker == name }
    guard sharing.count > 1 else { return name }
    let preset = run.run.identity.settings["preset"]
    let isAlone = sharing.filter { $0.run.identity.settings["preset"] == preset }.count == 1
    if let preset, isAlone { return "\(name) \(preset)" }
    return "\(name) (run \(run.run.id))"
  }

  /// What a reader must know before believing the numbers.
  private static func notes(on run: RunScores, among runs: [RunScores]) -> [String] {
    let label = label(of: run, among: runs)
    var notes: [String] = []
    if let limit = run.run.identity.frameLimit {
      notes.append("\(label): only the first \(limit) frames of each sequence")
    }
    for failure in run.failures { notes.append("\(label): \(failure.sequence) failed at \(failure.message)") }
    for error in run.scores.failed { notes.append("\(label): \(error)") }
    if !run.missing.isEmpty {
      let shown = run.missing.prefix(5).joined(separator: ", ")
      let more = run.missing.count > 5 ? " and \(run.missing.count - 5) more" : ""
      notes.append(
        "\(label): \(run.scores.sequences.count) of \(run.known) sequences scored; no result for \(shown)\(more)")
    }
    if run.run.identity.settings["weights"] == "rule" {
      notes.append("\(label): weights made by rule, untrained; these scores say nothing about the tracker")
    }
    return notes
  }
}
