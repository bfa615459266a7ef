public import Evaluation

/// What came out of reading a result folder: nothing is left out without a name.
public struct ImportOutcome: Sendable {
  /// As the caller named it.
  public let tracker: String
  /// The folder the files were read from.
  public let folder: String
  /// One for each sequence whose file fits, in the data set's order.
  public let trajectories: [Trajectory]
  /// Files that do not fit, in the data set's order; their sequences have no trajectory.
  public let refused: [InterchangeError]
  /// Sequences of the data set without a file, in its order.
  public let missing: [String]
  /// Files that belong to no sequence, sorted; hidden files and folders are passed over unlisted.
  public let ignored: [String]

  public init(
    tracker: String, folder: String, trajectories: [Trajectory], refused: [InterchangeError], missing: [String],
    ignored: [String]
  ) {
    self.tracker = tracker
    self.folder = folder
    self.trajectories = trajectories
    self.refused = refused
    self.missing = missing
    self.ignored = ignored
  }

  /// True where every sequence of the data set has a trajectory.
  public var isComplete: Bool { refused.isEmpty && missing.isEmpty }
}
