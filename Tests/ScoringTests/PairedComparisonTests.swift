import Scoring
import TestSupport
import Testing

private func sample(
  _ values: [Double], names: [String]? = nil, metric: String = "success", profile: String = "pysot",
  isHigherBetter: Bool = true
) -> MetricSample {
  MetricSample(
    metric: metric, profile: profile, isHigherBetter: isHigherBetter,
    entries: values.indices.map {
      MetricSample.Entry(name: names?[$0] ?? "s\($0)", value: values[$0], weight: 1)
    })
}

@Suite("Paired comparisons")
struct PairedComparisonTests {
  private let base = (0..<40).map { Double($0) / 50 }

  @Test("A small steady lead is told apart although both trackers' own intervals overlap widely")
  func steadyLead() throws {
    let better = sample(base.enumerated().map { $1 + ($0.isMultiple(of: 2) ? 0.02 : 0.032) })
    let worse = sample(base)
    let comparison = try PairedComparison(("A", better), ("B", worse))
    #expect(abs(comparison.difference - 0.026) < 1e-12)
    #expect(comparison.won == 40 && comparison.lost == 0 && comparison.tied == 0)
    #expect(comparison.canTellApart)
    let interval = try #require(comparison.interval)
    #expect(interval.low >= 0.02 && interval.high <= 0.032 && interval.contains(0.026))
    let own = Bootstrap.standard.intervals(of: [better, worse])
    #expect(try #require(own[0]).low < #require(own[1]).high)
    #expect(
      comparison.sentence
        == "A is ahead of B by 0.026 [0.024, 0.028] in success (pysot) on 40 sequences; A wins 40, loses 0 and ties 0.")
  }

  @Test("The other way round everything changes its sign")
  func mirrored() throws {
    var generator = SplitMix64(seed: 9)
    let one = sample((0..<30).map { _ in Double.random(in: 0...1, using: &generator) })
    let other = sample((0..<30).map { _ in Double.random(in: 0...1, using: &generator) })
    let there = try PairedComparison(("A", one), ("B", other))
    let back = try PairedComparison(("B", other), ("A", one))
    #expect(there.difference == -back.difference)
    #expect((there.won, there.lost, there.tied) == (back.lost, back.won, back.tied))
    let (a, b) = (try #require(there.interval), try #require(back.interval))
    #expect(abs(a.low + b.high) < 1e-6 && abs(a.high + b.low) < 1e-6)
    #expect(there.largestWins(3).map(\.sequence) == back.largestLosses(3).map(\.sequence))
    #expect(there.sentence.hasPrefix("The data cannot tell A from B: "))
    #expect(there.sentence.dropFirst(30) == back.sentence.dropFirst(30))
  }

  @Test("Equal trackers tie everywhere and cannot be told apart")
  func equal() throws {
    let comparison = try PairedComparison(("A", sample(base)), ("B", sample(base.map { $0 + 1e-13 })))
    #expect(comparison.tied == 40 && comparison.largestWins(9).isEmpty && comparison.largestLosses(9).isEmpty)
    let same = try PairedComparison(("A", sample(base)), ("B", sample(base)))
    #expect(same.interval == Bootstrap.Interval(low: 0, high: 0))
    #expect(!same.canTellApart)
    #expect(
      same.sentence
        == "The data cannot tell A from B: they are level, 0.000 [0.000, 0.000] in success (pysot) on 40 sequences; "
        + "B wins 0, loses 0 and ties 40.")
  }

  @Test("Only common sequences count; the others are named")
  func commonSequences() throws {
    let one = sample([0.5, 0.6, .nan, 0.1], names: ["a", "b", "c", "d"])
    let other = sample([0.4, 0.6, 0.9], names: ["a", "b", "c"])
    let comparison = try PairedComparison(("A", one), ("B", other))
    #expect(comparison.pairs.map(\.sequence) == ["a", "b"])
    #expect(abs(comparison.difference - 0.05) < 1e-12)
    #expect(comparison.onlyFirst == ["d"] && comparison.onlySecond == ["c"])
    #expect(throws: ComparisonError.self) { try PairedComparison(("A", one), ("B", sample([1], names: ["z"]))) }
  }

  @Test("One sequence tells nothing apart")
  func oneSequence() throws {
    let comparison = try PairedComparison(("A", sample([0.9])), ("B", sample([0.1])))
    #expect(comparison.interval == nil && !comparison.canTellApart)
    #expect(comparison.sentence == "1 sequence cannot tell A from B: 0.900 and 0.100 in success (pysot).")
  }

  @Test("Different numbers are refused")
  func differentNumbers() {
    let error = #expect(throws: ComparisonError.self) {
      try PairedComparison(("A", sample([1, 2])), ("B", sample([1, 2], profile: "otb")))
    }
    #expect(error?.cause == "success of pysot and success of otb are different numbers and cannot be compared")
  }

  @Test("Of failures fewer are better")
  func fewerAreBetter() throws {
    let few = sample((0..<20).map { Double($0 % 3) }, metric: "robustness", isHigherBetter: false)
    let many = sample((0..<20).map { Double($0 % 3 + 2) }, metric: "robustness", isHigherBetter: false)
    let comparison = try PairedComparison(("A", few), ("B", many))
    #expect(comparison.won == 20 && comparison.canTellApart)
    #expect(
      comparison.sentence
        == "A has less than B by 2.000 [2.000, 2.000] in robustness (pysot) on 20 sequences; A wins 20, loses 0 and ties 0."
    )
    #expect(RankedGroup.groups(of: [("B", many), ("A", few)]).map(\.leader) == ["A", "B"])
  }

  @Test("A lead smaller than the digits shows more of them")
  func tinyLead() throws {
    let comparison = try PairedComparison(("A", sample(base.map { $0 + 0.0002 })), ("B", sample(base)))
    #expect(comparison.sentence.hasPrefix("A is ahead of B by 0.0002 [0.0002, 0.0002]"))
  }
}

