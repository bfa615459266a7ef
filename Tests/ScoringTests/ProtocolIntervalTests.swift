import Geometry
import Scoring
import TestSupport
import Testing

private let evaluations = "golden/eval"

/// Resamples scored the long way: every drawn sequence is a sequence of its own.
private func resampled<Record>(
  _ records: [Record], _ bootstrap: Bootstrap, renamed: (Record, String) -> Record,
  value: ([Record]) -> Double?
) -> [Double] {
  bootstrap.draws(rows: records.count).compactMap { times in
    value(
      zip(records, times).flatMap { record, times in
        (0..<times).map { renamed(record, "\($0)") }
      })
  }
}

private func ends(_ values: [Double], _ confidence: Double) -> (Double, Double) {
  let sorted = values.filter { !$0.isNaN }.sorted()
  func end(_ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let rank = Int(place)
    return sorted[rank] + (sorted[min(rank + 1, sorted.count - 1)] - sorted[rank]) * (place - Double(rank))
  }
  return (end((1 - confidence) / 2), end((1 + confidence) / 2))
}

@Suite("Intervals of other protocols")
struct ProtocolIntervalTests {
  private static let bootstrap = Bootstrap(resamples: 100, confidence: 0.9, seed: 4)

  @Test(
    "Accuracy, robustness and expected overlap of drawn sequences are those of scoring them",
    .enabled(if: Shared.has("\(evaluations)/edge/vot"), "needs ../shared/golden/eval/edge/vot"),
    arguments: Shared.list("\(evaluations)/edge/vot"))
  func supervised(_ name: String) throws {
    let folder = "\(evaluations)/edge/vot/\(name)"
    let material = try VOTMaterial("\(folder)/VOT2018.json")
    let records = try material.records("\(folder)/results/T/baseline", only: Set(material.sequences.map(\.name)))
    for profile in Profile.toolkits where profile.supervised != nil {
      // Short enough for the made sequences.
      let interval = EAOInterval(low: 5, high: 60)
      let whole = try #require(SupervisedScores(records, profile: profile, interval: interval))
      guard whole.isComplete, whole.sequences.count >= 2 else { continue }
      var expected: [[Double]] = [[], [], []]
      for times in Self.bootstrap.draws(rows: records.count) {
        let drawn = zip(records.sorted { $0.name < $1.name }, times).flatMap { record, times in
          (0..<times).map { copy in
            var record = record
            record.name += "-\(copy)"
            return record
          }
        }
        let scores = try #require(SupervisedScores(drawn, profile: profile, interval: interval))
        expected[0].append(scores.accuracy)
        expected[1].append(scores.robustness)
        expected[2].append(scores.eao?.value ?? .nan)
      }
      let found = Self.bootstrap.intervals(of: whole)
      if let value = whole.eao?.value, let mean = whole.resampledEAO { #expect(abs(value - mean) < 1e-6) }
      for (interval, values) in zip([found.accuracy, found.robustness, found.eao], expected) {
        guard let interval else { continue }
        let wanted = ends(values, 0.9)
        let scale = max(1, abs(wanted.1))
        #expect(abs(interval.low - wanted.0) < 2e-6 * scale, "\(name) \(profile.name): \(interval), \(wanted)")
        #expect(abs(interval.high - wanted.1) < 2e-6 * scale, "\(name) \(profile.name): \(interval), \(wanted)")
      }
      #expect((found.eao == nil) == (profile.supervised?.eao == nil || whole.eao?.value.isNaN ?? true))
    }
  }

  @Test(
    "Published results on VOT2018 have intervals around every number, and quickly",
    .enabled(if: Shared.has("data/results/VOT2018/SiamRPN"), "needs ../shared/data/results/VOT2018"))
  func published() throws {
    guard let material = try VOTMaterial.named("VOT2018") else { return }
    let records = try material.records(
      "data/results/VOT2018/SiamRPN/baseline", only: Set(material.sequences.map(\.name)))
    for profile in [Profile.pysot, .vot, .got10k] {
      let scores = try #require(
        SupervisedScores(records, profile: profile, interval: profile.eaoInterval(of: "VOT2018")))
      var found: RegionIntervals?
      let start = threadSeconds()
      found = Bootstrap.standard.intervals(of: scores)
      let time = (threadSeconds() - start) * 1000
      print("VOT2018 SiamRPN, profile \(profile.name): intervals in \(time.rounded()) ms")
      #expect(found?.accuracy?.contains(scores.accuracy) ?? false)
      #expect(found?.robustness?.contains(scores.robustness) ?? false)
      if let eao = scores.eao {
        let mean = try #require(scores.resampledEAO)
        #expect(abs(mean - eao.value) < 1e-6)
        #expect(found?.eao?.contains(eao.value) ?? false)
      }
    }
  }

