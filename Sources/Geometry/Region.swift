/// What an annotation or a tracker says about one frame.
public enum Region: Hashable, Sendable {
  case box(Box)
  case polygon(Polygon)

  /// The box itself, or pysot's box of the polygon (``Polygon/axisAlignedBox``): what one-pass scores compare with.
  public var axisAlignedBox: Box {
    switch self {
    case .box(let box): box
    case .polygon(let polygon): polygon.axisAlignedBox
    }
  }
}
