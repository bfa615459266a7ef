/// What an annotation or a tracker says about one frame.
public enum Region: Hashable, Sendable {
  case box(Box)
  case polygon(Polygon)
  case mask(Mask)
}

extension Region {
  /// A target that is not there: a box of four NaN.
  public static let absent = Region.box(Box(x: .nan, y: .nan, width: .nan, height: .nan))

  /// True where the region says that there is no target: a number of it is NaN, or a mask has no pixel.
  ///
  /// The VOT toolkit reads a line with any NaN as "nothing there" (metric reference, 2.6).
  public var isAbsent: Bool {
    switch self {
    case .box(let box): box.x.isNaN || box.y.isNaN || box.width.isNaN || box.height.isNaN
    case .polygon(let polygon): polygon.vertices.contains { $0.x.isNaN || $0.y.isNaN }
    case .mask(let mask): mask.area == 0
    }
  }

  /// The box trackers that know only boxes are started with: a box as it is, a polygon's ``Polygon/axisAlignedBox``,
  /// a mask's ``Mask/boundingBox``.
  public var axisAlignedBox: Box {
    switch self {
    case .box(let box): box
    case .polygon(let polygon): polygon.axisAlignedBox
    case .mask(let mask): mask.boundingBox
    }
  }
}
