/// The places in a search crop that a response map's cells stand for, in pixels from the crop's middle.
///
/// Cell (row, column) of a map of n x n stands for ((column - n div 2) * stride, (row - n div 2) * stride). Where n is even the grid
/// is lopsided: it reaches one stride further to the left and up, and cell n div 2 is the middle, half a cell beside the
/// middle of a cosine window (quirk Q5.13).
///
/// Source: `hqucv/siamban: siamban/tracker/siamban_tracker.py`, `generate_points`; section 4.3 of the model reference. The
/// training code's points begin elsewhere (quirk Q4.5).
public struct PointGrid: Sendable, Hashable {
  /// Rows and columns of the map, n.
  public let side: Int
  /// Pixels of the search crop from one cell to the next.
  public let stride: Int

  /// - Precondition: both at least 1.
  public init(side: Int, stride: Int) {
    precondition(side > 0 && stride > 0)
    self.side = side
    self.stride = stride
  }

  /// The place of column or row `index` along its axis; not checked against ``side``.
  public func offset(_ index: Int) -> Double { Double((index - side / 2) * stride) }
}
