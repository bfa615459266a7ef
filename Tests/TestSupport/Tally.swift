public import Testing

/// Counts what a golden test compared, prints the count, and fails where nothing was compared.
///
///     var tally = Tally("imageops/resize linear")
///     for row in rows { tally.expect(row.md5 == digest, "\(row)") }
///     tally.finish()
public struct Tally {
  public let title: String
  public private(set) var compared = 0
  public private(set) var equal = 0
  public private(set) var excused: [String] = []

  public init(_ title: String) { self.title = title }

  /// One comparison; `message` is recorded as an issue where it fails.
  public mutating func expect(
    _ condition: Bool, _ message: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    compared += 1
    if condition {
      equal += 1
    } else {
      let text = "\(title): \(message())"
      #expect(Bool(false), Comment(rawValue: text), sourceLocation: sourceLocation)
    }
  }

  /// A row its README excuses by name.
  public mutating func excuse(_ reason: String) { excused.append(reason) }

  public func finish(sourceLocation: SourceLocation = #_sourceLocation) {
    let tail = excused.isEmpty ? "" : ", excused \(excused.count): \(excused.joined(separator: "; "))"
    print("golden \(title): \(equal) of \(compared) equal\(tail)")
    #expect(
      compared > 0, "\(title): the golden file is there but nothing was compared", sourceLocation: sourceLocation)
  }
}
