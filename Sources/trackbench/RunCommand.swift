import ArgumentParser
import Checkpoints
import Datasets
import Evaluation
import Foundation
import Reporting
import Scoreboard
import Scoring
import Store
import Tracking

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run trackers over a data set, store every trajectory, print the score table.",
    discussion: """
      The same command again resumes: what the store holds with the same tracker, settings, weights and annotation is not \
      computed again. Ctrl-C once keeps what is whole; twice stops at once. A sequence that fails is recorded and the rest go on.

        trackbench run --tracker siamfc --weights siamfc.pth --dataset otb100 --data-root data
        trackbench run --tracker siamfc --dataset demo --sequences drift-1,drift-2 --set scale_step=1.03
      """)

  @Option(help: ArgumentHelp("Trackers to run; `trackbench trackers list` shows all.", valueName: "name,…"))
  var tracker: [NameList]

  @Option(help: "A data set's name (`trackbench datasets list`) or a folder.")
  var dataset: String

  @OptionGroup var options: TrackerOptions

  @Option(name: .customLong("protocol"), help: "How to evaluate: ope (one pass).")
  var protocolName = OnePass.name

  @Option(help: ArgumentHelp("Only these sequences.", valueName: "name,…"))
  var sequences: [NameList] = []

  @Option(help: ArgumentHelp("All but these sequences.", valueName: "name,…"))
  var exclude: [NameList] = []

  @Option(help: ArgumentHelp("Only the first frames of each sequence.", valueName: "n"))
  var frames: Int?

  @Option(help: ArgumentHelp("Sequences side by side. Default: one for each core.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Do again what the store already holds.")
  var fresh = false

  @Option(help: ArgumentHelp("Whose rules the score table follows.", valueName: "profile"))
  var profile = "pysot"

  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if let frames, frames < 1 { throw ValidationError("--frames expects a number from 1, found \(frames)") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs expects a number from 1, found \(jobs)") }
    if tracker.names.count > 1, options.weights != nil {
      throw ValidationError(
        "--weights names one file, --tracker \(tracker.names.count) trackers: put the files into the folder that $TRACKBENCH_WEIGHTS names"
      )
    }
  }

  func run() async throws {
    guard protocolName == OnePass.name else {
      throw CommandFault.unknown("protocol", protocolName, among: [OnePass.name])
    }
    let profile = try Profile.named([profile])
    let trackers = try tracker.names.map(TrackerCatalog.named)
    let whole = try DatasetCatalog.survey(dataset, root: data.resolved)
    let chosen = try whole.selecting(sequences.isEmpty ? nil : sequences.names, excluding: exclude.names)
    let store = try store.open(create: true)
    let registered = try store.register(whole)
    Signals.install()

    var runs: [Int64] = []
    var allWell = true
    for tracker in trackers {
      let (run, complete) = try await execute(tracker, on: chosen, registered, into: store)
      runs.append(run)
      allWell = allWell && complete
      if Signals.stop.isSet { break }
    }
    try report(runs, in: store, profiles: profile)
    if let code = Signals.exitCode { throw ExitCode(code) }
    if !allWell { throw Ending.incomplete }
  }

  /// Runs one tracker; true where every wanted sequence now has a trajectory.
  private func execute(
    _ description: TrackerDescription, on dataset: Dataset, _ registered: RegisteredDataset, into store: ResultStore
  ) async throws -> (run: Int64, complete: Bool) {
    let loaded = try options.load(description)
    if options.untrained, description.needsWeights {
      Console.note(
        "\(description.name): weights are made by rule and untrained; the scores say nothing about the tracker")
    }
    let evaluation = OnePass(convention: description.convention, frameLimit: frames)
    let identity = RunIdentity(
      tracker: description.name, dataset: dataset.name, protocolName: protocolName, origin: .run,
      settings: loaded.settings, weightsName: loaded.weights?.name, weightsSHA256: loaded.weights?.sha256,
      frameLimit: frames)
    let run = try store.run(for: identity)
    if fresh { try store.clear(run: run) }

    let finished = try store.finished(run: run)
    let wanted = dataset.sequences.filter {
      !finished.contains(FinishedPass(sequence: $0.name, annotation: registered.annotations[$0.name] ?? ""))
    }
    let runnable = wanted.filter(\.runnable)
    let idle = wanted.filter { !$0.runnable }
    if !idle.isEmpty {
      Console.note(
        "\(idle.count) sequences have annotations but no frames here, so they cannot be run (first: \(idle[0].name))")
    }
    let jobs = min(self.jobs ?? Machine.cores, max(runnable.count, 1))
    let total = runnable.reduce(0) { $0 + evaluation.frameCount(of: $1) }
    let resumed = dataset.sequences.count - wanted.count
    Console.note(
      "\(description.name) on \(dataset.name) (\(runnable.count) sequences, \(Console.grouped(total)) frames), \(protocolName), \(jobs) jobs"
        + (resumed > 0 ? "; \(resumed) already in \(store.path)" : ""))
    guard !runnable.isEmpty else { return (run, true) }

    let session = try store.beginSession(run: run, .here(jobs: jobs))
    let progress = Progress(sequences: runnable.count, frames: total)
    let runner = Runner(model: loaded.model, evaluation: evaluation, jobs: jobs)
    let outcome = try await runner.run(
      runnable, stop: Signals.stop,
      record: { trajectory, _ in
        try store.record(trajectory, in: registered, run: run, session: session)
      },
      onEvent: progress.handle)
    progress.finish()
    for failure in outcome.failures {
      try store.recordFailure(sequence: failure.sequence, message: failure.description, run: run)
    }
    let stored = try store.runs().filter { $0.id == run }
    try Scoreboard.writeScores(Scoreboard.scores(of: stored, in: store, profiles: Profile.all), in: store)
    if outcome.interrupted {
      Console.note("stopped: \(outcome.finished) sequences were finished and stored; the same command again resumes")
    }
    return (run, outcome.failures.isEmpty)
  }

  private func report(_ runs: [Int64], in store: ResultStore, profiles: [Profile]) throws {
    let stored = try store.runs().filter { runs.contains($0.id) }
    let scored = try Scoreboard.scores(of: stored, in: store, profiles: profiles)
    var report = ScoreReport.make(scored, scopes: [.dataset])
    for run in stored {
      if let weights = run.identity.weightsName, weights != "rule" {
        report.notes.append("\(run.identity.tracker): weights \(weights)")
      }
      report.notes.append("stored in \(store.path) as run \(run.id)")
    }
    try format.write(report)
  }
}
