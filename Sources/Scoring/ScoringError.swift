public import Faults
public import Geometry

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
    /// The toolkit has no scores for this kind of run.
    case noSuchScores
    /// There is not one run of the tracker.
    case noRuns
    /// A region has no area the profile can compute, frames counted from 0.
    case invalidRegion(frame: Int, problem: PolygonClipping.Invalid)
    /// Sequences have different numbers of repetitions (Q11).
    case repetitionMismatch(found: Int, others: Int)
    /// A failure in a run that was not started before it, frames counted from 0.
    case failureWithoutStart(frame: Int)
    /// Confidences and frames differ in number.
    case confidenceMismatch(frames: Int, confidences: Int)
    /// A list that must have one entry a frame has another number of them.
    case listMismatch(list: String, frames: Int, found: Int)
    /// Not one frame counts.
    case nothingCounts
    /// Anchors and runs do not belong together; the frame of the anchor or run, counted from 0.
    case anchorMismatch(frame: Int)
    /// Speeds are read from time files, and the first sequence has none (Q22).
    case noTimes
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
    case .noSuchScores:
      "profile \(profile) has no scores for runs of this kind"
    case .noRuns:
      "there is no run of the tracker"
    case .invalidRegion(let frame, let problem):
      switch problem {
      case .notFinite: "a region of frame \(frame) has a NaN or an infinite number, which profile \(profile) refuses"
      case .crossesItself: "a polygon of frame \(frame) crosses itself, which profile \(profile) refuses"
      case .mask: "the region of frame \(frame) is a mask, which profile \(profile) does not know"
      }
    case .repetitionMismatch(let found, let others):
      "\(found) repetitions, where the sequences before it have \(others) and profile \(profile) needs as many"
    case .failureWithoutStart(let frame):
      "the failure in frame \(frame) belongs to no start before it"
    case .confidenceMismatch(let frames, let confidences):
      "\(confidences) confidences for \(frames) frames"
    case .listMismatch(let list, let frames, let found):
      "\(found) entries of \(list) for \(frames) frames"
    case .nothingCounts:
      "not one frame counts under profile \(profile)"
    case .anchorMismatch(let frame):
      "frame \(frame) is an anchor without a run, or a run without an anchor or of another length"
    case .noTimes:
      "the first sequence has no times, where profile \(profile) needs some"
    }
  }

  public var remedy: String? {
    switch reason {
    case .noFrames, .invalidTruth, .visibilityMismatch, .listMismatch, .nothingCounts:
      "check the data set, or leave this sequence out"
    case .lengthMismatch, .tooFewRows, .invalidPrediction, .noRuns, .invalidRegion, .repetitionMismatch,
      .failureWithoutStart, .confidenceMismatch, .anchorMismatch, .noTimes:
      "run the tracker on this sequence again, or score under a profile that accepts it"
    case .unreadableLayout:
      "write the file again with commas and without blank lines"
    case .noSuchScores:
      "choose another profile"
    }
  }
}
