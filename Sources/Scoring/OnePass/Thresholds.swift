/// Evenly spaced thresholds, and where a value falls among them.
///
/// A curve over thresholds is a cumulative histogram of ranks, so each frame costs one rank instead of one comparison a
/// threshold. The rank is settled by comparing with the thresholds themselves, never by arithmetic on them, and therefore
/// equals counting comparisons bit for bit.
public struct Thresholds: Hashable, Sendable {
  /// Ascending.
  public let values: [Double]
  private let perUnit: Double

  private init(_ values: [Double], perUnit: Double) {
    self.values = values
    self.perUnit = perUnit
  }

  /// 0, 0.05, ..., 1 as the products `i * 0.05` (0.15 is 0.15000000000000002), as numpy, torch and Octave agree.
  /// Real MATLAB differs by one bit in a few of the upper half.
  public static let success = Thresholds((0...20).map { Double($0) * 0.05 }, perUnit: 20)
  /// 0, 1, ..., 50.
  public static let pixels = Thresholds((0...50).map { Double($0) }, perUnit: 1)
  /// 0, 0.01, ..., 0.50 as the quotients `i / 100`.
  public static let normalised = Thresholds((0...50).map { Double($0) / 100 }, perUnit: 100)

  /// 0, 0.01, ..., 0.50 as the products `i * 0.01`, the last forced to 0.5, as numpy's `linspace`: not bit-equal to the
  /// quotients.
  public static let normalisedProducts = Thresholds((0...49).map { Double($0) * 0.01 } + [0.5], perUnit: 100)
  /// 0, 0.01, ..., 1 as the products `i * 0.01`, the last forced to 1: the report of GOT-10k.
  public static let hundredths = Thresholds((0...99).map { Double($0) * 0.01 } + [1], perUnit: 100)

  /// How many there are.
  public var count: Int { values.count }

  /// How many thresholds are strictly below `value`; 0 for NaN.
  ///
  /// `value > values[i]` holds exactly for i < rank; for a number, `value <= values[i]` exactly for i >= rank.
  @inline(__always)
  func rank(of value: Double, in thresholds: UnsafeBufferPointer<Double>) -> Int {
    guard value > thresholds[0] else { return 0 }
    let last = thresholds.count - 1
    guard value <= thresholds[last] else { return thresholds.count }
    // A guess that is at most one off either way, then the truth by comparing, without a branch that could go wrong.
    let guess = min(last, Int(value * perUnit))
    var rank = guess + (thresholds[guess] < value ? 1 : 0)
    rank += thresholds[min(last, guess + 1)] < value ? 1 : 0
    rank -= thresholds[max(0, guess - 1)] >= value && guess > 0 ? 1 : 0
    return rank
  }

  /// As above; for tests and single values.
  package func rank(of value: Double) -> Int {
    values.withUnsafeBufferPointer { rank(of: value, in: $0) }
  }
}