@Suite("Groups of trackers that cannot be told apart")
struct RankedGroupTests {
  /// Two clusters far apart, of trackers that differ by noise around each.
  @Test("Each group is led by its best tracker and holds those whose difference to it includes 0")
  func clusters() {
    var generator = SplitMix64(seed: 21)
    func tracker(_ name: String, _ level: Double) -> (name: String, sample: MetricSample) {
      (name, sample((0..<60).map { _ in level + Double.random(in: -0.05...0.05, using: &generator) }))
    }
    let trackers = [tracker("low1", 0.3), tracker("high1", 0.7), tracker("low2", 0.3), tracker("high2", 0.7)]
    let groups = RankedGroup.groups(of: trackers, bootstrap: Bootstrap(confidence: 0.999))
    #expect(groups.count == 2)
    #expect(Set(groups[0].trackers) == ["high1", "high2"] && Set(groups[1].trackers) == ["low1", "low2"])
    for group in groups {
      #expect(group.trackers.first == group.leader)
      #expect(group.comparisons.allSatisfy { $0.first == group.leader && !$0.canTellApart && $0.difference >= 0 })
    }
  }

  @Test("Nobody is lost: every tracker is in exactly one group, also one without a number")
  func complete() {
    let trackers: [(name: String, sample: MetricSample)] = [
      ("nothing", sample([])), ("alone", sample([0.4], names: ["z"])), ("nan", sample([.nan, .nan])),
      ("a", sample([0.5, 0.6, 0.9])), ("b", sample([0.5, 0.6, 0.8])),
    ]
    let groups = RankedGroup.groups(of: trackers)
    #expect(groups.flatMap(\.trackers).sorted() == ["a", "alone", "b", "nan", "nothing"])
    #expect(groups.first?.trackers == ["a", "b"])
    #expect(RankedGroup.groups(of: []).isEmpty)
  }

  @Test(
    "Published results on OTB-100 fall into groups, and differences are those of the numbers",
    .enabled(if: OTB100Material.isThere, "needs ../shared/data/annotations/OTB100"))
  func published() throws {
    let material = try OTB100Material.loaded.get()
    let names = Shared.list("data/results/OTB100").filter { Shared.has("data/results/OTB100/\($0)/Basketball.txt") }
    let scores = try names.map { DatasetScores(try material.records(of: $0), profile: .otb) }
    let trackers = try zip(names, scores).map { ($0, try #require($1.sample(.success))) }
    let groups = RankedGroup.groups(of: trackers)
    print("OTB-100, success (otb): \(groups.map(\.trackers))")
    #expect(groups.flatMap(\.trackers).sorted() == names.sorted())
    for (one, a) in zip(trackers, scores) {
      for (other, b) in zip(trackers, scores) where a.isComplete && b.isComplete {
        let comparison = try PairedComparison(one, other, bootstrap: Bootstrap(resamples: 100))
        let wanted = try #require(a.overall).scores.auc - #require(b.overall).scores.auc
        #expect(abs(comparison.difference - wanted) < 1e-12)
        #expect(comparison.won + comparison.lost + comparison.tied == a.sequences.count)
      }
    }
  }

  @Test("Numbers drawn together have the intervals and the groups they have by themselves")
  func drawnTogether() throws {
    var generator = SplitMix64(seed: 21)
    func random(_ count: Int) -> MetricSample {
      sample((0..<count).map { _ in Double.random(in: 0...1, using: &generator) })
    }
    var samples = (0..<6).map { _ in random(40) } + (0..<5).map { _ in random(38) }
    samples.insert(random(1), at: 4)
    let drawn = ResampledMeans(samples)
    for (place, sample) in samples.enumerated() {
      #expect(drawn.interval(of: place) == Bootstrap.standard.interval(of: sample), "sample \(place)")
    }
    let named = samples.enumerated().map { (name: "t\($0)", sample: $1) }
    let groups = RankedGroup.groups(of: samples.indices.map { (name: "t\($0)", place: $0) }, in: drawn)
    #expect(groups == RankedGroup.groups(of: named))
    for group in groups {
      for comparison in group.comparisons {
        let first = try #require(named.first { $0.name == comparison.first })
        let second = try #require(named.first { $0.name == comparison.second })
        let alone = try PairedComparison(first, second).interval
        let together = comparison.interval
        #expect((alone == nil) == (together == nil))
        guard let alone, let together else { continue }
        // The difference of two means in float32, against the mean of both drawn for the pair.
        #expect(abs(alone.low - together.low) < 1e-6 && abs(alone.high - together.high) < 1e-6)
      }
    }
  }
}
