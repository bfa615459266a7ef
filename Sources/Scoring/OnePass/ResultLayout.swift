/// How the text of a result file was laid out. It does not touch a score, but decides which toolkits can read the file.
public struct ResultLayout: Hashable, Sendable {
  /// What stands between the numbers of a line.
  public enum Delimiter: String, Hashable, Sendable, CaseIterable {
    case comma, tab, space
  }

  /// Of the first line.
  public var delimiter: Delimiter
  /// True where a line holds nothing, also where that is the last one; a final line end alone is no blank line.
  public var hasBlankLines: Bool

  public init(delimiter: Delimiter, hasBlankLines: Bool) {
    self.delimiter = delimiter
    self.hasBlankLines = hasBlankLines
  }
}

/// Which result files a toolkit reads (metric reference, 1.4: "file delimiter").
public struct ReadableLayout: Hashable, Sendable {
  /// Separators it takes.
  public let delimiters: Set<ResultLayout.Delimiter>
  /// True where blank lines do not stop it.
  public let blankLines: Bool

  public init(delimiters: Set<ResultLayout.Delimiter>, blankLines: Bool) {
    self.delimiters = delimiters
    self.blankLines = blankLines
  }
}

extension Profile {
  /// Says whether this profile's toolkit could have read a result file laid out like this.
  ///
  /// Scoring itself takes any boxes, wherever they were read; who wants exactly the toolkit's behaviour asks first.
  /// - Throws: ``ScoringError`` with reason ``ScoringError/Reason/unreadableLayout(_:)`` where it could not.
  public func check(layout: ResultLayout, sequence: String) throws(ScoringError) {
    let readable = reads.delimiters.contains(layout.delimiter) && (reads.blankLines || !layout.hasBlankLines)
    if !readable { throw ScoringError(sequence: sequence, profile: name, reason: .unreadableLayout(layout)) }
  }
}
