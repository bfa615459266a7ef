public import Geometry
public import Imaging
public import Tracking

/// Which frame is meant, for trackers that do not want it opened for them.
public struct FrameReference: Hashable, Sendable {
  /// The sequence's name.
  public let sequence: String
  /// Which run over the sequence.
  public let pass: Pass
  /// Counted from 0, in the sequence, also where the run goes backward or skips frames.
  public let index: Int
  /// The picture's file; nil where there is none, or it is drawn.
  public let path: String?

  public init(sequence: String, pass: Pass = .whole, index: Int, path: String? = nil) {
    self.sequence = sequence
    self.pass = pass
    self.index = index
    self.path = path
  }
}

/// A tracker that opens its frames itself, or needs none: a program of its own that is told file names, a replay.
///
/// Protocols open no picture for it, hand it regions as the annotation has them and take its estimates in the annotation's
/// numbers: no ``BoxConvention`` comes in between.
public protocol IndirectTracker: Tracker {
  /// - Parameter region: the target in the numbers of the annotation, a polygon or mask where the annotation has one.
  mutating func start(at frame: FrameReference, region: Region) throws(TrackerError)
  /// The target in `frame`, in the numbers of the annotation.
  mutating func track(at frame: FrameReference) throws(TrackerError) -> Estimate
}

extension IndirectTracker {
  /// Throws: who holds such a tracker calls ``start(at:region:)``.
  public mutating func start(on frame: Image, target: Box) throws(TrackerError) {
    throw .failed("the tracker opens its frames itself")
  }

  /// Throws: who holds such a tracker calls ``track(at:)``.
  public mutating func track(_ frame: Image) throws(TrackerError) -> Estimate {
    throw .failed("the tracker opens its frames itself")
  }
}
