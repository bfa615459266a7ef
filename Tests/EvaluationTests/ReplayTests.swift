import Datasets
import Evaluation
import Geometry
import Scoring
import Testing
import Tracking

@Suite("Replay")
struct ReplayTests {
  private func truth(_ count: Int) -> [Region] { (0..<count).map { .box(.at(10 + Double($0))) } }

  /// Annotations alone.
  private func bare(_ truth: [Region], anchors: [Int]? = nil) -> Sequence {
    Sequence(
      name: "drawn", frames: .none, annotation: Annotation(regions: truth, source: "drawn.json"), anchors: anchors,
      video: .init(width: 100, height: 80))
  }

  @Test("Every protocol's trajectories are written back from annotations alone", arguments: EvaluationProtocols.names)
  func writesBack(name: String) throws {
    let script = Script { frame in
      Estimate(box: .at(frame % 9 == 4 ? 75 : 11 + Double(frame)), score: Double(frame) / 7)
    }
    let anchors = (0..<40).map { $0 == 7 ? 1 : $0 == 22 ? -1 : 0 }
    let evaluation = try EvaluationProtocols.named(name, .scripted(script))
    let drawn = Drawing.sequence(truth: truth(40), anchors: anchors)
    let passes = try evaluation.passes(of: drawn)
    let recorded = try passes.map { try evaluation.run(script, over: drawn, pass: $0) }
    let replay = Replay(recorded)
    #expect(try evaluation.passes(of: bare(truth(40), anchors: anchors)) == passes)
    for trajectory in recorded {
      let again = try evaluation.run(replay, over: bare(truth(40), anchors: anchors), pass: trajectory.pass)
      #expect(again.outcomes == trajectory.outcomes && again.pass == trajectory.pass)
      #expect(again.boxes.count == trajectory.boxes.count)
      #expect(again.scores.dropFirst().map(\.bitPattern) == trajectory.scores.dropFirst().map(\.bitPattern))
      guard trajectory.outcomes.isEmpty else { continue }
      #expect(again.boxes.dropFirst() == trajectory.boxes.dropFirst())
      // What it was given, with no convention in between.
      let target = try evaluation.target(of: drawn, pass: trajectory.pass)
      #expect(again.boxes[0] == target.axisAlignedBox)
    }
  }

  @Test("The truth replayed never fails, and nothing replayed always does")
  func truthAndNothing() throws {
    let sequence = bare(truth(12))
    let evaluation = Supervised(RunConditions(convention: .pysot))
    let perfect = try evaluation.run(Replay(["drawn": truth(12)]), over: sequence)
    #expect(letters(perfect.outcomes) == "1rrrrrrrrrrr")
    #expect(perfect.outcomes.dropFirst().elementsEqual(truth(12).dropFirst().map(FrameOutcome.region)))
    let nothing = try evaluation.run(Replay(["drawn": Array(repeating: .absent, count: 12)]), over: sequence)
    #expect(letters(nothing.outcomes) == "120000120000")
  }

  @Test("What was not recorded is said")
  func missing() throws {
    let evaluation = Unsupervised(RunConditions(convention: .pysot))
    let short = #expect(throws: SequenceFailure.self) {
      try evaluation.run(Replay(["drawn": truth(5)]), over: bare(truth(12)))
    }
    #expect(short?.description == "frame 6: the recording ends after 5 frames")
    let other = #expect(throws: SequenceFailure.self) {
      try evaluation.run(Replay(["other": truth(5)]), over: bare(truth(12)))
    }
    #expect(other?.description == "frame 2: nothing was recorded for this run")
  }

  @Test("A tracker that opens frames itself is told the file and the frame, and gets the region as it stands")
  func references() throws {
    struct Listener: IndirectTracker {
      var heard: [FrameReference] = []
      var region: Region?
      mutating func start(at frame: FrameReference, region: Region) { self.region = region }
      mutating func track(at frame: FrameReference) -> Estimate {
        heard.append(frame)
        return Estimate(box: .at(1), score: nil)
      }
    }
    let corners = try #require(Polygon(coordinates: [10, 10, 30, 12, 28, 40, 8, 38]))
    let sequence = Sequence(
      name: "s", frames: Frames(files: FrameFiles(folder: "s/color", names: ["1.jpg", "2.jpg"])),
      annotation: Annotation(regions: Array(repeating: .polygon(corners), count: 3), source: "s"))
    var tracker: any Tracker = Listener()
    let trajectory = try Unsupervised(RunConditions(convention: .oneBased)).run(&tracker, over: sequence)
    let listener = try #require(tracker as? Listener)
    #expect(listener.region == .polygon(corners))
    #expect(
      listener.heard == [
        FrameReference(sequence: "s", index: 1, path: "s/color/2.jpg"), FrameReference(sequence: "s", index: 2),
      ])
    #expect(trajectory.boxes[2] == .at(1))
    #expect(throws: TrackerError.self) { try tracker.track(Drawing.picture) }
  }

  @Test("Without pictures and without a size, overlaps cannot be counted, and that is said")
  func noSize() throws {
    let sequence = Sequence(
      name: "drawn", frames: .none, annotation: Annotation(regions: truth(3), source: "drawn.json"))
    let failure = #expect(throws: SequenceFailure.self) {
      try Supervised(RunConditions(convention: .pysot)).run(Replay(["drawn": truth(3)]), over: sequence)
    }
    #expect(failure?.description == "frame 2: it has no pictures")
  }
}
