import Foundation
package import Geometry
package import Imaging
import Testing
package import Tracking

/// What every tracker of the family owes its callers, whatever its weights.
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
    Box(x: 10, y: 10, width: 1e7, height: 3), Box(x: 1e15, y: -1e15, width: 1e9, height: 1e9),
  ]

  /// Tracking before starting, hostile and strange boxes, starting again, several trackers at once.
  package static func check(_ make: @escaping @Sendable () -> any Tracker) async throws {
    var tracker = make()
    #expect(throws: TrackerError.notStarted) { try tracker.track(frame(x: 60, y: 40)) }
    for box in hostile {
      #expect(throws: TrackerError.self, "\(box)") { try tracker.start(on: frame(x: 60, y: 40), target: box) }
    }
    for box in strange {
      try tracker.start(on: frame(x: 60, y: 40), target: box)
      for _ in 0..<2 { _ = try tracker.track(frame(x: 61, y: 40)) }
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
    #expect(alone.allSatisfy { !$0.box.isEmpty && 0...1 ~= ($0.score ?? -1) })
    let together = try await withThrowingTaskGroup(of: [Estimate].self) { group in
      for _ in 0..<2 { group.addTask { try run() } }
      return try await group.reduce(into: [[Estimate]]()) { $0.append($1) }
    }
    #expect(together == [alone, alone], "two trackers of one model, side by side and after a second start")
  }

  /// Prints milliseconds a frame by stage and the process's largest memory so far, and checks the count of multiply-adds.
  package static func cost<T: MeasuredTracker>(
    _ title: String, _ tracker: T, frames: Int, multiplyAdds: Double
  ) throws {
    var tracker = tracker
    let frame = frame(x: 60, y: 40)
    try tracker.start(on: frame, target: target)
    _ = try tracker.track(frame)
    let (before, stagesBefore) = (tracker.products, tracker.stages.durations)
    let wall = try ContinuousClock().measure { for _ in 0..<frames { _ = try tracker.track(frame) } }
    let work = Double(tracker.products.multiplyAdds - before.multiplyAdds) / Double(frames)
    #expect(abs(work / multiplyAdds - 1) < 0.01, "\(work) multiply-adds a frame, wanted \(multiplyAdds)")
    #expect(Set(tracker.stages.durations.keys) == Set(Stage.allCases))
    func milliseconds(_ duration: Duration) -> String {
      "\((duration / frames / .milliseconds(1) * 100).rounded() / 100)"
    }
    let line = Stage.allCases.map {
      "\($0.rawValue) \(milliseconds((tracker.stages.durations[$0] ?? .zero) - (stagesBefore[$0] ?? .zero)))"
    }
    print(
      "\(title), ms a frame: \(milliseconds(wall)) (\(line.joined(separator: ", "))); matrix products "
        + "\(milliseconds(tracker.products.duration - before.duration)); largest memory of the process \(peakMemory) MiB"
    )
  }

  /// Mebibytes, of the process since it began; 0 where the system does not say.
  private static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) / 1024
  }
}
