import Foundation

/// The loops that take most of the time, each one pass over the bytes.
extension JSONReader {
  /// Numbers as far as they are written plainly, up to and without the closing bracket, or up to whatever is no plain number.
  static func plainNumbers(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, afterValue: Bool, _ values: inout [Double]
  ) -> (end: Int, afterValue: Bool) {
    let scanner = NumberScanner(text: text, allowsInfinity: true)
    var at = start
    var afterValue = afterValue
    while true {
      var next = at
      if afterValue {
        skipBlanks(text, &next)
        guard next < text.count, text[next] == Byte.comma else { return (at, afterValue) }
        next += 1
      }
      skipBlanks(text, &next)
      guard let number = scanner.number(at: &next), next < text.count, endsToken(text[next]) else {
        return (at, afterValue)
      }
      values.append(number)
      afterValue = true
      at = next
    }
  }

  /// The place behind the value that begins at `start`, or where it goes wrong and why. Depth counts from `depth`.
  static func pass(_ text: UnsafeBufferPointer<UInt8>, from start: Int, depth: Int) -> (end: Int, complaint: String?) {
    var at = start
    var open: [UInt8] = []
    repeat {
      skipBlanks(text, &at)
      guard at < text.count else { return (at, "the file ends inside a value") }
      let byte = text[at]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count + depth < 64 else { return (at, "more than 64 brackets inside one another") }
        open.append(byte + 2)  // `}` and `]` come two places after `{` and `[`
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == byte else { return (at, "a closing bracket that nothing opened") }
        at += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard !open.isEmpty else { return (at, "expected a value") }
        at += 1
      case UInt8(ascii: "\""):
        guard let end = endOfString(text, from: at) else { return (text.count, "expected the end of a string") }
        at = end
      default:
        let token = at
        while at < text.count, !endsToken(text[at]) { at += 1 }
        if at == token { at += 1 }
      }
    } while !open.isEmpty
    return (at, nil)
  }

  /// The place behind the string whose opening quotation mark stands at `start`; nil where it has no end.
  static func endOfString(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var at = start + 1
    while at < text.count, let found = memchr(base + at, 0x22, text.count - at) {
      let quote = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
      // A mark behind an odd number of backslashes is part of the string.
      var before = quote
      while before > at, text[before - 1] == UInt8(ascii: "\\") { before -= 1 }
      if (quote - before).isMultiple(of: 2) { return quote + 1 }
      at = quote + 1
    }
    return nil
  }

  @inline(__always)
  private static func skipBlanks(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
    while at < text.count, text[at] <= Byte.space { at += 1 }
  }
}
