import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Geometry
import Imaging
import Reporting
import Siamese
import Tensors
import Tracking

struct SpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Milliseconds a frame by stage, arithmetic against this machine's peak, memory: one tracker alone.",
    discussion: """
      Frames come from the drawn demo data set unless another is named, and are opened before the clock starts for the tracker. \
      Percentiles are over frames; the first frames warm up and do not count. GFLOP/s count two operations for each \
      multiplication of the direct convolution, whatever way was taken; the peak is measured between the frames.

        trackbench speed --tracker siamfc --untrained
        trackbench speed --tracker siamrpn++ --untrained --layers
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

  @Flag(help: "Add the network layer by layer, each against what processor and memory would allow.")
  var layers = false

  @Option(
    help: ArgumentHelp(
      "For benchmarks: run the network on the crops of this safetensors file (template, search, target) whenever a line on standard input asks, and answer with one JSON line.",
      valueName: "crops"))
  var onRequest: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if frames < 1 { throw ValidationError("--frames expects a number from 1, found \(frames)") }
    if onRequest != nil, layers { throw ValidationError("--on-request and --layers exclude each other") }
  }

  func run() throws {
    let description = try TrackerCatalog.named(tracker)
    let clock = ContinuousClock()
    let began = clock.now
    let loaded = try options.load(description)
    let loading = (clock.now - began) / .seconds(1)
    if loaded.isBundled { Console.note(WeightsFinder.note(on: description.name)) }
    if let onRequest {
      return try RequestedRuns(network(of: loaded.model, description), crops: onRequest, loading: loading).serve()
    }

    let source = try frameSource()
    let engine = try Engine.ofThisProcess()
    var times = StageTimes(engine: engine)
    let target = description.convention.toPixels(description.convention.firstBox(of: source.region))
    try times.measure(loaded.model.makeTracker(), on: source.sequence, target: target, frames: frames)

    var tables = [times.table(title: "\(description.name), milliseconds a frame")]
    var notes = times.notes(on: "\(source.dataset.name)/\(source.sequence.name)")
    if layers {
      let measured = try LayerTimes(network(of: loaded.model, description), peak: times.peak)
      tables.append(measured.table)
      notes += measured.notes
    }
    notes.append(
      "peak memory \(Machine.peakMemory >> 20) MiB; weights loaded and prepared in \(Console.fixed(loading, 2)) s")
    notes.append(
      "\(Machine.cpu), \(engine.threads) of \(Machine.cores) cores; kernels \(engine.summary)"
        + (engine.usesBLAS ? "; \(BLASInfo.summary)" : ""))
    let warnings = SpeedWarnings.found(environment: ProcessInfo.processInfo.environment, engine: engine)
    // CSV and JSON have no place for them.
    if format.format.isForPeople { notes += warnings } else { for warning in warnings { Console.note(warning) } }
    try format.write(Report(tables: tables, notes: notes))
  }

  private func network(of model: any TrackerModel, _ description: TrackerDescription) throws -> any CropModel {
    guard let model = model as? any CropModel else {
      throw CommandFault(
        place: description.name, cause: "has no network that could be run alone",
        remedy: "leave --layers and --on-request to trackers with weights")
    }
    return model
  }

  private func frameSource() throws -> (dataset: Dataset, sequence: Datasets.Sequence, region: Region) {
    let dataset = try DatasetCatalog.open(dataset, root: data.resolved, sequences: sequence.map { [$0] })
    guard let sequence = dataset.sequences.first(where: \.runnable), let first = sequence.annotation.regions.first
    else {
      throw CommandFault(
        place: self.dataset, cause: "has no sequence that can be run", remedy: "name another with --dataset")
    }
    return (dataset, sequence, first)
  }
}
