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
    groups(
      of: trackers.enumerated().map { (name: $1.name, place: $0) },
      in: ResampledMeans(trackers.map(\.sample), bootstrap))
  }

  /// As above, of samples that have been drawn already, perhaps together with those of other rankings.
  ///
  /// - Parameter trackers: each with the place of its sample.
  public static func groups(of trackers: [(name: String, place: Int)], in drawn: ResampledMeans) -> [RankedGroup] {
    let samples = trackers.map { drawn.samples[$0.place] }
    let means = samples.map(\.mean)
    func isBefore(_ one: Int, _ other: Int) -> Bool {
      let (a, b) = (means[one], means[other])
      if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? one < other : b.isNaN }
      if a == b { return one < other }
      return samples[one].isHigherBetter ? a > b : a < b
    }
    var left = trackers.indices.sorted(by: isBefore)
    var groups: [RankedGroup] = []
    while let first = left.first {
      let leader = trackers[first]
      left.removeFirst()
      var comparisons: [PairedComparison] = []
      var rest: [Int] = []
      let pairs = left.map { index in
        try? PairedSample((leader.name, samples[first]), (trackers[index].name, samples[index]))
      }
      let intervals = drawn.intervals(of: leader.place, minus: left.map { trackers[$0].place }, pairs: pairs)
      for ((index, pair), interval) in zip(zip(left, pairs), intervals) {
        guard let pair else {
          rest.append(index)
          continue
        }
        let comparison = PairedComparison(pair, interval: interval)
        if comparison.canTellApart || comparison.difference.isNaN {
          rest.append(index)
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
