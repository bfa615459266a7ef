import Datasets
import Evaluation
import Geometry
import Imaging
import Synchronization
import Testing
import Tracking

/// Walks right one pixel a frame; throws or reports as told.
private struct WalkingTracker: Tracker {
  var failsAtFrame: Int?
  var box = Box(x: 0, y: 0, width: 0, height: 0)
  var frame = 0

  mutating func start(on image: Image, target: Box) throws(TrackerError) {
    guard !target.isEmpty else { throw .emptyTarget(target) }
    box = target
    frame = 0
  }

  mutating func track(_ image: Image) throws(TrackerError) -> Estimate {
    frame += 1
    if frame == failsAtFrame { throw .failed("lost its mind") }
    box.x += 1
    return Estimate(box: box, score: Double(frame))
  }
}

private struct WalkingModel: TrackerModel {
  var failsAtFrame: Int?
  func makeTracker() -> any Tracker { WalkingTracker(failsAtFrame: failsAtFrame) }
}

private func sequence(
  _ name: String, frames: Int, first: Box = Box(x: 5, y: 6, width: 7, height: 8), anchors: [Int]? = nil
) -> Sequence {
  Drawing.sequence(name, truth: Array(repeating: .box(first), count: frames), anchors: anchors)
}

@Suite("Runner")
struct RunnerTests {
  private func run(
    _ model: any TrackerModel, _ sequences: [Sequence], jobs: Int, limit: Int? = nil, stop: StopFlag = StopFlag(),
    onEvent: @escaping @Sendable (Runner.Event) -> Void = { _ in }
  ) async throws -> (Runner.Outcome, [String: Trajectory]) {
    let stored = Mutex<[String: Trajectory]>([:])
    let runner = Runner(model: model, evaluation: OnePass(convention: .oneBased, frameLimit: limit), jobs: jobs)
    let outcome = try await runner.run(
      sequences, stop: stop, record: { trajectory, _ in stored.withLock { $0[trajectory.sequence] = trajectory } },
      onEvent: onEvent)
    return (outcome, stored.withLock { $0 })
  }

  @Test("Every sequence is tracked once, whatever the number of jobs", arguments: [1, 2, 7])
  func everySequenceOnce(jobs: Int) async throws {
    let sequences = (1...9).map { sequence("s\($0)", frames: $0) }
    let (outcome, stored) = try await run(WalkingModel(), sequences, jobs: jobs)
    #expect(outcome.finished == 9)
    #expect(outcome.failures.isEmpty && !outcome.interrupted)
    for (index, sequence) in sequences.enumerated() {
      let trajectory = try #require(stored[sequence.name])
      #expect(trajectory.pass == .whole)
      #expect(trajectory.boxes.map(\.x) == (0...index).map { 5 + Double($0) })
      #expect(trajectory.seconds.count == index + 1)
      #expect(trajectory.scores.first?.isNaN == true)
    }
  }

  @Test("A tracker that throws loses its sequence and no other")
  func failureIsContained() async throws {
    let (outcome, stored) = try await run(
      WalkingModel(failsAtFrame: 4), [sequence("long", frames: 9), sequence("short", frames: 3)], jobs: 2)
    #expect(outcome.finished == 1)
    #expect(outcome.failures.map(\.sequence) == ["long"])
    #expect(outcome.failures.first?.description == "frame 5: lost its mind")
    #expect(stored.keys.sorted() == ["short"])
  }

  @Test("An empty first box is a failure in one sentence")
  func emptyFirstBox() async throws {
    let empty = sequence("empty", frames: 3, first: Box(x: 1, y: 1, width: 0, height: 4))
    let (outcome, _) = try await run(WalkingModel(), [empty], jobs: 1)
    #expect(outcome.failures.first?.message.contains("has no area") == true)
  }

  @Test("A frame limit tracks that many frames")
  func frameLimit() async throws {
    let (_, stored) = try await run(WalkingModel(), [sequence("a", frames: 9)], jobs: 1, limit: 4)
    #expect(stored["a"]?.boxes.count == 4)
  }

