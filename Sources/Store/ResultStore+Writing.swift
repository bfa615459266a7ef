public import Evaluation
import Foundation
import GRDB
import Parallel
import Scoring

extension ResultStore {
  /// The run with this identity, made when it is not there yet.
  /// - Returns: its number, which users see as "run 7".
  public func run(for identity: RunIdentity) throws(StoreError) -> Int64 {
    try write { db in
      let key = identity.key
      if let id = try Int64.fetchOne(db, sql: "SELECT id FROM run WHERE key = ?", arguments: [key]) { return id }
      let settings = String(decoding: try JSONEncoder.sorted.encode(identity.settings), as: UTF8.self)
      try db.execute(
        sql: """
          INSERT INTO run (key, tracker, dataset, protocol, origin, settings, weights, weights_sha256, frame_limit, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          key, identity.tracker, identity.dataset, identity.protocolName, identity.origin.rawValue, settings,
          identity.weightsName, identity.weightsSHA256, identity.frameLimit, Self.now(),
        ])
      return db.lastInsertedRowID
    }
  }

  /// Notes that an invocation begins to add to `run`.
  public func beginSession(run: Int64, _ provenance: Provenance) throws(StoreError) -> Int64 {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO session (run, started_at, version, cpu, kernels, blas, jobs, threads, command)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run, Self.now(), provenance.version, provenance.cpu, provenance.kernels, provenance.blas, provenance.jobs,
          provenance.threads, provenance.command,
        ])
      return db.lastInsertedRowID
    }
  }

  /// Stores one trajectory of a registered sequence, whole or not at all; one that is there already stays.
  /// - Returns: the trajectory's row.
  @discardableResult
  public func record(
    _ trajectory: Trajectory, in dataset: RegisteredDataset, run: Int64, session: Int64
  ) throws(StoreError) -> Int64 {
    try write { db in
      try insert(TrajectoryRow(trajectory), in: dataset, run: run, session: session, at: Self.now(), into: db)
      try db.execute(
        sql: "DELETE FROM failure WHERE run = ? AND sequence = ? AND pass IN ('', ?)",
        arguments: [run, trajectory.sequence, trajectory.pass.label ?? ""])
      return try row(of: trajectory.pass, over: trajectory.sequence, in: dataset, run: run, db)
    }
  }

  /// Puts an import in place of whatever the run held, whole or not at all.
  ///
  /// - Parameter refused: sequences that did not fit, with the reason; remembered as failures.
  public func replace(
    run: Int64, session: Int64, with imported: [Trajectory], in dataset: RegisteredDataset,
    refused: [(sequence: String, message: String)]
  ) throws(StoreError) {
    let rows = Parallel.map(imported) { TrajectoryRow($0) }
    try write { db in
      try db.execute(sql: "DELETE FROM trajectory WHERE run = ?", arguments: [run])
      try db.execute(sql: "DELETE FROM failure WHERE run = ?", arguments: [run])
      let time = Self.now()
      for row in rows { try insert(row, in: dataset, run: run, session: session, at: time, into: db) }
      for (sequence, message) in refused {
        try insertFailure(sequence: sequence, pass: nil, message: message, run: run, into: db)
      }
    }
  }

  /// Stores one trajectory; what is there already stays.
  private func insert(
    _ row: TrajectoryRow, in dataset: RegisteredDataset, run: Int64, session: Int64, at time: String,
    into db: Database
  ) throws {
    guard let sequence = dataset.rows[row.sequence] else {
      throw StoreError.unusable(path, reason: "sequence \(row.sequence) was never registered")
    }
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO trajectory
          (run, sequence, session, repetition, start, reversed, shift, frames, boxes, outcomes, scores, seconds,
           tracking_seconds, stored_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        run, sequence, session, row.pass.repetition, row.pass.start, row.pass.isReversed,
        row.pass.shift?.rawValue ?? "", row.frames, row.boxes, row.outcomes, row.scores, row.seconds,
        row.trackingSeconds, time,
      ])
  }

  /// The row of a pass over a registered sequence; 0 where there is none.
  private func row(
    of pass: Pass, over sequence: String, in dataset: RegisteredDataset, run: Int64, _ db: Database
  ) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT id FROM trajectory
        WHERE run = ? AND sequence = ? AND repetition = ? AND start = ? AND reversed = ? AND shift = ?
        """,
      arguments: [
        run, dataset.rows[sequence], pass.repetition, pass.start, pass.isReversed, pass.shift?.rawValue ?? "",
      ]) ?? 0
  }

  private func insertFailure(
    sequence: String, pass: Pass?, message: String, run: Int64, into db: Database
  ) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO failure (run, sequence, pass, message, failed_at) VALUES (?, ?, ?, ?, ?)",
      arguments: [run, sequence, pass?.label ?? "", message, Self.now()])
  }

  /// Remembers that a pass, or a sequence as a whole, could not be done; the next invocation tries it again.
  public func recordFailure(_ failure: SequenceFailure, run: Int64) throws(StoreError) {
    try write { db in
      try insertFailure(
        sequence: failure.sequence, pass: failure.pass, message: failure.description, run: run, into: db)
    }
  }

  /// Forgets a run's trajectories and failures (`--fresh`).
  public func clear(run: Int64) throws(StoreError) {
    try write { db in
      try db.execute(sql: "DELETE FROM trajectory WHERE run = ?", arguments: [run])
      try db.execute(sql: "DELETE FROM failure WHERE run = ?", arguments: [run])
    }
  }
}

/// A trajectory in the form its row has.
private struct TrajectoryRow: Sendable {
  let sequence: String
  let pass: Pass
  let frames: Int
  let boxes: Data
  let outcomes: Data?
  let scores: Data
  let seconds: Data
  let trackingSeconds: Double?

  init(_ trajectory: Trajectory) {
    sequence = trajectory.sequence
    pass = trajectory.pass
    frames = trajectory.boxes.count
    outcomes = trajectory.outcomes.isEmpty ? nil : FrameBlob.encode(trajectory.outcomes)
    boxes = outcomes == nil ? BoxBlob.encode(trajectory.boxes) : Data()
    scores = Blob.encode(trajectory.scores)
    seconds = Blob.encode(trajectory.seconds)
    trackingSeconds = trajectory.trackingSeconds
  }
}

extension JSONEncoder {
  static var sorted: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
