/// An axis-aligned rectangle in pixels: left, top, width, height.
///
/// Where the pixel grid begins (at 0 or, as in OTB's text files, at 1) is a convention of whoever made the numbers;
/// a box only carries them. Numbers may be NaN (an absent target) or negative (a tracker's mistake): nothing is repaired here.
public struct Box: Hashable, Sendable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// True where the box has no area or a number of it is NaN.
  public var isEmpty: Bool { !(width > 0 && height > 0) || x.isNaN || y.isNaN }

  /// The same box, moved by `dx` to the right and `dy` down.
  public func offsetBy(dx: Double, dy: Double) -> Box {
    Box(x: x + dx, y: y + dy, width: width, height: height)
  }
}

extension Box: CustomStringConvertible {
  public var description: String { "\(x),\(y),\(width),\(height)" }
}
