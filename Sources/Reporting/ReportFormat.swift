/// How a report is written down.
public enum ReportFormat: String, CaseIterable, Sendable {
  case table, markdown, csv, json

  /// Rounded, with titles and notes; the others are for programs.
  public var isForPeople: Bool { self == .table || self == .markdown }

  /// The whole report, ending in a line end.
  ///
  /// Table and Markdown are for people: rounded, with titles and notes. CSV and JSON are for programs: full precision (the
  /// shortest decimal that reads back as the same number), no notes; several tables follow each other as one list of rows.
  public func render(_ report: Report) -> String {
    switch self {
    case .table: TextTable.render(report)
    case .markdown: MarkdownTable.render(report)
    case .csv: CSV.render(report)
    case .json: JSONRows.render(report)
    }
  }
}

extension Cell {
  /// For people: rounded to the column's digits.
  func shown(digits: Int) -> String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .number(let number): number.isFinite ? Decimal.rounded(number, digits: digits) : "-"
    case .list, .missing: "-"
    }
  }
}

/// Decimal notation without a locale.
enum Decimal {
  /// Rounded half away from zero in the last of `digits` places, trailing zeros kept.
  static func rounded(_ number: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (number.magnitude * scale).rounded()
    guard scaled < 9e15 else { return "\(number)" }
    let units = Int64(scaled)
    let sign = number < 0 && units > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(units)" }
    let text = String(units)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let point = padded.index(padded.endIndex, offsetBy: -digits)
    return "\(sign)\(padded[..<point]).\(padded[point...])"
  }
}
