import ArgumentParser
import Checkpoints
import Datasets
import Evaluation
import Foundation
import Reporting
import Scoreboard
import Scoring
import Store
import Tensors
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

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "How to evaluate: \(EvaluationProtocols.names.joined(separator: ", ")), each also with @realtime behind it. Default: the data set's own, supervised for VOT, multistart where it has anchors, else ope.",
      valueName: "name"))
  var protocolName: String?

  @Option(help: ArgumentHelp("Runs over each sequence, for trackers that do not always answer alike.", valueName: "n"))
  var repetitions = 1

  @Option(help: ArgumentHelp("Only these sequences; @FILE for a file of names, one a line.", valueName: "name,…"))
  var sequences: [NameList] = []

  @Option(help: ArgumentHelp("All but these sequences.", valueName: "name,…"))
  var exclude: [NameList] = []

  @Option(help: ArgumentHelp("Only the first frames of each sequence.", valueName: "n"))
  var frames: Int?

  @Option(help: ArgumentHelp("Sequences side by side. Default: one for each core.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Do again what the store already holds.")
  var fresh = false

  @OptionGroup var scoring: ScoringOptions

  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if let frames, frames < 1 { throw ValidationError("--frames expects a number from 1, found \(frames)") }
    if repetitions < 1 { throw ValidationError("--repetitions expects a number from 1, found \(repetitions)") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs expects a number from 1, found \(jobs)") }
    if tracker.names.count > 1, options.weights != nil {
      throw ValidationError(
        "--weights names one file, --tracker \(tracker.names.count) trackers: put the files into the folder that $TRACKBENCH_WEIGHTS names"
      )
    }
  }

  func run() async throws {
    let trackers = try tracker.names.map(TrackerCatalog.named)
    let options = try scoring.parsed()
    // A wrong name is told before anything is opened.
    if let protocolName { _ = try evaluation(protocolName, by: trackers[0], on: nil) }
    let whole = try DatasetCatalog.survey(dataset, root: data.resolved)
    let chosen = try whole.selecting(sequences.isEmpty ? nil : sequences.expanded(), excluding: exclude.expanded())
    let protocolName = protocolName ?? chosen.defaultProtocol
    let store = try store.open(create: true)
    let registered = try store.register(whole)
    Signals.install()

    let sharesThreads = self.options.engine.leavesThreadsOpen
    var runs: [Int64] = []
    var allWell = true
    for tracker in trackers {
      let evaluation = try evaluation(protocolName, by: tracker, on: whole)
      let (run, complete) = try await execute(
        tracker, evaluation, on: chosen, registered, sharesThreads: sharesThreads, into: store)
      runs.append(run)
      allWell = allWell && complete
      if Signals.stop.isSet { break }
    }
    try report(runs, in: store, options)
    if let code = Signals.exitCode { throw ExitCode(code) }
    if !allWell { throw Ending.incomplete }
  }

  private func evaluation(
    _ name: String, by tracker: TrackerDescription, on dataset: Dataset?
  ) throws -> any EvaluationProtocol {
    let known = EvaluationProtocols.names.flatMap { [$0, $0 + EvaluationProtocols.realTimeSuffix] }
    guard known.contains(name) else { throw CommandFault.unknown("protocol", name, among: known) }
    return try EvaluationProtocols.named(
      name, convention: tracker.convention, frameLimit: frames, repetitions: repetitions,
      omitting: dataset?.name.hasPrefix("otb") == true ? OmittedStarts.otb : [:])
  }

  /// Runs one tracker; true where every wanted sequence now has all its trajectories.
  /// - Parameter sharesThreads: whether jobs that have nothing left to begin help those still at work.
  private func execute(
    _ description: TrackerDescription, _ evaluation: any EvaluationProtocol, on dataset: Dataset,
    _ registered: RegisteredDataset, sharesThreads: Bool, into store: ResultStore
  ) async throws -> (run: Int64, complete: Bool) {
    // Sequences side by side scale best; cores that they leave idle help inside the frames.
    let side = max(1, min(jobs ?? Machine.cores, dataset.sequences.filter(\.runnable).count))
    let threads = max(1, Machine.cores / side)
    let loaded = try options.load(description, threads: threads)
    if options.untrained, description.needsWeights {
      Console.note(
        "\(description.name): weights are made by rule and untrained; the scores say nothing about the tracker")
    }
    if loaded.isBundled { Console.note(WeightsFinder.note(on: description.name)) }
    let run = try store.run(
      for: RunIdentity(
        tracker: description.name, dataset: dataset.name, protocolName: evaluation.name, origin: .run,
        settings: loaded.settings, weightsName: loaded.weights?.name, weightsSHA256: loaded.weights?.sha256,
        frameLimit: frames))
    if fresh { try store.clear(run: run) }

    let runnable = dataset.sequences.filter(\.runnable)
    let idle = dataset.sequences.filter { !$0.runnable }
    if !idle.isEmpty {
      Console.note(
        "\(idle.count) sequences have annotations but no frames here, so they cannot be run (first: \(idle[0].name))")
    }
    if evaluation.needsPictureSizes { try store.note(sizes: PictureSizes.unnamed(in: runnable), in: registered) }
    let (items, impossible) = evaluation.work(over: runnable)
    for failure in impossible {
      try store.recordFailure(failure, run: run)
      Console.note("\(failure.sequence) cannot be run: \(failure)")
    }
    let finished = try store.finished(run: run)
    let wanted = items.filter {
      let annotation = registered.annotations[$0.sequence.name] ?? ""
      return !finished.contains(FinishedPass(sequence: $0.sequence.name, annotation: annotation, pass: $0.pass))
    }
    let jobs = min(self.jobs ?? Machine.cores, max(wanted.count, 1))
    Console.note(
      "\(description.name) on \(dataset.name) (\(Self.amount(of: wanted))), \(evaluation.name), \(jobs) jobs"
        + (items.count > wanted.count ? "; \(items.count - wanted.count) already in \(store.path)" : ""))
    guard !wanted.isEmpty else { return (run, impossible.isEmpty) }

    let session = try store.beginSession(run: run, .here(jobs: jobs))
    let progress = Progress(passes: wanted.count, frames: wanted.reduce(0) { $0 + $1.frames })
    // Sequences side by side take all cores by themselves; only where they do not, frames are opened ahead.
    let runner = Runner(
      model: loaded.model, evaluation: evaluation, jobs: jobs, readsAhead: jobs < Machine.cores)
    let outcome = try await runner.run(
      wanted, stop: Signals.stop,
      record: { trajectory, _ in try store.record(trajectory, in: registered, run: run, session: session) },
      onEvent: { event in
        // In real time a frame's duration decides what is tracked: it must not depend on what others have left to do.
        if case .idle(let busyJobs) = event, sharesThreads, evaluation.conditions.realTime == nil {
          IdleThreads.share((jobs - busyJobs) * threads, among: busyJobs)
        }
        progress.handle(event)
      })
    progress.finish()
    for failure in outcome.failures { try store.recordFailure(failure, run: run) }
    let stored = try store.runs().filter { $0.id == run }
    try Scoreboard.writeScores(Scoreboard.scores(of: stored, in: store, profiles: .applicable), in: store)
    if outcome.interrupted {
      Console.note("stopped: \(outcome.finished) trajectories were finished and stored; the same command again resumes")
    }
    return (run, outcome.failures.isEmpty && impossible.isEmpty)
  }

  /// `18 sequences, 2 010 frames`, and how many passes where there are several a sequence.
  private static func amount(of items: [WorkItem]) -> String {
    let sequences = Set(items.map(\.sequence.name)).count
    let frames = Console.grouped(items.reduce(0) { $0 + $1.frames })
    let passes = items.count > sequences ? "\(items.count) passes, " : ""
    return "\(sequences) sequences, \(passes)\(frames) frames"
  }

  private func report(_ runs: [Int64], in store: ResultStore, _ options: ScoringOptions.Parsed) throws {
    let stored = try store.runs().filter { runs.contains($0.id) }
    let scored = try options.scores(of: stored, in: store)
    var report = ScoreReport.make(
      scored, scopes: [.dataset], standings: Scoreboard.standings(of: scored, leadOnly: format.format.isForPeople))
    for run in stored {
      if let weights = run.identity.weightsName, weights != "rule" {
        report.notes.append("\(run.identity.tracker): weights \(weights)")
      }
      report.notes.append("stored in \(store.path) as run \(run.id)")
    }
    try format.write(report)
  }
}
