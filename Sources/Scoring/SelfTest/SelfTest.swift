/// Scores whose value is known without computing them: made sequences and made trackers, under every profile.
///
/// A number that differs from its closed form is an error of this program on this machine; the reasons say why profiles
/// rightly differ from each other.
public enum SelfTest {
  /// One number and what it has to be.
  public struct Case: Hashable, Sendable {
    /// What the tracker did: `truth replayed`.
    public let scenario: String
    /// As on the command line: `ope`.
    public let protocolName: String
    /// The profile's name.
    public let profile: String
    /// The number's name.
    public let metric: String
    /// Its closed form. NaN where the profile has no number for such a run.
    public let expected: Double
    /// Why, a clause: `21 thresholds 0, 0.05, ..., 1 are compared strictly, and no overlap is above 1`.
    public let reason: String
    /// What this program computes; nil where it has no such score.
    public let got: Double?
    /// How far the two may be apart: rounding, in float32 where the toolkit has float32.
    public let tolerance: Double

    package init(
      scenario: String, protocolName: String, profile: String, metric: String, expected: Double, reason: String,
      got: Double?, tolerance: Double
    ) {
      self.scenario = scenario
      self.protocolName = protocolName
      self.profile = profile
      self.metric = metric
      self.expected = expected
      self.reason = reason
      self.got = got
      self.tolerance = tolerance
    }

    /// True where they agree.
    public var passes: Bool {
      guard let got else { return false }
      return got == expected || got.isNaN && expected.isNaN || abs(got - expected) <= tolerance
    }
  }

  /// Every case, some hundreds. Takes a fraction of a second and opens no file.
  public static func run() -> [Case] { onePass() + perturbed() + got10kReport() + regionRuns() }
}

/// A quotient of counts, and why.
struct ClosedForm {
  let value: Double
  let reason: String

  init(_ numerator: Int, _ denominator: Int, _ reason: String) {
    value = Double(numerator) / Double(denominator)
    self.reason = reason
  }

  init(_ value: Double, _ reason: String) {
    self.value = value
    self.reason = reason
  }
}

extension SelfTest {
  /// Of plain float64 arithmetic.
  static let rounding = 1e-12
  /// Of numbers that pass through float32.
  static let singleRounding = 1e-6
}
