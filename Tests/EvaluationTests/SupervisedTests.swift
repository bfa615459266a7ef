import Datasets
import Evaluation
import Geometry
import Scoring
import Testing
import Tracking

/// One letter a frame: 1 start, 2 failure, 0 skipped, r region.
func letters(_ outcomes: [FrameOutcome]) -> String {
  String(
    outcomes.map { outcome in
      switch outcome {
      case .initialized: "1"
      case .failed: "2"
      case .skipped: "0"
      case .region: "r"
      }
    })
}

@Suite("The protocol with resets")
struct SupervisedTests {
  /// A target that stays; the tracker is beside it in the frames of `lost`.
  private func run(
    frames: Int, lost: Set<Int>, absent: Set<Int> = [], limit: Int? = nil
  ) throws -> (Trajectory, Script) {
    let script = Script { frame in .at(lost.contains(frame) ? 70 : 11) }
    let truth = (0..<frames).map { absent.contains($0) ? Region.absent : .box(.at(10)) }
    let trajectory = try Supervised(.scripted(script, frameLimit: limit)).run(
      script, over: Drawing.sequence(truth: truth, script: script))
    return (trajectory, script)
  }

  @Test(
    "A failure at f is followed by a start at f + 5",
    arguments: [
      ([], "1rrrrrrrrrrrrrr"), ([4], "1rrr200001rrrrr"), ([1], "1200001rrrrrrrr"), ([1, 7], "1200001200001rr"),
      // Lost where nobody looks: skipped frames and starts.
      ([3, 4, 8], "1rr200001rrrrrr"), ([14], "1rrrrrrrrrrrrr2"), ([12], "1rrrrrrrrrrr200"), ([9], "1rrrrrrrr200001"),
    ])
  func resets(lost: [Int], wanted: String) throws {
    let (trajectory, script) = try run(frames: 15, lost: Set(lost))
    #expect(letters(trajectory.outcomes) == wanted)
    let shown = wanted.enumerated().filter { $0.element != "0" }.map(\.offset)
    #expect(script.opened == shown, "a skipped frame is not opened")
    #expect(script.starts.map(\.frame) == wanted.enumerated().filter { $0.element == "1" }.map(\.offset))
    #expect(script.starts.allSatisfy { $0.target == Box.at(10).offsetBy(dx: 0.5, dy: 0.5) })
    for (frame, letter) in wanted.enumerated() {
      #expect(trajectory.seconds[frame].isNaN == (letter == "0"))
      #expect(trajectory.scores[frame].isNaN == (letter != "r"))
      #expect(trajectory.boxes[frame].x.isNaN == (letter != "r"))
    }
    #expect(trajectory.trackedFrames == wanted.filter { $0 == "r" || $0 == "2" }.count)
  }

  @Test(
    "Regions that touch overlap as the rule's raster says",
    arguments: [
      // The answer's right edge against the target's left one at 29. The original raster draws both edge columns, but wants
      // the boxes to reach into each other at all.
      (FailureRule.original, 9.1, "1r"), (.original, 9, "12"),
      // The toolkit's raster: the last of the 20 columns is 28.4 or 28.6 before rounding, the target's first is 29.
      (.vot, 9.6, "1r"), (.vot, 9.4, "12"),
    ])
  func touching(rule: FailureRule, x: Double, wanted: String) throws {
    let script = Script { _ in .at(x) }
    let trajectory = try Supervised(.scripted(script), rule: rule).run(
      script, over: Drawing.sequence(truth: Array(repeating: .box(.at(29)), count: 2)))
    #expect(letters(trajectory.outcomes) == wanted)
  }

  @Test("Regions that meet outside the image only do not overlap", arguments: [FailureRule.original, .vot])
  func outside(rule: FailureRule) throws {
    let script = Script { _ in Box(x: 90, y: 79, width: 20, height: 10) }
    let truth = Region.box(Box(x: 80, y: 80.6, width: 20, height: 10))
    let trajectory = try Supervised(.scripted(script), rule: rule).run(
      script, over: Drawing.sequence(truth: [truth, truth]))
    #expect(letters(trajectory.outcomes) == "12")
  }

