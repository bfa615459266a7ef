public import Faults

/// What is wrong with a data set, where, and the way out.
public struct DatasetError: Fault, Hashable, Sendable {
  /// What a caller branches on.
  public enum Kind: String, Hashable, Sendable {
    /// No such data set or sequence.
    case unknownName
    /// A file or folder that has to be there is not.
    case missing
    /// A file is there and cannot be read, or is far larger than such a file ever is.
    case unreadable
    /// A line that is not what its file is made of.
    case malformed
    /// As many annotated lines as pictures, or tags as lines, were expected.
    case countMismatch
    /// Pictures inside the annotated range that are not there.
    case framesMissing
    /// A box with no area, or with no pixel inside its picture.
    case box
    /// A picture that cannot be decoded, or is of another size than the sequence's first.
    case picture
  }

  public let kind: Kind
  /// The sequence that cannot be used because of it; nil where the fault concerns the whole data set.
  public let sequence: String?
  /// The file, folder or option, short enough to read: `Crossing/groundtruth_rect.txt`.
  public let file: String
  /// From 1; nil where the fault has no line.
  public let line: Int?
  public let cause: String
  public let remedy: String?

  public init(
    _ kind: Kind, sequence: String? = nil, file: String, line: Int? = nil, cause: String, remedy: String? = nil
  ) {
    self.kind = kind
    self.sequence = sequence
    self.file = file
    self.line = line
    self.cause = cause
    self.remedy = remedy
  }

  public var place: String { line.map { "\(file):\($0)" } ?? file }
}
