import Geometry

/// A square target that moves one pixel to the right a frame.
struct MadeSequence {
  static let side = 16
  var frames = 32

  var truth: [Box] { (0..<frames).map { Self.box(101 + $0, 51) } }
  /// The first box, for ever.
  var still: [Box] { Array(repeating: Self.box(101, 51), count: frames) }

  static func box(_ x: Int, _ y: Int) -> Box {
    Box(x: Double(x), y: Double(y), width: Double(side), height: Double(side))
  }

  /// Far from every target.
  static let away = box(2001, 2001)
}

/// What a tracker did, and what each number must then be under a profile.
private struct Scenario: Sendable {
  let name: String
  let records: [SequenceRecord]
  let expected: @Sendable (Profile) -> [Metric: ClosedForm]
}

extension SelfTest {
  static func onePass() -> [Case] {
    let profiles = Profile.all + Profile.variants
    return [perfect, still, jittered, lostAtOnce, lostEntirely, absentAtTheEnd].flatMap { scenario in
      profiles.flatMap { profile -> [Case] in
        let overall = DatasetScores(scenario.records, profile: profile, attributes: []).overall
        let expected = scenario.expected(profile)
        return Metric.allCases.compactMap { metric in
          guard let form = expected[metric], metric != .normPrecision || profile.normalised != nil else { return nil }
          return Case(
            scenario: scenario.name, protocolName: "ope", profile: profile.name, metric: metric.rawValue,
            expected: form.value, reason: form.reason, got: overall.flatMap { metric.value(of: $0.scores) },
            tolerance: rounding)
        }
      }
    }
  }

  /// TRE of a tracker that repeats the truth from every start.
  static func perturbed() -> [Case] {
    let truth = MadeSequence(frames: 100).truth
    let starts = TemporalSegments.starts(truth: truth)
    let runs = starts.map { PerturbedRun(start: $0, boxes: Array(truth[$0...])) }
    return Profile.applicable(to: "tre", dataset: "made").map { profile in
      let scores = DatasetScores(perturbed: [PerturbedRecord(name: "made", truth: truth, runs: runs)], profile: profile)
      return Case(
        scenario: "truth replayed", protocolName: "tre", profile: profile.name, metric: Metric.success.rawValue,
        expected: 20.0 / 21, reason: "hits of all runs over frames of all runs, and \(strict)",
        got: scores.overall?.scores.auc, tolerance: rounding)
    }
  }

  private static let strict = "21 thresholds 0, 0.05, ..., 1 are compared strictly: no overlap is above 1"

  // MARK: - Scenarios

  private static let perfect: Scenario = {
    let sequence = MadeSequence()
    return Scenario(
      name: "truth replayed",
      records: [SequenceRecord(name: "made", truth: sequence.truth, prediction: sequence.truth)]
    ) { profile in
      [
        .success: ClosedForm(20, 21, strict), .success50: ClosedForm(1, 1, "every overlap is 1"),
        .precision: ClosedForm(1, 1, "every centre error is 0"),
        .normPrecision: ClosedForm(1, 1, "every centre error is 0, which is at most every threshold"),
        .ao: ClosedForm(1, 1, "every overlap is 1"),
      ]
    }
  }()

  private static let still: Scenario = {
    let sequence = MadeSequence()
    let side = MadeSequence.side
    let frames = sequence.frames
    let offsets = 0..<frames
    // After t frames the overlap is (16 - t) / (16 + t): counted in whole numbers, so that nothing is rounded.
    let above = offsets.reduce(0) { sum, t in
      sum + (0...20).count { threshold in 20 * max(0, side - t) > threshold * (side + t) }
    }
    let halves = offsets.count { 2 * max(0, side - $0) > side + $0 }
    let near = offsets.count { 100 * $0 <= 20 * side }
    let curve = offsets.reduce(0) { sum, t in sum + (0...50).count { 100 * t <= $0 * side } }
    let overlap = offsets.reduce(0.0) { $0 + Double(max(0, side - $1)) / Double(side + $1) }
    let why = "the overlap after t frames is (16 - t) / (16 + t)"
    return Scenario(
      name: "static box",
      records: [SequenceRecord(name: "made", truth: sequence.truth, prediction: sequence.still)]
    ) { profile in
      [
        .success: ClosedForm(above, 21 * frames, "\(why), above \(above) of 21 x \(frames) thresholds"),
        .success50: ClosedForm(halves, frames, "\(why), above 1/2 in the first \(halves) frames"),
        .precision: ClosedForm(
          offsets.count { $0 <= 20 }, frames, "the target moves one pixel a frame; 20 pixels are still a hit"),
        .normPrecision: profile.normalised?.scoresMeanOfCurve == true
          ? ClosedForm(curve, 51 * frames, "the error is t / 16, and the score is the mean of 51 thresholds (Q4)")
          : ClosedForm(near, frames, "the error is t / 16, at most 0.20 in the first \(near) frames"),
        .ao: ClosedForm(overlap / Double(frames), why),
      ]
    }
  }()

