import Geometry
import Scoring
import Testing

private func sample(_ values: [Double], weights: [Double]? = nil, metric: String = "success") -> MetricSample {
  MetricSample(
    metric: metric, profile: "made",
    entries: values.indices.map {
      MetricSample.Entry(name: "s\($0 + 1000)", value: values[$0], weight: weights?[$0] ?? 1)
    })
}

/// numpy's `percentile`, the long way.
private func percentile(_ share: Double, of numbers: [Double]) -> Double {
  let sorted = numbers.filter { !$0.isNaN }.sorted()
  let place = share * Double(sorted.count - 1)
  let rank = Int(place)
  return sorted[rank] + (sorted[min(rank + 1, sorted.count - 1)] - sorted[rank]) * (place - Double(rank))
}

@Suite("Bootstrap intervals")
struct BootstrapTests {
  @Test("The generator is splitmix64, so draws are the same on every machine")
  func generator() {
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    // Published test vector.
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
    #expect(Bootstrap(resamples: 100, seed: 1).draws(rows: 5)[..<2] == [[0, 1, 2, 1, 1], [0, 0, 2, 1, 2]])
  }

  @Test("Every resample draws as many sequences as there are", arguments: [2, 3, 20, 101, 1000])
  func drawnSequences(rows: Int) {
    let draws = Bootstrap(resamples: 300).draws(rows: rows)
    #expect(draws.count == 300)
    #expect(draws.allSatisfy { $0.reduce(0, +) == rows })
    // Each sequence is drawn once a resample on average; 8 standard deviations of the mean of 300.
    for row in 0..<rows {
      let mean = Double(draws.reduce(0) { $0 + $1[row] }) / 300
      #expect(abs(mean - 1) < 8 / 300.0.squareRoot())
    }
  }

  @Test("An interval is that of the resampled means, weighted or not", arguments: [1, 7, 40])
  func equalsTheLongWay(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let values = (0..<37).map { _ in Double.random(in: 0...1, using: &generator) }
    let weights = (0..<37).map { _ in Double(Int.random(in: 0...3, using: &generator)) }
    let bootstrap = Bootstrap(resamples: 500, confidence: 0.9, seed: seed)
    let draws = bootstrap.draws(rows: 37)
    let found = bootstrap.intervals(of: [sample(values), sample(values, weights: weights)])
    for (interval, weights) in zip(found, [[Double](repeating: 1, count: 37), weights]) {
      let means = draws.map { times in
        let total = values.indices.reduce(0) { $0 + Double(times[$1]) * weights[$1] }
        return values.indices.reduce(0) { $0 + Double(times[$1]) * weights[$1] * values[$1] } / total
      }
      let interval = try #require(interval)
      // Sums in float32 of differences below 1: a few of its last bits.
      #expect(abs(interval.low - percentile(0.05, of: means)) < 1e-6)
      #expect(abs(interval.high - percentile(0.95, of: means)) < 1e-6)
    }
  }

  @Test("No sequence and one sequence have no interval")
  func tooFew() {
    #expect(Bootstrap.standard.interval(of: sample([])) == nil)
    #expect(Bootstrap.standard.interval(of: sample([0.5])) == nil)
    #expect(Bootstrap.standard.intervals(of: [MetricSample]()).isEmpty)
    #expect(Bootstrap.standard.intervals(of: [DatasetScores([], profile: .otb)]) == [[:]])
  }

  @Test("Equal sequences have an interval of one point, exactly the mean")
  func allEqual() {
    for value in [0, 1, 0.1, 1.0 / 3] {
      let interval = Bootstrap.standard.interval(of: sample([Double](repeating: value, count: 9)))
      #expect(interval.map { abs($0.low - value) < 1e-15 && $0.low == $0.high } == true)
    }
  }

  @Test("What is not a number weighs nothing, and a mean of nothing has no interval")
  func notNumbers() {
    let some = sample([0.2, .nan, 0.4, .infinity], weights: [1, 1, 1, 1])
    #expect(abs(some.mean - 0.3) < 1e-15)
    let interval = Bootstrap.standard.interval(of: some)
    #expect(interval.map { $0.low == 0.2 || abs($0.low - 0.2) < 1e-7 } == true)
    #expect(Bootstrap.standard.interval(of: sample([.nan, .nan, .nan])) == nil)
    #expect(Bootstrap.standard.interval(of: sample([1, 2], weights: [0, -1])) == nil)
    #expect(Bootstrap.standard.interval(of: sample([1, 2], weights: [.nan, .infinity])) == nil)
  }

