import Geometry
import Testing

@Suite("Overlaps counted in pixels")
struct RasterOverlapTests {
  @Test("Counting runs equals drawing every pixel", arguments: [RasterRule.pysot, .vot])
  func equalsDrawing(_ rule: RasterRule) {
    var random = Random(state: 7)
    var overlaps = RasterOverlap(rule)
    for round in 0..<300 {
      let a = random.polygon(vertices: 3 + round % 6)
      let b = random.polygon(vertices: 3 + round % 5)
      let bounds = round.isMultiple(of: 2) ? RasterBounds.pixels(width: 40, height: 30) : nil
      let found = overlaps.overlap(of: .polygon(a), with: .polygon(b), in: bounds)
      guard let wanted = drawnOverlap(a, b, rule, bounds) else { continue }
      #expect(found == wanted || found.isNaN && wanted.isNaN, "\(rule.name) round \(round)")
    }
  }

  @Test("A region with itself has overlap 1, whole boxes have the overlap of their pixels")
  func closedForms() {
    var pysot = RasterOverlap(.pysot)
    var vot = RasterOverlap(.vot)
    let box = Box(x: 10, y: 20, width: 30, height: 40)
    #expect(pysot.overlap(of: .box(box), with: .box(box)) == 1)
    #expect(vot.overlap(of: .box(box), with: .box(box)) == 1)
    let moved = Region.box(box.offsetBy(dx: 15, dy: 0))
    #expect(vot.overlap(of: .box(box), with: moved) == 15.0 / 45)
    // 31 columns each, 16 of them common.
    #expect(pysot.overlap(of: .box(box), with: moved) == Double(Float(16 * 41) / Float(46 * 41)))
    #expect(vot.overlap(of: .box(box), with: moved, in: .pixels(width: 40, height: 100)) == 0.5)
  }

  @Test("Edges that only touch count as nothing for pysot, and a union one pixel wide as all for vot (Q19)")
  func borders() {
    var pysot = RasterOverlap(.pysot)
    var vot = RasterOverlap(.vot)
    let left = Region.box(Box(x: 0, y: 0, width: 10, height: 10))
    #expect(pysot.overlap(of: left, with: .box(Box(x: 10, y: 0, width: 10, height: 10))) == 0)
    let thin = Region.box(Box(x: 5, y: 5, width: 1, height: 30))
    #expect(vot.overlap(of: thin, with: .box(Box(x: 5, y: 40, width: 1, height: 10))) == 1)
    let flat = Region.polygon(Polygon(vertices: [(1, 5), (9, 5), (4, 5)].map { Point(x: $0.0, y: $0.1) }))
    #expect(pysot.overlap(of: flat, with: flat).isNaN)
  }

  @Test("Without bounds a raster left of 0 loses columns of a rectangle (Q31)")
  func negativeCoordinates() {
    var vot = RasterOverlap(.vot)
    let box = Box(x: -10, y: 2, width: 8, height: 4)
    let polygon = Region.polygon(
      Polygon(vertices: [(-10, 2), (-3, 2), (-3, 5), (-10, 5)].map { Point(x: $0.0, y: $0.1) }))
    #expect(vot.overlap(of: polygon, with: polygon) == 1)
    // Columns -10 ... -3 and an end of -3 + 1, counted from the array's end: 6 of 8 columns remain.
    #expect(vot.overlap(of: .box(box), with: polygon) == 0.75)
  }

