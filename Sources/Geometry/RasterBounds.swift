/// The part of the plane in which an overlap is counted: its first and last coordinates, both included.
///
/// What "last" means for an image of `width` pixels differs: pysot's accuracy takes `width` itself, one pixel beyond the
/// image, its EAO `width - 1` (Q14), the VOT toolkit the last pixel `width - 1` (metric reference, 2.4).
public struct RasterBounds: Hashable, Sendable {
  public let left: Double
  public let top: Double
  public let right: Double
  public let bottom: Double

  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// 0...width - 1 and 0...height - 1: the pixels of an image.
  public static func pixels(width: Int, height: Int) -> RasterBounds {
    RasterBounds(left: 0, top: 0, right: Double(width) - 1, bottom: Double(height) - 1)
  }

  /// 0...width and 0...height: pysot's accuracy, one pixel beyond the image (Q14).
  public static func edges(width: Int, height: Int) -> RasterBounds {
    RasterBounds(left: 0, top: 0, right: Double(width), bottom: Double(height))
  }

  /// pysot's `bounds` tuple as it is used: 2 numbers are width and height, 4 are (top, bottom, left, right), although they
  /// are documented as (left, top, right, bottom) (Q18). nil for any other count, which pysot takes as no bounds.
  public static func pysot(tuple numbers: [Double]) -> RasterBounds? {
    switch numbers.count {
    case 2: RasterBounds(left: 0, top: 0, right: numbers[0], bottom: numbers[1])
    case 4: RasterBounds(left: numbers[2], top: numbers[0], right: numbers[3], bottom: numbers[1])
    default: nil
    }
  }
}
