import Datasets
import Geometry
import Scoring

/// A result file of boxes: one `x,y,w,h` a line, with commas, tabs or blanks.
struct BoxFile {
  let boxes: [Box]
  let layout: ResultLayout
  private let lines: NumberTable

  /// Numbers are taken as they stand. How many rows there are is the caller's business.
  /// - Throws: ``InterchangeError`` with the line for a file without rows, a line that is not four finite numbers, or lines
  ///   separated differently.
  init(_ path: String, name: String, sequence: String, frames: Int) throws(InterchangeError) {
    func refusal(_ line: Int?, _ cause: String) -> InterchangeError {
      InterchangeError(
        sequence: sequence, file: name, line: line, cause: cause, remedy: Wording.again(sequence))
    }
    let bytes: [UInt8]
    let table: NumberTable
    do {
      bytes = try TextFile.read(path, name: name, sequence: sequence)
      table = try NumberTable.parse(
        bytes, name: name, rules: NumberTable.Rules(width: .exactly(4), sequence: sequence))
    } catch {
      throw refusal(error.line, error.cause)
    }
    guard table.count > 0 else {
      throw refusal(1, "the file has no rows, the annotation has \(Wording.lines(frames))")
    }
    let found = LineLayout(bytes, table)
    if let fault = found.fault { throw refusal(fault.line, fault.cause) }
    layout = found.layout
    let (boxes, firstNaN) = Self.boxes(table)
    if let row = firstNaN {
      let text = table[row].map { "\($0)" }.joined(separator: ",")
      throw refusal(table.line(ofRow: row), "expected 4 numbers, found NaN (\"\(text)\")")
    }
    self.boxes = boxes
    lines = table
  }

  /// The line, from 1, of row `row`, from 0.
  func line(ofRow row: Int) -> Int { lines.line(ofRow: row) }

  /// All boxes, and the first row with a NaN.
  private static func boxes(_ table: NumberTable) -> ([Box], Int?) {
    var firstNaN: Int?
    let boxes = table.values.withUnsafeBufferPointer { values in
      [Box](unsafeUninitializedCapacity: table.count) { buffer, count in
        for row in 0..<table.count {
          let at = row * 4
          let box = Box(x: values[at], y: values[at + 1], width: values[at + 2], height: values[at + 3])
          if firstNaN == nil, (box.x + box.y + box.width + box.height).isNaN { firstNaN = row }
          buffer.initializeElement(at: row, to: box)
        }
        count = table.count
      }
    }
    return (boxes, firstNaN)
  }
}

extension BoxFile {
  /// What there is to say about its length; nil where it has as many rows as there are frames.
  func lengthNote(frames: Int, sequence: String, file: String) -> ImportNote? {
    ImportNote.length(rows: boxes.count, frames: frames, sequence: sequence, file: file) { line(ofRow: $0) }
  }
}
