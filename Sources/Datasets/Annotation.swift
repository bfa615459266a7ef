public import Geometry

/// The truth of a sequence, one region a frame.
public struct Annotation: Sendable {
  /// In the numbers of the annotation file (OTB counts from 1). NaN numbers stand for an absent target.
  public let regions: [Region]
  /// Where it was read, for messages.
  public let source: String
  /// The line of each region in ``source``; empty where lines and regions do not correspond (JSON, drawn sequences).
  package let lines: [Int]
  /// What the file calls the leftmost and topmost pixel: 1 in OTB's files, 0 elsewhere. Only the check of boxes against
  /// pictures asks; how a tracker takes the numbers is the tracker's convention.
  package let firstPixel: Double
  private let digest = AnnotationDigest()

  public init(regions: [Region], source: String) {
    self.init(regions: regions, source: source, lines: [])
  }

  package init(regions: [Region], source: String, lines: [Int], firstPixel: Double = 0) {
    self.regions = regions
    self.source = source
    self.lines = lines
    self.firstPixel = firstPixel
  }

  /// One box a frame for one-pass scores: a polygon counts as its ``Polygon/axisAlignedBox``.
  public var boxes: [Box] {
    regions.map(\.axisAlignedBox)
  }

  /// The line, from 1, that the region of frame `frame` was read from; nil where there is none.
  public func line(of frame: Int) -> Int? { lines.indices.contains(frame) ? lines[frame] : nil }
}

extension Annotation {
  /// The digest that tells a store whether two runs had the same truth: SHA-256 of ``canonicalText``, lower-case hexadecimal.
  ///
  /// It depends on the numbers alone, not on separators, line ends or the place of the file. Made at the first call, some
  /// 5 ms for 10,000 frames, and kept.
  public var sha256: String { digest.hex(regions) }

  /// One line a frame, ended by LF: the region's numbers in their shortest exact decimal form, separated by commas;
  /// `nan` for each NaN and `0.0` for a negative zero.
  package var canonicalText: String { String(decoding: CanonicalText(regions).bytes, as: UTF8.self) }
}
