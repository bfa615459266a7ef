/// GitHub's table syntax.
enum MarkdownTable {
  static func render(_ report: Report) -> String {
    var blocks: [String] = []
    for table in report.tables {
      let shown = table.columns.indices.filter { !table.columns[$0].isForPrograms }
      var lines = table.title.map { ["### \($0)", ""] } ?? []
      lines.append(row(shown.map { escaped(table.columns[$0].header) }))
      lines.append(
        row(shown.map { table.isNumeric(column: $0) ? "---:" : "---" }))
      lines += table.rows.map { cells in
        row(shown.map { escaped(cells[$0].shown(digits: table.columns[$0].digits)) })
      }
      blocks.append(lines.joined(separator: "\n"))
    }
    if !report.notes.isEmpty { blocks.append(report.notes.map { "- \(escaped($0))" }.joined(separator: "\n")) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if character == "|" {
        result += "\\|"
      } else if character.isNewline {
        result += " "
      } else {
        result.append(character)
      }
    }
  }
}
