public import Scoring

/// Why two profiles disagree about one run, rule by rule.
public enum ExplanationReport {
  /// - Parameters:
  ///   - title: the tracker and the data set.
  ///   - sequences: how many of the sequences that move most are named.
  public static func make(_ difference: ProfileDifference, title: String, sequences: Int) -> Report {
    let metric = difference.metric.rawValue
    var tables = [
      steps(difference.steps, "rules", title: "\(title): \(metric), \(difference.from) to \(difference.to)"),
      steps(difference.reverseSteps, "rules reversed", title: "the same rules in the reverse order"),
    ]
    if !difference.moves.isEmpty {
      tables.append(
        Table(
          title: "sequences that move most, all rules together",
          columns: [
            part, Column("sequence"), Column("before", header: difference.from, digits: 5),
            Column("after", header: difference.to, digits: 5), Column("change", digits: 7),
          ],
          rows: difference.moves.prefix(sequences).map {
            [.text("sequences"), .text($0.sequence), Cell($0.before), Cell($0.after), .number($0.change)]
          }))
    }
    return Report(tables: tables, notes: notes(on: difference))
  }

  /// Which table a row is from, for programs.
  private static let part = Column("part", isForPrograms: true)

  private static func steps(_ steps: [ProfileDifference.Step], _ name: String, title: String) -> Table {
    Table(
      title: title,
      columns: [
        part, Column("rule"), Column("before", digits: 7), Column("after", digits: 7), Column("share", digits: 10),
        Column("sequences"), Column("most", header: "moves most"), Column("most_change", header: "by", digits: 7),
      ],
      rows: steps.map { step in
        [
          .text(name), .text(step.rule), .number(step.before), .number(step.after), .number(step.share),
          .integer(step.moves.count), step.moves.first.map { .text($0.sequence) } ?? .missing,
          Cell(step.moves.first?.change),
        ]
      })
  }

  private static func notes(on difference: ProfileDifference) -> [String] {
    let moving = difference.movingSteps
    guard let most = moving.max(by: { abs($0.share) < abs($1.share) }) else {
      return ["\(difference.from) and \(difference.to) give the same number: no rule they differ in moves it"]
    }
    let total = difference.steps.reduce(0) { $0 + $1.share }
    var notes = [
      "\(difference.from) \(difference.fromValue), \(difference.to) \(difference.toValue): "
        + "the difference is \(difference.difference), the shares add up to \(total)",
      "the rule that moves it most is \(most.explanation)",
    ]
    if let sequence = difference.largestMove {
      notes.append("the sequence that moves most is \(sequence.sequence), by \(sequence.change)")
    }
    for step in moving where step.rule != most.rule { notes.append(step.explanation) }
    for step in moving { if let membership = step.membership { notes.append("\(step.rule): \(membership)") } }
    return notes
  }
}
