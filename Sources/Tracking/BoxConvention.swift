public import Geometry

/// How a tracker's authors hand it the numbers of an annotation file, and how they read its answers.
///
/// One annotation line means two places in the picture: SiamFC takes its numbers as counted from 1, the pysot family takes
/// them as if counted from 0 and adds half a pixel (quirks S6 and N13). A property of the tracker, not of the data set.
public enum BoxConvention: String, Sendable, Hashable, CaseIterable {
  /// SiamFC: the file's numbers count from 1.
  case oneBased
  /// pysot and its descendants: the file's numbers are used as they stand, a rectangle moved by half a pixel.
  case pysot

  /// The first box in the numbers of the annotation file, as the tracker's own evaluation reports it for frame 0.
  /// Polygons become pysot's axis-aligned box in both conventions (section 6.10 of the model reference).
  public func firstBox(of region: Region) -> Box {
    switch (region, self) {
    case (.box(let box), .oneBased): box
    case (.box(let box), .pysot): box.offsetBy(dx: 0.5, dy: 0.5)
    case (.polygon, _), (.mask, _): region.axisAlignedBox
    }
  }

  /// From numbers of the annotation file to pixels counted from 0.
  public func toPixels(_ box: Box) -> Box { box.offsetBy(dx: -origin, dy: -origin) }

  /// From pixels counted from 0 to numbers of the annotation file.
  public func fromPixels(_ box: Box) -> Box { box.offsetBy(dx: origin, dy: origin) }

  private var origin: Double { self == .oneBased ? 1 : 0 }
}
