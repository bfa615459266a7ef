/// The one pass behind ``NumberTable/parse(_:name:rules:)``.
struct NumberTableParser {
  let name: String
  let rules: NumberTable.Rules
  let faultLimit: Int
  /// Faults found; those beyond ``faultLimit`` are only counted.
  private var found = 0
  private var lastFaultLine = 0

  init(name: String, rules: NumberTable.Rules, faultLimit: Int) {
    self.name = name
    self.rules = rules
    self.faultLimit = faultLimit
  }

  mutating func parse(_ bytes: [UInt8], _ faults: inout [DatasetError]) -> NumberTable {
    var table = NumberTable()
    bytes.withUnsafeBufferPointer { text in
      if let encoding = Self.otherEncoding(text) {
        report(1, "expected plain text, found \(encoding)", &faults, remedy: "save the file as UTF-8 or ASCII")
        return
      }
      parseLines(text, into: &table, &faults)
    }
    if found > max(faultLimit, 1) {
      faults.append(
        DatasetError(
          .malformed, sequence: rules.sequence, file: name, line: lastFaultLine,
          cause: "\(found - faultLimit) more damaged lines, of which this is the last", remedy: remedy))
    }
    return table
  }

  private mutating func parseLines(
    _ text: UnsafeBufferPointer<UInt8>, into table: inout NumberTable, _ faults: inout [DatasetError]
  ) {
    let scanner = NumberScanner(text: text, allowsInfinity: rules.allowsInfinity)
    var at = text.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var line = 0
    var emptyLines = 0
    while at < text.count {
      line += 1
      let start = at
      let outcome = row(scanner, &at, &table)
      let end = at
      if at < text.count {
        at += text[at] == Byte.carriageReturn && at + 1 < text.count && text[at + 1] == Byte.lineFeed ? 2 : 1
      }
      if case .empty = outcome {
        // Only a later row tells whether this line stands among rows or after them.
        if rules.emptyLines != .skipped { emptyLines += 1 }
        continue
      }
      for empty in (line - emptyLines)..<line {
        if rules.emptyLines == .atEnd { report(empty, "expected \(wanted), found an empty line", &faults) }
        table.endEmptyRow(line: empty)
        if stops { return }
      }
      emptyLines = 0
      if let cause = cause(outcome, width: table.unfinished, UnsafeBufferPointer(rebasing: text[start..<end])) {
        report(line, cause, &faults)
        table.dropUnfinishedRow()
      }
      table.endRow(line: line)
      if stops { return }
    }
  }

  /// A strict parse needs no more than the first fault.
  private var stops: Bool { faultLimit == 1 && found > 0 }

  private enum Outcome {
    case empty
    case numbers
    /// `field` is the damaged text, in quotation marks.
    case damaged(String)
  }

  /// Numbers up to the end of the line; leaves `at` on the line end or at the end of the text.
  private func row(_ scanner: NumberScanner, _ at: inout Int, _ table: inout NumberTable) -> Outcome {
    let text = scanner.text
    var any = false
    var afterComma = false
    while true {
      while at < text.count, text[at] == Byte.space || text[at] == Byte.tab { at += 1 }
      guard at < text.count, !Byte.endsLine(text[at]) else { return any ? .numbers : .empty }
      if Byte.isComma(text[at]) {
        guard any, !afterComma else {
          skipLine(text, &at)
          return .damaged("a separator without a number before it")
        }
        afterComma = true
        at += 1
        continue
      }
      let start = at
      if let number = scanner.number(at: &at), at == text.count || Byte.endsField(text[at]) {
        table.append(number)
        any = true
        afterComma = false
        continue
      }
      let reason = scanner.complaint(from: start)
      skipLine(text, &at)
      return .damaged(reason)
    }
  }

  private func skipLine(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
    while at < text.count, !Byte.endsLine(text[at]) { at += 1 }
  }

  /// What is wrong with a line, nil where nothing is.
  private func cause(_ outcome: Outcome, width: Int, _ line: UnsafeBufferPointer<UInt8>) -> String? {
    switch outcome {
    case .empty: nil
    case .damaged(let reason): "expected \(wanted), found \(reason) (\(Quote.text(line)))"
    case .numbers: fits(width) ? nil : "expected \(wanted), found \(width) (\(Quote.text(line)))"
    }
  }

  private func fits(_ width: Int) -> Bool {
    switch rules.width {
    case .any: true
    case .exactly(let wanted): width == wanted
    case .boxOrPolygon: width == 4 || width >= 8 && width.isMultiple(of: 2)
    }
  }

  private var wanted: String {
    switch rules.width {
    case .any: "numbers"
    case .exactly(let count): Wording.count(count, "number")
    case .boxOrPolygon: "4 numbers (a box) or 8 (corners)"
    }
  }

  private var remedy: String { rules.remedy ?? Wording.orExclude("fix the line", rules.sequence) }

  private mutating func report(_ line: Int, _ cause: String, _ faults: inout [DatasetError], remedy: String? = nil) {
    found += 1
    lastFaultLine = line
    guard found <= faultLimit else { return }
    faults.append(
      DatasetError(
        .malformed, sequence: rules.sequence, file: name, line: line, cause: cause, remedy: remedy ?? self.remedy))
  }

  /// Files that look like noise because they are no text, or text of another encoding.
  private static func otherEncoding(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) { return "UTF-16" }
    if text.starts(with: [0xff, 0xd8, 0xff]) || text.starts(with: [0x89, 0x50, 0x4e, 0x47]) { return "a picture" }
    if text.starts(with: [0x50, 0x4b, 0x03, 0x04]) || text.starts(with: [0x1f, 0x8b]) { return "a packed file" }
    return nil
  }
}

/// The few characters that files of numbers are made of.
enum Byte {
  static let tab: UInt8 = 9
  static let lineFeed: UInt8 = 10
  static let carriageReturn: UInt8 = 13
  static let space: UInt8 = 32
  static let plus: UInt8 = 43
  static let comma: UInt8 = 44
  static let minus: UInt8 = 45
  static let point: UInt8 = 46
  static let zero: UInt8 = 48
  static let semicolon: UInt8 = 59

  @inline(__always) static func endsLine(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
  @inline(__always) static func isComma(_ byte: UInt8) -> Bool { byte == comma || byte == semicolon }
  @inline(__always) static func endsField(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || isComma(byte) || endsLine(byte)
  }
}
