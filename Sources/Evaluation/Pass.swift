public import Scoring

/// Which of its runs over a sequence a trajectory is. One-pass evaluation has one, ``whole``; other protocols have several,
/// told apart by the fields they use.
public struct Pass: Hashable, Sendable {
  /// From 1: repetitions of the supervised protocol and of GOT-10k.
  public var repetition: Int
  /// The frame the tracker was started in, from 0: segments of TRE, anchors of multi-start.
  public var start: Int
  /// True where it ran from ``start`` back to frame 0 (multi-start).
  public var isReversed: Bool
  /// How its first box was moved (SRE); nil where it was not.
  public var shift: SpatialShift?

  /// The only pass of one-pass evaluation: from the first frame to the last.
  public static let whole = Pass()

  public init(repetition: Int = 1, start: Int = 0, isReversed: Bool = false, shift: SpatialShift? = nil) {
    self.repetition = repetition
    self.start = start
    self.isReversed = isReversed
    self.shift = shift
  }
}

extension Pass {
  /// What tells it from ``whole``, for messages: `repetition 2`, `backward from frame 51`, `scale_8`; nil for ``whole``.
  public var label: String? {
    let parts = [
      repetition == 1 ? nil : "repetition \(repetition)",
      isReversed ? "backward from frame \(start + 1)" : start == 0 ? nil : "from frame \(start + 1)",
      shift?.rawValue,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension Pass: Comparable {
  /// By repetition, start, direction (forward first), shift (in the order of the toolkit's files).
  public static func < (left: Pass, right: Pass) -> Bool { left.order.lexicographicallyPrecedes(right.order) }

  private var order: [Int] {
    let place = shift.flatMap { SpatialShift.allCases.firstIndex(of: $0) } ?? -1
    return [repetition, start, isReversed ? 1 : 0, place]
  }
}
