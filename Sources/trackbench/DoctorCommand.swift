import ArgumentParser
import BundledWeights
import Datasets
import Foundation
import Reporting
import Tensors
import Tracking

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "What this machine offers and what trackbench finds on it, with remedies.")

  @OptionGroup var data: DataOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    var rows: [[Cell]] = []
    var remedies: [String] = []
    func add(_ what: String, _ found: String, remedy: String? = nil) {
      rows.append([.text(what), .text(found)])
      if let remedy { remedies.append("\(what): \(remedy)") }
    }
    add("trackbench", Trackbench.version)
    add("CPU", "\(Machine.cpu), \(Machine.cores) cores")
    add("memory", "\(Machine.memory >> 30) GiB")
    add(
      "load", Console.fixed(Machine.load, 2),
      remedy: Machine.load > Double(Machine.cores) ? "other work is running; times measured now mean little" : nil)
    let engine = try Engine(environment: ProcessInfo.processInfo.environment)
    add(
      "kernels",
      "\(engine.instructionSet.rawValue) (available: \(InstructionSet.available.map(\.rawValue).joined(separator: ", ")))",
      remedy: engine.instructionSet != .best
        ? "TRACKBENCH_KERNELS forces \(engine.instructionSet.rawValue); unset it for \(InstructionSet.best.rawValue)"
        : nil)
    add(
      "BLAS", BLASInfo.isAvailable ? BLASInfo.summary : "none (only --gemm openblas needs it)",
      remedy: ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"].map {
        "OPENBLAS_CORETYPE forces the kernels of \($0); unset it to let OpenBLAS choose"
      })
    checkData(add)
    checkWeights { add($0, $1) }
    if let lack = missingWeights { remedies.append(lack) }
    try format.write(
      Report(
        tables: [Table(columns: [Column("what"), Column("found")], rows: rows)],
        notes: remedies.isEmpty ? ["nothing to mend"] : remedies.map { "remedy: \($0)" }))
  }

  private func checkData(_ add: (String, String, String?) -> Void) {
    guard let root = data.resolved else {
      return add(
        "data", "none", "point --data-root or $TRACKBENCH_DATA at the folder that holds OTB100; `demo` needs none")
    }
    for info in DatasetCatalog.known {
      do {
        let dataset = try DatasetCatalog.survey(info.name, root: root)
        add("data: \(info.name)", dataset.summary, nil)
      } catch {
        add("data: \(info.name)", "not under \(root)", nil)
      }
    }
  }

  private static let wanting = TrackerCatalog.all.filter(\.needsWeights)

  private func checkWeights(_ add: (String, String) -> Void) {
    for tracker in Self.wanting {
      let own = WeightsFinder.path(for: tracker.name, named: nil)
      let bundled = BundledWeights.path(for: tracker.name).map { _ in "compact ones that come with the program" }
      add("weights: \(tracker.name)", own ?? bundled ?? "none")
    }
  }

  /// One sentence for all trackers whose authors' weights are not there.
  private var missingWeights: String? {
    let lacking = Self.wanting.map(\.name).filter { WeightsFinder.path(for: $0, named: nil) == nil }
    guard let example = lacking.first else { return nil }
    return "weights: for the authors' networks put \(example).pth and the like into the folder that "
      + "$TRACKBENCH_WEIGHTS names; `trackbench trackers show \(example)` says where to get them"
  }
}
