public import ArgumentParser
import Datasets
import Evaluation
import Foundation
public import Interchange
import Store

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write stored results as result folders that other toolkits read.",
    discussion: """
      Each tracker gets a folder of its name in DIR; for --layout vot, DIR is a workspace. Numbers are written in their shortest \
      form that reads back as the same bits, so what another toolkit scores is what is scored here. Nothing that is there is \
      written over.

        trackbench export results --tracker siamfc --dataset otb100
        trackbench export results --tracker siamfc --dataset vot2018 --layout pysot --protocol supervised
        trackbench export workspace --tracker siamfc --dataset vot2018 --layout vot
      """)

  @Argument(help: ArgumentHelp("Where to; made where it is missing.", valueName: "dir"))
  var folder: String

  @Option(help: ArgumentHelp("Only these trackers.", valueName: "name,…"))
  var tracker: [NameList] = []

  @Option(help: "The data set the results belong to: a name, or a folder.")
  var dataset: String

  @Option(name: .customLong("protocol"), help: ArgumentHelp("Only results of this protocol.", valueName: "name"))
  var protocolName: String?

  @Option(name: .customLong("run"), help: ArgumentHelp("Only these runs, by number.", valueName: "number,…"))
  var numbers: [NameList] = []

  @Option(
    help: ArgumentHelp(
      "Whose layout: \(FolderLayout.allCases.map(\.rawValue).joined(separator: ", ")). Default: otb, or pysot for protocols otb has no files for.",
      valueName: "toolkit"))
  var layout: FolderLayout?

  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let dataset = try DatasetCatalog.survey(self.dataset, root: data.resolved)
    let store = try store.open(create: false)
    let runs = try StoredRuns(store).filtered(
      tracker: tracker.names, dataset: [dataset.name], protocolName: protocolName, numbers: numbers.names)
    try refuseTwice(runs)
    for run in runs {
      let identity = run.identity
      let layout = try layout ?? usualLayout(identity.protocolName)
      let target = layout == .vot ? folder : URL(fileURLWithPath: folder).appendingPathComponent(identity.tracker).path
      let trajectories = try store.trajectories(run: run.id).map(\.trajectory)
      guard !trajectories.isEmpty else {
        Console.note("\(identity.tracker) \(identity.protocolName): nothing is finished yet, nothing to write")
        continue
      }
      let files = try ResultFolder.write(
        trajectories, protocolName: identity.protocolName, layout: layout, tracker: identity.tracker, to: target,
        dataset: dataset)
      Console.print(
        "\(identity.tracker) \(identity.protocolName): \(files.count) files in \(target), layout \(layout.rawValue)")
    }
  }

  private func usualLayout(_ protocolName: String) throws -> FolderLayout {
    switch try ResultProtocol(named: protocolName).kind {
    case .ope, .tre, .sre: .otb
    case .supervised, .unsupervised, .longterm: .pysot
    case .multistart: .vot
    }
  }

  /// Two runs of one tracker and protocol would land in the same files.
  private func refuseTwice(_ runs: [StoredRun]) throws {
    for (_, same) in Dictionary(grouping: runs, by: { [$0.identity.tracker, $0.identity.protocolName] })
    where same.count > 1 {
      let numbers = same.map { String($0.id) }.joined(separator: ", ")
      throw CommandFault(
        place: "\(same[0].identity.tracker) in \(store.path)",
        cause:
          "runs \(numbers) are all \(same[0].identity.protocolName) runs of it and would be written to the same files",
        remedy: "write each with --run to a folder of its own")
    }
  }
}

extension FolderLayout: ExpressibleByArgument {}
