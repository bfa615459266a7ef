public import Geometry
public import Imaging

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

  public init(
    name: String, frames: Frames, annotation: Annotation, attributes: [String] = [], frameTags: [String: [Bool]] = [:]
  ) {
    self.name = name
    self.frames = frames
    self.annotation = annotation
    self.attributes = attributes
    self.frameTags = frameTags
  }

  /// Frames to be tracked: those that are annotated. Opens nothing.
  public var count: Int { annotation.regions.count }
}

/// Pictures that open one at a time; nothing is held.
public struct Frames: Sendable {
  /// How many there are; 0 where the sequence can be scored but not run.
  public let count: Int
  /// What frame `index` (from 0) is called in messages: a path, or `demo/drift-3 frame 17`.
  public let label: @Sendable (_ index: Int) -> String
  private let open: @Sendable (_ index: Int) throws -> Image

  public init(
    count: Int, label: @escaping @Sendable (Int) -> String, open: @escaping @Sendable (Int) throws -> Image
  ) {
    self.count = count
    self.label = label
    self.open = open
  }

  /// Frame `index`, decoded or drawn now.
  /// - Throws: ``ImageError`` naming the file.
  public func image(at index: Int) throws -> Image { try open(index) }
}

/// The truth of a sequence, one region a frame.
public struct Annotation: Sendable {
  /// In the numbers of the annotation file (OTB counts from 1). NaN numbers stand for an absent target.
  public let regions: [Region]
  /// Where it was read, for messages.
  public let source: String

  public init(regions: [Region], source: String) {
    self.regions = regions
    self.source = source
  }

  /// One box a frame for one-pass scores: a polygon counts as its ``Polygon/axisAlignedBox``.
  public var boxes: [Box] {
    regions.map { region in
      switch region {
      case .box(let box): box
      case .polygon(let polygon): polygon.axisAlignedBox
      }
    }
  }
}
