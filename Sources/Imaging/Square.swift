internal import CKernels

/// A square of whole pixels, which may lie partly or wholly outside the picture: columns `left ..< left + side`, rows
/// `top ..< top + side`.
public struct Square: Hashable, Sendable {
  /// The first column, counted from 0 at the picture's left; any value.
  public var left: Int
  /// The first row, counted from 0 at the picture's top; any value.
  public var top: Int
  /// Below 1 there is nothing to read: a crop is then all border.
  public var side: Int

  /// The square as given, unchecked.
  public init(left: Int, top: Int, side: Int) {
    self.left = left
    self.top = top
    self.side = side
  }
}

extension Image {
  /// The square, brought to `side` x `side` pixels with ``Resize/linear(_:width:height:)``; `border` is the colour (red,
  /// green, blue) of everything outside the picture. Equal sides copy.
  ///
  /// Only the pixels that count are read, so time and memory depend on `side` and not on the square's: a square of any size
  /// and place is fine. A square whose own side is below 1 gives a picture of the border colour.
  ///
  /// - Precondition: `side` is at least 1.
  public func crop(_ square: Square, to side: Int, border: (UInt8, UInt8, UInt8)) -> Image {
    var pixels: [UInt8] = []
    crop(square, to: side, border: border, into: &pixels)
    return Image(width: side, height: side, pixels: pixels)
  }

  /// The same crop into `result`, which is made `side * side * 3` bytes long; where it is already, nothing is allocated.
  public func crop(_ square: Square, to side: Int, border: (UInt8, UInt8, UInt8), into result: inout [UInt8]) {
    precondition(side >= 1, "a crop has at least one pixel")
    let count = side * side * 3
    if result.count != count { result = [UInt8](repeating: 0, count: count) }
    if square.side < 1 {
      for i in 0..<side * side {
        (result[3 * i], result[3 * i + 1], result[3 * i + 2]) = border
      }
      return
    }
    let read = min(square.side, 1 << 62)
    result.withUnsafeMutableBufferPointer { target in
      resize(
        left: square.left, top: square.top, columns: read, rows: read, border: border, to: target, width: side,
        height: side)
    }
  }
}
