import Scoreboard
import Scoring

/// What a row of a score report is about.
public enum ReportScope: String, CaseIterable, Sendable {
  case dataset, subset, sequence, attribute, tag
}

/// One row's numbers, free of whose they are.
struct ResultRow {
  /// Of the subset, sequence, attribute or tag; empty for the data set.
  var name: String
  /// As many as the kind has metric columns.
  var cells: [Cell]
  /// As many as the kind has curve columns, data set only.
  var curves: [Cell] = []
  /// Sequences the row is over.
  var sequences: Int
  var frames: Int
}

/// How one kind of results is shown: its columns, and its rows in each scope.
protocol ResultRows {
  /// Metrics, in order.
  static var columns: [Column] { get }
  /// Curves, for programs.
  static var curves: [Column] { get }
  func rows(_ scope: ReportScope) -> [ResultRow]
}

extension ResultRows {
  static var curves: [Column] { [] }
}

extension Results {
  /// nil where the toolkit stopped on the whole run.
  var shown: (any ResultRows)? {
    switch self {
    case .onePass(let scores): scores
    case .supervised(let scores): scores
    case .unsupervised(let scores): scores
    case .multiStart(let scores): scores
    case .longTerm(let scores): scores
    case .got10k(let scores): scores
    case .refused: nil
    }
  }
}
