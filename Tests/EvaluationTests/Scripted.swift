import Datasets
import Evaluation
import Geometry
import Imaging
import Synchronization
import Tracking

/// A clock that stands still until a tracker's script moves it.
final class ScriptedClock: Clock {
  private let base = ContinuousClock.now
  private let passed = Mutex(Duration.zero)

  var now: ContinuousClock.Instant { base + passed.withLock { $0 } }
  var minimumResolution: Duration { .nanoseconds(1) }

  func advance(_ seconds: Double) { passed.withLock { $0 += .seconds(seconds) } }

  func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
    passed.withLock { $0 = max($0, deadline - base) }
  }
}

/// What a scripted tracker says, how long it takes, and what was asked of it.
final class Script: TrackerModel {
  struct Log {
    /// Frames opened, in order.
    var opened: [Int] = []
    /// Frames the tracker was started in, and on what.
    var starts: [(frame: Int, target: Box)] = []
    /// Frames the tracker was asked about.
    var asked: [Int] = []
  }

  let clock = ScriptedClock()
  let log = Mutex(Log())
  /// The answer to each frame, in pixels counted from 0.
  let answer: @Sendable (_ frame: Int) throws(TrackerError) -> Estimate
  /// Seconds for each frame, a start's own included.
  let seconds: @Sendable (_ frame: Int) -> Double

  init(
    seconds: @escaping @Sendable (_ frame: Int) -> Double = { _ in 0.001 },
    answer: @escaping @Sendable (_ frame: Int) throws(TrackerError) -> Estimate
  ) {
    self.answer = answer
    self.seconds = seconds
  }

  /// Answers with a box.
  convenience init(boxes: @escaping @Sendable (_ frame: Int) -> Box) {
    self.init { frame in Estimate(box: boxes(frame), score: Double(frame) / 100) }
  }

  func makeTracker() -> any Tracker { ScriptedTracker(script: self) }

  var opened: [Int] { log.withLock { $0.opened } }
  var asked: [Int] { log.withLock { $0.asked } }
  var starts: [(frame: Int, target: Box)] { log.withLock { $0.starts } }
}

private struct ScriptedTracker: Tracker {
  let script: Script

  mutating func start(on image: Image, target: Box) throws(TrackerError) {
    guard !target.isEmpty else { throw .emptyTarget(target) }
    let frame = Drawing.frame(in: image)
    script.log.withLock { $0.starts.append((frame, target)) }
    script.clock.advance(script.seconds(frame))
  }

  mutating func track(_ image: Image) throws(TrackerError) -> Estimate {
    let frame = Drawing.frame(in: image)
    script.log.withLock { $0.asked.append(frame) }
    script.clock.advance(script.seconds(frame))
    return try script.answer(frame)
  }
}

/// Sequences whose pictures hold nothing but their own number.
enum Drawing {
  static let width = 100
  static let height = 80

  static func frame(in image: Image) -> Int { Int(image.pixels[0]) + Int(image.pixels[1]) << 8 }

  static var picture: Image { picture(of: 0) }

  private static func picture(of frame: Int) -> Image {
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    pixels[0] = UInt8(frame & 255)
    pixels[1] = UInt8(frame >> 8)
    return Image(width: width, height: height, pixels: pixels)
  }

  static func sequence(
    _ name: String = "drawn", truth: [Region], script: Script? = nil, anchors: [Int]? = nil,
    video: Sequence.VideoInfo? = nil, firstPixel: Double = 0
  ) -> Sequence {
    Sequence(
      name: name,
      frames: Frames(
        count: truth.count, label: { "\(name) frame \($0)" },
        open: { frame in
          script?.log.withLock { $0.opened.append(frame) }
          return picture(of: frame)
        }),
      annotation: Annotation(regions: truth, source: "\(name)/groundtruth.txt", lines: [], firstPixel: firstPixel),
      anchors: anchors, video: video)
  }
}

extension Box {
  /// 20 by 10 pixels at `x`, 30.
  static func at(_ x: Double) -> Box { Box(x: x, y: 30, width: 20, height: 10) }
}

extension RunConditions {
  /// The numbers of the file as they stand, but for a rectangle's half pixel.
  static func scripted(
    _ script: Script, frameLimit: Int? = nil, repetitions: Int = 1, realTime: RealTime? = nil
  ) -> RunConditions {
    RunConditions(
      convention: .pysot, frameLimit: frameLimit, repetitions: repetitions, realTime: realTime, clock: script.clock)
  }
}

extension EvaluationProtocol {
  /// Runs a fresh tracker through one pass.
  func run(_ model: any TrackerModel, over sequence: Sequence, pass: Pass = .whole) throws -> Trajectory {
    var tracker = model.makeTracker()
    return try run(&tracker, over: sequence, pass: pass)
  }
}
