/// The lines of a small text file, without their ends: LF, CRLF or CR.
struct TextLines: Swift.Sequence {
  private let lines: [Substring]

  init(_ bytes: [UInt8]) {
    let text = String(
      decoding: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
    // CRLF is one Character, so no line end is counted twice.
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  func makeIterator() -> IndexingIterator<[Substring]> { lines.makeIterator() }
}

extension Substring {
  func trimmingBlanks() -> String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
