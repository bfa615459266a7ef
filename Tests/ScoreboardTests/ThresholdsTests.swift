import Datasets
import Evaluation
import Faults
import Geometry
import Scoreboard
import Scoring
import Store
import TestSupport
import Testing

@Suite("Score thresholds")
struct ThresholdsTests {
  let folder: TemporaryFolder
  let store: ResultStore

  /// Three sequences of ten frames: found exactly, lost entirely, and without a result.
  init() throws {
    folder = try TemporaryFolder()
    store = try ResultStore(path: folder.file("s.sqlite"), create: true)
    let truth = (0..<10).map { Box(x: 10 + Double($0), y: 10, width: 20, height: 20) }
    let sequences = ["found", "lost", "absent"].map { name in
      Sequence(
        name: name, frames: .none, annotation: Annotation(regions: truth.map(Region.box), source: "\(name).txt"),
        attributes: name == "lost" ? ["OCC"] : ["OCC", "SV"])
    }
    let known = try store.register(Dataset(name: "made", sequences: sequences, subsets: ["half": ["found"]]))
    let run = try store.run(for: RunIdentity(tracker: "t", dataset: "made", origin: .run))
    let session = try store.beginSession(
      run: run,
      Provenance(version: "test", cpu: "", kernels: "", blas: "", jobs: 1, threads: 1, command: ""))
    let far = truth.map { $0.offsetBy(dx: 500, dy: 0) }
    for (sequence, boxes) in zip(sequences, [truth, far]) {
      try store.record(
        Trajectory(sequence: sequence.name, boxes: boxes, seconds: Array(repeating: 0.5, count: 10)), in: known,
        run: run, session: session)
    }
  }

  @Test("A run is scored as a whole, by subset, by attribute and by sequence, and knows what is missing")
  func scoreboard() throws {
    let scored = try #require(try Scoreboard.scores(of: store.runs(), in: store, profiles: .named([.pysot])).first)
    #expect(scored.results.onePass?.sequences.map(\.scores.auc) == [20.0 / 21, 0])
    #expect(scored.results.onePass?.overall?.scores.auc == 10.0 / 21)
    #expect(scored.results.onePass?.subsets.map(\.name) == ["half"])
    #expect(scored.missing == ["absent"])
    #expect(scored.known == 3)
    #expect(!scored.isComplete)
    #expect(scored.fps == 2)
  }

  @Test("Scores land beside the trajectories for queries by hand, a missing metric as NULL")
  func writtenScores() throws {
    let scored = try Scoreboard.scores(of: store.runs(), in: store, profiles: .named([.otb, .pysot]))
    #expect(scored.map(\.profile) == ["otb", "pysot"])
    try Scoreboard.writeScores(scored, in: store)
    try Scoreboard.writeScores(scored, in: store)
  }

  @Test("A gate passes at its threshold, fails above it, and fails where there is no score")
  func verdicts() throws {
    let gates = try Thresholds(
      yaml: """
        thresholds:
          - tracker: t
            dataset: made
            minimum: {success: 0.47, precision: 0.51}
          - tracker: t
            dataset: made
            sequence: found
            profile: otb
            minimum: {success: 0.95, norm_precision: 0.1}
          - tracker: other
            dataset: made
            minimum: {ao: 0}
        """, file: "t.yaml")
    let verdicts = try gates.check(against: store)
    #expect(verdicts.map(\.metric) == ["success", "precision", "success", "norm_precision", "ao"])
    #expect(verdicts.map(\.passes) == [true, false, true, false, false])
    #expect(verdicts[3].value == nil)
    let updated = try Thresholds(yaml: Thresholds.updated(verdicts), file: "u.yaml")
    #expect(
      updated.gates.map(\.minimum) == [
        ["success": 0.476, "precision": 0.5], ["success": 0.952, "norm_precision": 0.1], ["ao": 0],
      ])
  }

  @Test(
    "A damaged threshold file is named with its gate and what is wrong",
    arguments: [
      ("", "thresholds"), ("thresholds: 3", "thresholds"), ("thresholds:\n  - tracker: t", "dataset"),
      ("thresholds:\n  - {tracker: t, dataset: d}", "no minimum"),
      ("thresholds:\n  - {tracker: t, dataset: d, minimum: {succes: 0.3}}", "did you mean success?"),
      ("thresholds:\n  - {tracker: t, dataset: d, minimum: {success: high}}", "expected a number"),
      ("thresholds:\n  - {tracker: t, dataset: d, profile: otbx, minimum: {success: 1}}", "unknown profile"),
      ("thresholds: [}", "not YAML"), ("thresholds:\n  - {tracker: t, data: d, minimum: {success: 1}}", "unknown key"),
    ])
  func damaged(yaml: String, sentence: String) {
    let error = #expect(throws: ThresholdError.self) { _ = try Thresholds(yaml: yaml, file: "t.yaml") }
    #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    #expect(error?.place.hasPrefix("t.yaml") == true)
  }
}
