import Evaluation
import Geometry
public import Scoring
public import Store

/// One run of the store, scored under one profile.
public struct RunScores: Sendable {
  public let run: StoredRun
  public let scores: DatasetScores
  /// Frames per second over all tracked frames, the first of each sequence not counted; nil where no times were recorded.
  public let fps: Double?
  /// The same for each sequence by name.
  public let sequenceFPS: [String: Double]
  /// Sequences that failed while running.
  public let failures: [StoredFailure]
  /// Sequences of the data set that have neither a trajectory nor a failure, in its order.
  public let missing: [String]
  /// Sequences of the data set that the store knows of.
  public let known: Int

  /// True where every sequence of the data set has a score.
  public var isComplete: Bool { scores.sequences.count == known && scores.failed.isEmpty }
}

/// What a store holds, scored. The store never computes a score and a report never does either: this room brings them together.
public enum Scoreboard {
  /// Scores the given runs, in their order.
  ///
  /// A run with a frame limit is scored on the frames it tracked.
  /// - Throws: ``StoreError`` where the store cannot be read.
  public static func scores(of runs: [StoredRun], in store: ResultStore, profile: Profile) throws(StoreError)
    -> [RunScores]
  {
    var results: [RunScores] = []
    for run in runs { results.append(try scores(of: run, in: store, profile: profile)) }
    return results
  }

  private static func scores(of run: StoredRun, in store: ResultStore, profile: Profile) throws(StoreError) -> RunScores
  {
    let trajectories = try store.trajectories(run: run.id)
    let failures = try store.failures(run: run.id)
    let subsets = try store.subsets(dataset: run.identity.dataset)
    let names = try store.sequenceNames(dataset: run.identity.dataset)
    let records = trajectories.map { record($0, frameLimit: run.identity.frameLimit) }

    var seconds = 0.0
    var frames = 0
    var sequenceFPS: [String: Double] = [:]
    for stored in trajectories {
      guard let spent = stored.trajectory.trackingSeconds, spent > 0 else { continue }
      let tracked = stored.trajectory.boxes.count - 1
      sequenceFPS[stored.trajectory.sequence] = Double(tracked) / spent
      seconds += spent
      frames += tracked
    }
    let present = Set(trajectories.map(\.trajectory.sequence)).union(failures.map(\.sequence))
    return RunScores(
      run: run,
      scores: DatasetScores(
        records, profile: profile, attributes: inOrder(trajectories.flatMap(\.attributes)),
        subsets: subsets.mapValues { Array($0) }),
      fps: seconds > 0 ? Double(frames) / seconds : nil, sequenceFPS: sequenceFPS, failures: failures,
      missing: names.filter { !present.contains($0) }, known: names.count)
  }

  /// Writes each trajectory's scores beside it, for people who query the store by hand.
  public static func writeScores(run: Int64, in store: ResultStore, profiles: [Profile]) throws(StoreError) {
    let trajectories = try store.trajectories(run: run)
    let limit = try store.runs().first { $0.id == run }?.identity.frameLimit
    var rows: [StoredScore] = []
    for profile in profiles {
      for stored in trajectories {
        guard let scored = try? SequenceScores(record(stored, frameLimit: limit), profile: profile) else { continue }
        rows.append(
          StoredScore(
            trajectory: stored.id, profile: profile.name, success: scored.scores.auc,
            success50: scored.scores.success50,
            precision: scored.scores.precision20, normPrecision: scored.scores.normPrecision20,
            averageOverlap: scored.scores.ao))
      }
    }
    try store.replaceScores(rows)
  }

  private static func record(_ stored: StoredTrajectory, frameLimit: Int?) -> SequenceRecord {
    let truth = stored.truth.map(\.axisAlignedBox)
    return SequenceRecord(
      name: stored.trajectory.sequence, truth: frameLimit.map { Array(truth.prefix($0)) } ?? truth,
      prediction: stored.trajectory.boxes, attributes: stored.attributes)
  }

  /// Sorted names, each once.
  private static func inOrder(_ attributes: [String]) -> [String] { Set(attributes).sorted() }
}
