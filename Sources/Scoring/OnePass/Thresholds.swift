/// Evenly spaced thresholds, and where a value falls among them.
///
/// A curve over thresholds is a cumulative histogram of ranks, so each frame costs one rank instead of one comparison a
/// threshold. The rank is settled by comparing with the thresholds themselves, never by arithmetic on them, and therefore
/// equals counting comparisons bit for bit.
public struct Thresholds: Hashable, Sendable {
  /// Ascending.
  public let values: [Double]
  private let perUnit: Double
  /// ``values`` between two numbers that no number is above: nothing is at least NaN, and nothing above infinity.
  private let fenced: [Double]

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

  /// Ranks among the thresholds, as unsafe as a hot loop needs it.
  struct Ranks {
    fileprivate let fenced: UnsafePointer<Double>
    fileprivate let last: Double
    fileprivate let perUnit: Double

    /// How many thresholds are strictly below `value`, which is a number.
    ///
    /// `value > values[i]` holds exactly for i < rank, `value <= values[i]` exactly for i >= rank.
    @inline(__always)
    func rank(of value: Double) -> Int {
      // A guess that is at most one off either way, then the truth by comparing; no branch that could go wrong.
      let guess = Int(min(max(value * perUnit, 0), last))
      return guess &+ (fenced[guess &+ 1] < value ? 1 : 0) &+ (fenced[guess &+ 2] < value ? 1 : 0)
        &- (fenced[guess] >= value ? 1 : 0)
    }
  }

  func withRanks<Result>(_ body: (Ranks) -> Result) -> Result? {
    fenced.withUnsafeBufferPointer { fenced in
      fenced.baseAddress.map { body(Ranks(fenced: $0, last: Double(values.count - 1), perUnit: perUnit)) }
    }
  }

  /// As ``Ranks/rank(of:)``, 0 for NaN; for tests and single values.
  package func rank(of value: Double) -> Int {
    value.isNaN ? 0 : withRanks { $0.rank(of: value) } ?? 0
  }
}
