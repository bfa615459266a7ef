import Foundation
package import Geometry
package import Imaging
package import Siamese
package import Tensors
import Testing
package import Tracking

/// What every Siamese tracker owes its callers, whatever its weights.
package enum TrackerManners {
  /// Noise of 160 x 120 pixels with a bright square at (`x`, `y`).
  package static func frame(x: Int, y: Int) -> Image {
    var state: UInt32 = 7
    var pixels = (0..<160 * 120 * 3).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 26)
    }
    for row in y..<y + 24 {
      for column in x..<x + 20 {
        for channel in 0..<3 { pixels[(row * 160 + column) * 3 + channel] = UInt8(120 + 5 * (row - y) + column - x) }
      }
    }
    return Image(width: 160, height: 120, pixels: pixels)
  }

  package static let target = Box(x: 60, y: 40, width: 20, height: 24)

  /// Boxes that nothing can be tracked from.
  private static let hostile = [
    Box(x: 1, y: 1, width: 0, height: 5), Box(x: 1, y: 1, width: 5, height: -1),
    Box(x: .nan, y: 1, width: 5, height: 5), Box(x: 1, y: 1, width: .nan, height: 5),
    Box(x: 1, y: 1, width: .infinity, height: 5), Box(x: .infinity, y: 1, width: 5, height: 5),
    Box(x: 1, y: 1, width: 1e200, height: 1e200),
  ]

  /// Boxes that are odd, but boxes.
  private static let strange = [
    Box(x: -5_000, y: 9_000, width: 20, height: 20), Box(x: 10, y: 10, width: 1e-6, height: 1e-6),
    Box(x: 10, y: 10, width: 1e7, height: 3), Box(x: 1e15, y: -1e15, width: 1e10, height: 1e10),
  ]

  /// Tracking before starting, hostile and strange boxes, starting again, several trackers at once.
  ///
  /// - Parameters:
  ///   - isPysot: whether it keeps its boxes to the picture and reports scores from 0 to 1, as pysot's family does.
  ///   - alsoHostile: boxes that nothing can be tracked from in the tracker's own precision.
  ///   - alsoStrange: boxes that only it takes.
  package static func check(
    isPysot: Bool = true, alsoHostile: [Box] = [], alsoStrange: [Box] = [],
    _ make: @escaping @Sendable () -> any Tracker
  ) async throws {
    var tracker = make()
    let first = frame(x: 60, y: 40)
    #expect(throws: TrackerError.notStarted) { try tracker.track(first) }
    for box in hostile + alsoHostile {
      #expect(throws: TrackerError.self, "\(box)") { try tracker.start(on: first, target: box) }
    }
    try tracker.start(on: first, target: target)
    #expect(try tracker.track(first).box.isEmpty == false, "usable after all that it refused")
    for box in strange + alsoStrange {
      try tracker.start(on: first, target: box)
      for _ in 0..<2 {
        let found = try tracker.track(frame(x: 61, y: 40)).box
        #expect(!isPysot || 10...160 ~= found.width && 10...120 ~= found.height, "\(found) after \(box)")
      }
    }
    let pixel = Image(width: 1, height: 1, pixels: [1, 2, 3])
    try tracker.start(on: pixel, target: Box(x: 0, y: 0, width: 1, height: 1))
    #expect(try tracker.track(pixel).box.isEmpty == false)

    @Sendable func run() throws -> [Estimate] {
      var tracker = make()
      try tracker.start(on: frame(x: 20, y: 80), target: Box(x: 20, y: 80, width: 20, height: 24))
      _ = try tracker.track(frame(x: 21, y: 80))
      try tracker.start(on: frame(x: 60, y: 40), target: target)
      return try (1...3).map { try tracker.track(frame(x: 60 + 2 * $0, y: 40)) }
    }
    let alone = try run()
    #expect(alone.allSatisfy { !$0.box.isEmpty && (!isPysot || 0...1 ~= ($0.score ?? -1)) })
    let together = try await withThrowingTaskGroup(of: [Estimate].self) { group in
      for _ in 0..<2 { group.addTask { try run() } }
      return try await group.reduce(into: [[Estimate]]()) { $0.append($1) }
    }
    #expect(together == [alone, alone], "two trackers of one model, side by side and after a second start")
  }

  /// Batch norms folded into convolutions give what separate ones give, and plain convolutions what matrix products give.
  ///
  /// - Parameter make: a narrow network of pysot's crops; plain convolutions are slow.
  package static func folding<Network: TemplateNetwork>(
    _ make: (_ engine: Engine, _ folding: Bool) throws -> Network
  ) throws where Network.Maps: GoldenMaps {
    func run(_ engine: Engine, folding: Bool) throws -> [[Float]] {
      let network = try make(engine, folding)
      let workspace = Workspace(engine: engine)
      let memory = network.memory(
        of: crop(127, in: workspace), target: TargetSize(width: 60, height: 70), in: workspace)
      let maps = network(crop(255, in: workspace), memory: memory, in: workspace)
      return [maps.classes.nchw, maps.boxes.nchw]
    }
    let plain = try run(Engine(instructionSet: .plain, convolution: .plain), folding: false)
    for folding in [true, false] {
      for (found, wanted) in zip(try run(Engine(), folding: folding), plain) {
        let magnitude = wanted.reduce(0) { max($0, abs($1)) }
        #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-4 * magnitude })
      }
    }
  }

  /// A crop of ``frame(x:y:)`` as pysot's networks see it.
  package static func crop(_ side: Int, in workspace: Workspace) -> Tensor {
    workspace.blueFirstCrop(
      of: frame(x: 60, y: 40), Square(left: 30, top: 10, side: side / 2), to: side, border: (90, 100, 110))
  }

  /// Prints milliseconds a frame by stage, processor time and the process's largest memory so far, and checks the count of
  /// multiply-adds.
  /// - Parameter tolerance: of that count, as a share of it.
  package static func cost<T: MeasuredTracker>(
    _ title: String, _ tracker: T, frames: Int, multiplyAdds: Double, within tolerance: Double = 0.01
  ) throws {
    var tracker = tracker
    let frame = frame(x: 60, y: 40)
    try tracker.start(on: frame, target: target)
    _ = try tracker.track(frame)
    let (before, stagesBefore) = (tracker.products, tracker.stages.durations)
    let processorBefore = processorTime
    let wall = try ContinuousClock().measure { for _ in 0..<frames { _ = try tracker.track(frame) } }
    let processor = processorTime - processorBefore
    let work = Double(tracker.products.multiplyAdds - before.multiplyAdds) / Double(frames)
    #expect(abs(work / multiplyAdds - 1) < tolerance, "\(work) multiply-adds a frame, wanted \(multiplyAdds)")
    func spent(_ stage: Stage) -> Duration {
      (tracker.stages.durations[stage] ?? .zero) - (stagesBefore[stage] ?? .zero)
    }
    let products = tracker.products.duration - before.duration
    #expect(Set(tracker.stages.durations.keys) == Set(Stage.allCases))
    #expect(Stage.allCases.map(spent).reduce(.zero, +) <= wall && products <= spent(.network))
    func milliseconds(_ duration: Duration) -> String {
      "\((duration / frames / .milliseconds(1) * 100).rounded() / 100)"
    }
    let line = Stage.allCases.map { "\($0.rawValue) \(milliseconds(spent($0)))" }.joined(separator: ", ")
    print(
      "\(title), ms a frame: \(milliseconds(wall)), \(milliseconds(processor)) of the processor (\(line)); matrix products "
        + "\(milliseconds(products)); largest memory of the process \(peakMemory) MiB")
  }

  /// Of this thread.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Mebibytes, of the process since it began; 0 where the system does not say.
  private static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) / 1024
  }
}
