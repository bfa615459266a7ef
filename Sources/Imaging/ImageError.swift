public import Faults

/// Why a picture could not be read or written.
public struct ImageError: Fault, Hashable {
  /// What kind of trouble, for callers that branch.
  public enum Code: Hashable, Sendable {
    /// The file is missing, a folder, empty, or may not be read.
    case unreadable
    /// Neither a JPEG nor a PNG.
    case notAPicture
    /// A JPEG or PNG of a kind that is not supported: four components, 12 bits, arithmetic coding and the like.
    case unsupported
    /// The declared size, or the file, is beyond the limits.
    case tooLarge
    /// The data are damaged or end early.
    case damaged
    /// A picture could not be written.
    case notWritten
  }

  /// For callers that branch.
  public let code: Code
  /// The file's name as it was given.
  public let place: String
  /// One clause, found and wanted.
  public let cause: String
  /// What to do next, nil where there is nothing to suggest.
  public let remedy: String?

  /// An error in the words given.
  public init(_ code: Code, place: String, cause: String, remedy: String? = nil) {
    self.code = code
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }
}
