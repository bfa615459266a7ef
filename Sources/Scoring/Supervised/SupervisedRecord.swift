public import Geometry

/// What became of one frame of a run with resets: a line of a VOT result file.
public enum FrameOutcome: Hashable, Sendable {
  /// Code 1: the tracker was started here.
  case initialized
  /// Code 2: the answer no longer overlapped the truth.
  case failed
  /// Code 0: no answer, because a failure was a moment ago or, in real time, because the tracker was late.
  case skipped
  /// The tracker's answer, in the numbers of the annotation.
  case region(Region)

  /// The answer, nil for the codes.
  public var region: Region? {
    if case .region(let region) = self { region } else { nil }
  }
}

/// One run of a tracker over one sequence in which failures may restart it. A run without resets, or in real time, has the
/// same form.
public struct SupervisedRun: Hashable, Sendable {
  /// One a frame, as many as the tracker gave. Frame 0 is ``FrameOutcome/initialized``.
  public var frames: [FrameOutcome]

  public init(frames: [FrameOutcome]) {
    self.frames = frames
  }

  /// How often the tracker failed.
  public var failures: Int { frames.count { $0 == .failed } }
}

/// What is needed to score the runs of one tracker over one sequence of regions.
public struct SupervisedRecord: Hashable, Sendable {
  /// As the data set calls the sequence.
  public var name: String
  /// One region a frame; ``Region/absent`` where there is no target.
  public var truth: [Region]
  /// Size of the image in pixels; overlaps are counted inside it.
  public var width: Int
  public var height: Int
  /// The frames that carry each tag, `camera_motion` and so on; a list may be empty, or shorter than the sequence (no more
  /// frames carry it then).
  public var tags: [String: [Bool]]
  /// The repetitions, in the order of their numbers.
  public var runs: [SupervisedRun]

  public init(
    name: String, truth: [Region], width: Int, height: Int, tags: [String: [Bool]] = [:], runs: [SupervisedRun]
  ) {
    self.name = name
    self.truth = truth
    self.width = width
    self.height = height
    self.tags = tags
    self.runs = runs
  }
}
