public import Geometry
public import Imaging

/// Where a tracker believes its target is, in pixels of the frame, the top left corner of the image being (0, 0).
public struct Estimate: Hashable, Sendable {
  /// Not clipped to the image.
  public var box: Box
  /// The tracker's own confidence, on its own scale; nil where it has none.
  public var score: Double?
  /// The target's outline, where the tracker knows more than ``box``; protocols that compare regions take it instead.
  public var region: Region?

  public init(box: Box, score: Double?, region: Region? = nil) {
    self.box = box
    self.score = score
    self.region = region
  }
}

/// Follows one target through a sequence, one frame at a time and forward only.
///
/// Call ``start(on:target:)`` once, then ``track(_:)`` for every later frame in order. Starting again forgets everything
/// about the previous target. An instance serves one sequence at a time; ``TrackerModel`` makes as many as are wanted.
public protocol Tracker {
  /// - Parameters:
  ///   - frame: the first image.
  ///   - target: the target in pixels of `frame`; the top left corner of the image is (0, 0).
  /// - Throws: ``TrackerError/emptyTarget(_:)`` when `target` has no area.
  mutating func start(on frame: Image, target: Box) throws(TrackerError)

  /// The target in `frame`. Calling it before ``start(on:target:)`` throws ``TrackerError/notStarted``.
  mutating func track(_ frame: Image) throws(TrackerError) -> Estimate
}

/// A tracker's settings and loaded weights, shared by all trackers it makes.
public protocol TrackerModel: Sendable {
  func makeTracker() -> any Tracker
}

public enum TrackerError: Error, Hashable, Sendable {
  case emptyTarget(Box)
  case notStarted
  /// Anything else that makes this sequence impossible for this tracker, in one sentence.
  case failed(String)
}

extension TrackerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .emptyTarget(let box): "the first box (\(box)) has no area, so there is nothing to track"
    case .notStarted: "track was called before start"
    case .failed(let reason): reason
    }
  }
}
