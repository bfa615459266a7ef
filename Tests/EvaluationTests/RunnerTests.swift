import Datasets
import Evaluation
import Geometry
import Imaging
import Synchronization
import Testing
import Tracking

/// Walks right one pixel a frame; throws or reports as told.
private struct ScriptedTracker: Tracker {
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

private struct ScriptedModel: TrackerModel {
  var failsAtFrame: Int?
  func makeTracker() -> any Tracker { ScriptedTracker(failsAtFrame: failsAtFrame) }
}

private func sequence(_ name: String, frames: Int, first: Box = Box(x: 5, y: 6, width: 7, height: 8)) -> Sequence {
  Sequence(
    name: name,
    frames: Frames(
      count: frames, label: { "\(name) frame \($0)" },
      open: { _ in Image(width: 2, height: 2, pixels: [UInt8](repeating: 0, count: 12)) }),
    annotation: Annotation(
      regions: Array(repeating: .box(first), count: frames), source: "\(name)/groundtruth_rect.txt"))
}

@Suite("Runner")
struct RunnerTests {
  private func run(
    _ model: ScriptedModel, _ sequences: [Sequence], jobs: Int, limit: Int? = nil, stop: StopFlag = StopFlag()
  ) async throws -> (Runner.Outcome, [String: Trajectory]) {
    let stored = Mutex<[String: Trajectory]>([:])
    let runner = Runner(model: model, evaluation: OnePass(convention: .oneBased, frameLimit: limit), jobs: jobs)
    let outcome = try await runner.run(
      sequences, stop: stop, record: { trajectory, _ in stored.withLock { $0[trajectory.sequence] = trajectory } })
    return (outcome, stored.withLock { $0 })
  }

  @Test("Every sequence is tracked once, whatever the number of jobs", arguments: [1, 2, 7])
  func everySequenceOnce(jobs: Int) async throws {
    let sequences = (1...9).map { sequence("s\($0)", frames: $0) }
    let (outcome, stored) = try await run(ScriptedModel(), sequences, jobs: jobs)
    #expect(outcome.finished == 9)
    #expect(outcome.failures.isEmpty && !outcome.interrupted)
    for (index, sequence) in sequences.enumerated() {
      let trajectory = try #require(stored[sequence.name])
      #expect(trajectory.boxes.map(\.x) == (0...index).map { 5 + Double($0) })
      #expect(trajectory.seconds.count == index + 1)
      #expect(trajectory.scores.first?.isNaN == true)
    }
  }

  @Test("A tracker that throws loses its sequence and no other")
  func failureIsContained() async throws {
    let (outcome, stored) = try await run(
      ScriptedModel(failsAtFrame: 4), [sequence("long", frames: 9), sequence("short", frames: 3)], jobs: 2)
    #expect(outcome.finished == 1)
    #expect(outcome.failures.map(\.sequence) == ["long"])
    #expect(outcome.failures.first?.description == "frame 5: lost its mind")
    #expect(stored.keys.sorted() == ["short"])
  }

  @Test("An empty first box is a failure in one sentence")
  func emptyFirstBox() async throws {
    let empty = sequence("empty", frames: 3, first: Box(x: 1, y: 1, width: 0, height: 4))
    let (outcome, _) = try await run(ScriptedModel(), [empty], jobs: 1)
    #expect(outcome.failures.first?.message.contains("has no area") == true)
  }

  @Test("A frame limit tracks that many frames")
  func frameLimit() async throws {
    let (_, stored) = try await run(ScriptedModel(), [sequence("a", frames: 9)], jobs: 1, limit: 4)
    #expect(stored["a"]?.boxes.count == 4)
  }

  @Test("A stopped run records nothing that is not whole")
  func stopped() async throws {
    let stop = StopFlag()
    stop.set()
    let (outcome, stored) = try await run(ScriptedModel(), [sequence("a", frames: 9)], jobs: 1, stop: stop)
    #expect(outcome.interrupted)
    #expect(stored.isEmpty)
  }

  @Test("An error while storing ends the run and reaches the caller")
  func storingFails() async throws {
    struct Full: Error {}
    let runner = Runner(model: ScriptedModel(), evaluation: OnePass(convention: .pysot), jobs: 2)
    await #expect(throws: Full.self) {
      _ = try await runner.run(
        [sequence("a", frames: 3), sequence("b", frames: 3)], stop: StopFlag(), record: { _, _ in throw Full() })
    }
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
}
