/// A set of pixels inside a rectangle, as run lengths: what the VOT toolkit writes from 2020 on as `m10,20,3,2,1,4`.
///
/// Runs alternate between pixels outside and inside, row after row, beginning with outside; what they do not reach is
/// outside. A run may go on from the end of one row to the beginning of the next.
public struct Mask: Hashable, Sendable {
  /// Column of the rectangle's first pixel, which may lie outside the image.
  public let x: Int
  /// Row of the rectangle's first pixel.
  public let y: Int
  /// Columns of the rectangle.
  public let width: Int
  /// Rows of the rectangle.
  public let height: Int
  /// Lengths of the runs, the first of them outside (0 where the first pixel is inside).
  public let runs: [Int]
  /// Pixels inside.
  public let area: Int

  /// A mask from its parts.
  ///
  /// nil where a size or a run is negative, a coordinate or size is beyond 2^24, or the runs hold more pixels than the
  /// rectangle has. Runs that hold fewer leave the rest outside.
  public init?(x: Int, y: Int, width: Int, height: Int, runs: [Int]) {
    let limit = 1 << 24
    guard (0...limit).contains(width), (0...limit).contains(height), (-limit...limit).contains(x),
      (-limit...limit).contains(y)
    else { return nil }
    var left = width * height
    var area = 0
    for (index, run) in runs.enumerated() {
      guard run >= 0, run <= left else { return nil }
      left -= run
      if !index.isMultiple(of: 2) { area += run }
    }
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.runs = runs
    self.area = area
  }

  /// A mask from its pixels, row after row; nil where there are not exactly width * height of them, or a size is refused.
  public init?(x: Int, y: Int, width: Int, height: Int, pixels: [Bool]) {
    var runs: [Int] = []
    var inside = false
    var length = 0
    for pixel in pixels {
      if pixel == inside {
        length += 1
      } else {
        runs.append(length)
        inside = pixel
        length = 1
      }
    }
    if length > 0 { runs.append(length) }
    self.init(x: x, y: y, width: width, height: height, runs: runs)
    guard pixels.count == width * height else { return nil }
  }

  /// Whether the pixel in that column and row of the image is inside. Walks the runs.
  public func contains(column: Int, row: Int) -> Bool {
    guard column >= x, column < x + width, row >= y, row < y + height else { return false }
    let wanted = (row - y) * width + column - x
    var end = 0
    for (index, run) in runs.enumerated() {
      end += run
      if wanted < end { return !index.isMultiple(of: 2) }
    }
    return false
  }

  /// First and last column and row with a pixel inside; nil where there is none.
  public var pixelBounds: (left: Int, top: Int, right: Int, bottom: Int)? {
    guard area > 0 else { return nil }
    var left = width
    var right = -1
    var top = height
    var bottom = -1
    var start = 0
    for (index, run) in runs.enumerated() where run > 0 {
      if !index.isMultiple(of: 2) {
        let last = start + run - 1
        let firstRow = start / width
        let lastRow = last / width
        top = min(top, firstRow)
        bottom = max(bottom, lastRow)
        // A run over a row's end reaches both edges.
        left = lastRow > firstRow ? 0 : min(left, start % width)
        right = lastRow > firstRow ? width - 1 : max(right, last % width)
      }
      start += run
    }
    return (x + left, y + top, x + right, y + bottom)
  }

  /// The smallest box around the pixels inside, a pixel being one wide; NaN where there is none.
  public var boundingBox: Box {
    guard let bounds = pixelBounds else { return Box(x: .nan, y: .nan, width: .nan, height: .nan) }
    return Box(
      x: Double(bounds.left), y: Double(bounds.top), width: Double(bounds.right - bounds.left + 1),
      height: Double(bounds.bottom - bounds.top + 1))
  }
}
