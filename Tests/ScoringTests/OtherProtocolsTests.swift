import Geometry
import Scoring
import Testing

private let box = Box(x: 40, y: 40, width: 20, height: 20)
private let away = Region.box(Box(x: 150, y: 100, width: 20, height: 20))

private func outcomes(_ count: Int, lostFrom lost: Int? = nil) -> [FrameOutcome] {
  [.initialized] + (1..<count).map { .region($0 >= lost ?? count ? away : .box(box)) }
}

@Suite("Runs from anchors")
struct MultiStartScoresTests {
  private func record(_ runs: [AnchoredRun], frames: Int = 50) -> MultiStartRecord {
    var anchors = [Int](repeating: 0, count: frames)
    anchors[0] = 1
    anchors[frames - 1] = -1
    return MultiStartRecord(
      name: "s", truth: Array(repeating: .box(box), count: frames), width: 200, height: 150, anchors: anchors,
      runs: runs)
  }

  private func scores(_ record: MultiStartRecord) throws -> MultiStartScores {
    try #require(MultiStartScores([record], profile: .vot, interval: EAOInterval(low: 5, high: 30)))
  }

  @Test("Perfect runs are robust; the frame of the start is in their accuracy with overlap 0 (Q20)")
  func perfect() throws {
    let runs = [true, false].map { AnchoredRun(anchor: $0 ? 0 : 49, isForward: $0, frames: outcomes(50)) }
    let scores = try scores(record(runs))
    #expect(scores.robustness == 1)
    #expect(scores.accuracy == 98.0 / 100)
    #expect(scores.eao.value == 1)
    #expect(scores.sequences.map(\.progress) == [100])
  }

  @Test("Ten lost frames in a row end a run, and count no more from the first of them on")
  func lost() throws {
    let runs = [
      AnchoredRun(anchor: 0, isForward: true, frames: outcomes(50, lostFrom: 20)),
      AnchoredRun(anchor: 49, isForward: false, frames: outcomes(50, lostFrom: 41)),
    ]
    let scores = try scores(record(runs))
    // The second run loses nine frames only.
    #expect(scores.sequences.map(\.progress) == [20 + 50])
    #expect(scores.robustness == 0.7)
    #expect(abs(scores.accuracy - (19.0 + 40) / 70) < 1e-12)
  }

  @Test("Runs and anchors that do not belong together are refused")
  func mismatch() throws {
    let forward = AnchoredRun(anchor: 0, isForward: true, frames: outcomes(50))
    let backward = AnchoredRun(anchor: 49, isForward: false, frames: outcomes(50))
    let short = AnchoredRun(anchor: 0, isForward: true, frames: outcomes(49))
    let nowhere = AnchoredRun(anchor: 7, isForward: true, frames: outcomes(43))
    let outside = AnchoredRun(anchor: .max, isForward: true, frames: outcomes(4))
    for runs in [[forward], [short, backward], [forward, backward, short], [forward, backward, nowhere], []] {
      #expect(try !scores(record(runs)).isComplete)
    }
    #expect(try !scores(record([forward, backward, outside])).isComplete)
    var wrong = record([forward, backward])
    wrong.anchors.removeLast()
    #expect(try scores(wrong).failed.map(\.reason) == [.listMismatch(list: "anchors", frames: 50, found: 49)])
    #expect(MultiStartScores([], profile: .pysot, interval: EAOInterval(low: 1, high: 2)) == nil)
  }
}

@Suite("Long-term runs")
struct LongTermScoresTests {
  /// Visible and found in even frames, absent and wrongly found in odd ones.
  private func record(_ confidence: (Int) -> Double, frames: Int = 200) -> LongTermRecord {
    LongTermRecord(
      name: "s", truth: (0..<frames).map { $0.isMultiple(of: 2) ? .box(box) : .absent }, width: 200, height: 150,
      frames: [.initialized] + (1..<frames).map { $0.isMultiple(of: 2) ? .region(.box(box)) : .region(away) },
      confidences: [.nan] + (1..<frames).map(confidence))
  }

  @Test("A tracker that knows when it is wrong has the best F", arguments: [Profile.pysot, .pysotToolkit, .vot])
  func knowing(_ profile: Profile) throws {
    let knowing = try #require(
      try LongTermScores([record { $0.isMultiple(of: 2) ? 0.9 + Double($0) * 1e-4 : 0.1 }], profile: profile))
    let guessing = try #require(try LongTermScores([record { 0.5 + Double($0 % 17) * 1e-3 }], profile: profile))
    #expect(knowing.precision == 1)
    // The thresholds are some of the confidences, so the last sure frame may be cut off.
    #expect(knowing.recall == 0.99 || knowing.recall == 0.98)
    #expect(abs(knowing.f - 2 * knowing.recall / (1 + knowing.recall)) < 1e-12)
    #expect(guessing.f < knowing.f)
    #expect(knowing.thresholds.count == 100)
    #expect(zip(knowing.thresholds, knowing.thresholds.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(knowing.sequences.map(\.f) == [knowing.f])
  }

  @Test("Lengths that do not agree, no records and too few confidences stop with a reason")
  func refused() throws {
    var short = record { _ in 0.5 }
    short.confidences.removeLast()
    let error = #expect(throws: ScoringError.self) { try LongTermScores([short], profile: .vot) }
    #expect(error?.reason == .confidenceMismatch(frames: 200, confidences: 199))
    #expect(throws: ScoringError.self) { try LongTermScores([], profile: .vot) }
    let few = record({ _ in 0.5 }, frames: 20)
    #expect(throws: ScoringError.self) { try LongTermScores([few], profile: .pysot) }
    #expect(try LongTermScores([few], profile: .vot)?.thresholds.count == 22)
    #expect(try LongTermScores([few], profile: .got10k) == nil)
  }
}