  @Test("Neither the order of the sequences nor the other samples change an interval")
  func independence() {
    var generator = SplitMix64(seed: 3)
    let values = (0..<50).map { _ in Double.random(in: 0...1, using: &generator) }
    let entries = sample(values).entries
    let shuffled = MetricSample(metric: "success", profile: "made", entries: entries.shuffled(using: &generator))
    let alone = Bootstrap.standard.interval(of: sample(values))
    #expect(Bootstrap.standard.interval(of: shuffled) == alone)
    let crowd = (0..<70).map { _ in sample((0..<50).map { _ in Double.random(in: 0...1, using: &generator) }) }
    #expect(Bootstrap.standard.intervals(of: crowd + [sample(values)] + [sample([1, 2, 3])])[70] == alone)
    #expect(Bootstrap(seed: 2).interval(of: sample(values)) != alone)
  }

  @Test("Nine of ten intervals of 90 % contain the mean that samples were drawn from")
  func coverage() {
    var generator = SplitMix64(seed: 11)
    let bootstrap = Bootstrap(resamples: 1000, confidence: 0.9)
    let samples = (0..<400).map { _ in sample((0..<60).map { _ in Double.random(in: 0...1, using: &generator) }) }
    let covered = bootstrap.intervals(of: samples).count { $0?.contains(0.5) ?? false }
    // 360 expected, with a standard deviation of 6.
    #expect((336...384).contains(covered))
  }

  @Test("Percentiles are those of sorting, whatever the numbers")
  func percentilesOfAnything() throws {
    var generator = SplitMix64(seed: 5)
    let kinds: [[Float]] = [
      (0..<1000).map { _ in Float.random(in: -1...1, using: &generator) },
      (0..<999).map { _ in Float(Int.random(in: 0...3, using: &generator)) },
      [1, 2], [2, 1, .nan], [-0.0, 0.0, -0.0], [.leastNonzeroMagnitude, 0, 3 * .leastNonzeroMagnitude],
      [-3e38, 3e38, 0, 1], [5, 5, 5, 5],
      (0..<300).map { $0 == 7 ? 1e30 : Float($0) },
    ]
    for numbers in kinds {
      for (low, high) in [(0.025, 0.975), (0, 1), (0.5, 0.5)] {
        let found = try #require(percentiles(low, high, of: numbers[...]))
        let doubles = numbers.map(Double.init)
        #expect(abs(found.0 - percentile(low, of: doubles)) <= abs(found.0) * 1e-12)
        #expect(abs(found.1 - percentile(high, of: doubles)) <= abs(found.1) * 1e-12)
      }
    }
    #expect(percentiles(0, 1, of: []) == nil)
    #expect(percentiles(0, 1, of: [.nan, 1]) == nil)
    let infinite = try #require(percentiles(0, 1, of: [.infinity, 1, -.infinity]))
    #expect(infinite.0 == -.infinity && infinite.1 == .infinity)
  }

  @Test("Settings out of range are brought into it")
  func settings() {
    #expect(Bootstrap(resamples: -1).resamples == 100)
    #expect(Bootstrap(resamples: .max).resamples == 1_000_000)
    #expect(Bootstrap(confidence: 7).confidence == 0.999)
    #expect(Bootstrap(confidence: .nan).confidence == 0.95)
  }

  @Test("A data set's interval is around its number, under the profile's own rule of averaging (Q1)")
  func droppedSequence() throws {
    let truth = (0..<20).map { Box(x: 10, y: 10, width: 20 + Double($0), height: 20) }
    func record(_ index: Int) -> SequenceRecord {
      let answers = truth.indices.map { $0 < index ? truth[$0] : Box(x: 900, y: 900, width: 9, height: 9) }
      return SequenceRecord(name: "s\(index)", truth: truth, prediction: answers)
    }
    var records = (0..<15).map(record)
    // Its first annotation does not count, so not one frame is a success in otb.
    records[0].truth[0] = Box(x: 0, y: 0, width: 0, height: 0)
    for profile in [Profile.otb, .pysot] {
      let scores = DatasetScores(records, profile: profile)
      let overall = try #require(scores.overall)
      let intervals = Bootstrap.standard.intervals(of: [scores])[0]
      for metric in Metric.allCases where metric != .normPrecision || profile.normalised != nil {
        let value = try #require(metric.value(of: overall.scores))
        let mean = try #require(scores.sample(metric)).mean
        #expect(abs(value - mean) < 1e-12)
        #expect(intervals[metric]?.contains(value) ?? false)
      }
      #expect(scores.sample(.success)?.entries.first { $0.name == "s0" }?.weight == (profile == .otb ? 0 : 1))
    }
    #expect(Bootstrap.standard.intervals(of: [DatasetScores(records, profile: .otb)])[0][.normPrecision] == nil)
  }
}