  @Test("A sequence without frames is a failure, not a crash", arguments: [0, -3])
  func noFrames(limit: Int) async throws {
    let (outcome, _) = try await run(WalkingModel(), [sequence("a", frames: 9)], jobs: 1, limit: limit)
    #expect(outcome.failures.map(\.message) == ["no annotated frame"])
  }

  @Test("A stopped run records nothing that is not whole")
  func stopped() async throws {
    let stop = StopFlag()
    stop.set()
    let (outcome, stored) = try await run(WalkingModel(), [sequence("a", frames: 9)], jobs: 1, stop: stop)
    #expect(outcome.interrupted)
    #expect(stored.isEmpty)
  }

  @Test("Stopped in the middle, a run keeps what was whole by then and nothing else")
  func stoppedInTheMiddle() async throws {
    let stop = StopFlag()
    let (outcome, stored) = try await run(
      WalkingModel(), [sequence("long", frames: 9), sequence("short", frames: 5), sequence("tiny", frames: 2)], jobs: 1,
      stop: stop,
      onEvent: { event in if case .frame("short", _, done: 3) = event { stop.set() } })
    #expect(outcome.interrupted && outcome.failures.isEmpty)
    #expect(stored.keys.sorted() == ["long"])
  }

  @Test("Each job says when nothing is left to begin, and how many others are still at work", arguments: [1, 2, 3, 7])
  func idle(jobs: Int) async throws {
    let busy = Mutex<[Int]>([])
    let sequences = (1...3).map { sequence("s\($0)", frames: $0 + 1) }
    _ = try await run(
      WalkingModel(), sequences, jobs: jobs,
      onEvent: { event in if case .idle(let jobs) = event { busy.withLock { $0.append(jobs) } } })
    // Two jobs that end together may tell it in either order.
    #expect(busy.withLock { $0.sorted() } == Array(0..<min(jobs, 3)))
  }

  @Test("An error while storing ends the run and reaches the caller")
  func storingFails() async throws {
    struct Full: Error {}
    let runner = Runner(model: WalkingModel(), evaluation: OnePass(convention: .pysot), jobs: 2)
    await #expect(throws: Full.self) {
      _ = try await runner.run(
        [sequence("a", frames: 3), sequence("b", frames: 3)], stop: StopFlag(), record: { _, _ in throw Full() })
    }
  }
}

@Suite("Runner over several passes")
struct RunnerPassTests {
  @Test("Each pass is recorded for itself, the longest begun first", arguments: [1, 3])
  func passes(jobs: Int) async throws {
    let stored = Mutex<[Pass]>([])
    let runner = Runner(
      model: WalkingModel(), evaluation: MultiStart(RunConditions(convention: .pysot)), jobs: jobs)
    let outcome = try await runner.run(
      [sequence("a", frames: 8, anchors: [1, 0, 0, 0, -1, 0, 1, 0])], stop: StopFlag(),
      record: { trajectory, _ in stored.withLock { $0.append(trajectory.pass) } })
    #expect(outcome.finished == 3)
    let passes = [Pass(start: 0), Pass(start: 4, isReversed: true), Pass(start: 6)]
    #expect(stored.withLock { $0.sorted() } == passes)
    if jobs == 1 { #expect(stored.withLock { $0 } == passes) }
  }

  @Test("A pass that fails is reported with its pass; the others over the same sequence go on")
  func onePassFails() async throws {
    let stored = Mutex<[Pass]>([])
    let runner = Runner(
      model: WalkingModel(failsAtFrame: 4), evaluation: MultiStart(RunConditions(convention: .pysot)), jobs: 2)
    let outcome = try await runner.run(
      [sequence("a", frames: 7, anchors: [0, 1, 0, -1, 0, -1, 1]), sequence("b", frames: 7)], stop: StopFlag(),
      record: { trajectory, _ in stored.withLock { $0.append(trajectory.pass) } })
    #expect(outcome.finished == 2)
    #expect(stored.withLock { $0.sorted() } == [Pass(start: 3, isReversed: true), Pass(start: 6)])
    #expect(
      outcome.failures.map { "\($0.sequence): \($0)" } == [
        "a: from frame 2, frame 6: lost its mind", "a: backward from frame 6, frame 2: lost its mind",
        "b: multistart starts at anchors, and the sequence has no anchor.value",
      ])
  }

