import Datasets
import Geometry

/// One result file in the layout of OTB.
enum OTBResultFile {
  /// The boxes of a file, one for each of `frames` annotated frames.
  /// - Throws: ``InterchangeError`` with the line where the file does not fit.
  static func read(_ path: String, name: String, sequence: String, frames: Int) throws(InterchangeError) -> [Box] {
    let table: NumberTable
    do {
      let bytes = try TextFile.read(path, name: name, sequence: sequence)
      table = try NumberTable.parse(
        bytes, name: name, rules: NumberTable.Rules(width: .exactly(4), sequence: sequence, remedy: remedy(sequence)))
    } catch {
      throw InterchangeError(
        sequence: sequence, file: name, line: error.line, cause: error.cause, remedy: remedy(sequence))
    }
    func refusal(_ line: Int, _ cause: String) -> InterchangeError {
      InterchangeError(sequence: sequence, file: name, line: line, cause: cause, remedy: remedy(sequence))
    }
    guard table.count > 0 else {
      throw refusal(1, "the file has no rows, the annotation has \(lines(frames))")
    }
    guard table.count >= frames else {
      let line = table.line(ofRow: table.count - 1) + 1
      throw refusal(line, "ends after \(lines(table.count)), the annotation has \(frames)")
    }
    guard table.count <= frames else {
      throw refusal(table.line(ofRow: frames), "goes on to \(lines(table.count)), the annotation has \(frames)")
    }
    var boxes: [Box] = []
    boxes.reserveCapacity(frames)
    for row in 0..<frames {
      let numbers = table[row]
      guard !numbers.contains(where: \.isNaN) else {
        let text = numbers.map { "\($0)" }.joined(separator: ",")
        throw refusal(table.line(ofRow: row), "expected 4 numbers, found NaN (\"\(text)\")")
      }
      let start = numbers.startIndex
      boxes.append(
        Box(x: numbers[start], y: numbers[start + 1], width: numbers[start + 2], height: numbers[start + 3]))
    }
    return boxes
  }

  private static func remedy(_ sequence: String) -> String {
    "run the tracker on \(sequence) again, or correct the file, and import it; the other sequences are not affected"
  }

  private static func lines(_ count: Int) -> String { "\(count) line\(count == 1 ? "" : "s")" }
}
