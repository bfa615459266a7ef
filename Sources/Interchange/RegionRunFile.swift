import Datasets
import Foundation
import Geometry
import Scoring

/// A file of a VOT run: on each line a code (1 start, 2 failure, 0 no answer), a box `x,y,w,h`, a polygon `x1,y1,x2,y2,...`
/// of three corners or more, or a mask `m<x>,<y>,<width>,<height>,<runs>` (metric reference, 2.1 and 2.6).
struct RegionRunFile {
  let outcomes: [FrameOutcome]
  /// What is odd about it, its length aside.
  let notes: [ImportNote]
  /// False for a binary file.
  let hasLines: Bool

  private let name: String
  private let sequence: String

  /// Reads a text file, or a binary one where the name ends in `.bin`.
  /// - Throws: ``InterchangeError`` with the line for anything else than the lines above, and for a file without any.
  init(_ path: String, name: String, sequence: String) throws(InterchangeError) {
    let bytes: [UInt8]
    do {
      bytes = try TextFile.read(path, name: name, sequence: sequence)
    } catch {
      throw InterchangeError(
        sequence: sequence, file: name, line: error.line, cause: error.cause, remedy: Wording.again(sequence))
    }
    let reader = RegionLineReader(name: name, sequence: sequence)
    hasLines = !name.hasSuffix(".bin")
    if hasLines {
      outcomes = try reader.outcomes(of: bytes)
    } else {
      outcomes = try BinaryTrajectory.read(bytes, name: name, sequence: sequence)
    }
    self.name = name
    self.sequence = sequence
    guard !outcomes.isEmpty else {
      throw InterchangeError(
        sequence: sequence, file: name, line: hasLines ? 1 : nil, cause: "the file has no rows",
        remedy: Wording.again(sequence))
    }
    var notes: [ImportNote] = []
    if let first = outcomes.first, first != .initialized {
      notes.append(
        ImportNote(
          sequence: sequence, file: name, line: hasLines ? 1 : nil,
          remark: "the first line is not 1, the code of a start"))
    }
    let absent = outcomes.enumerated().filter { row in
      switch row.element.region {
      case nil, .mask?: false  // An empty mask is how a tracker says that the target is not there.
      case let region?: region.isAbsent
      }
    }
    .map(\.offset)
    if let first = absent.first {
      notes.append(
        ImportNote(
          sequence: sequence, file: name, line: hasLines ? first + 1 : nil,
          remark: absent.count == 1
            ? "a region with a NaN, which pysot counts as a miss and vot as no answer"
            : "the first of \(absent.count) regions with a NaN, which pysot counts as misses and vot as no answers"))
    }
    self.notes = notes
  }

  /// What there is to say about its length; nil where it has as many rows as there are frames.
  func lengthNote(frames: Int) -> ImportNote? {
    let note = ImportNote.length(rows: outcomes.count, frames: frames, sequence: sequence, file: name) { $0 + 1 }
    guard let note, !hasLines else { return note }
    return ImportNote(sequence: sequence, file: name, remark: note.remark)
  }
}

/// The lines of such a file.
private struct RegionLineReader {
  let name: String
  let sequence: String

  private static let maskLetter = UInt8(ascii: "m")

  func outcomes(of bytes: [UInt8]) throws(InterchangeError) -> [FrameOutcome] {
    let hasMasks = bytes.withUnsafeBufferPointer { text in
      text.baseAddress.map { memchr($0, Int32(Self.maskLetter), text.count) != nil } ?? false
    }
    return hasMasks ? try mixed(bytes) : try numbers(bytes, firstLine: 1)
  }

  /// Lines of numbers alone.
  private func numbers(_ bytes: [UInt8], firstLine: Int) throws(InterchangeError) -> [FrameOutcome] {
    let table: NumberTable
    do {
      table = try NumberTable.parse(bytes, name: name, rules: NumberTable.Rules(sequence: sequence))
    } catch {
      throw refusal((error.line ?? 1) + firstLine - 1, error.cause)
    }
    if let fault = LineLayout(bytes, table, commasOnly: true).fault {
      throw refusal(fault.line + firstLine - 1, fault.cause)
    }
    var outcomes: [FrameOutcome] = []
    outcomes.reserveCapacity(table.count)
    for row in 0..<table.count {
      guard let outcome = Self.outcome(table[row]) else {
        let text = table[row].prefix(9).map { "\($0)" }.joined(separator: ",")
        throw refusal(
          table.line(ofRow: row) + firstLine - 1,
          table.width(ofRow: row) == 1
            ? "expected a region or one of the codes 0, 1 and 2, found \(text)"
            : "expected a code, a box of 4 numbers or a polygon of 6 or more, found \(table.width(ofRow: row)) (\"\(text)\")"
        )
      }
      outcomes.append(outcome)
    }
    return outcomes
  }

  private static func outcome(_ row: ArraySlice<Double>) -> FrameOutcome? {
    switch row.count {
    case 1:
      switch row[row.startIndex] {
      case 0: .skipped
      case 1: .initialized
      case 2: .failed
      default: nil
      }
    case 4: .region(RegionFile.region(row))
    case 6... where row.count.isMultiple(of: 2): .region(RegionFile.region(row))
    default: nil
    }
  }

  /// Lines of which some are masks.
  private func mixed(_ bytes: [UInt8]) throws(InterchangeError) -> [FrameOutcome] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    while let last = lines.last, last.allSatisfy({ $0 <= UInt8(ascii: " ") }) { lines.removeLast() }
    var outcomes: [FrameOutcome] = []
    outcomes.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      if line.first == Self.maskLetter {
        guard let mask = Self.mask(line.dropFirst()) else {
          let text = String(decoding: line.prefix(40), as: UTF8.self).debugDescription
          throw refusal(index + 1, "expected a mask of a corner, a size and runs that fit into it, found \(text)")
        }
        outcomes.append(.region(.mask(mask)))
      } else {
        let found = try numbers(Array(line), firstLine: index + 1)
        guard found.count == 1 else { throw refusal(index + 1, "expected a region or a code, found an empty line") }
        outcomes += found
      }
    }
    return outcomes
  }

  private static func mask(_ text: ArraySlice<UInt8>) -> Mask? {
    var numbers: [Int] = []
    var at = text.startIndex
    while true {
      guard let number = integer(text, &at) else { return nil }
      numbers.append(number)
      guard at < text.endIndex else { break }
      guard text[at] == UInt8(ascii: ",") else { return nil }
      at += 1
    }
    guard numbers.count >= 4 else { return nil }
    return Mask(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3], runs: Array(numbers[4...]))
  }

  /// Up to nine digits, blanks around them; leaves `at` on a comma or at the end.
  private static func integer(_ text: ArraySlice<UInt8>, _ at: inout Int) -> Int? {
    func skipBlanks() { while at < text.endIndex, text[at] <= UInt8(ascii: " ") { at += 1 } }
    skipBlanks()
    let isNegative = at < text.endIndex && text[at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let start = at
    var value = 0
    while at < text.endIndex, text[at] &- UInt8(ascii: "0") < 10 {
      guard at - start < 9 else { return nil }
      value = value * 10 + Int(text[at] &- UInt8(ascii: "0"))
      at += 1
    }
    guard at > start else { return nil }
    skipBlanks()
    return isNegative ? -value : value
  }

  private func refusal(_ line: Int, _ cause: String) -> InterchangeError {
    InterchangeError(sequence: sequence, file: name, line: line, cause: cause, remedy: Wording.again(sequence))
  }
}
