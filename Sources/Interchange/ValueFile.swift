import Datasets

/// A property of each frame, one a line, an empty line where there is none: `<name>_confidence.value`, `<name>_time.value`.
enum ValueFile {
  /// One value a frame, NaN where there is none.
  /// - Throws: ``InterchangeError`` for a line that is not one number, or a count other than `frames`.
  static func read(
    _ path: String, name: String, sequence: String, frames: Int
  ) throws(InterchangeError) -> [Double] {
    func refusal(_ line: Int?, _ cause: String) -> InterchangeError {
      InterchangeError(sequence: sequence, file: name, line: line, cause: cause, remedy: Wording.again(sequence))
    }
    let bytes: [UInt8]
    let table: NumberTable
    do {
      bytes = try TextFile.read(path, name: name, sequence: sequence)
      table = try NumberTable.parse(
        bytes, name: name,
        rules: NumberTable.Rules(emptyLines: .rows, allowsInfinity: true, sequence: sequence))
    } catch {
      throw refusal(error.line, error.cause)
    }
    var values: [Double] = []
    values.reserveCapacity(table.count)
    for row in 0..<table.count {
      guard table.width(ofRow: row) <= 1 else {
        throw refusal(table.line(ofRow: row), "expected one number, found \(table.width(ofRow: row))")
      }
      values.append(table[row].first ?? .nan)
    }
    // Empty lines at the end are values too, of which the table says nothing.
    let lines = lineCount(bytes)
    while values.count < min(lines, frames) { values.append(.nan) }
    guard values.count == frames else {
      throw refusal(min(lines, frames) + 1, "\(Wording.lines(max(values.count, lines))), the result has \(frames)")
    }
    return values
  }

  private static func lineCount(_ bytes: [UInt8]) -> Int {
    let ends = bytes.count { $0 == UInt8(ascii: "\n") }
    return bytes.last == UInt8(ascii: "\n") || bytes.isEmpty ? ends : ends + 1
  }
}
