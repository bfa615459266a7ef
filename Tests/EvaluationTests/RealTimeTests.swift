import Datasets
import Evaluation
import Geometry
import Scoring
import Testing
import Tracking

/// 8 frames a second: T is 0.125 s, and every time below is a multiple of T that is exact in binary.
@Suite("Real time")
struct RealTimeTests {
  private static let interval = 0.125
  private static let video = Sequence.VideoInfo(frameRate: 8)

  /// Times in units of T, by frame; the last one goes on.
  private func script(
    _ times: [Double], boxes: @escaping @Sendable (Int) -> Box = { .at(10 + Double($0)) }
  ) -> Script {
    Script(
      seconds: { times[min($0, times.count - 1)] * Self.interval },
      answer: { Estimate(box: boxes($0), score: 1) })
  }

  private func run(
    _ script: Script, frames: Int, grace: Int = 3
  ) throws -> Trajectory {
    let truth = (0..<frames).map { Region.box(.at(10 + Double($0))) }
    let evaluation = OnePass(.scripted(script, realTime: RealTime(grace: grace)))
    return try evaluation.run(script, over: Drawing.sequence(truth: truth, script: script, video: Self.video))
  }

  /// Times by frame in units of T, grace, and the frames the tracker does not see.
  static let scenarios: [(name: String, times: [Double], grace: Int, missed: [Int])] = [
    // Never late: an answer after exactly T is in time.
    ("in time", [1, 1], 3, []),
    // The start and frames 1 and 2 use up the grace. From frame 3 each answer leaves a debt of T, which is not above T.
    ("twice too slow", [2], 3, []),
    // Frame 3 leaves 2T: frame 4 pays T, and T is not above T, so frame 5 is seen, and so on.
    ("three times too slow", [3], 3, [4, 6, 8, 10, 12, 14]),
    // Frame 3 leaves 1.5T: frame 4 pays T, the half that remains is forgotten in frame 5.
    ("two and a half times too slow", [2.5], 3, [4, 6, 8, 10, 12, 14]),
    // 4T in frames 3, 7, 11 leave 3T: two frames pay, the third T is forgotten.
    ("four times too slow", [4], 3, [4, 5, 7, 8, 10, 11, 13, 14]),
    // The start is quick. Frames 2, 3, 4 take the grace, frame 5's 5T are paid by frames 6 to 9.
    ("one long halt after the grace", [0.5, 1, 2, 9, 2, 6, 0.5], 3, [6, 7, 8, 9]),
    // The same halt, forgiven.
    ("one long halt within the grace", [0.5, 0.5, 0.5, 9, 0.5], 3, []),
    // Quick answers in between do not bring grace back: frames 1, 3, 5 take it, frame 6 leaves 2T.
    ("grace is spent by answers, not frames", [0.5, 3, 0.5, 3, 0.5, 3, 3, 0.5], 3, [7]),
    // Without grace the start's 3T are paid by frames 1 and 2; frame 3 leaves a debt of T only.
    ("no grace, a slow start", [4, 0.5, 0.5, 2, 0.5], 0, [1, 2]),
    // The start uses the one grace there is.
    ("one grace", [9, 4, 0.5], 1, [2, 3]),
    // Debt does not add up: 3T are paid by two frames, then the next answer counts alone.
    ("debts do not add up", [0.5, 4, 0.5, 0.5, 4, 0.5], 0, [2, 3, 5, 6]),
  ]

  @Test("The tracker misses the frames that its debt pays for", arguments: Self.scenarios.indices)
  func debt(_ index: Int) throws {
    let (name, times, grace, missed) = Self.scenarios[index]
    let script = script(times)
    let trajectory = try run(script, frames: 16, grace: grace)
    let seen = (0..<16).filter { !missed.contains($0) }
    #expect(script.opened == seen, "\(name): a frame that is missed is not opened")
    #expect(script.asked == Array(seen.dropFirst()), "\(name)")
    #expect(trajectory.boxes.count == 16)
    for frame in 1..<16 {
      let answered = seen.last { $0 <= frame } ?? 0
      // Only a start repeats what it was started with, half a pixel aside.
      let x = 10 + Double(answered) + (answered == 0 ? 0.5 : 0)
      #expect(trajectory.boxes[frame].x == x, "\(name), frame \(frame)")
      #expect((trajectory.seconds[frame] == 0) == missed.contains(frame))
      #expect(trajectory.scores[frame].isNaN == missed.contains(frame))
    }
    #expect(trajectory.trackedFrames == seen.count - 1)
  }

  @Test("Without the rule the same tracker sees every frame")
  func offline() throws {
    let script = script([9])
    let truth = (0..<16).map { Region.box(.at(10 + Double($0))) }
    _ = try OnePass(.scripted(script)).run(
      script, over: Drawing.sequence(truth: truth, script: script, video: Self.video))
    #expect(script.opened == Array(0..<16))
  }

