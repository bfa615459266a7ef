/// The boxes that a region proposal head starts from: five shapes at each place of its map.
///
/// Source: `STVIR/pysot: pysot/utils/anchor.py`; section 2.5 of the model reference.
public struct Anchors: Sendable, Hashable {
  /// Shapes at each place.
  public static let count = ratios.count
  /// Height over width, in the order of the shapes.
  public static let ratios = [0.33, 0.5, 1, 2, 3]
  /// Pixels of the search crop from one place to the next.
  public static let stride = 8
  private static let scale = 8

  /// Width and height of each shape, in pixels of the search crop.
  ///
  /// Quirk Q2.12: both are truncated to whole strides, the height from the truncated width, so ratios are inexact and areas unequal.
  public static let sizes: [(width: Double, height: Double)] = ratios.map { ratio in
    let width = (Double(stride * stride) / ratio).squareRoot().rounded(.towardZero)
    let height = (width * ratio).rounded(.towardZero)
    return (width * Double(scale), height * Double(scale))
  }

  /// The places.
  public let grid: PointGrid

  /// - Parameter side: rows and columns of the map. - Precondition: at least 1.
  public init(side: Int) { grid = PointGrid(side: side, stride: Self.stride) }

  /// How far an anchor's shape, row and column are apart in the flat index (shape * side + row) * side + column.
  public func position(of index: Int) -> (shape: Int, row: Int, column: Int) {
    let cells = grid.side * grid.side
    return (index / cells, index % cells / grid.side, index % grid.side)
  }
}
