/// One target through one list of frames: what a tracker is run and scored on.
public struct Sequence: Sendable {
  /// As the field writes it in result lists: `Jogging-1`, `bag`.
  public let name: String
  public let frames: Frames
  public let annotation: Annotation
  /// Short attribute names of the whole sequence, in the data set's order: `["SV", "OCC"]`.
  public let attributes: [String]
  /// Per-frame tags of VOT data sets: tag name to one flag a frame.
  public let frameTags: [String: [Bool]]
  /// Whether the target can be seen, one flag a frame (LaSOT, GOT-10k); nil where the data set says nothing of it.
  public let visible: [Bool]?
  /// How much of the target can be seen, 0...8, one a frame (GOT-10k's `cover.label`); nil elsewhere.
  public let cover: [Int]?
  /// Where multi-start runs begin, one a frame: above 0 forward, below 0 backward, 0 none (VOT's `anchor.value`); nil where
  /// the data set has none.
  public let anchors: [Int]?
  /// What the data set's own files say about the video; nil where they say nothing.
  public let video: VideoInfo?
  /// Whether only the first box is published, as in the test parts of TrackingNet and GOT-10k: the others are
  /// ``Region/absent`` and mean nothing. Such a sequence is run like any other; its scores come from a server.
  public let hasOnlyFirstBox: Bool
  /// Why the sequence cannot be run although it can be scored; nil where it can.
  public let obstacle: Obstacle?

  public init(
    name: String, frames: Frames, annotation: Annotation, attributes: [String] = [], frameTags: [String: [Bool]] = [:],
    visible: [Bool]? = nil, cover: [Int]? = nil, anchors: [Int]? = nil, video: VideoInfo? = nil,
    hasOnlyFirstBox: Bool = false, obstacle: Obstacle? = nil
  ) {
    self.name = name
    self.frames = frames
    self.annotation = annotation
    self.attributes = attributes
    self.frameTags = frameTags
    self.visible = visible
    self.cover = cover
    self.anchors = anchors
    self.video = video
    self.hasOnlyFirstBox = hasOnlyFirstBox
    self.obstacle = obstacle
  }

  /// The same, its pictures opened ahead of whoever reads them; see ``Frames/readingAhead(step:within:)``.
  public func readingAhead(step: Int = 1) -> Sequence {
    with(frames: frames.readingAhead(step: step, within: 0..<max(count, 0)), obstacle: obstacle)
  }

  /// The same with another reason why it cannot be run.
  func with(obstacle: Obstacle?) -> Sequence { with(frames: frames, obstacle: obstacle) }

  private func with(frames: Frames, obstacle: Obstacle?) -> Sequence {
    Sequence(
      name: name, frames: frames, annotation: annotation, attributes: attributes, frameTags: frameTags,
      visible: visible, cover: cover, anchors: anchors, video: video, hasOnlyFirstBox: hasOnlyFirstBox,
      obstacle: obstacle)
  }

  /// Frames to be tracked: those that are annotated. Opens nothing.
  public var count: Int { annotation.regions.count }

  /// Whether a tracker can be run on it: there is a picture for every annotated frame.
  public var runnable: Bool { obstacle == nil && frames.count >= count && count > 0 }

  /// One clause saying why it cannot be run, nil where it can: `no folder Biker in OTB100`.
  public var reasonNotRunnable: String? {
    guard !runnable else { return nil }
    return obstacle?.reason ?? (count == 0 ? "it has no annotated frame" : "it has no pictures")
  }
}

extension Sequence {
  /// Why a sequence has boxes and cannot be run.
  public enum Obstacle: Sendable, Hashable {
    /// The sequence's folder is not on this machine; nothing is damaged. The text says what was looked for.
    case notHere(String)
    /// The sequence's folder is there, its pictures are not.
    case withoutPictures(DatasetError)
    /// Some pictures are missing, or too few are there.
    case damaged(DatasetError)

    /// One clause.
    public var reason: String {
      switch self {
      case .notHere(let reason): reason
      case .withoutPictures(let error), .damaged(let error): "\(error.place): \(error.cause)"
      }
    }
  }

  /// What a data set's own files tell of the video (VOT's `sequence`, GOT-10k's `meta_info.ini`, pysot's lists); each nil
  /// where they do not.
  public struct VideoInfo: Sendable, Hashable {
    /// Frames a second, above 0.
    public var frameRate: Double?
    /// Pixels, above 0.
    public var width: Int?
    public var height: Int?

    public init(frameRate: Double? = nil, width: Int? = nil, height: Int? = nil) {
      self.frameRate = frameRate
      self.width = width
      self.height = height
    }
  }
}
