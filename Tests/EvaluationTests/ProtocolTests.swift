import Datasets
import Evaluation
import Faults
import Geometry
import Scoring
import Testing
import Tracking

@Suite("Protocols that start once")
struct StraightProtocolTests {
  let truth = (0..<40).map { Region.box(.at(10 + Double($0))) }
  let script = Script { frame in Estimate(box: .at(11 + Double(frame)), score: Double(frame) / 100) }

  private var conditions: RunConditions { .scripted(script) }

  @Test("ope records boxes, the first of them the tracker's start")
  func onePass() throws {
    let trajectory = try OnePass(conditions).run(script, over: Drawing.sequence(truth: truth, script: script))
    #expect(trajectory.outcomes.isEmpty && trajectory.pass == .whole)
    #expect(trajectory.boxes[0] == Box(x: 10.5, y: 30.5, width: 20, height: 10))
    #expect(trajectory.boxes.dropFirst().map(\.x) == (1..<40).map { 11 + Double($0) })
    #expect(trajectory.scores.dropFirst().elementsEqual((1..<40).map { Double($0) / 100 }))
    #expect(trajectory.seconds.allSatisfy { abs($0 - 0.001) < 1e-9 })
    #expect(trajectory.trackedFrames == 39)
    #expect(script.opened == Array(0..<40))
  }

  @Test("unsupervised and longterm write a code for the start, then every frame's region and confidence")
  func outcomes() throws {
    let protocols: [any EvaluationProtocol] = [Unsupervised(conditions), LongTerm(conditions)]
    for evaluation in protocols {
      let sequence = Drawing.sequence(truth: truth.map { $0 == truth[20] ? .absent : $0 }, script: script)
      let trajectory = try evaluation.run(script, over: sequence)
      #expect(trajectory.outcomes.first == .initialized)
      #expect(trajectory.outcomes.dropFirst().elementsEqual((1..<40).map { .region(.box(.at(11 + Double($0)))) }))
      #expect(trajectory.scores[0].isNaN && trajectory.scores[39] == 0.39)
      #expect(trajectory.boxes[0].x.isNaN && trajectory.boxes[39].x == 50)
    }
  }

  @Test("Repetitions are runs of their own, at least one")
  func repetitions() throws {
    let sequence = Drawing.sequence(truth: truth)
    #expect(try OnePass(.scripted(script, repetitions: 3)).passes(of: sequence).map(\.repetition) == [1, 2, 3])
    #expect(try Supervised(.scripted(script, repetitions: -1)).passes(of: sequence) == [.whole])
    #expect(Supervised(.scripted(script, repetitions: 15)).frameCount(of: sequence) == 600)
  }

  @Test("multistart runs forward to the end and backward to frame 0")
  func multiStart() throws {
    var anchors = [Int](repeating: 0, count: 40)
    anchors[0] = 1
    anchors[30] = -1
    anchors[36] = 2
    let sequence = Drawing.sequence(truth: truth, script: script, anchors: anchors)
    let evaluation = MultiStart(conditions)
    let passes = try evaluation.passes(of: sequence)
    #expect(passes == [Pass(start: 0), Pass(start: 30, isReversed: true), Pass(start: 36)])
    #expect(passes.map { evaluation.frameCount(of: sequence, pass: $0) } == [40, 31, 4])
    #expect(evaluation.frameCount(of: sequence) == 75)
    let backward = try evaluation.run(script, over: sequence, pass: passes[1])
    #expect(script.opened == (0...30).reversed())
    #expect(script.starts.map(\.frame) == [30] && script.starts[0].target.x == 40.5)
    #expect(backward.outcomes.count == 31 && backward.outcomes[0] == .initialized)
    #expect(backward.boxes.last == .at(11))
    #expect(try evaluation.run(script, over: sequence, pass: passes[2]).outcomes.count == 4)
  }

