/// One metric of one run, sequence by sequence, and how the data set's number is made of them: a weighted mean.
///
/// Whatever is a mean over sequences under a profile's rule has this form: one-pass scores (every weight 1, or 0 for a
/// sequence the profile leaves out, Q1), means over pooled frames (the weight is how many frames count) and means weighted by
/// length (VOT).
public struct MetricSample: Hashable, Sendable {
  /// One sequence.
  public struct Entry: Hashable, Sendable {
    public let name: String
    /// The sequence's own number; NaN where it has none.
    public let value: Double
    /// Its weight in the mean, 0 where it does not count.
    public let weight: Double

    public init(name: String, value: Double, weight: Double) {
      self.name = name
      self.value = value
      self.weight = weight
    }
  }

  /// `success`, `accuracy`.
  public let metric: String
  /// The profile's name.
  public let profile: String
  /// False for failures: fewer are better.
  public let isHigherBetter: Bool
  /// By name, so that nothing depends on the order of a data set.
  public let entries: [Entry]

  /// A weight below 0, a weight that is not finite and the weight of a NaN are taken as 0.
  public init(metric: String, profile: String, isHigherBetter: Bool = true, entries: [Entry]) {
    self.metric = metric
    self.profile = profile
    self.isHigherBetter = isHigherBetter
    self.entries = entries.map {
      $0.value.isFinite && $0.weight > 0 && $0.weight.isFinite ? $0 : Entry(name: $0.name, value: $0.value, weight: 0)
    }.sorted { $0.name < $1.name }
  }

  /// The weighted mean: the data set's number, up to the rounding of the last bits. NaN where nothing counts.
  public var mean: Double {
    var sum = 0.0
    var weights = 0.0
    for entry in entries where entry.weight > 0 {
      sum += entry.value * entry.weight
      weights += entry.weight
    }
    return sum / weights
  }

  /// Only the sequences of these names.
  func only(_ names: Set<String>) -> MetricSample {
    MetricSample(
      metric: metric, profile: profile, isHigherBetter: isHigherBetter,
      entries: entries.filter { names.contains($0.name) })
  }
}

extension DatasetScores {
  /// One metric of the scored sequences; nil where the profile has no such number for this data set.
  public func sample(_ metric: Metric) -> MetricSample? {
    let entries = sequences.compactMap { sequence in
      metric.value(of: sequence.scores).map {
        MetricSample.Entry(
          name: sequence.name, value: $0,
          weight: metric.counts(sequence.scores, dropsZeroCurves: dropsZeroCurves) ? 1 : 0)
      }
    }
    // One sequence without normalised precision leaves the data set without it.
    guard entries.count == sequences.count else { return nil }
    return MetricSample(metric: metric.rawValue, profile: profile, entries: entries)
  }
}

extension Bootstrap {
  /// The intervals of the data set's numbers, for many runs at once.
  ///
  /// - Returns: one dictionary for each of `scores`; a metric is not in it where there is no interval.
  public func intervals(of scores: [DatasetScores], metrics: [Metric] = Metric.allCases) -> [[Metric: Interval]] {
    var places: [(run: Int, metric: Metric)] = []
    var samples: [MetricSample] = []
    for (run, scores) in scores.enumerated() {
      for metric in metrics {
        guard let sample = scores.sample(metric) else { continue }
        places.append((run, metric))
        samples.append(sample)
      }
    }
    var intervals = [[Metric: Interval]](repeating: [:], count: scores.count)
    for (place, interval) in zip(places, self.intervals(of: samples)) { intervals[place.run][place.metric] = interval }
    return intervals
  }
}
