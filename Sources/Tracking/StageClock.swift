/// A part of a tracker's work on one frame.
public enum Stage: String, Sendable, Hashable, CaseIterable {
  /// Cutting and resizing what the network looks at.
  case crop
  /// From pixels to responses.
  case network
  /// From responses to a box.
  case decision
}

/// Time spent by stage, added up over frames. A lap costs some tens of nanoseconds, so trackers keep it always on.
public struct StageClock: Sendable, Hashable {
  /// Since the beginning, or the last ``reset()``.
  public private(set) var durations: [Stage: Duration] = [:]
  private var last: ContinuousClock.Instant

  public init() { last = .now }

  /// The beginning of a frame: what went by since the last lap belongs to nobody.
  public mutating func begin() { last = .now }

  /// Everything since the last lap was `stage`.
  public mutating func lap(_ stage: Stage) {
    let now = ContinuousClock.now
    durations[stage, default: .zero] += now - last
    last = now
  }

  public mutating func reset() { durations = [:] }
}

/// A tracker that knows where its time goes, for `trackbench speed`.
public protocol MeasuredTracker: Tracker {
  var stages: StageClock { get }
  /// Matrix products since the tracker was made: multiplications with an addition each, and their time within
  /// ``Stage/network``.
  var products: (multiplyAdds: Int, duration: Duration) { get }
}
