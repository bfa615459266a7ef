import Geometry

/// Runs over regions: a square target that moves one pixel a frame in an image of 640 x 480.
private struct MadeRun {
  /// 67 times six frames: a start, a failure and four skipped ones.
  static let frames = 402
  static let width = 640
  static let height = 480

  static let truth = (0..<frames).map { Region.box(MadeSequence.box(100 + $0, 50)) }

  /// Answers beside the truth by some pixels, after a start.
  static func moved(by pixels: Int, frames: Int = frames) -> [FrameOutcome] {
    [.initialized] + (1..<frames).map { .region(.box(MadeSequence.box(100 + pixels + $0, 50))) }
  }

  /// A start, a failure in the next frame, four frames skipped, and again.
  static let failing = (0..<frames).map { frame -> FrameOutcome in
    switch frame % 6 {
    case 0: .initialized
    case 1: .failed
    default: .skipped
    }
  }

  static func record(_ outcomes: [FrameOutcome]) -> SupervisedRecord {
    SupervisedRecord(
      name: "made", truth: truth, width: width, height: height,
      tags: ["camera_motion": (0..<frames).map { $0 < frames / 2 }], runs: [SupervisedRun(frames: outcomes)])
  }
}

extension SelfTest {
  static func regionRuns() -> [Case] {
    let profiles = Profile.toolkits
    return profiles.flatMap(supervised) + profiles.flatMap(unsupervised) + profiles.flatMap(multiStart)
      + profiles.flatMap(longTerm)
  }

  /// The overlap of the target with itself moved by half its side.
  private static func half(_ rule: RegionRule) -> ClosedForm {
    let side = MadeSequence.side
    if case .raster(let raster) = rule.area, raster.boxShape == .polygon {
      return ClosedForm(
        side / 2 + 1, side / 2 * 3 + 1, "a box 16 wide is drawn 17 pixels wide; half a box off it has 9 of 25 in common"
      )
    }
    return ClosedForm(side / 2, side / 2 * 3, "half a box off has 8 of 24 columns in common")
  }

  // MARK: - With resets

  private static func supervised(_ profile: Profile) -> [Case] {
    guard let rules = profile.supervised else { return [] }
    func cases(
      _ scenario: String, _ outcomes: [FrameOutcome], accuracy: ClosedForm, robustness: ClosedForm, eao: ClosedForm
    ) -> [Case] {
      let interval = profile.eaoInterval(of: "VOT2018")
      let scores = SupervisedScores([MadeRun.record(outcomes)], profile: profile, interval: interval)
      func check(_ metric: String, _ form: ClosedForm, _ got: Double?) -> Case {
        Case(
          scenario: scenario, protocolName: "supervised", profile: profile.name, metric: metric, expected: form.value,
          reason: form.reason, got: got, tolerance: singleRounding)
      }
      return [
        check("accuracy", accuracy, scores?.accuracy), check("robustness", robustness, scores?.robustness),
      ] + (interval == nil ? [] : [check("eao", eao, scores?.eao?.value)])
    }
    let never = ClosedForm(0, 1, "it never fails")
    let half = half(rules.overlap)
    return cases(
      "truth replayed", MadeRun.moved(by: 0), accuracy: ClosedForm(1, 1, "every overlap that counts is 1"),
      robustness: never, eao: ClosedForm(1, 1, "every overlap after the start is 1"))
      + cases("half a box off", MadeRun.moved(by: MadeSequence.side / 2), accuracy: half, robustness: never, eao: half)
      + cases(
        "fails at once after every start", MadeRun.failing, accuracy: failingAccuracy(rules),
        robustness: failingRobustness(rules),
        eao: rules.eao?.curve == .runs
          ? ClosedForm(.nan, "no run is longer than one frame, so the curve ends before the interval begins")
          : ClosedForm(0, 1, "after a failure all overlaps are 0"))
  }

  private static func failingAccuracy(_ rules: SupervisedRules) -> ClosedForm {
    rules.averaging == .frames
      ? ClosedForm(.nan, "no frame counts, and the mean of none is not a number")
      : ClosedForm(0, 1, "no frame counts, which this toolkit takes as 0")
  }

  private static func failingRobustness(_ rules: SupervisedRules) -> ClosedForm {
    let failures = MadeRun.frames / 6
    switch rules.averaging {
    case .frames:
      return ClosedForm(
        100 * failures, MadeRun.frames, "\(failures) failures in \(MadeRun.frames) frames, in a hundred")
    case .sequencesByLength: return ClosedForm(failures, 1, "the only sequence has \(failures) failures (Q12)")
    case .tags:
      // 34 of them in the first half.
      return ClosedForm(failures, 2, "\(failures) failures in two tags of \(MadeRun.frames / 2) frames each, averaged")
    }
  }

  // MARK: - Without resets

