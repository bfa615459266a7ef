/// The vertices of one region in a toolkit's float32, kept in a buffer that is used again.
struct VertexBuffer: ~Copyable {
  private var storage = UnsafeMutableBufferPointer<Point>(start: nil, count: 0)
  private var count = 0
  /// Where the region loaded last reaches, in whole pixels; nil until it is known.
  var loadedExtent: FloatExtent?

  init() {}

  deinit { storage.deallocate() }

  /// The vertices loaded last.
  var points: UnsafeMutableBufferPointer<Point> { UnsafeMutableBufferPointer(rebasing: storage[0..<count]) }

  /// Takes a polygon's vertices, or a box's four corners (summed in float64), rounded to float32; false for a mask.
  mutating func load(_ region: Region) -> Bool {
    loadedExtent = nil
    switch region {
    case .box(let box):
      reserve(4)
      let right = box.x + box.width
      let bottom = box.y + box.height
      set(0, box.x, box.y)
      set(1, right, box.y)
      set(2, right, bottom)
      set(3, box.x, bottom)
    case .polygon(let polygon):
      let vertices = polygon.vertices
      reserve(vertices.count)
      for index in 0..<vertices.count { set(index, vertices[index].x, vertices[index].y) }
    case .mask: return false
    }
    return true
  }

  /// The smallest box around the vertices; nil where there is none, or where a coordinate is not finite.
  var extent: FloatExtent? {
    guard count > 0 else { return nil }
    var box = FloatExtent(left: .infinity, top: .infinity, right: -.infinity, bottom: -.infinity)
    var finite = true
    for index in 0..<count {
      let x = Float(storage[index].x)
      let y = Float(storage[index].y)
      finite = finite && x.isFinite && y.isFinite
      box.left = min(box.left, x)
      box.top = min(box.top, y)
      box.right = max(box.right, x)
      box.bottom = max(box.bottom, y)
    }
    return finite ? box : nil
  }

  /// To the raster's corner in float32, then to whole pixels, half away from zero.
  mutating func moveAndRound(left: Float, top: Float) {
    for index in 0..<count {
      let point = storage[index]
      storage[index] = Point(
        x: held(Double((Float(point.x) - left).rounded(.toNearestOrAwayFromZero))),
        y: held(Double((Float(point.y) - top).rounded(.toNearestOrAwayFromZero))))
    }
  }

  /// To whole pixels, half to even.
  mutating func roundToEven() {
    for index in 0..<count {
      let point = storage[index]
      storage[index] = Point(
        x: held(point.x.rounded(.toNearestOrEven)), y: held(point.y.rounded(.toNearestOrEven)))
    }
  }

  /// To the raster's corner.
  mutating func move(left: Int, top: Int) {
    for index in 0..<count {
      storage[index].x -= Double(left)
      storage[index].y -= Double(top)
    }
  }

  /// Within 2^40: the crossings of the edges then fit an integer, and no raster reaches as far.
  private func held(_ value: Double) -> Double { min(max(value, -0x1p40), 0x1p40) }

  private mutating func set(_ index: Int, _ x: Double, _ y: Double) {
    storage[index] = Point(x: Double(Float(x)), y: Double(Float(y)))
  }

  private mutating func reserve(_ wanted: Int) {
    count = wanted
    guard storage.count < wanted else { return }
    storage.deallocate()
    storage = .allocate(capacity: max(wanted, 8))
  }
}

/// left, top, right, bottom in float32, as pysot's `region_bounds`.
struct FloatExtent: Equatable {
  var left: Float
  var top: Float
  var right: Float
  var bottom: Float

  var roundedOut: FloatExtent {
    FloatExtent(
      left: left.rounded(.down), top: top.rounded(.down), right: right.rounded(.up), bottom: bottom.rounded(.up))
  }

  /// Its intersection with bounds; turned inside out where they do not meet.
  func clipped(to bounds: RasterBounds?) -> FloatExtent {
    guard let bounds else { return self }
    return FloatExtent(
      left: max(left, Float(bounds.left)), top: max(top, Float(bounds.top)), right: min(right, Float(bounds.right)),
      bottom: min(bottom, Float(bounds.bottom)))
  }
}
