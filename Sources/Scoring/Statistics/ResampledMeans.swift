/// The means of some samples in every resample: drawn once, for intervals and for differences.
///
/// Draws depend on the number of sequences alone (``Bootstrap``), so samples over as many sequences are drawn together,
/// whichever run, metric or profile they are of. Takes 4 bytes a sample and resample.
public struct ResampledMeans: Sendable {
  public let samples: [MetricSample]
  private let bootstrap: Bootstrap
  /// Differences to the sample's own mean; nil for fewer than two sequences and where the mean is not a number.
  private let values: [ArraySlice<Float>?]

  public init(_ samples: [MetricSample], _ bootstrap: Bootstrap = .standard) {
    self.samples = samples
    self.bootstrap = bootstrap
    var values = [ArraySlice<Float>?](repeating: nil, count: samples.count)
    let drawable = samples.indices.filter { samples[$0].entries.count >= 2 && samples[$0].mean.isFinite }
    for members in Dictionary(grouping: drawable, by: { samples[$0].entries.count }).values {
      for (place, slice) in zip(members, bootstrap.means(of: members.map { samples[$0] })) { values[place] = slice }
    }
    self.values = values
  }

  /// The interval of a sample's mean, as ``Bootstrap/interval(of:)`` gives it.
  public func interval(of place: Int) -> Bootstrap.Interval? {
    values[place].flatMap { bootstrap.percentileInterval(of: $0, around: samples[place].mean) }
  }

  /// The intervals of paired differences, as ``PairedComparison`` has them.
  ///
  /// - Parameter pairs: the first sample with each of the others, cut to the sequences both have; nil for no interval. Only
  ///   where nothing was cut the means drawn already are theirs; the others are drawn together.
  func intervals(of first: Int, minus others: [Int], pairs: [PairedSample?]) -> [Bootstrap.Interval?] {
    var intervals = [Bootstrap.Interval?](repeating: nil, count: pairs.count)
    var cut: [Int] = []
    for (index, pair) in pairs.enumerated() {
      guard let pair else { continue }
      if pair.isWhole, let one = values[first], let other = values[others[index]] {
        let differences = zip(one, other).map { $0 - $1 }
        intervals[index] = bootstrap.percentileInterval(
          of: differences[...], around: samples[first].mean - samples[others[index]].mean)
      } else {
        cut.append(index)
      }
    }
    for (index, interval) in zip(cut, bootstrap.intervals(of: cut.compactMap { pairs[$0] })) {
      intervals[index] = interval
    }
    return intervals
  }
}