  private static let jittered: Scenario = {
    let sequence = MadeSequence()
    let frames = sequence.frames
    return Scenario(
      name: "truth moved by (3, 4)",
      records: [
        SequenceRecord(
          name: "made", truth: sequence.truth, prediction: sequence.truth.map { $0.offsetBy(dx: 3, dy: 4) })
      ]
    ) { profile in
      // Frames in which the answer is the truth all the same.
      let exact = profile.firstFrame == .truth ? 1 : 0
      let moved = frames - exact
      let first = exact == 1 ? "; the first frame is the truth, whatever was predicted" : ""
      return [
        .success: ClosedForm(
          20 * exact + 9 * moved, 21 * frames,
          "13 x 12 common pixels of 356 are 39/89, above 9 of 21 thresholds\(first)"),
        .success50: ClosedForm(exact, frames, "39/89 is below 1/2\(first)"),
        .precision: ClosedForm(1, 1, "the error is 5 pixels, as 3-4-5 is a right triangle"),
        .normPrecision: profile.normalised?.scoresMeanOfCurve == true
          ? ClosedForm(
            51 * exact + 19 * moved, 51 * frames,
            "5/16 is at most 19 of 51 thresholds, whose mean is the score (Q4)\(first)")
          : ClosedForm(exact, frames, "the error is 5/16, above 0.20\(first)"),
        .ao: ClosedForm((Double(exact) + Double(moved) * 39 / 89) / Double(frames), "every overlap is 39/89\(first)"),
      ]
    }
  }()

  private static let lostAtOnce: Scenario = {
    let sequence = MadeSequence()
    let frames = sequence.frames
    let answers = [sequence.truth[0]] + Array(repeating: MadeSequence.away, count: frames - 1)
    return Scenario(
      name: "lost after the first frame",
      records: [SequenceRecord(name: "made", truth: sequence.truth, prediction: answers)]
    ) { profile in
      let why = "only the first of \(frames) frames is right"
      return [
        .success: ClosedForm(20, 21 * frames, why), .success50: ClosedForm(1, frames, why),
        .precision: ClosedForm(1, frames, why), .normPrecision: ClosedForm(1, frames, why),
        .ao: ClosedForm(1, frames, why),
      ]
    }
  }()

  /// Two sequences, one replayed, one lost from its first frame on, whose annotation lies at the image's left border.
  private static let lostEntirely: Scenario = {
    let sequence = MadeSequence()
    let frames = sequence.frames
    var truth = sequence.truth
    truth[0] = MadeSequence.box(0, 51)
    return Scenario(
      name: "one of two sequences lost entirely",
      records: [
        SequenceRecord(name: "kept", truth: sequence.truth, prediction: sequence.truth),
        SequenceRecord(
          name: "lost", truth: truth, prediction: Array(repeating: MadeSequence.away, count: frames)),
      ]
    ) { profile in
      if profile.dropsZeroCurves {
        return [.success: ClosedForm(20, 21, "the lost sequence is left out of the mean, so it costs nothing (Q1)")]
      }
      if profile.firstFrame == .truth, profile.successTruth == .any || profile.successTruth == .positiveSize {
        return [
          .success: ClosedForm(
            20 * (frames + 1), 2 * 21 * frames, "the lost sequence's first frame is the truth, whatever was predicted")
        ]
      }
      return [.success: ClosedForm(20, 2 * 21, "the lost sequence is 0 and weighs as much as the other")]
    }
  }()

  /// The last annotation is 0,0,0,0, and the tracker repeats that too.
  private static let absentAtTheEnd: Scenario = {
    let sequence = MadeSequence()
    let frames = sequence.frames
    var truth = sequence.truth
    truth[frames - 1] = Box(x: 0, y: 0, width: 0, height: 0)
    return Scenario(
      name: "truth replayed, its last box 0,0,0,0",
      records: [SequenceRecord(name: "made", truth: truth, prediction: truth)]
    ) { profile in
      let right = frames - 1
      let divisor = profile.denominator == .validCount ? right : frames
      let divides = divisor == right ? "it does not divide" : "it divides"
      func hits(_ truth: Profile.TruthRule, _ error: Profile.InvalidError) -> ClosedForm {
        if truth == .any { return ClosedForm(right + 1, divisor, "the last error is 0") }
        return error == .hit
          ? ClosedForm(right + 1, divisor, "the last annotation does not count and is a hit (Q3); \(divides)")
          : ClosedForm(right, divisor, "the last annotation does not count and is a miss; \(divides)")
      }
      let miss = "the overlap of the last frame is a miss; \(divides)"
      var forms: [Metric: ClosedForm] = [
        .success: ClosedForm(20 * right, 21 * divisor, miss), .success50: ClosedForm(right, divisor, miss),
        .precision: hits(profile.precisionTruth, profile.invalidError),
        .ao: profile.successTruth == .any
          ? ClosedForm(right, frames, "two boxes without area overlap by 0 / 2^-52")
          : ClosedForm(1, 1, "the last annotation does not count"),
      ]
      forms[.normPrecision] = profile.normalised.map { hits($0.truth, $0.invalidError) }
      return forms
    }
  }()
}
