import Parallel
public import Scoring
import Store

/// How sure a run's numbers are, and where it stands among the runs that are comparable with it.
public struct Standing: Sendable {
  /// Intervals of the data set's numbers, by the names report columns have.
  public let intervals: [String: Bootstrap.Interval]
  /// From 1: the place by the number the kind of protocol is ranked by; nil where that is not a number.
  public var rank: Int?
  /// From 1: runs of one group cannot be told from its best one. nil where there is nothing to compare with.
  public var group: Int?
}

extension Results {
  /// The number trackers are ranked by, as its report column is called; nil where there is none.
  public var lead: (metric: String, value: Double)? {
    switch self {
    case .onePass(let scores): scores.overall.map { ("success", $0.scores.auc) }
    case .supervised(let scores): scores.eao.map { ("eao", $0.value) }
    case .unsupervised(let scores): ("ao", scores.averageOverlap)
    case .multiStart(let scores): ("eao", scores.eao.value)
    case .longTerm(let scores): ("f", scores.f)
    case .got10k(let scores): ("ao", scores.overall.ao)
    case .refused: nil
    }
  }

  /// The data set's numbers that are means over sequences, named as report columns are.
  public var samples: [MetricSample] {
    switch self {
    case .onePass(let scores): Metric.allCases.compactMap(scores.sample)
    case .supervised(let scores): [scores.accuracySample, scores.robustnessSample].compactMap(\.self)
    case .unsupervised(let scores): [scores.overlapSample]
    case .multiStart(let scores): [scores.accuracySample, scores.robustnessSample]
    case .got10k(let scores): GOT10kScores.Number.allCases.map(scores.sample)
    case .longTerm, .refused: []
    }
  }

  /// The samples whose intervals can be drawn together with those of other runs.
  fileprivate var drawnTogether: [MetricSample] {
    switch self {
    case .onePass, .unsupervised, .got10k: samples
    case .supervised, .multiStart, .longTerm, .refused: []
    }
  }

  /// The intervals of the other kinds, whose numbers are more than means over sequences.
  fileprivate func intervalsOfRegions(_ bootstrap: Bootstrap) -> [String: Bootstrap.Interval] {
    func named(_ found: RegionIntervals) -> [String: Bootstrap.Interval] {
      ["accuracy": found.accuracy, "robustness": found.robustness, "eao": found.eao].compactMapValues(\.self)
    }
    switch self {
    case .supervised(let scores): return named(bootstrap.intervals(of: scores))
    case .multiStart(let scores): return named(bootstrap.intervals(of: scores))
    case .longTerm(let scores):
      let found = bootstrap.intervals(of: scores)
      return ["precision": found.precision, "recall": found.recall, "f": found.f].compactMapValues(\.self)
    case .onePass, .unsupervised, .got10k, .refused: return [:]
    }
  }
}

extension Scoreboard {
  /// The standing of each run, in order. Ranks and groups are among runs of one data set, protocol and profile.
  ///
  /// A group holds its best run and all that the data cannot tell from it: the interval of the paired difference includes 0
  /// (``RankedGroup``). Long-term runs have no groups, for F is no mean over sequences.
  ///
  /// - Parameter leadOnly: draws only the intervals of the number that runs are ranked by: all that a table for people shows.
  public static func standings(
    of runs: [RunScores], leadOnly: Bool = false, bootstrap: Bootstrap = .standard
  ) -> [Standing] {
    let leads = Leads(runs, bootstrap)
    var standings = intervals(of: runs, leads: leads, leadOnly: leadOnly, bootstrap).map {
      Standing(intervals: $0, rank: nil, group: nil)
    }
    let rivals = Dictionary(grouping: runs.indices) { index in
      let identity = runs[index].run.identity
      return [identity.dataset, identity.protocolName, runs[index].profile]
    }
    let fields = rivals.values.map { $0.sorted() }
    for (members, groups) in zip(
      fields, Parallel.map(fields) { groups(of: $0, among: runs, leads: leads, bootstrap) })
    {
      let ranked = members.filter { runs[$0].results.lead.map { $0.value.isFinite } ?? false }
        .sorted { (runs[$0].results.lead?.value ?? 0, $1) > (runs[$1].results.lead?.value ?? 0, $0) }
      for (place, index) in ranked.enumerated() { standings[index].rank = place + 1 }
      for (index, group) in zip(members, groups) { standings[index].group = group }
    }
    return standings
  }