  private static func unsupervised(_ profile: Profile) -> [Case] {
    guard let rules = profile.unsupervised else { return [] }
    func check(_ scenario: String, _ outcomes: [FrameOutcome], _ form: ClosedForm) -> Case {
      let scores = UnsupervisedScores([MadeRun.record(outcomes)], profile: profile)
      return Case(
        scenario: scenario, protocolName: "unsupervised", profile: profile.name, metric: "ao",
        expected: form.value, reason: form.reason, got: scores?.averageOverlap, tolerance: rounding)
    }
    return [
      check("truth replayed", MadeRun.moved(by: 0), ClosedForm(1, 1, "every overlap that counts is 1")),
      check("half a box off", MadeRun.moved(by: MadeSequence.side / 2), half(rules.overlap)),
      check(
        "lost after the first frame", MadeRun.moved(by: 100), ClosedForm(0, 1, "the first ten frames do not count")),
    ]
  }

  // MARK: - From anchors

  private static func multiStart(_ profile: Profile) -> [Case] {
    guard profile.multiStart != nil else { return [] }
    let frames = 60
    func cases(
      _ scenario: String, by pixels: Int, accuracy: ClosedForm, robustness: ClosedForm, eao: ClosedForm
    ) -> [Case] {
      let forward = MadeRun.moved(by: pixels, frames: frames)
      // The same answers from the last frame back to the first.
      let backward =
        [.initialized] + forward.dropFirst().reversed().dropFirst() + [
          FrameOutcome.region(.box(MadeSequence.box(100 + pixels, 50)))
        ]
      var anchors = [Int](repeating: 0, count: frames)
      anchors[0] = 1
      anchors[frames - 1] = -1
      let record = MultiStartRecord(
        name: "made", truth: Array(MadeRun.truth.prefix(frames)), width: MadeRun.width, height: MadeRun.height,
        anchors: anchors,
        runs: [
          AnchoredRun(anchor: 0, isForward: true, frames: forward),
          AnchoredRun(anchor: frames - 1, isForward: false, frames: backward),
        ])
      let scores = MultiStartScores([record], profile: profile, interval: EAOInterval(low: 10, high: 40))
      return [
        ("accuracy", accuracy, scores?.accuracy), ("robustness", robustness, scores?.robustness),
        ("eao", eao, scores?.eao.value),
      ].map { name, form, got in
        Case(
          scenario: scenario, protocolName: "multistart", profile: profile.name, metric: name, expected: form.value,
          reason: form.reason, got: got, tolerance: rounding)
      }
    }
    return cases(
      "truth replayed", by: 0,
      accuracy: ClosedForm(frames - 1, frames, "every overlap is 1 but that of the start, which counts as 0 (Q20)"),
      robustness: ClosedForm(1, 1, "it is never lost"), eao: ClosedForm(1, 1, "every overlap after the start is 1"))
      + cases(
        "lost after the first frame", by: 100,
        accuracy: ClosedForm(.nan, "there is no frame before it was lost, and the mean of none is not a number"),
        robustness: ClosedForm(0, 1, "ten frames in a row are lost, the start among them (Q20)"),
        eao: ClosedForm(0, 1, "every overlap is 0"))
  }

  // MARK: - Long-term

  private static func longTerm(_ profile: Profile) -> [Case] {
    guard profile.longTerm != nil else { return [] }
    let frames = 200
    func cases(
      _ scenario: String, by pixels: Int, precision: ClosedForm, recall: ClosedForm, f: ClosedForm
    ) -> [Case] {
      let record = LongTermRecord(
        name: "made", truth: Array(MadeRun.truth.prefix(frames)), width: MadeRun.width, height: MadeRun.height,
        frames: MadeRun.moved(by: pixels, frames: frames),
        confidences: [.nan] + [Double](repeating: 1, count: frames - 1))
      let scores = (try? LongTermScores([record], profile: profile)) ?? nil
      return [("precision", precision, scores?.precision), ("recall", recall, scores?.recall), ("f", f, scores?.f)].map
      {
        name, form, got in
        Case(
          scenario: scenario, protocolName: "longterm", profile: profile.name, metric: name, expected: form.value,
          reason: form.reason, got: got, tolerance: singleRounding)
      }
    }
    guard let half = profile.longTerm.map({ half($0.overlap) }) else { return [] }
    let right = frames - 1
    let start = "the start has no answer and no confidence"
    return cases(
      "truth replayed", by: 0, precision: ClosedForm(1, 1, "every answer overlaps by 1"),
      recall: ClosedForm(right, frames, start),
      f: ClosedForm(2 * right, right + frames, "2PR / (P + R) of 1 and \(right)/\(frames): \(start)"))
      + cases(
        "half a box off", by: MadeSequence.side / 2, precision: half,
        recall: ClosedForm(half.value * Double(right) / Double(frames), "\(half.reason); \(start)"),
        f: ClosedForm(half.value * Double(2 * right) / Double(right + frames), "\(half.reason); \(start)"))
  }
}
