import Scoring

extension DatasetScores: ResultRows {
  static var columns: [Column] {
    [
      Column("success"), Column("success50", header: "0.5"), Column("precision"),
      Column("norm_precision", header: "norm.prec."), Column("ao", header: "AO"),
    ]
  }

  static var curves: [Column] {
    ["success_curve", "precision_curve", "norm_precision_curve"].map { Column($0, isForPrograms: true) }
  }

  func rows(_ scope: ReportScope) -> [ResultRow] {
    switch scope {
    case .dataset: overall.map { [row($0, name: "", withCurves: true)] } ?? []
    case .subset: subsets.map { row($0, name: $0.name) }
    case .attribute: attributes.map { row($0, name: $0.name) }
    case .sequence:
      sequences.map { ResultRow(name: $0.name, cells: cells($0.scores), sequences: 1, frames: $0.frames) }
    case .tag: []
    }
  }

  private func row(_ group: GroupScores, name: String, withCurves: Bool = false) -> ResultRow {
    let scores = group.scores
    return ResultRow(
      name: name, cells: cells(scores),
      curves: withCurves
        ? [.list(scores.success), .list(scores.precision), scores.normPrecision.map(Cell.list) ?? .missing] : [],
      sequences: group.sequences, frames: group.frames)
  }

  private func cells(_ scores: Scores) -> [Cell] {
    [
      .number(scores.auc), .number(scores.success50), .number(scores.precision20), Cell(scores.normPrecisionScore),
      .number(scores.ao),
    ]
  }
}

extension GOT10kScores: ResultRows {
  static var columns: [Column] {
    [Column("ao", header: "AO"), Column("sr50", header: "SR50"), Column("sr75", header: "SR75")]
  }

  static var curves: [Column] { [Column("success_curve", isForPrograms: true)] }

  func rows(_ scope: ReportScope) -> [ResultRow] {
    func row(_ overlap: Overlap, sequences: Int) -> ResultRow {
      ResultRow(
        name: overlap.name, cells: [.number(overlap.ao), .number(overlap.sr50), .number(overlap.sr75)],
        curves: [.list(overlap.success)], sequences: sequences, frames: overlap.frames)
    }
    return switch scope {
    case .dataset: sequences.isEmpty ? [] : [row(overall, sequences: sequences.count)]
    case .sequence: sequences.map { row($0, sequences: 1) }
    case .subset, .attribute, .tag: []
    }
  }
}