  /// The numbers that runs are ranked by, drawn together: their intervals and the groups are made of the same draws.
  private struct Leads: Sendable {
    let drawn: ResampledMeans
    /// The place of each run's sample; nil where the number is no mean over sequences.
    let places: [Int?]

    init(_ runs: [RunScores], _ bootstrap: Bootstrap) {
      var samples: [MetricSample] = []
      places = runs.map { run in
        guard let lead = run.results.lead,
          let sample = run.results.drawnTogether.first(where: { $0.metric == lead.metric })
        else { return nil }
        samples.append(sample)
        return samples.count - 1
      }
      drawn = ResampledMeans(samples, bootstrap)
    }
  }

  /// The intervals of each run's numbers. Means over sequences are drawn together, because drawing costs most.
  private static func intervals(
    of runs: [RunScores], leads: Leads, leadOnly: Bool, _ bootstrap: Bootstrap
  ) -> [[String: Bootstrap.Interval]] {
    var intervals = Parallel.map(Array(runs.indices)) { run in
      var intervals = runs[run].results.intervalsOfRegions(bootstrap)
      if let place = leads.places[run] {
        intervals[leads.drawn.samples[place].metric] = leads.drawn.interval(of: place)
      }
      return intervals
    }
    guard !leadOnly else { return intervals }
    let others = runs.map { run in
      run.results.drawnTogether.filter { $0.metric != run.results.lead?.metric }
    }
    var drawn = bootstrap.intervals(of: others.flatMap(\.self)).makeIterator()
    for (run, samples) in others.enumerated() {
      for sample in samples { intervals[run][sample.metric] = drawn.next() ?? nil }
    }
    return intervals
  }

  /// The group of each of some runs that are comparable; nil for a run alone.
  private static func groups(
    of members: [Int], among all: [RunScores], leads: Leads, _ bootstrap: Bootstrap
  ) -> [Int?] {
    let runs = members.map { all[$0] }
    guard runs.count > 1, let lead = runs.lazy.compactMap({ $0.results.lead }).first else {
      return runs.map { _ in nil }
    }
    let named = members.enumerated().compactMap { index, run in
      leads.places[run].map { (name: String(index), place: $0) }
    }
    var groups = [Int?](repeating: nil, count: runs.count)
    if !named.isEmpty {
      for (number, group) in RankedGroup.groups(of: named, in: leads.drawn).enumerated() {
        for name in group.trackers { if let index = Int(name) { groups[index] = number + 1 } }
      }
      return groups
    }
    guard lead.metric == "eao" else { return groups }
    var left = runs.indices.filter { runs[$0].results.lead?.value.isFinite ?? false }
      .sorted { (runs[$0].results.lead?.value ?? 0) > (runs[$1].results.lead?.value ?? 0) }
    var number = 0
    while let leader = left.first {
      number += 1
      left.removeAll { other in
        let isHere = other == leader || runs[leader].results.isLevel(with: runs[other].results, bootstrap)
        if isHere { groups[other] = number }
        return isHere
      }
    }
    return groups
  }
}

extension Results {
  /// True where the data cannot tell two expected average overlaps apart.
  fileprivate func isLevel(with other: Results, _ bootstrap: Bootstrap) -> Bool {
    let interval =
      switch (self, other) {
      case (.supervised(let one), .supervised(let two)): bootstrap.expectedOverlap(of: one, minus: two)
      case (.multiStart(let one), .multiStart(let two)): bootstrap.expectedOverlap(of: one, minus: two)
      default: Bootstrap.Interval?.none
      }
    return interval?.contains(0) ?? false
  }
}
