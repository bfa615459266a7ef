/// Words that several messages share.
enum Wording {
  /// `fix the line, or run without this sequence: --exclude Crossing`
  static func orExclude(_ what: String, _ sequence: String?) -> String {
    sequence.map { "\(what), or run without this sequence: --exclude \($0)" } ?? what
  }

  /// `1 row`, `74 rows`, `2 boxes`
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    number == 1 ? "1 \(noun)" : "\(grouped(number)) \(plural ?? noun + "s")"
  }

  /// `59,035`
  static func grouped(_ number: Int) -> String {
    var text = String(number.magnitude)
    var at = text.count - 3
    while at > 0 {
      text.insert(",", at: text.index(text.startIndex, offsetBy: at))
      at -= 3
    }
    return number < 0 ? "-\(text)" : text
  }

  /// At most two decimals, none where there are none to show: `12.5`, `198`, `nan`.
  static func short(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return number.description }
    let rounded = (number * 100).rounded() / 100
    return rounded == rounded.rounded() ? String(Int(rounded)) : rounded.description
  }
}
