public import Geometry
public import Scoring

/// One tracker's answers over one sequence in one pass of a protocol.
public struct Trajectory: Sendable {
  public var sequence: String
  /// Which run over the sequence it is.
  public var pass: Pass
  /// One a frame the tracker saw, in its order and in the numbers of the sequence's annotation file. Entry 0 holds the box
  /// the tracker was started with. Where ``outcomes`` are kept, the axis-aligned boxes of their regions, NaN for codes.
  public var boxes: [Box]
  /// One a frame where frames are more than boxes: starts, failures and skipped frames (codes 1, 2, 0 of VOT's files),
  /// polygons, masks. Empty where every frame is its box.
  public var outcomes: [FrameOutcome]
  /// The tracker's confidence, one a frame, NaN where it has none; empty where none was recorded.
  public var scores: [Double]
  /// Time the tracker took for each frame (decoding not included); empty where none was recorded.
  public var seconds: [Double]

  public init(
    sequence: String, pass: Pass = .whole, boxes: [Box], scores: [Double] = [], seconds: [Double] = []
  ) {
    self.sequence = sequence
    self.pass = pass
    self.boxes = boxes
    outcomes = []
    self.scores = scores
    self.seconds = seconds
  }

  public init(
    sequence: String, pass: Pass = .whole, outcomes: [FrameOutcome], scores: [Double] = [], seconds: [Double] = []
  ) {
    self.sequence = sequence
    self.pass = pass
    boxes = outcomes.map { $0.region?.axisAlignedBox ?? Region.absent.axisAlignedBox }
    self.outcomes = outcomes
    self.scores = scores
    self.seconds = seconds
  }
}

extension Trajectory {
  /// One a frame, made from the boxes where nothing more was kept.
  public var frames: [FrameOutcome] { outcomes.isEmpty ? boxes.map { .region(.box($0)) } : outcomes }

  /// Time in the tracker over ``trackedFrames``, what frames per second are made of; nil where no times were recorded.
  public var trackingSeconds: Double? {
    guard seconds.count > 1 else { return nil }
    return timedFrames.reduce(0) { $0 + seconds[$1] }
  }

  /// Frames in which the tracker was asked and its time taken: neither starts nor skipped frames, nor those that a tracker
  /// late in real time did not see.
  public var trackedFrames: Int { timedFrames.count { _ in true } }

  private var timedFrames: some Swift.Sequence<Int> {
    seconds.indices.dropFirst().lazy.filter { seconds[$0] > 0 && !isStart($0) }
  }

  private func isStart(_ frame: Int) -> Bool { outcomes.indices.contains(frame) && outcomes[frame] == .initialized }
}
