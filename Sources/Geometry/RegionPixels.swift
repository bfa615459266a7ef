/// A region in the VOT toolkit's whole pixels: where it reaches, and its rows in a raster. Buffers are used again.
struct RegionPixels: ~Copyable {
  var rows = PixelRows()
  var vertices = VertexBuffer()

  /// The pixels a region reaches to, before bounds; for absent regions and polygons that are not finite the pixel (0, 0).
  /// A polygon's vertices are loaded and rounded for ``place(_:in:rule:)``.
  mutating func pixelBox(of region: Region) -> PixelBox {
    guard !region.isAbsent else { return PixelBox.zero }
    switch region {
    case .box(let box): return PixelBox(box)
    case .polygon:
      _ = vertices.load(region)
      vertices.roundToEven()
      guard let extent = vertices.extent else { return PixelBox.zero }
      return PixelBox(
        left: PixelBox.whole(Double(extent.left)), top: PixelBox.whole(Double(extent.top)),
        right: PixelBox.whole(Double(extent.right)), bottom: PixelBox.whole(Double(extent.bottom)))
    case .mask(let mask):
      guard let bounds = mask.pixelBounds else { return PixelBox.zero }
      return PixelBox(left: bounds.left, top: bounds.top, right: bounds.right, bottom: bounds.bottom)
    }
  }

  /// Draws a region into a raster that begins at `union`'s corner, after ``pixelBox(of:)``.
  mutating func place(_ region: Region, in union: PixelBox, rule: RasterRule) {
    guard !region.isAbsent else { return rows.setNothing() }
    switch region {
    case .box(let box):
      let pixels = PixelBox(box)
      guard pixels.left <= union.right, pixels.right >= union.left, pixels.top <= union.bottom,
        pixels.bottom >= union.top
      else { return rows.setNothing() }
      rows.setRectangle(
        columns: slice(pixels.left, pixels.right, from: union.left, to: union.right),
        rows: slice(pixels.top, pixels.bottom, from: union.top, to: union.bottom))
    case .polygon:
      guard vertices.extent != nil else { return rows.setNothing() }
      vertices.move(left: union.left, top: union.top)
      rows.setPolygon(vertices.points, columns: union.columns, height: union.rows, rule: rule)
    case .mask(let mask): place(mask, in: union)
    }
  }

  mutating func place(_ mask: Mask, in union: PixelBox) {
    rows.setMask(
      mask, column: mask.x - union.left, row: mask.y - union.top, columns: union.columns, height: union.rows)
  }

  /// The slice `max(0, first - left) ..< min(right, last - left) + 1` of an array of `right - left + 1`. That `right` should
  /// be the width: where the raster begins left of 0 it takes columns away (Q31), and an end below 0 counts from the
  /// array's end as in Python.
  private func slice(_ first: Int, _ last: Int, from left: Int, to right: Int) -> Range<Int> {
    let size = right - left + 1
    let start = min(max(0, first - left), size)
    var end = min(right, last - left) + 1
    if end < 0 { end = max(0, end + size) }
    return start..<max(start, min(end, size))
  }
}

/// First and last pixel, included.
struct PixelBox {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int

  init(left: Int, top: Int, right: Int, bottom: Int) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// Each number rounded for itself, then the last pixel.
  init(_ box: Box) {
    left = PixelBox.whole(box.x)
    top = PixelBox.whole(box.y)
    right = left + PixelBox.whole(box.width) - 1
    bottom = top + PixelBox.whole(box.height) - 1
  }

  static var zero: PixelBox { PixelBox(left: 0, top: 0, right: 0, bottom: 0) }

  var columns: Int { right - left + 1 }
  var rows: Int { bottom - top + 1 }

  /// Rounded as float32, half to even; held within 2^40, beyond which no raster is counted anyway.
  static func whole(_ value: Double) -> Int {
    let limit = 0x1p40
    return Int(min(max(Double(Float(value).rounded(.toNearestOrEven)), -limit), limit))
  }
}
