import Scoring

extension SupervisedScores: ResultRows {
  static var columns: [Column] {
    [
      Column("accuracy"), Column("robustness"), Column("failures", digits: 1), Column("eao", header: "EAO"),
    ]
  }

  static var curves: [Column] { [Column("eao_curve", isForPrograms: true)] }

  func rows(_ scope: ReportScope) -> [ResultRow] {
    switch scope {
    case .dataset:
      guard !sequences.isEmpty else { return [] }
      return [
        ResultRow(
          name: "", cells: [.number(accuracy), .number(robustness), .number(failures), Cell(eao?.value)],
          curves: [eao.map { .list($0.curve) } ?? .missing], sequences: sequences.count, frames: frames)
      ]
    case .sequence:
      return sequences.map {
        ResultRow(
          name: $0.name, cells: [.number($0.accuracy), .missing, .number($0.failures), .missing], sequences: 1,
          frames: $0.frames)
      }
    case .tag:
      return tags.map {
        ResultRow(
          name: $0.name, cells: [.number($0.accuracy), .missing, .number($0.failures), Cell($0.eao)],
          sequences: sequences.count, frames: $0.frames)
      }
    case .subset, .attribute: return []
    }
  }
}

extension UnsupervisedScores: ResultRows {
  static var columns: [Column] {
    [Column("ao", header: "AO"), Column("ao_unweighted", header: "AO by sequence")]
  }

  static var curves: [Column] { [Column("success_curve", isForPrograms: true)] }

  func rows(_ scope: ReportScope) -> [ResultRow] {
    switch scope {
    case .dataset:
      guard !sequences.isEmpty else { return [] }
      return [
        ResultRow(
          name: "", cells: [.number(averageOverlap), .number(unweightedOverlap)], curves: [.list(success)],
          sequences: sequences.count, frames: sequences.reduce(0) { $0 + $1.frames })
      ]
    case .sequence:
      return sequences.map {
        ResultRow(name: $0.name, cells: [.number($0.averageOverlap), .missing], sequences: 1, frames: $0.frames)
      }
    case .subset, .attribute, .tag: return []
    }
  }
}

extension MultiStartScores: ResultRows {
  static var columns: [Column] { [Column("accuracy"), Column("robustness"), Column("eao", header: "EAO")] }

  static var curves: [Column] { [Column("eao_curve", isForPrograms: true)] }

  func rows(_ scope: ReportScope) -> [ResultRow] {
    switch scope {
    case .dataset:
      guard !sequences.isEmpty else { return [] }
      return [
        ResultRow(
          name: "", cells: [.number(accuracy), .number(robustness), .number(eao.value)], curves: [.list(eao.curve)],
          sequences: sequences.count, frames: sequences.reduce(0) { $0 + $1.frames })
      ]
    case .sequence:
      return sequences.map {
        ResultRow(
          name: $0.name, cells: [.number($0.accuracy), .number($0.robustness), .missing], sequences: 1,
          frames: $0.frames)
      }
    case .subset, .attribute, .tag: return []
    }
  }
}

extension LongTermScores: ResultRows {
  static var columns: [Column] {
    [Column("precision"), Column("recall"), Column("f", header: "F"), Column("threshold")]
  }

  static var curves: [Column] {
    ["precision_curve", "recall_curve", "f_curve"].map { Column($0, isForPrograms: true) }
  }

  func rows(_ scope: ReportScope) -> [ResultRow] {
    switch scope {
    case .dataset:
      guard !sequences.isEmpty else { return [] }
      return [
        ResultRow(
          name: "", cells: [.number(precision), .number(recall), .number(f), .number(thresholds[best])],
          curves: [.list(precisionCurve), .list(recallCurve), .list(fCurve)], sequences: sequences.count,
          frames: sequences.reduce(0) { $0 + $1.frames })
      ]
    case .sequence:
      return sequences.map {
        ResultRow(
          name: $0.name, cells: [.number($0.precision), .number($0.recall), .number($0.f), .missing], sequences: 1,
          frames: $0.frames)
      }
    case .subset, .attribute, .tag: return []
    }
  }
}
