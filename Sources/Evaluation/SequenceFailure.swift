/// The run was asked to stop; the pass under way is not stored.
public struct Interrupted: Error {}

/// A tracker, a frame or the data set made one pass over a sequence impossible; the others go on.
public struct SequenceFailure: Error, Hashable, CustomStringConvertible {
  public let sequence: String
  /// Which run over the sequence; nil where the sequence allows none at all.
  public let pass: Pass?
  /// Counted from 0; nil where no frame was reached.
  public let frame: Int?
  /// One clause.
  public let message: String

  public init(sequence: String, pass: Pass?, frame: Int?, message: String) {
    self.sequence = sequence
    self.pass = pass
    self.frame = frame
    self.message = message
  }

  /// `repetition 2, frame 5: lost its mind`; the sequence is not named.
  public var description: String {
    let place = [pass?.label, frame.map { "frame \($0 + 1)" }].compactMap(\.self)
    return place.isEmpty ? message : "\(place.joined(separator: ", ")): \(message)"
  }
}
