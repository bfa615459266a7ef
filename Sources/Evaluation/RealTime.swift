public import Datasets

/// The rule of real-time runs: frames come at the pace of the video, and a tracker that is late does not see them (metric
/// reference, 2.10; votchallenge/toolkit, `RealtimeTrackerRuntime`).
///
/// An interval T is one frame of the video. An answer that took t > T is forgiven as long as there is grace, else it leaves a
/// debt of t - T. While the debt is above T, the next frame pays T of it: the tracker does not see the frame, and its last
/// answer stands for it. What remains of a debt when the tracker is asked again is forgotten.
public struct RealTime: Hashable, Sendable {
  /// Late answers forgiven after each start, the start's own included.
  public var grace: Int

  public init(grace: Int = 3) {
    self.grace = grace
  }

  /// Seconds between two frames: by the frame rate the data set's files name, 30 where they name none, 20 where the data set
  /// says nothing of its videos.
  public func interval(of sequence: Sequence) -> Double {
    guard let video = sequence.video else { return 1.0 / 20 }
    guard let rate = video.frameRate, rate > 0 else { return 1.0 / 30 }
    return 1 / rate
  }
}

/// How far behind the video a tracker is.
struct RealTimePace {
  /// Seconds a frame.
  let interval: Double
  private let grace: Int
  private var graceLeft = 0
  private(set) var debt = 0.0

  init(_ rule: RealTime, over sequence: Sequence) {
    interval = rule.interval(of: sequence)
    grace = rule.grace
  }

  /// The tracker was started, which took `seconds`.
  mutating func started(_ seconds: Double) {
    graceLeft = grace
    debt = 0
    answered(seconds)
  }

  /// The tracker answered after `seconds`.
  mutating func answered(_ seconds: Double) {
    guard seconds > interval else { return }
    if graceLeft > 0 {
      graceLeft -= 1
      debt = 0
    } else {
      debt = seconds - interval
    }
  }

  /// Whether the tracker misses the next frame; pays for it.
  mutating func missesFrame() -> Bool {
    guard debt > interval else {
      debt = 0
      return false
    }
    debt -= interval
    return true
  }
}
