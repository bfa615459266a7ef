import Geometry

extension SelfTest {
  /// The report of GOT-10k: frame 0 never counts, thresholds are hundredths.
  static func got10kReport() -> [Case] {
    let sequence = MadeSequence()
    let side = MadeSequence.side
    let later = 1..<sequence.frames
    let count = later.count
    let overlap = later.reduce(0.0) { $0 + Double(max(0, side - $1)) / Double(side + $1) }
    let halves = later.count { 2 * max(0, side - $0) > side + $0 }
    let quarters = later.count { 4 * max(0, side - $0) > 3 * (side + $0) }
    let why = "the overlap after t frames is (16 - t) / (16 + t), and the first frame does not count"
    return report(
      "truth replayed", sequence.truth,
      ao: ClosedForm(1, 1, "every overlap is 1"), sr50: ClosedForm(1, 1, "every overlap is above 1/2"),
      sr75: ClosedForm(1, 1, "every overlap is above 3/4"))
      + report(
        "static box", sequence.still,
        ao: ClosedForm(overlap / Double(count), why), sr50: ClosedForm(halves, count, why),
        sr75: ClosedForm(quarters, count, why))
      + report(
        "lost after the first frame", [sequence.truth[0]] + Array(repeating: MadeSequence.away, count: count),
        ao: ClosedForm(0, 1, "the first frame, which is right, does not count"),
        sr50: ClosedForm(0, 1, "the first frame, which is right, does not count"),
        sr75: ClosedForm(0, 1, "the first frame, which is right, does not count"))
  }

  private static func report(
    _ scenario: String, _ answers: [Box], ao: ClosedForm, sr50: ClosedForm, sr75: ClosedForm
  ) -> [Case] {
    let truth = MadeSequence().truth
    let record = GOT10kRecord(
      name: "made", truth: truth, cover: [Int](repeating: 8, count: truth.count), width: 640, height: 480,
      repetitions: [answers])
    let overall = GOT10kScores([record]).overall
    return [("ao", ao, overall.ao), ("sr50", sr50, overall.sr50), ("sr75", sr75, overall.sr75)].map { name, form, got in
      Case(
        scenario: scenario, protocolName: "ope on GOT-10k", profile: Profile.got10k.name, metric: name,
        expected: form.value, reason: form.reason, got: got, tolerance: rounding)
    }
  }
}
