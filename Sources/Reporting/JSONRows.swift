/// An array of objects, one a row, keys in the order of the columns.
enum JSONRows {
  static func render(_ report: Report) -> String {
    var objects: [String] = []
    for table in report.tables {
      for row in table.rows {
        let members = zip(table.columns, row).map { "\(string($0.key)): \(value($1))" }
        objects.append("  {" + members.joined(separator: ", ") + "}")
      }
    }
    return objects.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  private static func value(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): string(text)
    case .integer(let number): String(number)
    case .number(let number): Self.number(number)
    case .list(let numbers): "[" + numbers.map(Self.number).joined(separator: ", ") + "]"
    case .missing: "null"
    }
  }

  private static func number(_ number: Double) -> String { number.isFinite ? "\(number)" : "null" }

  private static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
