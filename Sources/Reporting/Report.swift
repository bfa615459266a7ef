/// Titled tables with notes, not yet in any format.
public struct Report: Sendable {
  public var tables: [Table]
  /// One line each, below the tables: what is missing, which weights, whose rules.
  public var notes: [String]

  public init(tables: [Table], notes: [String] = []) {
    self.tables = tables
    self.notes = notes
  }
}

/// Rows under named columns; every row has one cell a column.
public struct Table: Sendable {
  public var title: String?
  public var columns: [Column]
  public var rows: [[Cell]]

  public init(title: String? = nil, columns: [Column], rows: [[Cell]]) {
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  /// True where no row has text, so that numbers can stand flush right. `7/100` counts as a number.
  func isNumeric(column: Int) -> Bool {
    rows.allSatisfy { row in
      switch row[column] {
      case .integer, .number, .missing: true
      case .text(let text): text.allSatisfy { $0.isNumber || $0 == "/" }
      case .list: false
      }
    }
  }

  /// Puts a column behind the one of key `previous`, with one cell a row; nothing happens where there is none of that key.
  mutating func insert(_ column: Column, after previous: String, cells: [Cell]) {
    guard let place = columns.firstIndex(where: { $0.key == previous }), cells.count == rows.count else { return }
    columns.insert(column, at: place + 1)
    for row in rows.indices { rows[row].insert(cells[row], at: place + 1) }
  }

  /// Takes a column out, header and cells; nothing happens where there is none of that key.
  mutating func remove(column key: String) {
    guard let place = columns.firstIndex(where: { $0.key == key }) else { return }
    columns.remove(at: place)
    for row in rows.indices { rows[row].remove(at: place) }
  }
}

/// One column: what programs call it, what people read above it.
public struct Column: Hashable, Sendable {
  /// Name in CSV and JSON: `norm_precision`.
  public var key: String
  /// Name in tables and Markdown: `norm.prec.`.
  public var header: String
  /// Digits after the point for people; programs get full precision.
  public var digits: Int
  /// Left out of tables and Markdown: curves, and what the title says already.
  public var isForPrograms: Bool

  public init(_ key: String, header: String? = nil, digits: Int = 3, isForPrograms: Bool = false) {
    self.key = key
    self.header = header ?? key
    self.digits = digits
    self.isForPrograms = isForPrograms
  }
}

public enum Cell: Hashable, Sendable {
  case text(String)
  case integer(Int)
  /// NaN and infinity are shown as a dash and written as JSON null.
  case number(Double)
  /// A curve; JSON only.
  case list([Double])
  /// Nothing is defined here: a dash, an empty CSV field, JSON null.
  case missing

  public init(_ number: Double?) { self = number.map(Cell.number) ?? .missing }
}
