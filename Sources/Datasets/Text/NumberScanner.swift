/// Decimal numbers out of bytes, correctly rounded.
struct NumberScanner {
  let text: UnsafeBufferPointer<UInt8>
  let allowsInfinity: Bool

  /// No toolkit writes numbers this long, and longer ones cost time without end.
  static let longest = 1024

  /// 10^0 to 10^22, all exact; made once, because JSON has a scanner for every list.
  private static let exactPowers: [Double] = (0...22).map { power in
    var value = 1.0
    for _ in 0..<power { value *= 10 }
    return value
  }

  private let powers = NumberScanner.exactPowers

  init(text: UnsafeBufferPointer<UInt8>, allowsInfinity: Bool = false) {
    self.text = text
    self.allowsInfinity = allowsInfinity
  }

  /// The number that begins at `at`, which is moved behind it; nil where there is none, or none that a `Double` can hold
  /// (`at` is then anywhere).
  ///
  /// Up to 15 digits and powers of ten up to 22 are exact in a `Double`, so one multiplication or division rounds
  /// correctly (Clinger, "How to read floating point numbers accurately", 1990); the rest goes to the standard library.
  @inline(__always)
  func number(at: inout Int) -> Double? {
    let start = at
    var negative = false
    if at < text.count, text[at] == Byte.minus || text[at] == Byte.plus {
      negative = text[at] == Byte.minus
      at += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var any = false
    while at < text.count, text[at] &- Byte.zero < 10 {
      any = true
      if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(text[at] &- Byte.zero) }
      if mantissa > 0 { digits += 1 }
      at += 1
    }
    if at < text.count, text[at] == Byte.point {
      at += 1
      while at < text.count, text[at] &- Byte.zero < 10 {
        any = true
        if digits < 19 {
          mantissa = mantissa &* 10 &+ UInt64(text[at] &- Byte.zero)
          exponent -= 1
        }
        if mantissa > 0 { digits += 1 }
        at += 1
      }
    }
    guard any else { return word(from: start, &at, negative: negative) }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
      guard let power = self.power(&at) else { return nil }
      exponent += power
    }
    if digits <= 15, (-22...22).contains(exponent) {
      let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
      return negative ? -value : value
    }
    return slow(start..<at)
  }

  /// The digits after `e`, held within ±100,000.
  private func power(_ at: inout Int) -> Int? {
    at += 1
    var negative = false
    if at < text.count, text[at] == Byte.minus || text[at] == Byte.plus {
      negative = text[at] == Byte.minus
      at += 1
    }
    let start = at
    var value = 0
    while at < text.count, text[at] &- Byte.zero < 10 {
      value = min(value * 10 + Int(text[at] &- Byte.zero), 100_000)
      at += 1
    }
    return at == start ? nil : negative ? -value : value
  }

  private func slow(_ range: Range<Int>) -> Double? {
    guard range.count <= Self.longest else { return nil }
    guard let value = Double(String(decoding: text[range], as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  /// NaN, and infinity where it is allowed.
  private func word(from start: Int, _ at: inout Int, negative: Bool) -> Double? {
    at = start
    while at < text.count, !Byte.endsField(text[at]), at - start < 16 { at += 1 }
    var letters = text[start..<at]
    if let first = letters.first, first == Byte.minus || first == Byte.plus { letters = letters.dropFirst() }
    switch String(decoding: letters, as: UTF8.self).lowercased() {
    case "nan": return .nan
    case "inf" where allowsInfinity, "infinity" where allowsInfinity: return negative ? -.infinity : .infinity
    default: return nil
    }
  }

  /// Why the field that begins at `start` is no number.
  func complaint(from start: Int) -> String {
    var end = start
    while end < text.count, !Byte.endsField(text[end]) { end += 1 }
    let field = text[start..<end]
    let isDecimal = field.allSatisfy { byte in
      byte &- Byte.zero < 10 || byte == Byte.point || byte == Byte.minus || byte == Byte.plus || byte | 0x20 == 0x65
    }
    if field.count > Self.longest, isDecimal { return "a number of \(field.count) digits" }
    let text = Quote.text(field, limit: 24)
    let decoded = String(decoding: field.prefix(Self.longest), as: UTF8.self)
    if let value = Double(decoded), value.isInfinite {
      return isDecimal ? "\(text), too large for a number" : "\(text), which is no finite number"
    }
    return "\(text)"
  }
}
