public import Faults

/// Why a sequence has no score under a profile: the toolkit stops there too.
public struct ScoringError: Fault, Hashable {
  /// What a caller branches on.
  public enum Reason: Hashable, Sendable {
    /// The annotation has no frames.
    case noFrames
    /// Predicted and annotated boxes differ in number and the profile neither cuts nor pads.
    case lengthMismatch(truth: Int, predicted: Int)
    /// The profile's toolkit needs more rows than there are.
    case tooFewRows(found: Int, needed: Int)
    /// A NaN or a negative size in the prediction, frames counted from 0.
    case invalidPrediction(frame: Int)
    /// A NaN in the annotation, frames counted from 0.
    case invalidTruth(frame: Int)
    /// Visibility flags and annotated boxes differ in number.
    case visibilityMismatch(truth: Int, flags: Int)
    /// The toolkit cannot read a file laid out like this.
    case unreadableLayout(ResultLayout)
  }

  /// The sequence without a score.
  public let sequence: String
  /// The profile's name.
  public let profile: String
  /// Why, with its numbers.
  public let reason: Reason

  public init(sequence: String, profile: String, reason: Reason) {
    self.sequence = sequence
    self.profile = profile
    self.reason = reason
  }

  public var place: String { sequence }

  public var cause: String {
    switch reason {
    case .noFrames:
      "the annotation has no frames, so there is nothing to score"
    case .lengthMismatch(let truth, let predicted):
      "\(predicted) predicted boxes for \(truth) annotated frames, where profile \(profile) needs as many"
    case .tooFewRows(let found, let needed):
      "\(found) \(found == 1 ? "row" : "rows"), where the toolkit of profile \(profile) needs at least \(needed)"
    case .invalidPrediction(let frame):
      "the predicted box of frame \(frame) has a NaN or a negative size, which profile \(profile) refuses"
    case .invalidTruth(let frame):
      "the annotated box of frame \(frame) has a NaN, which profile \(profile) refuses"
    case .visibilityMismatch(let truth, let flags):
      "\(flags) visibility flags for \(truth) annotated frames"
    case .unreadableLayout(let layout):
      "the toolkit of profile \(profile) cannot read a result file separated by \(layout.delimiter.rawValue)"
        + (layout.hasBlankLines ? " with a blank line" : "")
    }
  }

  public var remedy: String? {
    switch reason {
    case .noFrames, .invalidTruth, .visibilityMismatch:
      "check the data set, or leave this sequence out"
    case .lengthMismatch, .tooFewRows, .invalidPrediction:
      "run the tracker on this sequence again, or score under a profile that accepts it"
    case .unreadableLayout:
      "write the file again with commas and without blank lines"
    }
  }
}
