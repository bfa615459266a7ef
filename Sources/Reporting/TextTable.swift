/// Columns aligned with blanks: text to the left, numbers to the right. No colours, so a pipe sees what a person sees.
enum TextTable {
  static func render(_ report: Report) -> String {
    var blocks: [String] = []
    for table in report.tables {
      let block = lines(of: table).joined(separator: "\n")
      blocks.append(table.title.map { "\($0)\n\(block)" } ?? block)
    }
    var text = blocks.joined(separator: "\n\n")
    if !report.notes.isEmpty { text += "\n" + report.notes.joined(separator: "\n") }
    return text + "\n"
  }

  private static func lines(of table: Table) -> [String] {
    let shown = table.columns.indices.filter { !table.columns[$0].isForPrograms }
    let cells = table.rows.map { row in shown.map { row[$0].shown(digits: table.columns[$0].digits) } }
    let headers = shown.map { table.columns[$0].header }
    let widths = headers.indices.map { column in
      (cells.map { $0[column].count } + [headers[column].count]).max() ?? 0
    }
    let numeric = shown.map { column in table.isNumeric(column: column) }
    return ([headers] + cells).map { row in
      let padded = row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return numeric[column] ? blanks + row[column] : row[column] + blanks
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
