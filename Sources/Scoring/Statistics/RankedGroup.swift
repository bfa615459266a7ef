/// Trackers of a ranking that the data cannot tell from the best one among them.
public struct RankedGroup: Hashable, Sendable {
  /// The best one.
  public let leader: String
  /// All of them in the order of the ranking, the leader first.
  public let trackers: [String]
  /// Each but the leader compared with it: leader first, tracker second.
  public let comparisons: [PairedComparison]

  /// Splits a ranking into groups.
  ///
  /// The best tracker leads the first group; all belong to it whose paired difference to the leader includes 0. The best of
  /// those left leads the next, and so on. So two trackers of one group need not be indistinguishable from each other, and
  /// no correction is made for how many are compared.
  ///
  /// - Parameter trackers: in any order; a tracker whose number is not one comes last, in a group of its own, and so does one
  ///   that shares no sequence or metric with those before.
  public static func groups(
    of trackers: [(name: String, sample: MetricSample)], bootstrap: Bootstrap = .standard
  ) -> [RankedGroup] {
    let means = trackers.map { $0.sample.mean }
    func isBefore(_ one: Int, _ other: Int) -> Bool {
      let (a, b) = (means[one], means[other])
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? one < other : b.isNaN }
      if a == b { return one < other }
      return trackers[one].sample.isHigherBetter ? a > b : a < b
    }
    let drawn = ResampledMeans(trackers.map(\.sample), bootstrap)
    var left = trackers.indices.sorted(by: isBefore)
    var groups: [RankedGroup] = []
    while let first = left.first {
      let leader = trackers[first]
      left.removeFirst()
      var comparisons: [PairedComparison] = []
      var rest: [Int] = []
      for tracker in left {
        guard let pair = try? PairedSample(leader, trackers[tracker]) else {
          rest.append(tracker)
          continue
        }
        let comparison = PairedComparison(pair, interval: drawn.interval(of: first, minus: tracker, pair: pair))
        if comparison.canTellApart || comparison.difference.isNaN {
          rest.append(tracker)
        } else {
          comparisons.append(comparison)
        }
      }
      groups.append(
        RankedGroup(leader: leader.name, trackers: [leader.name] + comparisons.map(\.second), comparisons: comparisons))
      left = rest
    }
    return groups
  }
}

/// The means of some samples in every resample, drawn once for all samples over the same sequences.
private struct ResampledMeans {
  private let samples: [MetricSample]
  private let bootstrap: Bootstrap
  /// Differences to the sample's own mean; nil for samples over other sequences than most.
  private var values: [ArraySlice<Float>?]

  init(_ samples: [MetricSample], _ bootstrap: Bootstrap) {
    self.samples = samples
    self.bootstrap = bootstrap
    values = Array(repeating: nil, count: samples.count)
    let whole = samples.indices.filter { index in
      samples[index].mean.isFinite && !samples[index].entries.contains { $0.value.isNaN }
    }
    let byNames = Dictionary(grouping: whole) { samples[$0].entries.map(\.name) }
    guard let most = byNames.values.max(by: { $0.count < $1.count }), most.count > 1, samples[most[0]].entries.count > 1
    else { return }
    for (index, slice) in zip(most, bootstrap.means(of: most.map { samples[$0] })) { values[index] = slice }
  }

  /// The interval of a paired difference, as ``PairedComparison`` has it.
  func interval(of first: Int, minus second: Int, pair: PairedSample) -> Bootstrap.Interval? {
    guard let one = values[first], let other = values[second] else { return bootstrap.intervals(of: [pair])[0] }
    let differences = zip(one, other).map { $0 - $1 }
    return bootstrap.percentileInterval(of: differences[...], around: samples[first].mean - samples[second].mean)
  }
}
