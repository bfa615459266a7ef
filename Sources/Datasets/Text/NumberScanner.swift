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

  /// 1, 10, ..., 10^19.
  private static let exactWholePowers: [UInt64] = (0...19).map { power in
    (0..<power).reduce(1) { value, _ in value * 10 }
  }

  private let powers = NumberScanner.exactPowers
  private let wholePowers = NumberScanner.exactWholePowers

  init(text: UnsafeBufferPointer<UInt8>, allowsInfinity: Bool = false) {
    self.text = text
    self.allowsInfinity = allowsInfinity
  }

  /// The number that begins at `at`, which is moved behind it; nil where there is none, or none that a `Double` can hold
  /// (`at` is then anywhere).
  ///
  /// Up to 15 digits and powers of ten up to 22 are exact in a `Double`, so one multiplication or division rounds
  /// correctly (Clinger, "How to read floating point numbers accurately", 1990). Up to 19 digits of a fraction, which
  /// toolkits write that print every bit, are divided as integers; the rest goes to the standard library.
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
    if digits <= 19, (-19 ... -1).contains(exponent) {
      let value = Self.quotient(mantissa, wholePowers[-exponent])
      return negative ? -value : value
    }
    return slow(start..<at)
  }

  /// `dividend / divisor` of integers above 0, rounded to nearest, ties to even.
  private static func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
    let up = dividend.leadingZeroBitCount
    let down = divisor.leadingZeroBitCount
    let high = dividend << UInt64(up)
    // Both have their top bit set, so the quotient of high * 2^63 has 63 or 64 bits: more than the 53 that are kept.
    let (quotient, rest) = (divisor << UInt64(down)).dividingFullWidth((high >> 1, high << 63))
    let excess = UInt64(11 - quotient.leadingZeroBitCount)
    let half: UInt64 = 1 << (excess - 1)
    let dropped = quotient & (half << 1 - 1)
    var kept = quotient >> excess
    if dropped > half || dropped == half && (rest != 0 || kept & 1 == 1) { kept += 1 }
    let exponent = Int(excess) - 63 + down - up
    return Double(kept) * Double(bitPattern: UInt64(1023 + exponent) << 52)
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
