import Geometry
import Scoring
import Testing

private let box = Box(x: 40, y: 40, width: 20, height: 20)
private let away = Region.box(Box(x: 200, y: 100, width: 20, height: 20))

/// A target that stands still.
private func record(
  _ name: String = "s", frames: Int = 60, runs: [SupervisedRun], tags: [String: [Bool]] = [:]
) -> SupervisedRecord {
  SupervisedRecord(
    name: name, truth: Array(repeating: .box(box), count: frames), width: 320, height: 240, tags: tags, runs: runs)
}

/// A run that answers the same region in every frame, fails in the frames named and starts again five frames later.
private func run(_ region: Region = .box(box), frames: Int = 60, failing: [Int] = []) -> SupervisedRun {
  var lines: [FrameOutcome] = Array(repeating: .region(region), count: frames)
  lines[0] = .initialized
  for failure in failing {
    for frame in failure..<min(failure + 5, frames) { lines[frame] = frame == failure ? .failed : .skipped }
    if failure + 5 < frames { lines[failure + 5] = .initialized }
  }
  return SupervisedRun(frames: lines)
}

private let interval = EAOInterval(low: 10, high: 30)

private func scores(_ records: [SupervisedRecord], _ profile: Profile) throws -> SupervisedScores {
  try #require(SupervisedScores(records, profile: profile, interval: interval))
}

@Suite("Scores of runs with resets")
struct SupervisedScoresTests {
  static let profiles = Profile.toolkits.filter { $0.supervised != nil }

