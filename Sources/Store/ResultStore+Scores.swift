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
    try write { db in
      let statement = try db.makeStatement(
        sql: """
          INSERT OR REPLACE INTO score (trajectory, profile, success, success50, precision, norm_precision, ao)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      for score in scores {
        try statement.execute(arguments: [
          score.trajectory, score.profile, score.success, score.success50, score.precision, score.normPrecision,
          score.averageOverlap,
        ])
      }
    }
  }
}
