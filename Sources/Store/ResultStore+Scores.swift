import GRDB

/// Scores of one trajectory under one profile, for people who query the store by hand.
public struct StoredScore: Hashable, Sendable {
  public var trajectory: Int64
  public var profile: String
  public var success: Double?
  public var success50: Double?
  public var precision: Double?
  public var normPrecision: Double?
  public var averageOverlap: Double?

  public init(
    trajectory: Int64, profile: String, success: Double?, success50: Double?, precision: Double?,
    normPrecision: Double?,
    averageOverlap: Double?
  ) {
    self.trajectory = trajectory
    self.profile = profile
    self.success = success
    self.success50 = success50
    self.precision = precision
    self.normPrecision = normPrecision
    self.averageOverlap = averageOverlap
  }
}

extension ResultStore {
  /// Replaces the scores of these trajectories under these profiles. NaN is stored as NULL.
  public func replaceScores(_ scores: [StoredScore]) throws(StoreError) {
    // In the order of the table's key, so that a new store is only ever appended to.
    let scores = scores.sorted { ($0.trajectory, $0.profile) < ($1.trajectory, $1.profile) }
    try write { db in
      // Not INSERT OR REPLACE: before each row SQLite would copy the page into a statement journal, 32 KB for 60 bytes.
      for (profile, rows) in Dictionary(grouping: scores, by: \.profile) {
        try db.execute(
          sql: "DELETE FROM score WHERE profile = ? AND trajectory IN (SELECT value FROM json_each(?))",
          arguments: [profile, "[\(rows.map { "\($0.trajectory)" }.joined(separator: ","))]"])
      }
      let insert = try db.makeStatement(
        sql: """
          INSERT INTO score (trajectory, profile, success, success50, precision, norm_precision, ao)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      for score in scores {
        try insert.execute(arguments: [
          score.trajectory, score.profile, score.success, score.success50, score.precision, score.normPrecision,
          score.averageOverlap,
        ])
      }
    }
  }
}
