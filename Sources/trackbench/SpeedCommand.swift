import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Geometry
import Imaging
import Reporting
import Tensors
import Tracking

struct SpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Milliseconds a frame by stage, frames a second, memory: one tracker on one thread.",
    discussion: """
      Frames come from the drawn demo data set unless another is named, and are opened before the clock starts for the tracker. \
      Percentiles are over frames; the first frames warm up and do not count.
      """)

  @Option(help: "The tracker to time.")
  var tracker: String

  @OptionGroup var options: TrackerOptions

  @Option(help: "Where the frames come from.")
  var dataset = "demo"

  @Option(help: "Which sequence; default the first.")
  var sequence: String?

  @Option(help: ArgumentHelp("Frames to time.", valueName: "n"))
  var frames = 40

  @OptionGroup var data: DataOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if frames < 1 { throw ValidationError("--frames expects a number from 1, found \(frames)") }
  }

  func run() throws {
    let description = try TrackerCatalog.named(tracker)
    let loaded = try options.load(description)
    if loaded.isBundled { Console.note(WeightsFinder.note(on: description.name)) }
    let model = loaded.model
    let dataset = try DatasetCatalog.open(dataset, root: data.resolved, sequences: sequence.map { [$0] })
    guard let sequence = dataset.sequences.first(where: \.runnable), let first = sequence.annotation.regions.first
    else {
      throw CommandFault(
        place: self.dataset, cause: "has no sequence that can be run", remedy: "name another with --dataset")
    }

    var tracker = model.makeTracker()
    let clock = ContinuousClock()
    let target = description.convention.toPixels(description.convention.firstBox(of: first))
    try tracker.start(on: sequence.frames.image(at: 0), target: target)
    let warmUp = min(3, max(sequence.count - 2, 0))
    var open: [Double] = []
    var track: [Double] = []
    var stages: [Stage: [Double]] = [:]
    for step in 0..<(frames + warmUp) {
      // Short sequences go round: what is timed is the work, and every frame costs the same.
      let index = 1 + step % max(sequence.count - 1, 1)
      let opening = clock.now
      let image = try sequence.frames.image(at: min(index, sequence.count - 1))
      let before = (tracker as? any MeasuredTracker)?.stages.durations ?? [:]
      let began = clock.now
      _ = try tracker.track(image)
      let ended = clock.now
      guard step >= warmUp else { continue }
      open.append((began - opening) / .milliseconds(1))
      track.append((ended - began) / .milliseconds(1))
      for (stage, total) in (tracker as? any MeasuredTracker)?.stages.durations ?? [:] {
        stages[stage, default: []].append((total - (before[stage] ?? .zero)) / .milliseconds(1))
      }
    }

    var rows = [row("open frame", open)]
    for stage in Stage.allCases { if let times = stages[stage] { rows.append(row(stage.rawValue, times)) } }
    rows.append(row("tracker", track))
    let mean = track.reduce(0, +) / Double(track.count)
    var notes = [
      "\(Console.fixed(1000 / mean, 2)) fps over \(track.count) frames of \(dataset.name)/\(sequence.name), one thread"
    ]
    if let measured = tracker as? any MeasuredTracker {
      let products = measured.products
      let seconds = products.duration / .seconds(1)
      if seconds > 0 {
        let perFrame = Double(products.multiplyAdds) / Double(track.count + warmUp) / 1e9
        notes.append(
          "matrix products: \(Console.fixed(perFrame, 2)) GMAC a frame at \(Console.fixed(2 * Double(products.multiplyAdds) / seconds / 1e9, 1)) GFLOP/s"
        )
      }
    }
    notes.append("peak memory \(Machine.peakMemory >> 20) MiB")
    notes.append("\(Machine.cpu); kernels \(try Engine.ofThisProcess().summary); \(BLASInfo.summary)")
    if Machine.load > Double(Machine.cores) {
      notes.append("warning: load \(Console.fixed(Machine.load, 1)) on \(Machine.cores) cores; these times mean little")
    }
    let columns = [
      Column("stage"), Column("mean_ms", header: "mean ms", digits: 2), Column("p50_ms", header: "p50", digits: 2),
      Column("p95_ms", header: "p95", digits: 2), Column("p99_ms", header: "p99", digits: 2),
    ]
    try format.write(
      Report(
        tables: [Table(title: "\(description.name), milliseconds a frame", columns: columns, rows: rows)], notes: notes)
    )
  }

  private func row(_ name: String, _ times: [Double]) -> [Cell] {
    let sorted = times.sorted()
    /// Nearest rank.
    func percentile(_ share: Double) -> Cell {
      .number(sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)])
    }
    return [
      .text(name), .number(times.reduce(0, +) / Double(times.count)), percentile(0.5), percentile(0.95),
      percentile(0.99),
    ]
  }
}
