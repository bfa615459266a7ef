/// Comma separated values (RFC 4180) under one header line; a field in quotes where it must be.
enum CSV {
  static func render(_ report: Report) -> String {
    // One header serves all tables: columns in order of first appearance, a table without a column leaves it empty.
    var keys: [String] = []
    for table in report.tables {
      for column in table.columns where !keys.contains(column.key) && !isCurve(column, of: table) {
        keys.append(column.key)
      }
    }
    var lines = [keys.map(field).joined(separator: ",")]
    for table in report.tables {
      let places = keys.map { key in table.columns.firstIndex { $0.key == key } }
      for row in table.rows {
        lines.append(places.map { $0.map { text(row[$0]) } ?? "" }.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func isCurve(_ column: Column, of table: Table) -> Bool {
    guard let place = table.columns.firstIndex(of: column) else { return false }
    return table.rows.contains { if case .list = $0[place] { true } else { false } }
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): field(text)
    case .integer(let number): String(number)
    case .number(let number): number.isNaN ? "" : "\(number)"
    case .list, .missing: ""
    }
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