  @Test("multistart names what is missing where there are no anchors")
  func noAnchors() throws {
    let without = #expect(throws: SequenceFailure.self) {
      try MultiStart(conditions).passes(of: Drawing.sequence(truth: truth))
    }
    #expect(without?.description == "multistart starts at anchors, and the sequence has no anchor.value")
    var anchors = [Int](repeating: 0, count: 40)
    anchors[20] = 1
    let beyond = #expect(throws: SequenceFailure.self) {
      try MultiStart(.scripted(script, frameLimit: 20)).passes(of: Drawing.sequence(truth: truth, anchors: anchors))
    }
    #expect(beyond?.message.contains("none in the first 20 frames") == true)
  }

  @Test("A pass that starts outside the sequence fails, in words")
  func startOutside() throws {
    let failure = #expect(throws: SequenceFailure.self) {
      try OnePass(conditions).run(script, over: Drawing.sequence(truth: truth), pass: Pass(start: 40))
    }
    #expect(failure?.message == "it should start in frame 41 of 40")
  }

  @Test("tre starts 20 times where a target is, and never in omitted frames")
  func temporal() throws {
    let truth = (0..<60).map { $0 == 3 ? Region.absent : .box(.at(10 + Double($0))) }
    let sequence = Drawing.sequence(truth: truth, script: script)
    let evaluation = TemporalRobustness(conditions, omitting: ["drawn": [0...1, 8...9], "other": [0...39]])
    let passes = try evaluation.passes(of: sequence)
    #expect(passes.count == 20)
    #expect(Set(passes).count == 20 && passes.allSatisfy { $0.repetition == 1 && !$0.isReversed && $0.shift == nil })
    #expect(passes.first?.start == 2 && passes.last?.start == 40)
    #expect(passes.allSatisfy { ![0, 1, 3, 8, 9].contains($0.start) })
    let last = try evaluation.run(script, over: sequence, pass: Pass(start: 40))
    #expect(last.boxes.count == 20 && last.boxes[0].x == 50.5 && last.boxes[19].x == 70)
  }

  @Test("A short sequence's starts occur twice in tre, as runs of their own; a shorter one has none")
  func shortTemporal() throws {
    let evaluation = TemporalRobustness(conditions)
    let passes = try evaluation.passes(of: Drawing.sequence(truth: Array(truth.prefix(25))))
    #expect(passes.count > 6 && Set(passes.map(\.start)) == [0, 1, 2, 3, 4, 5])
    #expect(Set(passes).count == passes.count)
    let none = #expect(throws: SequenceFailure.self) {
      try evaluation.passes(of: Drawing.sequence("short", truth: Array(truth.prefix(19))))
    }
    #expect(none?.message.contains("19 frames after it") == true)
    #expect(try SpatialRobustness(conditions).passes(of: Drawing.sequence(truth: Array(truth.prefix(19)))).count == 12)
  }

  @Test("sre shifts the first box 12 ways, inside the picture, wherever pixels count from")
  func spatial() throws {
    let box = Box(x: 2, y: 30, width: 20, height: 10)
    for firstPixel in [0.0, 1] {
      let moved = Region.box(box.offsetBy(dx: firstPixel - 1, dy: firstPixel - 1))
      let sequence = Drawing.sequence(
        truth: Array(repeating: moved, count: 30), script: script, firstPixel: firstPixel)
      let evaluation = SpatialRobustness(conditions)
      let passes = try evaluation.passes(of: sequence)
      #expect(passes.compactMap(\.shift) == SpatialShift.allCases)
      for pass in passes {
        let shifted = try #require(pass.shift).box(from: box, imageWidth: 100, imageHeight: 80)
        let target = try evaluation.target(of: sequence, pass: pass)
        #expect(target == .box(shifted.offsetBy(dx: firstPixel - 1, dy: firstPixel - 1)))
      }
      let left = try evaluation.run(script, over: sequence, pass: passes[0])
      #expect(left.boxes[0].x == firstPixel + 0.5 && left.boxes.count == 30 && left.pass.shift == .left)
    }
  }

  @Test("A region that is more than a box is kept where regions are, and its box elsewhere")
  func outlines() throws {
    let outline = Polygon(coordinates: [10, 10, 30, 12, 28, 40, 8, 38]).map(Region.polygon)
    let region = try #require(outline)
    let script = Script { _ in Estimate(box: .at(5), score: nil, region: region) }
    let sequence = Drawing.sequence(truth: Array(repeating: .box(.at(5)), count: 3))
    let kept = try Unsupervised(.scripted(script)).run(script, over: sequence)
    #expect(kept.outcomes[2] == .region(region) && kept.boxes[2] == region.axisAlignedBox)
    #expect(try OnePass(.scripted(script)).run(script, over: sequence).boxes[2] == .at(5))
    let moved = try Unsupervised(RunConditions(convention: .oneBased)).run(script, over: sequence)
    let wanted = Polygon(coordinates: [11, 11, 31, 13, 29, 41, 9, 39]).map { FrameOutcome.region(.polygon($0)) }
    #expect(moved.outcomes[2] == wanted)
  }
}

@Suite("Protocols by name")
struct ProtocolNameTests {
  @Test("Every name gives its protocol, with @realtime the same at the video's pace")
  func names() throws {
    for name in EvaluationProtocols.names {
      let plain = try EvaluationProtocols.named(name, convention: .pysot, frameLimit: 7)
      #expect(plain.name == name && plain.conditions.realTime == nil && plain.conditions.frameLimit == 7)
      let timed = try EvaluationProtocols.named(name + "@realtime", convention: .pysot)
      #expect(timed.name == name + "@realtime" && timed.conditions.realTime == RealTime(grace: 3))
      #expect(type(of: timed) == type(of: plain))
    }
    #expect(EvaluationProtocols.names.count == 7)
  }

  @Test(
    "A wrong name gets the nearest right one, or all of them",
    arguments: [
      ("opee", "unknown protocol \"opee\": did you mean ope?"),
      ("Supervized", "unknown protocol \"Supervized\": did you mean supervised?"),
      ("multi-start", "unknown protocol \"multi-start\": did you mean multistart?"),
      ("supervised@real-time", "unknown protocol \"supervised@real-time\": did you mean supervised@realtime?"),
      ("unsupervised@realtim", "unknown protocol \"unsupervised@realtim\": did you mean unsupervised@realtime?"),
      ("@realtime", "unknown protocol \"@realtime\": did you mean ope@realtime?"),
      (
        "x",
        "unknown protocol \"x\": known are ope, tre, sre, supervised, unsupervised, multistart, longterm, each with or without @realtime"
      ),
    ])
  func wrongNames(name: String, message: String) {
    let fault = #expect(throws: ProtocolFault.self) { try EvaluationProtocols.named(name, convention: .pysot) }
    #expect(fault?.description == message)
  }

  @Test("Repetitions are refused where the runs differ anyway", arguments: ["tre", "sre@realtime", "multistart"])
  func repetitions(name: String) {
    #expect(throws: ProtocolFault.self) {
      try EvaluationProtocols.named(name, convention: .pysot, repetitions: 2)
    }
  }
}
