public import Geometry
import Hashing

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
  /// It depends on the numbers alone, not on separators, line ends or the place of the file. Computed at each call, about
  /// 1 ms for 1,000 frames.
  public var sha256: String { SHA256.hex(Array(canonicalText.utf8)) }

  /// One line a frame, ended by LF: the region's numbers in their shortest exact decimal form, separated by commas;
  /// `nan` for each NaN and `0.0` for a negative zero.
  package var canonicalText: String {
    var text = ""
    text.reserveCapacity(regions.count * 24)
    for region in regions {
      switch region {
      case .box(let box):
        text += Self.canonical([box.x, box.y, box.width, box.height])
      case .polygon(let polygon):
        text += Self.canonical(polygon.vertices.flatMap { [$0.x, $0.y] })
      case .mask(let mask):
        text += "m" + ([mask.x, mask.y, mask.width, mask.height] + mask.runs).map(String.init).joined(separator: ",")
      }
      text += "\n"
    }
    return text
  }

  private static func canonical(_ numbers: [Double]) -> String {
    numbers.map { $0.isNaN ? "nan" : $0 == 0 ? "0.0" : $0.description }.joined(separator: ",")
  }
}
