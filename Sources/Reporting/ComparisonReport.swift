public import Scoring

/// Two trackers beside each other: each number with the interval of its difference, and where they win.
public enum ComparisonReport {
  /// - Parameters:
  ///   - comparisons: of the same two trackers on one data set, one a metric, the ranked one first.
  ///   - title: the data set, protocol and profile.
  ///   - sequences: how many of the largest wins and losses are named.
  public static func make(_ comparisons: [PairedComparison], title: String, sequences: Int) -> Report {
    guard let lead = comparisons.first else { return Report(tables: []) }
    let numbers = Table(
      title: title,
      columns: [
        part, Column("metric"), Column("profile", isForPrograms: true), Column("first", header: lead.first),
        Column("second", header: lead.second), Column("difference"), Column("low"), Column("high"), Column("won"),
        Column("lost"), Column("tied"), Column("sequences"),
      ],
      rows: comparisons.map { comparison in
        [
          .text("numbers"), .text(comparison.metric), .text(comparison.profile), .number(comparison.firstValue),
          .number(comparison.secondValue), .number(comparison.difference), Cell(comparison.interval?.low),
          Cell(comparison.interval?.high), .integer(comparison.won), .integer(comparison.lost),
          .integer(comparison.tied), .integer(comparison.pairs.count),
        ]
      })
    var tables = [numbers]
    for (name, title, pairs) in [
      ("wins", "\(lead.first) gains most in \(lead.metric)", lead.largestWins(sequences)),
      ("losses", "\(lead.second) gains most in \(lead.metric)", lead.largestLosses(sequences)),
    ] where !pairs.isEmpty {
      tables.append(
        Table(
          title: title,
          columns: [
            part, Column("sequence"), Column("first", header: lead.first), Column("second", header: lead.second),
            Column("gain"),
          ],
          rows: pairs.map {
            [.text(name), .text($0.sequence), .number($0.first), .number($0.second), .number($0.gain)]
          }))
    }
    return Report(tables: tables, notes: [lead.sentence] + alone(lead))
  }

  /// Which table a row is from, for programs.
  private static let part = Column("part", isForPrograms: true)

  /// Sequences only one of them has.
  private static func alone(_ comparison: PairedComparison) -> [String] {
    [(comparison.first, comparison.onlyFirst), (comparison.second, comparison.onlySecond)].compactMap {
      name, sequences in
      sequences.isEmpty ? nil : "only \(name) has \(sequences.joined(separator: ", ")), left out here"
    }
  }
}
