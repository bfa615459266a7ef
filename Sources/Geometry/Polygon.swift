/// A point in pixels.
public struct Point: Hashable, Sendable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A closed polygon in pixels, vertices in the order of the annotation file.
public struct Polygon: Hashable, Sendable {
  public var vertices: [Point]

  public init(vertices: [Point]) {
    self.vertices = vertices
  }

  /// Pairs of numbers x1, y1, x2, y2, ...; nil for an odd count.
  public init?(coordinates: [Double]) {
    guard coordinates.count.isMultiple(of: 2) else { return nil }
    vertices = stride(from: 0, to: coordinates.count, by: 2).map {
      Point(x: coordinates[$0], y: coordinates[$0 + 1])
    }
  }
}

extension Polygon {
  /// The axis-aligned box with the polygon's centre, the proportions of its bounding box and the area of its first two
  /// sides, one pixel larger each way, as pysot hands polygons to trackers (`pysot/utils/bbox.py`, get_axis_aligned_bbox).
  ///
  /// Meant for four vertices. NaN where a vertex is NaN or the bounding box has no area.
  public var axisAlignedBox: Box {
    let count = Double(vertices.count)
    let centerX = vertices.reduce(0) { $0 + $1.x } / count
    let centerY = vertices.reduce(0) { $0 + $1.y } / count
    let xs = vertices.map(\.x)
    let ys = vertices.map(\.y)
    guard vertices.count >= 3, let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
    else { return Box(x: .nan, y: .nan, width: .nan, height: .nan) }
    let sides = vertices[0].distance(to: vertices[1]) * vertices[1].distance(to: vertices[2])
    let scale = (sides / ((right - left) * (bottom - top))).squareRoot()
    let width = scale * (right - left) + 1
    let height = scale * (bottom - top) + 1
    return Box(x: centerX - (width - 1) / 2, y: centerY - (height - 1) / 2, width: width, height: height)
  }
}

extension Point {
  /// Euclidean distance.
  public func distance(to other: Point) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}
