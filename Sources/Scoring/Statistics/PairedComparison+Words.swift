import Foundation

extension PairedComparison {
  /// Whether the data can tell the two apart, a plain sentence with the numbers that say so.
  ///
  ///     SiamRPN++ is ahead of SiamRPN by 0.066 [0.043, 0.091] in success (pysot) on 100 sequences; it wins 75, loses 25 and ties 0.
  ///     The data cannot tell ATOM from SiamRPN++: ...
  public var sentence: String {
    let leads = isHigherBetter ? difference > 0 : difference < 0
    let (ahead, behind) = leads ? (first, second) : (second, first)
    let sequences = pairs.count == 1 ? "1 sequence" : "\(pairs.count) sequences"
    let record = leads ? (won, lost) : (lost, won)
    let wins = "\(ahead) wins \(record.0), loses \(record.1) and ties \(tied)"
    guard let interval else {
      return difference.isNaN
        ? "\(first) and \(second) have no \(metric) (\(profile)) to compare on \(sequences)."
        : "\(sequences) cannot tell \(first) from \(second): \(decimals(firstValue)) and \(decimals(secondValue)) "
          + "in \(metric) (\(profile))."
    }
    // As a lead, so above 0 whichever way is better.
    let low = leads == isHigherBetter ? interval.low : -interval.high
    let high = leads == isHigherBetter ? interval.high : -interval.low
    let digits = canTellApart ? Self.digits(showing: min(abs(low), abs(high))) : 3
    let range = "[\(decimals(low, digits)), \(decimals(high, digits))] in \(metric) (\(profile)) on \(sequences)"
    let lead = decimals(abs(difference), digits)
    guard canTellApart else {
      return difference == 0
        ? "The data cannot tell \(first) from \(second): they are level, \(lead) \(range); \(wins)."
        : "The data cannot tell \(first) from \(second): \(ahead) is ahead by \(lead) \(range), which includes 0; \(wins)."
    }
    let unit = isHigherBetter ? "is ahead of" : "has less than"
    return "\(ahead) \(unit) \(behind) by \(lead) \(range); \(wins)."
  }

  /// Three digits, or as many as show that a bound is not 0.
  private static func digits(showing bound: Double) -> Int {
    var digits = 3
    var unit = 0.0005
    while digits < 9, bound < unit {
      digits += 1
      unit /= 10
    }
    return digits
  }

  private func decimals(_ value: Double, _ digits: Int = 3) -> String {
    let text = String(format: "%.\(digits)f", value)
    return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) } ? String(text.dropFirst()) : text
  }
}
