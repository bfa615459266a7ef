import ArgumentParser
import Checkpoints
import Foundation
import Reporting
import Tracking

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights", abstract: "What a checkpoint holds, and whether it fits a tracker.",
    subcommands: [Inspect.self, Verify.self])

  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the tensors of a PyTorch, NumPy or safetensors file. Nothing in it is executed.")

    @Argument(help: "The checkpoint.")
    var file: String

    @OptionGroup var format: FormatOptions

    func run() throws {
      let summary = try CheckpointSummary(Checkpoint.read(path: file))
      let columns = [
        Column("key"), Column("type"), Column("shape"), Column("min", digits: 6), Column("max", digits: 6),
        Column("mean", digits: 6),
      ]
      let rows = summary.rows.map { tensor -> [Cell] in
        [
          .text(tensor.key), .text(tensor.dtype.rawValue),
          .text(tensor.shape.isEmpty ? "scalar" : tensor.shape.map(String.init).joined(separator: "x")),
          Cell(tensor.minimum.map(Double.init)), Cell(tensor.maximum.map(Double.init)), Cell(tensor.mean),
        ]
      }
      try format.write(
        Report(
          tables: [Table(columns: columns, rows: rows)],
          notes: [
            "\(summary.container.rawValue) file, \(summary.rows.count) tensors, \(Console.grouped(summary.elementCount)) numbers",
            "sha256 \(summary.sha256)",
          ]))
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Whether a checkpoint fits a tracker, key by key; exit 1 where it does not.")

    @Argument(help: "The checkpoint.")
    var file: String

    @Option(help: "The tracker it is meant for.")
    var tracker: String

    @Option(help: "The preset it is meant for.")
    var preset: String?

    func run() throws {
      let description = try TrackerCatalog.named(tracker)
      let weights = try Weights(contentsOf: file)
      _ = try description.load(weights, preset: preset, among: TrackerCatalog.all)
      Console.print(
        "\(file) fits \(description.name): \(weights.tensors.count) tensors, all wanted keys in their shapes")
    }
  }
}