  @Test("The image's size is the data set's where it names one")
  func namedSize() throws {
    let script = Script { _ in .at(50) }
    let truth = Array(repeating: Region.box(.at(50)), count: 2)
    let narrow = Sequence.VideoInfo(width: 40, height: 80)
    let sequence = Drawing.sequence(truth: truth, script: script, video: narrow)
    #expect(letters(try Supervised(.scripted(script)).run(script, over: sequence).outcomes) == "12")
  }

  @Test("A target that is gone is a failure; the tracker starts again where there is one")
  func absentTarget() throws {
    #expect(letters(try run(frames: 14, lost: [], absent: [3, 7, 8, 9]).0.outcomes) == "1rr20000001rrr".prefix(14))
    #expect(letters(try run(frames: 9, lost: [], absent: [3, 8]).0.outcomes) == "1rr200000")
    #expect(letters(try run(frames: 9, lost: [3], absent: [5]).0.outcomes) == "1rr200001")
    let failure = #expect(throws: SequenceFailure.self) { try run(frames: 9, lost: [], absent: [0]) }
    #expect(failure?.frame == 0 && failure?.message.contains("no area") == true)
  }

  @Test("An answer that is no region is a failure")
  func noRegion() throws {
    for box in [Box(x: .nan, y: 1, width: 2, height: 3), Box(x: 10, y: 30, width: -5, height: 5)] {
      let script = Script { _ in box }
      let sequence = Drawing.sequence(truth: Array(repeating: .box(.at(10)), count: 2))
      #expect(letters(try Supervised(.scripted(script)).run(script, over: sequence).outcomes) == "12")
    }
  }

  @Test("A frame limit ends the run within a skip")
  func frameLimit() throws {
    #expect(letters(try run(frames: 30, lost: [4], limit: 8).0.outcomes) == "1rrr2000")
  }

  @Test("No frame is lost, and the letters follow the rule, whatever the tracker does")
  func properties() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let count = Int.random(in: 1...60, using: &random)
      let rate = Double.random(in: 0...0.6, using: &random)
      let lost = Set((0..<count).filter { _ in Double.random(in: 0...1, using: &random) < rate })
      let (trajectory, script) = try run(frames: count, lost: lost)
      let text = Array(letters(trajectory.outcomes))
      #expect(text.count == count && trajectory.scores.count == count && trajectory.seconds.count == count)
      #expect(text[0] == "1")
      var frame = 0
      while frame < count {
        switch text[frame] {
        case "2":
          #expect(lost.contains(frame))
          #expect("200001".hasPrefix(String(text[frame..<min(frame + 6, count)])), "\(String(text)) at \(frame)")
          frame += 5
        case "r":
          #expect(!lost.contains(frame))
          frame += 1
        default:
          #expect(text[frame] == "1", "\(String(text)) at \(frame)")
          frame += 1
        }
      }
      #expect(script.opened == text.indices.filter { text[$0] != "0" })
    }
  }

  @Test("A tracker that throws in the second attempt is reported with its frame")
  func throwing() throws {
    let script = Script { frame throws(TrackerError) in
      if frame == 9 { throw .failed("lost its mind") }
      return Estimate(box: .at(frame == 2 ? 70 : 10), score: nil)
    }
    let sequence = Drawing.sequence(truth: Array(repeating: .box(.at(10)), count: 15))
    let failure = #expect(throws: SequenceFailure.self) {
      try Supervised(.scripted(script)).run(script, over: sequence, pass: Pass(repetition: 2))
    }
    #expect(failure?.description == "repetition 2, frame 10: lost its mind")
  }

  @Test("Asked to stop, also among skipped frames, it gives nothing")
  func interrupted() throws {
    for stopAt in [0, 3, 6, 14] {
      let script = Script { frame in .at(frame == 4 ? 70 : 10) }
      var tracker = script.makeTracker()
      var done = 0
      #expect(throws: Interrupted.self) {
        try Supervised(.scripted(script)).run(
          &tracker, over: Drawing.sequence(truth: Array(repeating: .box(.at(10)), count: 15)), pass: .whole,
          shouldStop: { done == stopAt }, onFrame: { done = $0 })
      }
      #expect(done == stopAt)
    }
  }
}