  @Test("With resets, a repeated answer can fail, and each start has its own grace and no debt")
  func supervised() throws {
    // The target jumps away in frame 6. The start is quick, frames 1 to 3 take the grace, frame 4 takes 6T and leaves 5T.
    // Frame 5 pays: the answer of frame 4 still overlaps. Frame 6 pays: it does not. Frames 7 to 10 are skipped.
    // Frame 11 starts again, in 4T, with the first of three graces; frames 12 and 13 take the others; frame 14 leaves 2T,
    // which frame 15 pays, and frame 16 leaves 3T, paid by 17 and 18, what is left being forgotten in frame 19.
    let times = [0.5, 2, 2, 2, 6, 0, 0, 0, 0, 0, 0, 4, 5, 5, 3, 0, 4, 0, 0, 0.5]
    let place: @Sendable (Int) -> Box = { .at($0 < 6 ? 10 : 60) }
    let script = script(times, boxes: place)
    let sequence = Drawing.sequence(
      truth: (0..<21).map { .box(place($0)) }, script: script, video: Self.video)
    let evaluation = Supervised(.scripted(script, realTime: RealTime()))
    let trajectory = try evaluation.run(script, over: sequence)
    #expect(evaluation.name == "supervised@realtime")
    #expect(letters(trajectory.outcomes) == "1rrrrr2" + "0000" + "1" + "rrrrrrrrr")
    #expect(script.opened == [0, 1, 2, 3, 4, 11, 12, 13, 14, 16, 19, 20])
    #expect(trajectory.outcomes[5] == .region(.box(.at(10))))
    #expect(trajectory.seconds[5] == 0 && trajectory.seconds[6] == 0 && trajectory.seconds[7].isNaN)
    #expect(trajectory.seconds[4] == 0.75 && trajectory.seconds[11] == 0.5)
    // Frames 1 to 4, 12 to 14, 16, 19, 20 were answered: their times are what frames per second are made of.
    #expect(trajectory.trackedFrames == 10)
    let spent = (2 + 2 + 2 + 6 + 5 + 5 + 3 + 4 + 0.5 + 0.5) * 0.125
    #expect(abs((trajectory.trackingSeconds ?? 0) - spent) < 1e-9)
  }

  @Test("A debt of before a failure is not paid after it")
  func debtEndsWithFailure() throws {
    // Frame 1 fails by itself and leaves 99T; frame 6 starts anew, and frame 7 is seen.
    let script = script([0.5, 100, 0.5], boxes: { .at($0 == 1 ? 70 : 10) })
    let sequence = Drawing.sequence(
      truth: Array(repeating: .box(.at(10)), count: 10), script: script, video: Self.video)
    let trajectory = try Supervised(.scripted(script, realTime: RealTime(grace: 0))).run(script, over: sequence)
    #expect(letters(trajectory.outcomes) == "1200001rrr")
    #expect(script.opened == [0, 1, 6, 7, 8, 9])
  }

  @Test("Every protocol can be held to the pace, backward runs too")
  func everyProtocol() throws {
    for name in EvaluationProtocols.names {
      let script = script([3])
      let sequence = Drawing.sequence(
        truth: (0..<30).map { .box(.at(10 + Double($0))) }, script: script, anchors: (0..<30).map { $0 == 29 ? -1 : 0 },
        video: Self.video)
      let evaluation = try EvaluationProtocols.named("\(name)@realtime", .scripted(script))
      let pass = try #require(try evaluation.passes(of: sequence).first)
      let trajectory = try evaluation.run(script, over: sequence, pass: pass)
      #expect(trajectory.frames.count == 30 && trajectory.seconds.count == 30)
      // The first four are seen, then every second one.
      let places = [0, 1, 2, 3] + Array(stride(from: 5, to: 30, by: 2))
      #expect(script.asked == places.dropFirst().map { pass.isReversed ? 29 - $0 : $0 }, "\(name)")
    }
  }

  @Test("The interval is the video's, 1/30 s where its file names none, 1/20 s where there is no file")
  func interval() {
    let truth = [Region.box(.at(10))]
    #expect(RealTime().interval(of: Drawing.sequence(truth: truth)) == 1.0 / 20)
    #expect(RealTime().interval(of: Drawing.sequence(truth: truth, video: .init(width: 9))) == 1.0 / 30)
    #expect(RealTime().interval(of: Drawing.sequence(truth: truth, video: .init(frameRate: 25))) == 1.0 / 25)
    #expect(RealTime().interval(of: Drawing.sequence(truth: truth, video: .init(frameRate: 0))) == 1.0 / 30)
  }
}
