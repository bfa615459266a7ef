public import Geometry

/// One tracker's answers over one sequence under one protocol.
public struct Trajectory: Sendable {
  public var sequence: String
  /// One a frame, in the numbers of the sequence's annotation file. Frame 0 holds the box the tracker was started with.
  public var boxes: [Box]
  /// The tracker's confidence, one a frame, NaN where it has none; empty where none was recorded.
  public var scores: [Double]
  /// Time the tracker took for each frame (decoding not included); empty where none was recorded.
  public var seconds: [Double]

  public init(sequence: String, boxes: [Box], scores: [Double] = [], seconds: [Double] = []) {
    self.sequence = sequence
    self.boxes = boxes
    self.scores = scores
    self.seconds = seconds
  }
}

extension Trajectory {
  /// Time in the tracker over frames 2 to n, what frames per second are made of; nil where no times were recorded.
  public var trackingSeconds: Double? {
    seconds.count > 1 ? seconds.dropFirst().reduce(0, +) : nil
  }
}
