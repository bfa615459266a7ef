/// How a toolkit turns two regions into pixels, as a value.
///
/// The scan itself is the same in both: for every row the crossings of the edges, each cut towards zero, in order, filled
/// from each odd one to the next even one, both included. What differs is below (metric reference, 2.5 and 2.6).
public struct RasterRule: Hashable, Sendable {
  /// How a coordinate becomes a pixel.
  public enum Rounding: Hashable, Sendable {
    /// 2.5 becomes 3 and -2.5 becomes -3, after moving to the corner of the raster, as C's `round`.
    case halfAwayFromZero
    /// 2.5 becomes 2, before moving, as numpy's `round`.
    case halfToEven
  }

  /// What a box covers.
  public enum BoxShape: Hashable, Sendable {
    /// The polygon (x, y), (x + w, y), ..., so w + 1 by h + 1 pixels where the numbers are whole.
    case polygon
    /// w by h pixels from the rounded corner on.
    case pixels
  }

  /// As written beside a number: `pysot`, `vot`.
  public let name: String
  public let rounding: Rounding
  public let boxShape: BoxShape
  /// True where an edge that lies in a row adds its first vertex to the crossings; otherwise it adds nothing, and a polygon
  /// without height has no pixels.
  public let horizontalEdges: Bool
  /// True where the last two crossings of a row are drawn although they are equal.
  public let drawsLastPixel: Bool

  /// STVIR/pysot and pysot-toolkit, `region.c` of the VOT toolkit's time before Python; in float32. No masks.
  public static let pysot = RasterRule(
    name: "pysot", rounding: .halfAwayFromZero, boxShape: .polygon, horizontalEdges: false, drawsLastPixel: false)
  /// votchallenge/toolkit 0.8, `vot/region/raster.py`.
  public static let vot = RasterRule(
    name: "vot", rounding: .halfToEven, boxShape: .pixels, horizontalEdges: true, drawsLastPixel: true)

  /// Rows and columns beyond which an overlap is not counted: it is NaN then. No image is as large.
  static let largestSide = 1 << 24
}
