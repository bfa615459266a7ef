import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Interchange
import Reporting
import Scoreboard
import Scoring
import Store

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take other toolkits' result folders into the store.",
    discussion: """
      A folder of OTB layout holds one `<Sequence>.txt` a target, one box `x,y,w,h` a line, separated by comma, tab or blank. \
      A file that does not fit is named with its line and left out; the others are imported (exit 2). Importing a tracker again \
      puts the new folder in place of the old.

        trackbench import results/OTB100/SiamFC results/OTB100/MDNet --dataset otb100
        trackbench report --profile otb
      """)

  @Argument(help: ArgumentHelp("Result folders.", valueName: "folder"))
  var folders: [String]

  @Option(help: "What the tracker is called. Default: the folder's name.")
  var tracker: String?

  @Option(help: "The data set the boxes belong to: a name, or a folder.")
  var dataset: String

  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    if tracker != nil, folders.count > 1 {
      throw CommandFault(
        place: "--tracker \(tracker ?? "")", cause: "one name for \(folders.count) folders",
        remedy: "leave --tracker out: each tracker is then called like its folder")
    }
    let dataset = try DatasetCatalog.survey(self.dataset, root: data.resolved)
    let outcomes = try folders.map { folder in
      try ResultFolder.readOTB(
        path: folder, tracker: tracker ?? URL(fileURLWithPath: folder).lastPathComponent, dataset: dataset)
    }
    let store = try store.open(create: true)
    let registered = try store.register(dataset)
    var refusedAny = false
    for outcome in outcomes {
      let run = try store.run(for: RunIdentity(tracker: outcome.tracker, dataset: dataset.name, origin: .imported))
      let session = try store.beginSession(run: run, try .here(jobs: 1))
      try store.replace(
        run: run, session: session, with: outcome.trajectories, in: registered,
        refused: outcome.refused.map { ($0.sequence ?? $0.file, "\($0.place): \($0.cause)") })
      let stored = try store.runs().filter { $0.id == run }
      try Scoreboard.writeScores(Scoreboard.scores(of: stored, in: store, profiles: Profile.all), in: store)
      for refusal in outcome.refused { Console.note("\(outcome.tracker): left out \(refusal)") }
      if !outcome.missing.isEmpty {
        Console.note(
          "\(outcome.tracker): no file for \(outcome.missing.count) sequences: \(outcome.missing.joined(separator: ", "))"
        )
      }
      Console.note(
        "\(outcome.tracker): \(outcome.trajectories.count) of \(dataset.sequences.count) sequences imported into \(store.path) as run \(run)"
      )
      refusedAny = refusedAny || !outcome.refused.isEmpty
    }
    if refusedAny { throw Ending.incomplete }
  }
}
