/// Evenly spaced thresholds, and where a value falls among them.
///
/// A curve over thresholds is a cumulative histogram of ranks, so each frame costs one rank instead of one comparison a
/// threshold. The rank is settled by comparing with the thresholds themselves, never by arithmetic on them, and therefore
/// equals counting comparisons bit for bit.
public struct Thresholds: Hashable, Sendable {
  /// Ascending.
  public let values: [Double]
  /// Thresholds a unit: a value times this is at most one off its rank, below the last threshold.
  let perUnit: Double
  /// ``values`` between two numbers that no number is above: nothing is at least NaN, and nothing above infinity.
  let fenced: [Double]

  private init(_ values: [Double], perUnit: Double) {
    self.values = values
    self.perUnit = perUnit
    fenced = [.nan] + values + [.infinity]
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
  /// `value > values[i]` holds exactly for i < rank, and for a number `value <= values[i]` exactly for i >= rank.
  package func rank(of value: Double) -> Int {
    guard !value.isNaN else { return 0 }
    // A guess that is at most one off either way, then the truth by comparing.
    let guess = Int(min(max(value * perUnit, 0), Double(count - 1)))
    return guess + (fenced[guess + 1] < value ? 1 : 0) + (fenced[guess + 2] < value ? 1 : 0)
      - (fenced[guess] >= value ? 1 : 0)
  }
}
