import Datasets
import Geometry
import Reporting
import Tensors
import Tracking

/// Milliseconds a frame by stage, and how much arithmetic went into them.
struct StageTimes {
  private let engine: Engine
  private var opening: [Double] = []
  private var tracking: [Double] = []
  private var stages: [Stage: [Double]] = [:]
  private var peaks: [Double] = []
  /// Multiplications with an addition a frame; 0 for a tracker that does not count them.
  private(set) var multiplyAdds = 0

  init(engine: Engine) { self.engine = engine }

  /// The median of the multiply-add peaks measured between the frames, in GFLOP/s.
  var peak: Double { Percentile.of(peaks, 0.5) }

  /// Runs a tracker over `frames` frames after a few that warm up.
  mutating func measure(
    _ fresh: any Tracker, on sequence: Datasets.Sequence, target: Box, frames: Int
  ) throws {
    var tracker = fresh
    let clock = ContinuousClock()
    try tracker.start(on: sequence.frames.image(at: 0), target: target)
    let warmUp = min(3, max(sequence.count - 2, 0))
    // Multiplications before the first frame that counts, and after the last.
    var work: (first: Int, last: Int)?
    for step in 0..<(frames + warmUp) {
      if step % max(1, frames / 8) == 0 { peaks.append(MachineLimits.multiplyAddPeak(engine.instructionSet)) }
      // Short sequences go round: what is timed is the work, and every frame costs the same.
      let index = min(1 + step % max(sequence.count - 1, 1), sequence.count - 1)
      let began = clock.now
      let image = try sequence.frames.image(at: index)
      let before = tracker as? any MeasuredTracker
      let opened = clock.now
      _ = try tracker.track(image)
      let ended = clock.now
      guard step >= warmUp else { continue }
      opening.append((opened - began) / .milliseconds(1))
      tracking.append((ended - opened) / .milliseconds(1))
      guard let after = tracker as? any MeasuredTracker else { continue }
      for (stage, total) in after.stages.durations {
        stages[stage, default: []].append(
          (total - (before?.stages.durations[stage] ?? .zero)) / .milliseconds(1))
      }
      let done = after.products.multiplyAdds
      work = (work?.first ?? done, done)
    }
    // The first frame's own are in neither.
    if let work, frames > 1 { multiplyAdds = (work.last - work.first) / (frames - 1) }
  }

  func table(title: String) -> Table {
    var rows = [row("open frame", opening)]
    for stage in Stage.allCases { if let times = stages[stage] { rows.append(row(stage.rawValue, times)) } }
    rows.append(row("tracker", tracking))
    let columns = [
      Column("stage"), Column("mean_ms", header: "mean ms", digits: 2), Column("p50_ms", header: "p50", digits: 2),
      Column("p95_ms", header: "p95", digits: 2), Column("p99_ms", header: "p99", digits: 2),
    ]
    return Table(title: title, columns: columns, rows: rows)
  }

  func notes(on source: String) -> [String] {
    let mean = tracking.reduce(0, +) / Double(max(tracking.count, 1))
    var notes = ["\(Console.fixed(1000 / mean, 2)) fps over \(tracking.count) frames of \(source)"]
    if multiplyAdds > 0, let network = stages[.network] {
      let rate = 2 * Double(multiplyAdds) / (Percentile.of(network, 0.5) / 1000) / 1e9
      notes.append(
        "network: \(Console.fixed(Double(multiplyAdds) / 1e9, 3)) GMAC a frame, \(Console.fixed(rate, 1)) direct-equivalent GFLOP/s, "
          + "\(Console.fixed(100 * rate / (peak * Double(engine.threads)), 0)) % of the multiply-add peak of \(engine.threads == 1 ? "one core" : "\(engine.threads) cores") (\(Console.fixed(peak, 1)) GFLOP/s now)"
      )
    } else {
      notes.append("one core's multiply-add peak: \(Console.fixed(peak, 1)) GFLOP/s now")
    }
    return notes
  }

  private func row(_ name: String, _ times: [Double]) -> [Cell] {
    [.text(name), .number(times.reduce(0, +) / Double(times.count))]
      + [0.5, 0.95, 0.99].map { .number(Percentile.of(times, $0)) }
  }
}

/// Percentiles by nearest rank.
enum Percentile {
  /// - Precondition: `share` in 0...1. 0 where there are no values.
  static func of(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
  }
}
