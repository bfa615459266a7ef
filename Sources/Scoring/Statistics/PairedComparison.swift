public import Faults

/// Two trackers on the same sequences: how far one is ahead, how sure that is, and where it wins.
///
/// What one video is worth to both trackers cancels in the difference, so this tells trackers apart whose own intervals
/// overlap widely. The difference is that of the data set's numbers over the sequences both have, under the profile's rule of
/// averaging, so it equals the difference of the two numbers in a report wherever both have all sequences. A sequence that
/// the profile leaves out for one of the two only (Q1) is left out for that one only, as there.
public struct PairedComparison: Hashable, Sendable {
  /// Names of the trackers.
  public let first: String
  public let second: String
  /// `success`; and the profile's name.
  public let metric: String
  public let profile: String
  /// False for failures: fewer are better.
  public let isHigherBetter: Bool
  /// The numbers of both over the common sequences.
  public let firstValue: Double
  public let secondValue: Double
  /// Where the resampled differences first minus second lie; nil where there are fewer than two sequences.
  public let interval: Bootstrap.Interval?
  /// The common sequences, largest gain of the first tracker first.
  public let pairs: [Pair]
  /// Sequences only one of the two has, by name; they are in no number here.
  public let onlyFirst: [String]
  public let onlySecond: [String]

  /// One sequence.
  public struct Pair: Hashable, Sendable {
    public let sequence: String
    public let first: Double
    public let second: Double
    /// By how much the first tracker is better here, below 0 where it is worse.
    public let gain: Double
  }

  /// Two numbers that differ by no more are a tie. Scores are quotients of counts and differ by far more, or not at all; this
  /// is for the rounding of their last bits.
  public static let tieTolerance = 1e-9

  /// First minus second.
  public var difference: Double { firstValue - secondValue }
  /// Sequences on which the first tracker is better.
  public var won: Int { pairs.count { $0.gain > Self.tieTolerance } }
  public var lost: Int { pairs.count { $0.gain < -Self.tieTolerance } }
  public var tied: Int { pairs.count - won - lost }
  /// The sequences the first tracker gains most on, largest first.
  public func largestWins(_ count: Int) -> [Pair] { Array(pairs.prefix { $0.gain > Self.tieTolerance }.prefix(count)) }
  /// The sequences it loses most on, largest first.
  public func largestLosses(_ count: Int) -> [Pair] {
    Array(pairs.reversed().prefix { $0.gain < -Self.tieTolerance }.prefix(count))
  }

  /// True where the interval does not contain 0.
  public var canTellApart: Bool { interval.map { !$0.contains(0) } ?? false }

  /// Compares two trackers.
  ///
  /// - Throws: ``ComparisonError`` where the samples are not of one metric and profile or share no sequence.
  public init(
    _ first: (name: String, sample: MetricSample), _ second: (name: String, sample: MetricSample),
    bootstrap: Bootstrap = .standard
  ) throws(ComparisonError) {
    let pair = try PairedSample(first, second)
    self.init(pair, interval: bootstrap.intervals(of: [pair])[0])
  }

  init(_ pair: PairedSample, interval: Bootstrap.Interval?) {
    first = pair.first.name
    second = pair.second.name
    metric = pair.first.sample.metric
    profile = pair.first.sample.profile
    isHigherBetter = pair.first.sample.isHigherBetter
    firstValue = pair.first.sample.mean
    secondValue = pair.second.sample.mean
    self.interval = interval
    onlyFirst = pair.onlyFirst
    onlySecond = pair.onlySecond
    let sign = pair.first.sample.isHigherBetter ? 1.0 : -1.0
    pairs = zip(pair.first.sample.entries, pair.second.sample.entries).map { one, other in
      Pair(sequence: one.name, first: one.value, second: other.value, gain: sign * (one.value - other.value))
    }.sorted { ($0.gain, $1.sequence) > ($1.gain, $0.sequence) }
  }
}

/// Why two trackers cannot be compared.
public struct ComparisonError: Fault, Hashable {
  public enum Reason: Hashable, Sendable {
    /// The numbers are of two metrics or profiles.
    case differentNumbers(String, String)
    /// There is no sequence both have.
    case nothingInCommon
  }

  /// Names of the trackers.
  public let first: String
  public let second: String
  public let reason: Reason

  public var place: String { "\(first), \(second)" }

  public var cause: String {
    switch reason {
    case .differentNumbers(let one, let other): "\(one) and \(other) are different numbers and cannot be compared"
    case .nothingInCommon: "there is no sequence that both have a score for"
    }
  }

  public var remedy: String? {
    switch reason {
    case .differentNumbers: "score both under the same profile"
    case .nothingInCommon: "run both on the same data set"
    }
  }
}

/// Two samples cut to the sequences that have a number in both.
struct PairedSample {
  let first: (name: String, sample: MetricSample)
  let second: (name: String, sample: MetricSample)
  let onlyFirst: [String]
  let onlySecond: [String]
  /// True where both had the same sequences, all with a number: nothing was cut.
  let isWhole: Bool

  init(
    _ first: (name: String, sample: MetricSample), _ second: (name: String, sample: MetricSample)
  ) throws(ComparisonError) {
    func refuse(_ reason: ComparisonError.Reason) -> ComparisonError {
      ComparisonError(first: first.name, second: second.name, reason: reason)
    }
    let one = first.sample
    let other = second.sample
    guard one.metric == other.metric, one.profile == other.profile else {
      throw refuse(.differentNumbers("\(one.metric) of \(one.profile)", "\(other.metric) of \(other.profile)"))
    }
    isWhole = one.entries.elementsEqual(other.entries) { $0.name == $1.name && !$0.value.isNaN && !$1.value.isNaN }
    if isWhole, !one.entries.isEmpty {
      (self.first, self.second) = (first, second)
      (onlyFirst, onlySecond) = ([], [])
      return
    }
    func names(_ sample: MetricSample) -> Set<String> {
      Set(sample.entries.lazy.filter { !$0.value.isNaN }.map(\.name))
    }
    let common = names(one).intersection(names(other))
    guard !common.isEmpty else { throw refuse(.nothingInCommon) }
    self.first = (first.name, one.only(common))
    self.second = (second.name, other.only(common))
    onlyFirst = names(one).subtracting(common).sorted()
    onlySecond = names(other).subtracting(common).sorted()
  }
}

extension Bootstrap {
  /// The intervals of some differences; nil for fewer than two sequences and for a difference that is not a number.
  func intervals(of pairs: [PairedSample]) -> [Interval?] {
    var intervals = [Interval?](repeating: nil, count: pairs.count)
    let wanted = pairs.indices.filter { pairs[$0].first.sample.mean.isFinite && pairs[$0].second.sample.mean.isFinite }
    for (count, members) in Dictionary(grouping: wanted, by: { pairs[$0].first.sample.entries.count }) where count >= 2
    {
      var columns: [[Double]] = []
      for member in members {
        for sample in [pairs[member].first.sample, pairs[member].second.sample] {
          let ratio = CentredRatio(sample)
          columns.append(ratio.numerators)
          columns.append(ratio.weights ?? [Double](repeating: 1, count: count))
        }
      }
      let values = statistics(members.count, of: Resampling(columns: columns, rows: count)) { sums, _, results in
        for index in 0..<members.count {
          let sum = sums + 4 * index
          results[index] = sum[0] / sum[1] - sum[2] / sum[3]
        }
      }
      for (member, values) in zip(members, values) {
        let difference = pairs[member].first.sample.mean - pairs[member].second.sample.mean
        intervals[member] = percentileInterval(of: values, around: difference)
      }
    }
    return intervals
  }
}
