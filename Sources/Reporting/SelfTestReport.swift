public import Scoring

/// Scores that are known without computing them, beside what this program computes.
public enum SelfTestReport {
  /// - Parameter showsAll: every case; else those of the truth replayed in one pass, which explain best, and all that fail.
  public static func make(_ cases: [SelfTest.Case], showsAll: Bool) -> Report {
    let failing = cases.filter { !$0.passes }
    let shown = showsAll ? cases : cases.filter { $0.protocolName == "ope" && $0.scenario == cases.first?.scenario }
    var tables = [table(shown, title: showsAll ? "closed forms" : "\(cases.first?.scenario ?? ""), in one pass")]
    if !failing.isEmpty, !showsAll { tables.append(table(failing, title: "cases that fail")) }
    let scenarios = Set(cases.map(\.scenario)).count
    let profiles = Set(cases.map(\.profile)).count
    let verdict =
      failing.isEmpty
      ? "all \(cases.count) numbers are what they must be, in \(scenarios) scenarios under \(profiles) profiles"
      : "\(failing.count) of \(cases.count) numbers are not what they must be: this program computes wrong scores on this machine"
    return Report(
      tables: tables, notes: [verdict] + (showsAll ? [] : ["--all shows every number with its closed form"]))
  }

  private static func table(_ cases: [SelfTest.Case], title: String) -> Table {
    Table(
      title: title,
      columns: [
        Column("scenario"), Column("protocol"), Column("profile"), Column("metric"),
        Column("expected", digits: 6), Column("got", digits: 6), Column("verdict"), Column("why"),
      ],
      rows: cases.map {
        [
          .text($0.scenario), .text($0.protocolName), .text($0.profile), .text($0.metric), .number($0.expected),
          Cell($0.got), .text($0.passes ? "ok" : "WRONG"), .text($0.reason),
        ]
      })
  }
}
