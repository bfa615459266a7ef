import Foundation

/// Reads JSON from front to back, building nothing: what the caller does not ask for is passed over.
///
/// The annotation lists of whole data sets are a few megabytes of frame names around the boxes; this passes over the names
/// in milliseconds. `NaN` and `Infinity`, which Python writes, are taken as numbers. Depth is limited to 64.
package struct JSONReader {
  private let bytes: [UInt8]
  private let name: String
  private var at = 0
  private var afterValue = false
  private var depth = 0
  /// How far the lines have been counted, and how many there were.
  private var counted = (at: 0, lines: 0)

  package init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { at = 3 }
  }

  /// Steps into an object; ``nextKey()`` then gives its keys until nil.
  package mutating func enterObject() throws(DatasetError) { try enter(UInt8(ascii: "{"), "an object") }

  /// Steps into an array; ``nextElement()`` then is true before each element.
  package mutating func enterArray() throws(DatasetError) { try enter(UInt8(ascii: "["), "an array") }

  /// The next key of the object, the reader standing before its value; nil at the object's end.
  package mutating func nextKey() throws(DatasetError) -> String? {
    guard try next(closing: UInt8(ascii: "}")) else { return nil }
    let key = try string()
    skipBlanks()
    guard peek == UInt8(ascii: ":") else { throw fault("expected a colon after the key \(Quote.text(key.utf8))") }
    at += 1
    return key
  }

  /// Whether the array has another element, the reader then standing before it.
  package mutating func nextElement() throws(DatasetError) -> Bool { try next(closing: UInt8(ascii: "]")) }

  package mutating func number() throws(DatasetError) -> Double {
    skipBlanks()
    let start = at
    var end = at
    while end < bytes.count, !Self.endsToken(bytes[end]) { end += 1 }
    guard end - start <= NumberScanner.longest, end > start else { throw fault("expected a number") }
    let value: Double? = bytes.withUnsafeBufferPointer { text in
      var at = 0
      let scanner = NumberScanner(text: UnsafeBufferPointer(rebasing: text[start..<end]), allowsInfinity: true)
      let value = scanner.number(at: &at)
      return at == end - start ? value : nil
    }
    guard let value else { throw fault("expected a number, found \(Quote.text(bytes[start..<end]))") }
    at = end
    afterValue = true
    return value
  }

  /// A list of numbers, `[1, 2.5, NaN]`, added to `values`. Lists are what annotation files are made of, so plain ones are
  /// read in one go.
  package mutating func numbers(into values: inout [Double]) throws(DatasetError) {
    try enterArray()
    while true {
      let (start, hadValue) = (at, afterValue)
      let plain = bytes.withUnsafeBufferPointer { Self.plainNumbers($0, from: start, afterValue: hadValue, &values) }
      (at, afterValue) = (plain.end, plain.afterValue)
      // What is not plain is read, or refused, one by one.
      guard try nextElement() else { return }
      values.append(try number())
    }
  }

  /// Whether the next value is a list.
  mutating func standsBeforeArray() -> Bool {
    skipBlanks()
    return peek == UInt8(ascii: "[")
  }

  /// How many elements a list has, whatever they are; all are passed over.
  package mutating func countElements() throws(DatasetError) -> Int {
    var count = 0
    try enterArray()
    while try nextElement() {
      try skipValue()
      count += 1
    }
    return count
  }

  package mutating func string() throws(DatasetError) -> String {
    skipBlanks()
    guard peek == UInt8(ascii: "\"") else { throw fault("expected a string") }
    let start = at + 1
    try passString()
    afterValue = true
    let range = start..<(at - 1)
    if let plain = plainText(range) { return plain }
    return try unescape(bytes[range])
  }

  /// The text of a range without backslashes; nil where there is one.
  private func plainText(_ range: Range<Int>) -> String? {
    bytes.withUnsafeBufferPointer { text in
      let plain = UnsafeBufferPointer(rebasing: text[range])
      guard let base = plain.baseAddress, memchr(base, 0x5c, plain.count) == nil else { return nil }
      return String(decoding: plain, as: UTF8.self)
    }
  }

  /// Passes over one value of any kind.
  package mutating func skipValue() throws(DatasetError) {
    let start = at
    let outside = depth
    let (end, complaint) = bytes.withUnsafeBufferPointer { Self.pass($0, from: start, depth: outside) }
    at = end
    if let complaint { throw fault(complaint) }
    afterValue = true
  }

  /// The line, from 1, on which the reader stands.
  mutating func line() -> Int {
    let end = min(at, bytes.count)
    let start = counted.at
    let ends = bytes.withUnsafeBufferPointer { text in
      var ends = 0
      for index in start..<end where text[index] == Byte.lineFeed { ends += 1 }
      return ends
    }
    counted = (end, counted.lines + ends)
    return counted.lines + 1
  }

  mutating func fault(_ cause: String) -> DatasetError {
    DatasetError(
      .malformed, file: name, line: line(), cause: at >= bytes.count ? "\(cause), found the end of the file" : cause,
      remedy: "fetch the file again")
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func enter(_ bracket: UInt8, _ what: String) throws(DatasetError) {
    skipBlanks()
    guard peek == bracket else { throw fault("expected \(what)") }
    guard depth < 64 else { throw fault("more than 64 brackets inside one another") }
    depth += 1
    at += 1
    afterValue = false
  }

  private mutating func next(closing bracket: UInt8) throws(DatasetError) -> Bool {
    skipBlanks()
    if peek == bracket {
      depth -= 1
      at += 1
      afterValue = true
      return false
    }
    if afterValue {
      guard peek == Byte.comma else { throw fault("expected a comma or a closing bracket") }
      at += 1
    }
    afterValue = false
    return true
  }

  private mutating func passString() throws(DatasetError) {
    let start = at
    let end = bytes.withUnsafeBufferPointer { Self.endOfString($0, from: start) }
    at = end ?? bytes.count
    if end == nil { throw fault("expected the end of a string") }
  }

  private mutating func unescape(_ raw: ArraySlice<UInt8>) throws(DatasetError) -> String {
    var units: [UInt16] = []
    var rest = raw
    var plain: [UInt8] = []
    func flush() { units += Array(String(decoding: plain, as: UTF8.self).utf16) }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
        plain.append(byte)
        continue
      }
      flush()
      plain = []
      switch escaped {
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "u"):
        guard let unit = UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) else {
          throw fault("expected four hexadecimal digits after \\u")
        }
        rest = rest.dropFirst(4)
        units.append(unit)
      default: units.append(UInt16(escaped))
      }
    }
    flush()
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] <= Byte.space { at += 1 }
  }

  @inline(__always)
  static func endsToken(_ byte: UInt8) -> Bool {
    byte <= Byte.space || byte == Byte.comma || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
      || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
  }
}
