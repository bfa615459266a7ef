/// Text from a file, fit to be shown: control characters (terminal escapes) become `?`, and what is long is cut.
enum Printable {
  static func text(_ text: String, atMost limit: Int = 400) -> String {
    var shown = String.UnicodeScalarView()
    for (count, scalar) in text.unicodeScalars.enumerated() {
      guard count < limit else { return String(shown) + "..." }
      let isControl = scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
      shown.append(isControl ? "?" : scalar)
    }
    return String(shown)
  }
}
