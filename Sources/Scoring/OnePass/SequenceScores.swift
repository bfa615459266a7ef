public import Geometry

/// How one tracker did on one sequence under one profile.
public struct SequenceScores: Hashable, Sendable {
  /// The record's name.
  public let name: String
  /// Attributes the sequence carries.
  public let attributes: [String]
  /// Annotated frames.
  public let frames: Int
  /// Curves, and the numbers read off them.
  public let scores: Scores

  init(name: String, attributes: [String], frames: Int, scores: Scores) {
    self.name = name
    self.attributes = attributes
    self.frames = frames
    self.scores = scores
  }

  /// Scores a sequence.
  ///
  /// - Parameters:
  ///   - record: annotated and predicted boxes in the same numbers (pixels counted from the same origin).
  ///   - profile: whose rules.
  /// - Throws: ``ScoringError`` where the profile's toolkit would stop, most often because the lengths differ.
  /// - Complexity: one pass over the frames; memory for one copy of the boxes.
  public init(_ record: SequenceRecord, profile: Profile) throws(ScoringError) {
    let truth = record.truth
    if let flags = record.visible, flags.count != truth.count {
      throw ScoringError(
        sequence: record.name, profile: profile.name,
        reason: .visibilityMismatch(truth: truth.count, flags: flags.count))
    }
    let prepared = try profile.prepare(truth: truth, prediction: record.prediction, sequence: record.name)
    var counts = FrameCounts(profile)
    counts.add(prepared, visible: profile.removesAbsent ? record.visible : nil, under: profile)
    guard counts.frames > 0 else {
      throw ScoringError(sequence: record.name, profile: profile.name, reason: .nothingCounts)
    }
    self.init(
      name: record.name, attributes: record.attributes, frames: truth.count,
      scores: counts.scores(under: profile, withNormalised: prepared.hasNormalised))
  }
}

/// What is needed to score one sequence.
public struct SequenceRecord: Hashable, Sendable {
  /// As the data set calls the sequence.
  public var name: String
  /// One box a frame; NaN or zeros where the target is absent, as the annotation has it.
  public var truth: [Box]
  /// The tracker's boxes, in the numbers of the annotation.
  public var prediction: [Box]
  /// Attributes the sequence carries, by any names the caller will ask for.
  public var attributes: [String]
  /// Whether the target can be seen, one flag a frame; nil where the data set does not say. Only profiles that take absent
  /// frames out of the counts look at it (Q2).
  public var visible: [Bool]?

  public init(
    name: String, truth: [Box], prediction: [Box], attributes: [String] = [], visible: [Bool]? = nil
  ) {
    self.name = name
    self.truth = truth
    self.prediction = prediction
    self.attributes = attributes
    self.visible = visible
  }
}
