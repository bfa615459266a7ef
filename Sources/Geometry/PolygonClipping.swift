/// Areas of polygons and of what they have in common, from their coordinates and not from pixels.
///
/// Any simple polygon may be given, convex or not, in either direction; a box is a polygon of four corners, also with a
/// negative size. The common area is the sum over pairs of signed triangles, so no case of touching or shared edges is
/// special.
public enum PolygonClipping {
  /// Why a region has no exact area.
  public enum Invalid: Error, Hashable, Sendable {
    /// A coordinate is NaN, or a polygon's is infinite.
    case notFinite
    /// Two edges cross.
    case crossesItself
    /// A mask has pixels, not edges.
    case mask
  }

  /// Area of the intersection over area of the union (plus 2^-52), within 0...1: `poly_iou` of got-10k/toolkit
  /// (metric reference, 2.7).
  ///
  /// - Parameters:
  ///   - bound: width and height of a rectangle from (0, 0) that both are cut to first; nil for none.
  /// - Returns: 0 where both have no area, and where a box is infinitely large.
  /// - Throws: ``Invalid`` where that toolkit raises an error.
  public static func overlap(
    of a: Region, with b: Region, in bound: (width: Double, height: Double)? = nil
  ) throws(Invalid) -> Double {
    let first = try corners(of: a)
    let second = try corners(of: b)
    guard let first, let second else { return 0 }
    let frame = bound.map { Box(x: 0, y: 0, width: $0.width, height: $0.height) }
    let common = commonArea(first, second, in: frame)
    let union = area(first, in: frame) + area(second, in: frame) - common
    return min(max(common / (union + Double.ulpOfOne), 0), 1)
  }

  /// The area both polygons cover. Vertices must be finite and the polygons simple; fewer than 3 cover nothing.
  public static func commonArea(of a: Polygon, and b: Polygon) -> Double {
    commonArea(a.vertices, b.vertices, in: nil)
  }

  /// True where two edges of a polygon cross in their inner parts. Touching edges and edges upon each other do not count.
  public static func crossesItself(_ polygon: Polygon) -> Bool { crossesItself(polygon.vertices) }

  /// A region's corners; nil for an infinite box.
  private static func corners(of region: Region) throws(Invalid) -> [Point]? {
    switch region {
    case .mask: throw .mask
    case .box(let box):
      let right = box.x + box.width
      let bottom = box.y + box.height
      if box.x.isNaN || box.y.isNaN || right.isNaN || bottom.isNaN { throw .notFinite }
      guard box.x.isFinite, box.y.isFinite, right.isFinite, bottom.isFinite else { return nil }
      return [
        Point(x: box.x, y: box.y), Point(x: right, y: box.y), Point(x: right, y: bottom), Point(x: box.x, y: bottom),
      ]
    case .polygon(let polygon):
      if polygon.vertices.contains(where: { !$0.x.isFinite || !$0.y.isFinite }) { throw .notFinite }
      if crossesItself(polygon.vertices) { throw .crossesItself }
      return polygon.vertices
    }
  }

  private static func crossesItself(_ vertices: [Point]) -> Bool {
    let count = vertices.count
    guard count > 3 else { return false }
    for i in 0..<count - 2 {
      for j in (i + 2)..<count where !(i == 0 && j == count - 1) {
        let a = vertices[i]
        let b = vertices[i + 1]
        let c = vertices[j]
        let d = vertices[(j + 1) % count]
        if opposite(turn(a, b, c), turn(a, b, d)) && opposite(turn(c, d, a), turn(c, d, b)) { return true }
      }
    }
    return false
  }

  private static func opposite(_ p: Double, _ q: Double) -> Bool { p > 0 && q < 0 || p < 0 && q > 0 }

