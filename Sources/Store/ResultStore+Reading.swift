public import Evaluation
import Foundation
import GRDB
import Scoring

/// A run as the store knows it.
public struct StoredRun: Sendable, Identifiable {
  public let id: Int64
  public let identity: RunIdentity

  public init(id: Int64, identity: RunIdentity) {
    self.id = id
    self.identity = identity
  }
}

/// A trajectory, and of which sequence.
public struct StoredTrajectory: Sendable, Identifiable {
  public let id: Int64
  /// The ``StoredSequence`` it is scored against.
  public let sequence: StoredSequence.ID
  public let trajectory: Trajectory
}

/// A pass that need not be run again, while the annotation stays.
public struct FinishedPass: Hashable, Sendable {
  public let sequence: String
  /// SHA-256 of the annotation it was run with.
  public let annotation: String
  public let pass: Pass

  public init(sequence: String, annotation: String, pass: Pass = .whole) {
    self.sequence = sequence
    self.annotation = annotation
    self.pass = pass
  }
}

/// A sequence that a run could not do.
public struct StoredFailure: Hashable, Sendable {
  public let sequence: String
  public let message: String

  public init(sequence: String, message: String) {
    self.sequence = sequence
    self.message = message
  }
}

extension ResultStore {
  /// All runs, oldest first; `tracker` and `dataset` filter by exact name.
  public func runs(tracker: [String] = [], dataset: [String] = []) throws(StoreError) -> [StoredRun] {
    let rows = try read { db in try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY id") }
    return rows.compactMap { row in
      let settings: String = row["settings"]
      let identity = RunIdentity(
        tracker: row["tracker"], dataset: row["dataset"], protocolName: row["protocol"],
        origin: RunIdentity.Origin(rawValue: row["origin"]) ?? .run,
        settings: (try? JSONDecoder().decode([String: String].self, from: Data(settings.utf8))) ?? [:],
        weightsName: row["weights"], weightsSHA256: row["weights_sha256"], frameLimit: row["frame_limit"])
      guard tracker.isEmpty || tracker.contains(identity.tracker) else { return nil }
      guard dataset.isEmpty || dataset.contains(identity.dataset) else { return nil }
      return StoredRun(id: row["id"], identity: identity)
    }
  }

  /// Every trajectory of a run, in the data set's order and by pass. Where a sequence was stored under two annotations, the
  /// one stored last counts.
  public func trajectories(run: Int64) throws(StoreError) -> [StoredTrajectory] {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT t.id, t.sequence, t.repetition, t.start, t.reversed, t.shift, t.boxes, t.outcomes, t.scores, t.seconds, q.name
          FROM trajectory t JOIN sequence q ON q.id = t.sequence
          WHERE t.run = ? AND t.sequence IN (
            SELECT t2.sequence FROM trajectory t2 WHERE t2.id IN (
              SELECT max(t3.id) FROM trajectory t3 JOIN sequence q3 ON q3.id = t3.sequence WHERE t3.run = ? GROUP BY q3.name))
          ORDER BY q.place, q.name, t.repetition, t.start, t.reversed, t.id
          """, arguments: [run, run])
    }
    // Outside of the transaction, so that who writes need not wait.
    return try rows.map { row throws(StoreError) in
      guard let trajectory = Self.trajectory(row) else {
        let name: String = row["name"]
        throw StoreError.unusable(path, reason: "the numbers of sequence \(name) in run \(run) are damaged")
      }
      return StoredTrajectory(id: row["id"], sequence: row["sequence"], trajectory: trajectory)
    }
  }

  private static func trajectory(_ row: Row) -> Trajectory? {
    guard let scores = Blob.numbers(row["scores"]), let seconds = Blob.numbers(row["seconds"]) else { return nil }
    let shift: String = row["shift"]
    guard shift.isEmpty || SpatialShift(rawValue: shift) != nil else { return nil }
    let pass = Pass(
      repetition: row["repetition"], start: row["start"], isReversed: row["reversed"],
      shift: SpatialShift(rawValue: shift))
    if let data: Data = row["outcomes"] {
      return FrameBlob.outcomes(data).map {
        Trajectory(sequence: row["name"], pass: pass, outcomes: $0, scores: scores, seconds: seconds)
      }
    }
    return BoxBlob.boxes(row["boxes"]).map {
      Trajectory(sequence: row["name"], pass: pass, boxes: $0, scores: scores, seconds: seconds)
    }
  }

  /// Which passes of a run are whole.
  public func finished(run: Int64) throws(StoreError) -> Set<FinishedPass> {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT q.name, q.annotation_sha256, t.repetition, t.start, t.reversed, t.shift
          FROM trajectory t JOIN sequence q ON q.id = t.sequence WHERE t.run = ?
          """, arguments: [run])
    }
    return Set(
      rows.map { row in
        FinishedPass(
          sequence: row["name"], annotation: row["annotation_sha256"],
          pass: Pass(
            repetition: row["repetition"], start: row["start"], isReversed: row["reversed"],
            shift: SpatialShift(rawValue: row["shift"])))
      })
  }

  public func failures(run: Int64) throws(StoreError) -> [StoredFailure] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT sequence, message FROM failure WHERE run = ? ORDER BY sequence, pass", arguments: [run]
      )
      .map { StoredFailure(sequence: $0["sequence"], message: $0["message"]) }
    }
  }

  /// The first pass of each sequence of a run, by the sequence's name.
  public func firstTrajectories(run: Int64) throws(StoreError) -> [String: Int64] {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT q.name, t.id FROM trajectory t JOIN sequence q ON q.id = t.sequence WHERE t.run = ?
          ORDER BY t.sequence, t.repetition DESC, t.start DESC, t.reversed DESC, t.shift DESC
          """, arguments: [run])
    }
    return Dictionary(rows.map { ($0["name"], $0["id"]) }, uniquingKeysWith: { _, last in last })
  }

  /// Named parts of a data set: part to sequence names.
  public func subsets(dataset: String) throws(StoreError) -> [String: Set<String>] {
    let rows = try read { db in
      try Row.fetchAll(db, sql: "SELECT name, sequence FROM subset WHERE dataset = ?", arguments: [dataset])
    }
    return rows.reduce(into: [:]) { $0[$1["name"], default: []].insert($1["sequence"]) }
  }
}
