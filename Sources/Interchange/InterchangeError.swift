public import Faults

/// What is wrong with a result folder or one of its files, where, and the way out.
public struct InterchangeError: Fault, Hashable {
  /// The sequence that stays without a result because of it; nil where the fault concerns the whole folder.
  public let sequence: String?
  /// The file's name within the folder, or the folder's path.
  public let file: String
  /// From 1; nil where the fault has no line.
  public let line: Int?
  public let cause: String
  public let remedy: String?

  public init(sequence: String? = nil, file: String, line: Int? = nil, cause: String, remedy: String? = nil) {
    self.sequence = sequence
    self.file = file
    self.line = line
    self.cause = cause
    self.remedy = remedy
  }

  /// `Board.txt:698`
  public var place: String { line.map { "\(file):\($0)" } ?? file }
}
