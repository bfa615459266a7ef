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
    var left = trackers.indices.sorted(by: isBefore).map { trackers[$0] }
    var groups: [RankedGroup] = []
    while let leader = left.first {
      left.removeFirst()
      let pairs = left.map { try? PairedSample(leader, $0) }
      let intervals = bootstrap.intervals(of: pairs.compactMap { $0 })
      var found = intervals.makeIterator()
      var comparisons: [PairedComparison] = []
      var rest: [(name: String, sample: MetricSample)] = []
      for (tracker, pair) in zip(left, pairs) {
        guard let pair, let interval = found.next() else {
          rest.append(tracker)
          continue
        }
        let comparison = PairedComparison(pair, interval: interval)
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
