import Foundation

/// The raised cosine that keeps trackers near the middle of their search image.
public enum HannWindow {
  /// `count` points w_i = 0.5 + 0.5 cos(pi (2i + 1 - count) / (count - 1)), both ends 0; one point is 1. This is NumPy's
  /// formula; 0.5 - 0.5 cos(2 pi i / (count - 1)) is the same up to the last bits.
  /// - Precondition: `count` at least 1.
  public static func points(_ count: Int) -> [Double] {
    precondition(count > 0)
    guard count > 1 else { return [1] }
    return (0..<count).map { 0.5 + 0.5 * cos(.pi * Double(2 * $0 + 1 - count) / Double(count - 1)) }
  }

  /// The outer product of the points with themselves, `side` x `side`, row by row; its largest value is near 1. So NanoTrack and
  /// the pysot family use it (quirk N18).
  public static func square(_ side: Int) -> [Double] {
    let line = points(side)
    return line.flatMap { row in line.map { row * $0 } }
  }

  /// The square divided by its sum, so that it adds up to 1. So SiamFC uses it (section 1.5 of the model reference).
  /// A square without any weight (side 2) stays as it is.
  public static func normalizedSquare(_ side: Int) -> [Double] {
    let window = square(side)
    let sum = window.reduce(0, +)
    return sum > 0 ? window.map { $0 / sum } : window
  }
}
