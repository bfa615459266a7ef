import Datasets
import Evaluation
import Geometry
import Scoring
import Store

/// A run's trajectories beside the truth they are scored against, in the forms the scores want. Loaded once, scored under any
/// number of profiles.
struct RunMaterial: Sendable {
  let run: StoredRun
  let failures: [StoredFailure]
  let dataset: KnownDataset
  /// Sequences with results of whose truth only the first box is published; they have no score here.
  let withheld: [String]
  /// One for each sequence with a trajectory, in the data set's order.
  private let entries: [Entry]

  /// The passes over one sequence.
  private struct Entry: Sendable {
    let sequence: StoredSequence
    var passes: [StoredTrajectory]
  }

  init(_ run: StoredRun, of dataset: KnownDataset, in store: ResultStore) throws(StoreError) {
    self.run = run
    self.dataset = dataset
    failures = try store.failures(run: run.id)
    var entries: [Entry] = []
    for stored in try store.trajectories(run: run.id) {
      if entries.last?.sequence.id == stored.sequence {
        entries[entries.count - 1].passes.append(stored)
      } else if let sequence = dataset.sequences[stored.sequence] {
        entries.append(Entry(sequence: sequence, passes: [stored]))
      }
    }
    withheld = entries.filter(\.sequence.hasOnlyFirstBox).map(\.sequence.name)
    self.entries = entries.filter { !$0.sequence.hasOnlyFirstBox }
  }

  /// The protocol without `@realtime`, whose results are scored like those of the protocol itself.
  var baseProtocol: String { String(run.identity.protocolName.prefix { $0 != "@" }) }

  /// Sequences that cannot be scored inside their pictures, because nobody said how large they are.
  var unsized: [StoredFailure] {
    entries.filter { $0.sequence.size == nil }.map {
      StoredFailure(
        sequence: $0.sequence.name,
        message: "the size of its pictures is not known: run it, or import it with a data set that says so")
    }
  }

  func missing() -> [String] {
    let present = Set(entries.map(\.sequence.name)).union(failures.map(\.sequence)).union(withheld)
    return dataset.names.filter { !present.contains($0) }
  }

  func speed() -> (all: Double?, sequences: [String: Double]) {
    var seconds = 0.0
    var frames = 0
    var each: [String: Double] = [:]
    for entry in entries {
      let timed = entry.passes.compactMap { pass in
        pass.trajectory.trackingSeconds.map { (spent: $0, frames: pass.trajectory.trackedFrames) }
      }
      let spent = timed.reduce(0) { $0 + $1.spent }
      let tracked = timed.reduce(0) { $0 + $1.frames }
      guard spent > 0 else { continue }
      each[entry.sequence.name] = Double(tracked) / spent
      seconds += spent
      frames += tracked
    }
    return (seconds > 0 ? Double(frames) / seconds : nil, each)
  }
}

extension RunMaterial {
  /// Truth as far as the run tracks it.
  private func cut<T>(_ list: [T]) -> [T] {
    guard let limit = run.identity.frameLimit, limit < list.count else { return list }
    return Array(list.prefix(limit))
  }

  func onePassRecords() -> [SequenceRecord] {
    entries.compactMap { entry in
      entry.passes.first.map {
        SequenceRecord(
          name: entry.sequence.name, truth: cut(entry.sequence.boxes), prediction: $0.trajectory.boxes,
          attributes: entry.sequence.attributes,
          // GOT-10k has flags of absence, too, but no toolkit's one-pass scores go by them.
          visible: entry.sequence.cover == nil ? entry.sequence.visible.map(cut) : nil)
      }
    }
  }

  func perturbedRecords() -> [PerturbedRecord] {
    entries.map { entry in
      PerturbedRecord(
        name: entry.sequence.name, truth: cut(entry.sequence.boxes),
        runs: entry.passes.map {
          PerturbedRun(start: $0.trajectory.pass.start, shift: $0.trajectory.pass.shift, boxes: $0.trajectory.boxes)
        }, attributes: entry.sequence.attributes)
    }
  }

  func supervisedRecords() -> [SupervisedRecord] {
    entries.compactMap { entry in
      entry.sequence.size.map { size in
        SupervisedRecord(
          name: entry.sequence.name, truth: cut(entry.sequence.truth), width: size.width, height: size.height,
          tags: entry.sequence.tags, runs: entry.passes.map { SupervisedRun(frames: $0.trajectory.frames) })
      }
    }
  }

  func multiStartRecords() -> [MultiStartRecord] {
    entries.compactMap { entry in
      entry.sequence.size.map { size in
        MultiStartRecord(
          name: entry.sequence.name, truth: entry.sequence.truth, width: size.width, height: size.height,
          anchors: entry.sequence.anchors ?? [],
          runs: entry.passes.map {
            AnchoredRun(
              anchor: $0.trajectory.pass.start, isForward: !$0.trajectory.pass.isReversed, frames: $0.trajectory.frames)
          })
      }
    }
  }

  func longTermRecords() -> [LongTermRecord] {
    entries.compactMap { entry in
      guard let size = entry.sequence.size, let pass = entry.passes.first else { return nil }
      return LongTermRecord(
        name: entry.sequence.name, truth: cut(entry.sequence.truth), width: size.width, height: size.height,
        frames: pass.trajectory.frames, confidences: pass.trajectory.scores)
    }
  }

  func got10kRecords() -> [GOT10kRecord] {
    entries.compactMap { entry in
      guard let size = entry.sequence.size, let cover = entry.sequence.cover else { return nil }
      let seconds = entry.passes.flatMap(\.trajectory.seconds)
      return GOT10kRecord(
        name: entry.sequence.name, truth: cut(entry.sequence.boxes), cover: cut(cover), width: size.width,
        height: size.height, repetitions: entry.passes.map(\.trajectory.boxes), seconds: seconds.isEmpty ? nil : seconds
      )
    }
  }

  /// True where the data set says how much of each target can be seen, which GOT-10k's own report needs.
  var hasCover: Bool { !entries.isEmpty && entries.allSatisfy { $0.sequence.cover != nil && $0.sequence.size != nil } }
}

/// The data sets of some runs, each read once.
struct KnownDatasets {
  private var found: [String: KnownDataset] = [:]

  mutating func dataset(_ name: String, in store: ResultStore) throws(StoreError) -> KnownDataset {
    if let known = found[name] { return known }
    let dataset = try KnownDataset(name, in: store)
    found[name] = dataset
    return dataset
  }
}

/// What the store knows of a data set, read once for all runs on it.
struct KnownDataset: Sendable {
  let name: String
  let sequences: [StoredSequence.ID: StoredSequence]
  /// In the data set's order, each once.
  let names: [String]
  let subsets: [String: [String]]
  /// Sequences of the whole benchmark, also those that are not here.
  let count: Int

  init(_ name: String, in store: ResultStore) throws(StoreError) {
    self.name = name
    let stored = try store.sequences(dataset: name)
    sequences = Dictionary(stored.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    names = stored.map(\.name).filter { seen.insert($0).inserted }
    subsets = try store.subsets(dataset: name).mapValues { Array($0) }
    count = max(names.count, DatasetCatalog.known.first { $0.name == name }?.sequences ?? 0)
  }
}

extension StoredSequence {
  /// True where a server scores the sequence, because no box but the first is published.
  var hasOnlyFirstBox: Bool { truth.count > 1 && truth.dropFirst().allSatisfy(\.isAbsent) }
}
