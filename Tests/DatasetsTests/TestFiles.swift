/// `0001.jpg`, `0002.jpg`, …
func pictureNames(_ range: ClosedRange<Int>, digits: Int = 4, suffix: String = ".jpg") -> [String] {
  range.map { number in
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text + suffix
  }
}

/// Equal lines.
func lines(_ count: Int, _ line: String = "10,20,30,40") -> String { String(repeating: line + "\n", count: count) }