  /// Twice the signed area of a triangle.
  @inline(__always)
  private static func turn(_ a: Point, _ b: Point, _ c: Point) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }

  /// The triangles of a fan from the first vertex, each with the sign of its direction relative to the polygon's.
  private static func triangles(_ vertices: [Point]) -> [Triangle] {
    guard vertices.count >= 3 else { return [] }
    var fan: [Triangle] = []
    fan.reserveCapacity(vertices.count - 2)
    var total = 0.0
    for index in 1..<vertices.count - 1 {
      let area = turn(vertices[0], vertices[index], vertices[index + 1])
      total += area
      // Each triangle is kept in the direction that makes its area positive.
      fan.append(
        area < 0
          ? Triangle(a: vertices[0], b: vertices[index + 1], c: vertices[index], sign: -1)
          : Triangle(a: vertices[0], b: vertices[index], c: vertices[index + 1], sign: area > 0 ? 1 : 0))
    }
    if total < 0 {
      for index in fan.indices { fan[index].sign.negate() }
    }
    return fan
  }

  private struct Triangle {
    var a: Point
    var b: Point
    var c: Point
    var sign: Double
  }

  private static func area(_ vertices: [Point], in frame: Box?) -> Double {
    var sum = 0.0
    var buffer = ClipBuffer()
    for triangle in triangles(vertices) where triangle.sign != 0 {
      buffer.start(triangle.a, triangle.b, triangle.c)
      if let frame { buffer.clip(to: frame) }
      sum += triangle.sign * buffer.area
    }
    return max(sum, 0)
  }

  private static func commonArea(_ a: [Point], _ b: [Point], in frame: Box?) -> Double {
    var sum = 0.0
    var buffer = ClipBuffer()
    let others = triangles(b)
    for one in triangles(a) where one.sign != 0 {
      for other in others where other.sign != 0 {
        buffer.start(one.a, one.b, one.c)
        buffer.clip(from: other.a, to: other.b)
        buffer.clip(from: other.b, to: other.c)
        buffer.clip(from: other.c, to: other.a)
        if let frame { buffer.clip(to: frame) }
        sum += one.sign * other.sign * buffer.area
      }
    }
    return max(sum, 0)
  }
}

/// A convex polygon that is cut by one line after the other (Sutherland and Hodgman 1974). A triangle cut by a triangle and
/// a rectangle never has more than ten corners.
private struct ClipBuffer {
  private var points: [Point] = []
  private var next: [Point] = []

  init() {
    points.reserveCapacity(12)
    next.reserveCapacity(12)
  }

  mutating func start(_ a: Point, _ b: Point, _ c: Point) {
    points.removeAll(keepingCapacity: true)
    points.append(a)
    points.append(b)
    points.append(c)
  }

  /// Keeps what lies on the side of the line where a triangle of positive area has its third corner.
  mutating func clip(from start: Point, to end: Point) {
    let dx = end.x - start.x
    let dy = end.y - start.y
    clip { dx * ($0.y - start.y) - dy * ($0.x - start.x) }
  }

  mutating func clip(to box: Box) {
    let right = box.x + box.width
    let bottom = box.y + box.height
    clip { $0.x - box.x }
    clip { right - $0.x }
    clip { $0.y - box.y }
    clip { bottom - $0.y }
  }

  /// Keeps what has a distance of 0 or more.
  @inline(__always)
  private mutating func clip(_ distance: (Point) -> Double) {
    guard var before = points.last else { return }
    next.removeAll(keepingCapacity: true)
    var beforeDistance = distance(before)
    for point in points {
      let here = distance(point)
      if (here < 0) != (beforeDistance < 0) {
        let share = beforeDistance / (beforeDistance - here)
        next.append(
          Point(x: before.x + share * (point.x - before.x), y: before.y + share * (point.y - before.y)))
      }
      if here >= 0 { next.append(point) }
      before = point
      beforeDistance = here
    }
    swap(&points, &next)
  }

  var area: Double {
    guard points.count >= 3 else { return 0 }
    let origin = points[0]
    var sum = 0.0
    for index in 1..<points.count - 1 {
      let a = points[index]
      let b = points[index + 1]
      sum += (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x)
    }
    return abs(sum) / 2
  }
}