@Suite("GOT-10k")
struct GOT10kScoresTests {
  private func record(
    _ name: String = "s", truth: [Box], boxes: [Box], cover: [Int]? = nil, seconds: [Double]? = nil
  ) -> GOT10kRecord {
    GOT10kRecord(
      name: name, truth: truth, cover: cover ?? truth.map { _ in 8 }, width: 200, height: 150, repetitions: [boxes],
      seconds: seconds)
  }

  @Test("The first frame and frames without a visible target do not count")
  func frames() {
    let truth = Array(repeating: box, count: 5)
    var boxes = truth
    boxes[0] = Box(x: 0, y: 0, width: 1, height: 1)
    boxes[3] = Box(x: 100, y: 100, width: 5, height: 5)
    #expect(GOT10kScores([record(truth: truth, boxes: boxes)]).overall.ao == 0.75)
    let scores = GOT10kScores([record(truth: truth, boxes: boxes, cover: [8, 8, 8, 0, 8])])
    #expect(scores.overall.ao > 1 - 1e-12)
    #expect(scores.overall.sr50 == 1)
    #expect(scores.overall.sr75 == 1)
    #expect(scores.overall.frames == 4)
    #expect(scores.overall.fps == nil)
  }

  @Test("Frames are pooled, so longer sequences weigh more")
  func pooled() {
    let long = record("long", truth: Array(repeating: box, count: 4), boxes: Array(repeating: box, count: 4))
    let lost = Box(x: 100, y: 100, width: 5, height: 5)
    let short = record("short", truth: [box, box], boxes: [box, lost])
    #expect(abs(GOT10kScores([long, short]).overall.ao - 0.75) < 1e-12)
  }

  @Test("Clipping moves a box that sticks out to the left and cuts one that sticks out to the right (Q23)")
  func clipping() {
    let left = Box(x: -10, y: 5, width: 30, height: 10).clippedByGOT10k(width: 200, height: 150)
    #expect(left == Box(x: 0, y: 5, width: 30, height: 10))
    let right = Box(x: 190, y: 5, width: 30, height: 10).clippedByGOT10k(width: 200, height: 150)
    #expect(right == Box(x: 190, y: 5, width: 10, height: 10))
    #expect(Box(x: .nan, y: 5, width: 30, height: 10).clippedByGOT10k(width: 200, height: 150).x.isNaN)
    #expect(Box(x: 300, y: 5, width: 30, height: -4).clippedByGOT10k(width: 200, height: 150).width == 0)
  }

  @Test("A sequence without times has the speed of the one before it (Q22); the first must have some, if asked")
  func speed() {
    let truth = [box, box]
    let timed = record("timed", truth: truth, boxes: truth, seconds: [0.1, 0, .nan, 0.05])
    let untimed = record("untimed", truth: truth, boxes: truth)
    let scores = GOT10kScores([timed, untimed])
    #expect(scores.sequences.compactMap(\.fps) == [15, 15])
    #expect(scores.overall.fps == 15)
    #expect(GOT10kScores([untimed, timed], needsTimes: true).failed.map(\.reason) == [.noTimes])
    #expect(GOT10kScores([untimed, timed]).isComplete)
  }

  @Test("Lists of another length and lonely frames are refused")
  func refused() {
    let truth = [box, box, box]
    let records = [
      record(truth: truth, boxes: [box]), record(truth: truth, boxes: truth, cover: [8]),
      record(truth: [box], boxes: [box]),
    ]
    #expect(GOT10kScores(records).failed.count == 3)
    #expect(GOT10kScores([]).overall.ao.isNaN)
  }
}

@Suite("Perturbed runs")
struct PerturbedTests {
  private let walk = (0..<100).map { Box(x: 50 + Double($0), y: 50, width: 20, height: 20) }

  @Test("Segments ascend, begin at the first good frame, and leave twenty frames at the end")
  func segments() {
    let starts = TemporalSegments.starts(truth: walk)
    #expect(starts.count == 20)
    #expect(starts.first == 0)
    #expect(starts.last == 80)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 })
    let omitted = TemporalSegments.starts(truth: walk, omitting: [-5...9, 30...49, 90...500])
    #expect(omitted.first == 10)
    #expect(omitted.allSatisfy { !(30...49).contains($0) })
    #expect(TemporalSegments.starts(truth: []).isEmpty)
    #expect(TemporalSegments.starts(truth: Array(walk.prefix(19))).isEmpty)
    #expect(TemporalSegments.starts(truth: Array(walk.prefix(25))).count < 20)
  }

