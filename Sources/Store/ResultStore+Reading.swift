public import Evaluation
import Foundation
import GRDB
public import Geometry

/// A run as the store knows it.
public struct StoredRun: Sendable, Identifiable {
  public let id: Int64
  public let identity: RunIdentity
  public let createdAt: String
}

/// A trajectory with the truth it is scored against.
public struct StoredTrajectory: Sendable, Identifiable {
  public let id: Int64
  public let trajectory: Trajectory
  /// Place in the data set's list.
  public let place: Int
  public let attributes: [String]
  /// One region a frame, in the same numbers as the trajectory's boxes.
  public let truth: [Region]
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
      return StoredRun(id: row["id"], identity: identity, createdAt: row["created_at"])
    }
  }

  /// Every trajectory of a run with its truth, in the data set's order. Where a sequence was stored under two annotations,
  /// the one stored last counts.
  public func trajectories(run: Int64) throws(StoreError) -> [StoredTrajectory] {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT t.id, t.boxes, t.scores, t.seconds, q.name, q.place, q.attributes, q.regions
          FROM trajectory t JOIN sequence q ON q.id = t.sequence
          WHERE t.run = ? AND t.id IN (
            SELECT max(t2.id) FROM trajectory t2 JOIN sequence q2 ON q2.id = t2.sequence WHERE t2.run = ? GROUP BY q2.name)
          ORDER BY q.place, q.name
          """, arguments: [run, run])
    }
    var found: [StoredTrajectory] = []
    for row in rows {
      let name: String = row["name"]
      let attributes: String = row["attributes"]
      guard let boxes = Blob.boxes(row["boxes"]), let scores = Blob.numbers(row["scores"]),
        let seconds = Blob.numbers(row["seconds"]), let truth = Blob.regions(row["regions"])
      else { throw .unusable(path, reason: "the numbers of sequence \(name) in run \(run) are damaged") }
      found.append(
        StoredTrajectory(
          id: row["id"],
          trajectory: Trajectory(sequence: name, boxes: boxes, scores: scores, seconds: seconds),
          place: row["place"],
          attributes: (try? JSONDecoder().decode([String].self, from: Data(attributes.utf8))) ?? [], truth: truth))
    }
    return found
  }

  /// Which sequences of a run are whole: name to the hash of the annotation they were run with.
  public func finished(run: Int64) throws(StoreError) -> [String: Set<String>] {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT q.name, q.annotation_sha256 FROM trajectory t JOIN sequence q ON q.id = t.sequence WHERE t.run = ?
          """, arguments: [run])
    }
    return rows.reduce(into: [:]) { $0[$1["name"], default: []].insert($1["annotation_sha256"]) }
  }

  public func failures(run: Int64) throws(StoreError) -> [StoredFailure] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT sequence, message FROM failure WHERE run = ? ORDER BY sequence", arguments: [run]
      )
      .map { StoredFailure(sequence: $0["sequence"], message: $0["message"]) }
    }
  }

  /// Names of all sequences of a data set that were ever registered, in its order.
  public func sequenceNames(dataset: String) throws(StoreError) -> [String] {
    try read { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM sequence WHERE dataset = ? GROUP BY name ORDER BY min(place), name",
        arguments: [dataset])
    }
  }

  /// Named parts of a data set: part to sequence names.
  public func subsets(dataset: String) throws(StoreError) -> [String: Set<String>] {
    let rows = try read { db in
      try Row.fetchAll(db, sql: "SELECT name, sequence FROM subset WHERE dataset = ?", arguments: [dataset])
    }
    return rows.reduce(into: [:]) { $0[$1["name"], default: []].insert($1["sequence"]) }
  }
}