  @Test("A perfect run has accuracy and expected overlap 1 and no failure", arguments: profiles)
  func perfect(_ profile: Profile) throws {
    let scores = try scores([record(runs: [run()], tags: ["occlusion": []])], profile)
    #expect(abs(scores.accuracy - 1) < 1e-12)
    #expect(scores.failures == 0)
    #expect(scores.robustness == 0)
    if profile.supervised?.eao != nil { #expect(scores.eao?.value == 1) }
    #expect(scores.sequences.map(\.failures) == [0])
    #expect(scores.arRobustness == 1)
    #expect(scores.isComplete)
  }

  @Test("A constant overlap is accuracy and expected overlap alike, whatever the interval (Q15)")
  func constant() throws {
    let moved = Region.box(box.offsetBy(dx: 10, dy: 0))
    let vot = try scores([record(runs: [run(moved)])], .vot)
    #expect(abs(vot.accuracy - 1.0 / 3) < 1e-12)
    #expect(abs((vot.eao?.value ?? 0) - 1.0 / 3) < 1e-6)
    // 21 by 21 pixels, 11 of the columns common.
    let pysot = try scores([record(runs: [run(moved)])], .pysot)
    #expect(abs(pysot.accuracy - 11.0 / 31) < 1e-6)
    #expect(abs((pysot.eao?.value ?? 0) - 11.0 / 31) < 1e-6)
    let exact = try scores([record(runs: [run(moved)], tags: ["a": []])], .got10k)
    #expect(abs(exact.accuracy - 1.0 / 3) < 1e-12)
    #expect(exact.eao == nil)
  }

  @Test("Failures count, ten frames from each start do not count for accuracy", arguments: profiles)
  func failures(_ profile: Profile) throws {
    // Right only in frames 10...19 and 35...: all frames that count outside the second burn-in.
    var lines = run(failing: [20]).frames
    for frame in 1..<10 { lines[frame] = .region(.box(box.offsetBy(dx: 15, dy: 0))) }
    for frame in 26..<35 { lines[frame] = .region(.box(box.offsetBy(dx: 15, dy: 0))) }
    let scores = try scores([record(runs: [SupervisedRun(frames: lines)], tags: ["a": []])], profile)
    #expect(abs(scores.accuracy - 1) < 1e-12)
    #expect(scores.failures == 1)
    switch profile.supervised?.averaging {
    case .frames: #expect(abs(scores.robustness - 100.0 / 60) < 1e-12)
    default: #expect(scores.robustness == 1)
    }
  }

  @Test("A failure pulls the expected overlap down for all later lengths")
  func expected() throws {
    for profile in [Profile.pysot, .vot] {
      let early = try scores([record(runs: [run(failing: [8])])], profile)
      let late = try scores([record(runs: [run(failing: [50])])], profile)
      let never = try scores([record(runs: [run()])], profile)
      let values = [early, late, never].compactMap { $0.eao?.value }
      #expect(values.count == 3 && values[0] < values[1] && values[1] <= values[2])
      #expect(values.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test("pysot takes fifteen repetitions or the first (Q10), and all sequences alike in number (Q11); vot takes all")
  func repetitions() throws {
    let good = run()
    let bad = run(failing: [20, 40])
    let few = record("few", runs: [good, bad])
    #expect(try scores([few], .pysot).failures == 0)
    #expect(try scores([few], .vot).failures == 1)
    let many = record("many", runs: Array(repeating: bad, count: 15))
    #expect(try scores([many], .pysot).sequences.map(\.repetitions) == [15])
    let mixed = try scores([many, few], .pysot)
    #expect(mixed.failed.map(\.reason) == [.repetitionMismatch(found: 1, others: 15)])
    #expect(mixed.sequences.map(\.name) == ["many"])
    #expect(try scores([many, few], .vot).isComplete)
  }

  @Test("A result of another length is cut by pysot and refused by vot")
  func lengths() throws {
    let short = record(runs: [run(frames: 57)])
    #expect(try scores([short], .pysot).frames == 57)
    let refused = try scores([short], .vot)
    #expect(refused.failed.map(\.reason) == [.lengthMismatch(truth: 60, predicted: 57)])
    #expect(!refused.isComplete)
    #expect(try scores([record(runs: [run(frames: 80)])], .pysot).frames == 60)
  }

  @Test("An answer that is no number is a miss for pysot and no answer for vot; got10k refuses it")
  func notANumber() throws {
    var lines = run().frames
    lines[30] = .region(.absent)
    let record = record(runs: [SupervisedRun(frames: lines)], tags: ["a": []])
    #expect(try abs(scores([record], .pysot).accuracy - 49.0 / 50) < 1e-12)
    #expect(try scores([record], .vot).accuracy == 1)
    #expect(try scores([record], .got10k).failed.map(\.reason) == [.invalidRegion(frame: 30, problem: .notFinite)])
  }

  @Test("Runs and annotations without frames, and failures nobody started, stop with a reason", arguments: profiles)
  func broken(_ profile: Profile) throws {
    let empty = SupervisedRecord(name: "empty", truth: [], width: 10, height: 10, runs: [run()])
    let records = [empty, record("none", runs: []), record("nothing", runs: [SupervisedRun(frames: [])])]
    let scores = try scores(records, profile)
    #expect(scores.failed.map(\.reason) == [.noFrames, .noRuns, .noFrames])
    #expect(scores.sequences.isEmpty)
    #expect(scores.eao == nil || profile == .vot)
    var lines = run().frames
    lines[0] = .region(.box(box))
    lines[10] = .failed
    let unstarted = try #require(
      SupervisedScores(
        [record(runs: [SupervisedRun(frames: lines)])], profile: profile, interval: interval))
    #expect(unstarted.isComplete == (profile != .vot))
  }

  @Test("Tags score their own frames; empty is the frames without any")
  func tags() throws {
    // Wrong while occluded, right elsewhere; one failure there.
    var lines = run(failing: [40]).frames
    for frame in 20..<30 { lines[frame] = .region(.box(box.offsetBy(dx: 10, dy: 0))) }
    let occluded = (0..<50).map { (20..<50).contains($0) }
    let tags = ["occlusion": occluded, "camera_motion": [Bool](), "size_change": [true]]
    let scores = try scores([record(runs: [SupervisedRun(frames: lines)], tags: tags)], .vot)
    let names = scores.tags.map(\.name)
    #expect(names == ["all", "camera_motion", "occlusion", "size_change", "empty"])
    #expect(scores.tags.map(\.frames) == [60, 0, 30, 1, 29])
    #expect(scores.tags.map(\.failures) == [1, 0, 1, 0, 0])
    let occlusion = try #require(scores.tags.first { $0.name == "occlusion" })
    // Ten frames of 1/3 and ten of 1 count.
    #expect(abs(occlusion.accuracy - 2.0 / 3) < 1e-12)
    #expect(scores.tags.last?.accuracy == 1)
    #expect(scores.tags[1].accuracy.isNaN)
  }

  @Test("A tag that no frame carries has no expected overlap; pysot-toolkit stops there")
  func emptyTag() throws {
    let tags = ["occlusion": [Bool](repeating: false, count: 60)]
    let records = [record(runs: [run()], tags: tags)]
    #expect(try scores(records, .pysot).tags.first { $0.name == "occlusion" }?.eao?.isNaN ?? false)
    #expect(try scores(records, .pysotToolkit).tags.first { $0.name == "occlusion" }?.eao == nil)
  }

  @Test("Each year has its interval, and pysot-toolkit none for 2019 (Q16)")
  func intervals() {
    #expect(Profile.pysot.eaoInterval(of: "vot2016") == EAOInterval(low: 108, high: 371))
    #expect(Profile.pysot.eaoInterval(of: "VOT2018") == EAOInterval(low: 100, high: 356))
    #expect(Profile.vot.eaoInterval(of: "VOT2015") == EAOInterval(low: 108, high: 371))
    #expect(Profile.vot.eaoInterval(of: "vot2019") == EAOInterval(low: 46, high: 291))
    #expect(Profile.vot.eaoInterval(of: "vot2022") == EAOInterval(low: 115, high: 755))
    #expect(Profile.pysotToolkit.eaoInterval(of: "vot2019") == nil)
    #expect(Profile.pysot.eaoInterval(of: "vot2020") == nil)
    #expect(Profile.otb.eaoInterval(of: "vot2018") == nil)
    #expect(EAOInterval(low: -5, high: .max).low == 0)
  }

  @Test("Profiles without such scores give none", arguments: [Profile.otb, .lasot, .pytracking])
  func none(_ profile: Profile) {
    #expect(SupervisedScores([record(runs: [run()])], profile: profile, interval: nil) == nil)
    #expect(UnsupervisedScores([record(runs: [run()])], profile: profile) == nil)
  }

  @Test("Without resets the average overlap leaves out the burn-in, and the success plot nothing")
  func unsupervised() throws {
    var lines = run().frames
    for frame in 1..<10 { lines[frame] = .region(away) }
    lines[50] = .region(.absent)
    let records = [record("a", runs: [SupervisedRun(frames: lines)]), record("b", frames: 20, runs: [run(frames: 20)])]
    let scores = try #require(UnsupervisedScores(records, profile: .vot))
    #expect(scores.sequences.map(\.averageOverlap) == [1, 1])
    let all = try #require(
      UnsupervisedScores(records, profile: .vot, options: UnsupervisedScores.Options(burnIn: 1)))
    #expect(abs((all.sequences.first?.averageOverlap ?? 0) - 49.0 / 58) < 1e-12)
    #expect(abs(all.averageOverlap - (49.0 / 58 * 60 + 20) / 80) < 1e-12)
    #expect(abs(all.unweightedOverlap - (49.0 / 58 + 1) / 2) < 1e-12)
    let tracked = try #require(
      UnsupervisedScores(records, profile: .vot, options: UnsupervisedScores.Options(burnIn: .max, threshold: 0)))
    #expect(tracked.averageOverlap == 0)
    // Absent answers are no answers; the start has overlap 0.
    #expect(abs((scores.success.last ?? 0) - (49.0 / 59 + 19.0 / 20) / 2) < 1e-12)
    #expect(scores.success.count == 100)
    #expect(scores.thresholds.last == 1)
    #expect(zip(scores.success, scores.success.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