  @Test("Work that is already done can be left out")
  func partOfTheWork() async throws {
    let stored = Mutex<[Pass]>([])
    let evaluation = Supervised(RunConditions(convention: .pysot, repetitions: 4))
    let (items, failures) = evaluation.work(over: [sequence("a", frames: 5)])
    #expect(items.map(\.frames) == [5, 5, 5, 5] && failures.isEmpty)
    let outcome = try await Runner(model: WalkingModel(), evaluation: evaluation, jobs: 1).run(
      items.filter { $0.pass.repetition > 2 }, stop: StopFlag(),
      record: { trajectory, _ in stored.withLock { $0.append(trajectory.pass) } })
    #expect(outcome.finished == 2)
    #expect(stored.withLock { $0 } == [Pass(repetition: 3), Pass(repetition: 4)])
  }
}

@Suite("Box conventions")
struct BoxConventionTests {
  let polygon = Polygon(coordinates: [334.02, 128.36, 438.19, 188.78, 396.39, 260.83, 292.23, 200.41])

  @Test("Rectangles stay for SiamFC and move half a pixel for pysot; both read back what they were given")
  func rectangles() {
    let box = Box(x: 205, y: 151, width: 17, height: 50)
    #expect(BoxConvention.oneBased.firstBox(of: .box(box)) == box)
    #expect(BoxConvention.pysot.firstBox(of: .box(box)) == Box(x: 205.5, y: 151.5, width: 17, height: 50))
    for convention in BoxConvention.allCases {
      #expect(convention.fromPixels(convention.toPixels(box)) == box)
    }
    #expect(BoxConvention.oneBased.toPixels(box).x == 204)
  }

  @Test("A rotated rectangle becomes a box of its centre and about its area")
  func polygons() throws {
    let box = try #require(polygon).axisAlignedBox
    #expect(abs(box.x + (box.width - 1) / 2 - 365.2075) < 1e-9)
    #expect(abs((box.width - 1) * (box.height - 1) - 120.4238 * 83.2969) < 1)
  }

  @Test(
    "Reading ahead changes no trajectory",
    arguments: [
      "ope", "tre", "supervised", "multistart",
    ])
  func readingAhead(name: String) async throws {
    let evaluation = try EvaluationProtocols.named(name, convention: .pysot)
    let sequences = (0..<4).map {
      sequence("s\($0)", frames: 30 + 7 * $0, anchors: (0..<(30 + 7 * $0)).map { $0 == 4 ? 1 : $0 == 20 ? -1 : 0 })
    }
    func trajectories(readsAhead: Bool, jobs: Int) async throws -> [String: [[UInt64]]] {
      // By bits: frames without a box hold NaN, which equals nothing.
      let found = Mutex<[String: [[UInt64]]]>([:])
      let runner = Runner(model: WalkingModel(), evaluation: evaluation, jobs: jobs, readsAhead: readsAhead)
      let outcome = try await runner.run(
        sequences, stop: StopFlag(),
        record: { trajectory, _ in
          found.withLock {
            $0["\(trajectory.sequence) \(trajectory.pass)"] = trajectory.boxes.map {
              [$0.x, $0.y, $0.width, $0.height].map(\.bitPattern)
            }
          }
        })
      #expect(outcome.failures.isEmpty && outcome.finished > 0)
      return found.withLock { $0 }
    }
    let plain = try await trajectories(readsAhead: false, jobs: 1)
    #expect(try await trajectories(readsAhead: true, jobs: 1) == plain)
    #expect(try await trajectories(readsAhead: true, jobs: 3) == plain)
  }

  @Test("Reading ahead is not for real time, where a missed frame is not opened")
  func readingAheadInRealTime() throws {
    let evaluation = OnePass(RunConditions(convention: .pysot, realTime: RealTime()))
    #expect(!Runner(model: WalkingModel(), evaluation: evaluation, jobs: 1, readsAhead: true).readsAhead)
    #expect(
      Runner(model: WalkingModel(), evaluation: OnePass(convention: .pysot), jobs: 1, readsAhead: true).readsAhead)
  }
}