  @Test("GOT-10k's pooled frames weigh sequences by the frames that count")
  func pooledFrames() throws {
    let box = Box(x: 10, y: 10, width: 20, height: 20)
    let away = Box(x: 200, y: 200, width: 20, height: 20)
    func record(_ frames: Int, hits: Int) -> GOT10kRecord {
      GOT10kRecord(
        name: "s\(frames)", truth: Array(repeating: box, count: frames), cover: Array(repeating: 8, count: frames),
        width: 640, height: 480, repetitions: [(0..<frames).map { $0 <= hits ? box : away }])
    }
    let records = (2..<22).map { record($0 * 3, hits: $0) }
    let scores = GOT10kScores(records)
    for number in GOT10kScores.Number.allCases {
      let sample = scores.sample(number)
      #expect(abs(sample.mean - scores.overall.ao) < 1e-12)
      #expect(Bootstrap.standard.interval(of: sample)?.contains(scores.overall.ao) ?? false)
    }
    let values = resampled(
      records.sorted { $0.name < $1.name }, Self.bootstrap, renamed: { record, _ in record },
      value: { GOT10kScores($0).overall.ao })
    let wanted = ends(values, 0.9)
    let found = try #require(Self.bootstrap.interval(of: scores.sample(.ao)))
    #expect(abs(found.low - wanted.0) < 1e-6 && abs(found.high - wanted.1) < 1e-6)
  }

  @Test(
    "Long-term and multi-start numbers lie in their intervals",
    .enabled(if: Shared.has("\(evaluations)/edge"), "needs ../shared/golden/eval/edge"))
  func otherRuns() throws {
    let box = MadeBoxes.box
    let records = (0..<12).map { index in
      LongTermRecord(
        name: "s\(index)", truth: Array(repeating: .box(box), count: 40), width: 640, height: 480,
        frames: [.initialized] + (1..<40).map { .region(.box($0 % (index + 2) == 0 ? MadeBoxes.away : box)) },
        confidences: [.nan] + (1..<40).map { Double($0 % 7) / 7 })
    }
    for profile in [Profile.pysot, .vot] {
      let scores = try #require(try LongTermScores(records, profile: profile))
      let found = Bootstrap.standard.intervals(of: scores)
      #expect(found.f?.contains(scores.f) ?? false)
      #expect(found.precision?.contains(scores.precision) ?? false)
      #expect(found.recall?.contains(scores.recall) ?? false)
    }
    #expect(Bootstrap.standard.intervals(of: try #require(try LongTermScores([records[11]], profile: .vot))).f == nil)

    let starts = (0..<10).map { index in
      MultiStartRecord(
        name: "s\(index)", truth: Array(repeating: .box(box), count: 60), width: 640, height: 480,
        anchors: [1] + [Int](repeating: 0, count: 59),
        runs: [
          AnchoredRun(
            anchor: 0, isForward: true,
            frames: [.initialized] + (1..<60).map { .region(.box($0 > 12 + 5 * index ? MadeBoxes.away : box)) })
        ])
    }
    let interval = EAOInterval(low: 10, high: 50)
    let scores = try #require(MultiStartScores(starts, profile: .vot, interval: interval))
    let found = Bootstrap.standard.intervals(of: scores)
    #expect(found.accuracy?.contains(scores.accuracy) ?? false)
    #expect(found.robustness?.contains(scores.robustness) ?? false)
    #expect(found.eao?.contains(scores.eao.value) ?? false)
    let values = resampled(
      starts, Self.bootstrap, renamed: { record, _ in record },
      value: { MultiStartScores($0, profile: .vot, interval: interval)?.eao.value })
    let wanted = ends(values, 0.9)
    let quick = try #require(Self.bootstrap.intervals(of: scores).eao)
    #expect(abs(quick.low - wanted.0) < 1e-6 && abs(quick.high - wanted.1) < 1e-6)

    let runs = (0..<9).map { index in
      SupervisedRecord(
        name: "s\(index)", truth: Array(repeating: .box(box), count: 30 + index), width: 640, height: 480,
        runs: [
          SupervisedRun(
            frames: [.initialized] + (1..<(30 + index)).map { .region(.box($0 > 12 + index ? MadeBoxes.away : box)) })
        ])
    }
    let unsupervised = try #require(UnsupervisedScores(runs, profile: .vot))
    #expect(abs(unsupervised.overlapSample.mean - unsupervised.averageOverlap) < 1e-12)
  }
}

private enum MadeBoxes {
  static let box = Box(x: 100, y: 100, width: 40, height: 40)
  static let away = Box(x: 400, y: 300, width: 40, height: 40)
}