  @Test("Absent regions overlap nothing; masks are unknown to pysot")
  func absent() throws {
    let box = Region.box(Box(x: 1, y: 1, width: 10, height: 10))
    let mask = Region.mask(try #require(Mask(x: 1, y: 1, width: 10, height: 10, runs: [0, 100])))
    let nothing = Region.mask(try #require(Mask(x: 1, y: 1, width: 10, height: 10, runs: [])))
    var pysot = RasterOverlap(.pysot)
    var vot = RasterOverlap(.vot)
    #expect(pysot.overlap(of: .absent, with: box) == 0)
    #expect(vot.overlap(of: .absent, with: box) == 0)
    #expect(vot.overlap(of: .absent, with: .absent) == 1)
    #expect(vot.overlap(of: nothing, with: box) == 0)
    #expect(pysot.overlap(of: mask, with: box).isNaN)
    #expect(vot.overlap(of: mask, with: box) == 1)
    #expect(pysot.overlap(of: .polygon(Polygon(vertices: [])), with: box) == 0)
    #expect(vot.overlap(of: .polygon(Polygon(vertices: [])), with: box) == 0)
  }

  @Test("Huge and infinite numbers neither stop the program nor fill its memory", arguments: [RasterRule.pysot, .vot])
  func hostile(_ rule: RasterRule) {
    var overlaps = RasterOverlap(rule)
    let numbers: [Double] = [0, -3, 1e6, 1e9, -1e30, 1e300, .infinity, -.infinity, .nan, .leastNonzeroMagnitude]
    let image = RasterBounds.pixels(width: 64, height: 48)
    for x in numbers {
      for width in numbers {
        let box = Region.box(Box(x: x, y: 3, width: width, height: 20))
        let corners = [Point(x: x, y: 0), Point(x: width, y: 9), Point(x: 20, y: x)]
        for other in [box, .polygon(Polygon(vertices: corners))] {
          for bounds in [image, nil] where bounds != nil || max(abs(x), abs(width)) < 1e7 {
            let value = overlaps.overlap(
              of: other, with: .box(Box(x: 2, y: 3, width: 30, height: 30)), in: bounds)
            #expect(value.isNaN || (0...1).contains(value))
          }
        }
      }
    }
  }

  @Test("Masks count like their pixels, with and without pixels to ignore")
  func masks() throws {
    var random = Random(state: 21)
    var vot = RasterOverlap(.vot)
    for round in 0..<200 {
      let masks = (0..<3).map { _ in random.mask() }
      let bounds = round.isMultiple(of: 3) ? RasterBounds.pixels(width: 14, height: 11) : nil
      let ignored = round.isMultiple(of: 2) ? masks[2] : nil
      var both = 0
      var either = 0
      for row in -20..<40 {
        for column in -20..<40 {
          if let bounds, !(0...Int(bounds.right)).contains(column) || !(0...Int(bounds.bottom)).contains(row) {
            continue
          }
          if ignored?.contains(column: column, row: row) ?? false { continue }
          let a = masks[0].contains(column: column, row: row)
          let b = masks[1].contains(column: column, row: row)
          both += a && b ? 1 : 0
          either += a || b ? 1 : 0
        }
      }
      let found = vot.overlap(of: .mask(masks[0]), with: .mask(masks[1]), in: bounds, ignoring: ignored)
      // Unions one pixel wide and images that are not met have rules of their own.
      guard either > 0, found != 1 || both == either else { continue }
      #expect(found == Double(both) / Double(either) || found == 0 && bounds != nil, "round \(round)")
    }
  }
}

/// The overlap from two drawn rasters, pixel by pixel, written down from the metric reference (2.5, 2.6); nil where the
/// reference settles it before drawing.
private func drawnOverlap(_ a: Polygon, _ b: Polygon, _ rule: RasterRule, _ bounds: RasterBounds?) -> Double? {
  let isPysot = rule == .pysot
  func around(_ polygon: Polygon) -> (Double, Double, Double, Double) {
    let xs = polygon.vertices.map { Double(Float($0.x)) }.map { isPysot ? $0 : $0.rounded(.toNearestOrEven) }
    let ys = polygon.vertices.map { Double(Float($0.y)) }.map { isPysot ? $0 : $0.rounded(.toNearestOrEven) }
    var box = (xs.min() ?? 0, ys.min() ?? 0, xs.max() ?? 0, ys.max() ?? 0)
    box = (box.0.rounded(.down), box.1.rounded(.down), box.2.rounded(.up), box.3.rounded(.up))
    if let bounds {
      box = (max(box.0, bounds.left), max(box.1, bounds.top), min(box.2, bounds.right), min(box.3, bounds.bottom))
    }
    return box
  }
  let (one, two) = (around(a), around(b))
  guard one.0 < one.2, one.1 < one.3, two.0 < two.2, two.1 < two.3 else { return nil }
  let (left, top) = (min(one.0, two.0), min(one.1, two.1))
  let (right, bottom) = (max(one.2, two.2), max(one.3, two.3))
  if isPysot, min(one.2, two.2) <= max(one.0, two.0) || min(one.3, two.3) <= max(one.1, two.1) { return nil }
  let width = Int(right - left) + 1
  let height = Int(bottom - top) + 1
  func drawn(_ polygon: Polygon) -> [Bool] {
    let points = polygon.vertices.map { point -> (x: Double, y: Double) in
      let (x, y) = (Float(point.x), Float(point.y))
      return isPysot
        ? (
          Double((x - Float(left)).rounded(.toNearestOrAwayFromZero)),
          Double((y - Float(top)).rounded(.toNearestOrAwayFromZero))
        )
        : (Double(x.rounded(.toNearestOrEven)) - left, Double(y.rounded(.toNearestOrEven)) - top)
    }
    var pixels = [Bool](repeating: false, count: width * height)
    for row in 0..<height {
      var nodes: [Int] = []
      for i in points.indices {
        let (p, q) = (points[i], points[i == 0 ? points.count - 1 : i - 1])
        guard Double(row) >= min(p.y, q.y), Double(row) <= max(p.y, q.y) else { continue }
        if p.y != q.y {
          nodes.append(Int(p.x + (Double(row) - p.y) / (q.y - p.y) * (q.x - p.x)))
        } else if !isPysot {
          nodes.append(Int(p.x))
        }
      }
      nodes.sort()
      var i = 0
      while i < nodes.count - 1 {
        if nodes[i] == nodes[i + 1], isPysot || i < nodes.count - 2 {
          i += 1
          continue
        }
        if nodes[i] >= width { break }
        if nodes[i + 1] >= 0 {
          for column in max(0, nodes[i])...min(width - 1, nodes[i + 1]) { pixels[row * width + column] = true }
        }
        i += 2
      }
    }
    return pixels
  }
  let (mask1, mask2) = (drawn(a), drawn(b))
  let both = zip(mask1, mask2).count { $0 && $1 }
  let either = zip(mask1, mask2).count { $0 || $1 }
  if isPysot { return Double(Float(both) / Float(either)) }
  return either == 0 ? 0 : Double(both) / Double(either)
}
