public import Evaluation
public import Scoring

/// What came out of reading one tracker's results under one protocol: nothing is left out without a name.
public struct ImportOutcome: Sendable {
  /// As the caller named it, or the name of its folder.
  public let tracker: String
  /// `ope`, `supervised@realtime`: as ``ResultProtocol`` writes it.
  public let protocolName: String
  /// The folder the files were read from.
  public let folder: String
  /// In the data set's order of sequences; those of one sequence in the order of their passes.
  public let trajectories: [Trajectory]
  /// How the text of a sequence's first file is laid out, by sequence. Only for files of boxes: it decides which toolkits
  /// can read them.
  public let layouts: [String: ResultLayout]
  /// What is odd about files that were read, in the data set's order.
  public let notes: [ImportNote]
  /// Files that do not fit, in the data set's order; their sequences have no trajectory.
  public let refused: [InterchangeError]
  /// Sequences without a file, in the data set's order; those that were not asked for are not among them.
  public let missing: [String]
  /// Files and folders (`folder/`) that belong to no sequence, sorted; hidden ones are passed over unlisted, and so are
  /// folders beside files that lie in no folder.
  public let ignored: [String]

  public init(
    tracker: String, protocolName: String, folder: String, trajectories: [Trajectory],
    layouts: [String: ResultLayout] = [:], notes: [ImportNote] = [], refused: [InterchangeError] = [],
    missing: [String] = [], ignored: [String] = []
  ) {
    self.tracker = tracker
    self.protocolName = protocolName
    self.folder = folder
    self.trajectories = trajectories
    self.layouts = layouts
    self.notes = notes
    self.refused = refused
    self.missing = missing
    self.ignored = ignored
  }

  /// True where every sequence that was asked for has its trajectories.
  public var isComplete: Bool { refused.isEmpty && missing.isEmpty }
}