  @Test("Shifted boxes lie inside the image and keep their size when moved", arguments: SpatialShift.allCases)
  func shifts(_ shift: SpatialShift) {
    let shifted = shift.box(from: Box(x: 100, y: 100, width: 40, height: 30), imageWidth: 640, imageHeight: 480)
    switch shift {
    case .left, .right, .up, .down:
      #expect(shifted.width == 40 && shifted.height == 30)
      #expect(abs(shifted.x - 100) + abs(shifted.y - 100) >= 3)
    case .topLeft, .topRight, .bottomLeft, .bottomRight: #expect(shifted.width == 44 && shifted.height == 33)
    default: #expect(abs(shifted.width - 40 * shift.ratio) <= 0.5)
    }
    for edge in [Box(x: 1, y: 1, width: 40, height: 30), Box(x: 601, y: 451, width: 40, height: 30)] {
      let inside = shift.box(from: edge, imageWidth: 640, imageHeight: 480)
      #expect(inside.x >= 1 && inside.y >= 1)
      #expect(inside.x + inside.width - 1 <= 640 && inside.y + inside.height - 1 <= 480)
    }
  }

  @Test("Runs are scored as one, so longer ones weigh more")
  func pooled() throws {
    let good = PerturbedRun(start: 20, boxes: Array(walk[20...]))
    let bad = PerturbedRun(start: 80, boxes: Array(repeating: Box(x: 1, y: 1, width: 2, height: 2), count: 20))
    let record = PerturbedRecord(name: "s", truth: walk, runs: [good, bad])
    let scores = try SequenceScores(record, profile: .otb)
    #expect(scores.frames == 100)
    // The first frame of each run is the annotation's.
    #expect(abs(scores.scores.success50 - 0.81) < 1e-12)
    let nowhere = PerturbedRecord(name: "s", truth: walk, runs: [PerturbedRun(start: .max, boxes: [])])
    #expect(throws: ScoringError.self) { try SequenceScores(nowhere, profile: .otb) }
    #expect(DatasetScores(perturbed: [nowhere], profile: .otb).failed.count == 1)
  }

  @Test("A run from a scaled box is scaled back before it is scored")
  func scaledBack() throws {
    let larger = walk.map { Box(x: $0.x - 2, y: $0.y - 2, width: 24, height: 24) }
    let run = PerturbedRun(start: 0, shift: .scale12, boxes: larger)
    let scores = try SequenceScores(PerturbedRecord(name: "s", truth: walk, runs: [run]), profile: .otb).scores
    #expect(scores.success[19] > 0.99)
  }
}

@Suite("Profiles")
struct ProfileTests {
  @Test("Every profile is found by its name, once")
  func names() {
    let every = Profile.toolkits + Profile.variants
    #expect(Set(every.map(\.name)).count == every.count)
    for profile in every { #expect(Profile.named(profile.name) == profile) }
    #expect(Profile.named("nobody") == nil)
    #expect(Profile.toolkits.map(\.name) == ["otb", "lasot", "pysot", "pysot-toolkit", "got10k", "pytracking", "vot"])
  }

  @Test("A data set changes the profiles of toolkits that treat it apart")
  func adapted() {
    #expect(Profile.got10k.adapted(to: "uav123").name == "got10k.uav123")
    #expect(Profile.pytracking.adapted(to: "lasot").name == "pytracking.lasot")
    #expect(Profile.pysot.adapted(to: "lasot") == .pysot)
    #expect(Profile.got10k.adapted(to: "otb100") == .got10k)
  }

  @Test("The VOT toolkit has no scores for one-pass runs")
  func votOnePass() {
    let record = SequenceRecord(name: "s", truth: [box, box], prediction: [box, box])
    let error = #expect(throws: ScoringError.self) { try SequenceScores(record, profile: .vot) }
    #expect(error?.reason == .noSuchScores)
  }

  @Test("Every reason is a sentence with a way out")
  func sentences() {
    let reasons: [ScoringError.Reason] = [
      .noFrames, .lengthMismatch(truth: 3, predicted: 2), .noSuchScores, .noRuns, .nothingCounts, .noTimes,
      .invalidRegion(frame: 3, problem: .crossesItself), .repetitionMismatch(found: 1, others: 15),
      .failureWithoutStart(frame: 9), .confidenceMismatch(frames: 5, confidences: 4), .anchorMismatch(frame: 4),
      .listMismatch(list: "anchors", frames: 5, found: 4), .startOutside(frame: 9, frames: 5),
    ]
    for reason in reasons {
      let error = ScoringError(sequence: "ball1", profile: "vot", reason: reason)
      #expect(error.place == "ball1")
      #expect(!error.cause.isEmpty)
      #expect(error.remedy?.isEmpty == false)
    }
  }
}
