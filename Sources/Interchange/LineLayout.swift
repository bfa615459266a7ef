import Datasets
import Foundation
import Scoring

/// What separates the numbers of a result file, line by line.
///
/// ``NumberTable`` takes any mixture of separators; toolkits do not, and a file that none of them reads is a damaged one.
struct LineLayout {
  let layout: ResultLayout
  /// The first line that no toolkit reads in this file, and what is wrong with it; nil where there is none.
  let fault: (line: Int, cause: String)?

  private static let semicolon = UInt8(ascii: ";")
  private static let comma = UInt8(ascii: ",")
  private static let tab = UInt8(ascii: "\t")
  private static let space = UInt8(ascii: " ")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Parameters:
  ///   - bytes: the whole file, which has been parsed.
  ///   - table: its rows.
  ///   - commasOnly: true for files that toolkits split at commas and nothing else.
  init(_ bytes: [UInt8], _ table: NumberTable, commasOnly: Bool = false) {
    let found = bytes.withUnsafeBufferPointer { text in
      let first = commasOnly ? .comma : Self.delimiter(Self.line(text, from: 0)) ?? .comma
      let suspects: [UInt8] =
        switch first {
        case .comma: [Self.semicolon, Self.tab, Self.space]
        case .tab: [Self.semicolon, Self.comma, Self.space]
        case .space: [Self.semicolon, Self.comma, Self.tab]
        }
      // Nearly all files have none of them.
      let fault = suspects.contains { Self.has($0, text) } ? Self.fault(text, first, commasOnly: commasOnly) : nil
      return (first, fault, Self.hasBlankEnd(text))
    }
    let rows = table.count
    layout = ResultLayout(
      delimiter: found.0, hasBlankLines: found.2 || rows > 0 && table.line(ofRow: rows - 1) != rows)
    fault = found.1
  }

  private static func has(_ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return false }
    return memchr(base, Int32(byte), text.count) != nil
  }

  /// Comma before tab before blank; nil where the line has no separator between two numbers.
  private static func delimiter(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> ResultLayout.Delimiter? {
    if line.contains(comma) { return .comma }
    let bare = line.drop { $0 == space || $0 == tab }
    guard let end = bare.lastIndex(where: { $0 != space && $0 != tab }) else { return nil }
    let inner = bare[...end]
    return inner.contains(tab) ? .tab : inner.contains(space) ? .space : nil
  }

  private static func fault(
    _ text: UnsafeBufferPointer<UInt8>, _ first: ResultLayout.Delimiter, commasOnly: Bool
  ) -> (line: Int, cause: String)? {
    var at = 0
    var number = 0
    while at < text.count {
      number += 1
      let line = line(text, from: at)
      if line.contains(semicolon) {
        return (
          number, "expected numbers separated by \(commasOnly ? "commas" : "commas, tabs or blanks"), found semicolons"
        )
      }
      if let found = delimiter(line), found != first {
        let name = commasOnly ? "" : ", as in line 1"
        return (number, "expected numbers separated by \(words(first))\(name), found \(words(found))")
      }
      at = line.endIndex
      if at + 1 < text.count, text[at] == carriageReturn, text[at + 1] == lineFeed { at += 1 }
      at += 1
    }
    return nil
  }

  private static func line(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    let rest = text[start...]
    return rest[..<(rest.firstIndex { $0 == lineFeed || $0 == carriageReturn } ?? rest.endIndex)]
  }

  /// True where the file ends in more than one line end, or in a line of blanks.
  private static func hasBlankEnd(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var end = text.count
    if end > 0, text[end - 1] == lineFeed { end -= 1 }
    if end > 0, text[end - 1] == carriageReturn { end -= 1 }
    guard end > 0 else { return text.count > 0 }
    let last = text[end - 1]
    guard last == space || last == tab || last == lineFeed || last == carriageReturn else { return false }
    // Blanks behind the last row's numbers are none.
    let before = text[..<end].last { $0 != space && $0 != tab }
    return before.map { $0 == lineFeed || $0 == carriageReturn } ?? true
  }

  private static func words(_ delimiter: ResultLayout.Delimiter) -> String {
    switch delimiter {
    case .comma: "commas"
    case .tab: "tabs"
    case .space: "blanks"
    }
  }
}
