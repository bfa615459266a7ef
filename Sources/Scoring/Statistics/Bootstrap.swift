/// How sure a mean over sequences is: sequences are drawn again with replacement, many times, and the mean of each draw is
/// taken under the same rule.
///
/// A data set is a sample of the videos there could have been; frames of one video are not independent, so sequences are
/// drawn, never frames. The interval is the percentile interval of Efron: 95 % of the resampled means lie in it. It says how
/// far the number could move with other videos of the same kind, not how far two trackers on the same videos differ; for
/// that there is ``PairedComparison``, which is much sharper.
///
/// Scores are never computed again: a resample is a weighted sum of numbers that every sequence already has. The draws come
/// from the seed, the number of sequences and nothing else, so every metric, profile and tracker over as many sequences
/// shares them, a number's interval does not depend on what else is in the report, and all machines agree.
public struct Bootstrap: Hashable, Sendable {
  /// How often the sequences are drawn.
  public let resamples: Int
  /// Share of the resampled means inside the interval.
  public let confidence: Double
  /// Of the draws.
  public let seed: UInt64

  /// 10,000 resamples, 95 %, the seed all reports use.
  public static let standard = Bootstrap()

  /// - Parameters:
  ///   - resamples: taken as 100 below that and as 1,000,000 above.
  ///   - confidence: held within 0.5...0.999.
  public init(resamples: Int = 10_000, confidence: Double = 0.95, seed: UInt64 = 20_150_907) {
    self.resamples = min(max(resamples, 100), 1_000_000)
    self.confidence = confidence.isNaN ? 0.95 : min(max(confidence, 0.5), 0.999)
    self.seed = seed
  }

  /// Where the resampled means lie.
  public struct Interval: Hashable, Sendable {
    public let low: Double
    public let high: Double

    public init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }

    /// True where the number may be `value` as far as the data say; both ends belong to the interval.
    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
  }

  /// The interval of each sample's mean.
  ///
  /// - Returns: one for each sample, in their order; nil for fewer than two sequences, where there is nothing to draw from,
  ///   and where the mean is not a number. A resample that drew only sequences which do not count has no mean and is passed
  ///   over.
  /// - Complexity: resamples x sequences x samples multiplications, four at a time: about 50 ms for 200 samples of 100
  ///   sequences.
  public func intervals(of samples: [MetricSample]) -> [Interval?] {
    var intervals = [Interval?](repeating: nil, count: samples.count)
    // Samples over as many sequences share their draws.
    for (count, members) in Dictionary(grouping: samples.indices, by: { samples[$0].entries.count }) where count >= 2 {
      for start in stride(from: 0, to: members.count, by: Self.batch) {
        let batch = members[start..<min(start + Self.batch, members.count)].filter { samples[$0].mean.isFinite }
        let found = ratioIntervals(batch.map { CentredRatio(samples[$0]) }, sequences: count)
        for (index, interval) in zip(batch, found) { intervals[index] = interval }
      }
    }
    return intervals
  }

  /// As above, for one sample.
  public func interval(of sample: MetricSample) -> Interval? { intervals(of: [sample])[0] }

  /// Columns kept at a time: some 40 MB with 10,000 resamples.
  private static let batch = 1024
}

/// A mean as what resampling needs: what each sequence adds above the mean, and its weight.
///
/// Sums of differences to the mean keep their digits in float32, and are exactly 0 where all sequences are equal.
struct CentredRatio {
  let centre: Double
  let numerators: [Double]
  /// nil where all weights are 1.
  let weights: [Double]?

  init(_ sample: MetricSample) {
    let mean = sample.mean
    centre = mean
    numerators = sample.entries.map { $0.weight > 0 ? ($0.value - mean) * $0.weight : 0 }
    weights = sample.entries.allSatisfy { $0.weight == 1 } ? nil : sample.entries.map(\.weight)
  }
}

extension Bootstrap {
  /// Intervals of ratios of sums.
  private func ratioIntervals(_ ratios: [CentredRatio], sequences: Int) -> [Interval?] {
    zip(ratios, ratioValues(ratios, sequences: sequences)).map { ratio, values in
      percentileInterval(of: values, around: ratio.centre)
    }
  }

  /// The mean of each sample in every resample, as a difference to its own mean. All are over the same sequences.
  func means(of samples: [MetricSample]) -> [ArraySlice<Float>] {
    ratioValues(samples.map(CentredRatio.init), sequences: samples.first?.entries.count ?? 0)
  }

  private func ratioValues(_ ratios: [CentredRatio], sequences: Int) -> [ArraySlice<Float>] {
    guard !ratios.isEmpty else { return [] }
    var columns = ratios.map(\.numerators)
    /// The column of each ratio's weights.
    var places: [Int?] = []
    for ratio in ratios {
      places.append(ratio.weights == nil ? nil : columns.count)
      if let weights = ratio.weights { columns.append(weights) }
    }
    let weightPlaces = places
    let count = Float(sequences)
    return statistics(ratios.count, of: Resampling(columns: columns, rows: sequences)) { sums, _, results in
      for (index, place) in weightPlaces.enumerated() {
        results[index] = sums[index] / (place.map { sums[$0] } ?? count)
      }
    }
  }

  /// The interval of some resampled values, given as differences to a number; those that are NaN are passed over.
  func percentileInterval(of differences: ArraySlice<Float>, around centre: Double) -> Interval? {
    let tail = (1 - confidence) / 2
    guard centre.isFinite, let ends = percentiles(tail, 1 - tail, of: differences) else { return nil }
    return Interval(low: centre + ends.0, high: centre + ends.1)
  }
}
