import Geometry
import Testing

private func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon {
  Polygon(vertices: [
    Point(x: x, y: y), Point(x: x + width, y: y), Point(x: x + width, y: y + height), Point(x: x, y: y + height),
  ])
}

/// The shoelace formula.
private func area(_ polygon: Polygon) -> Double {
  let points = polygon.vertices
  var sum = 0.0
  for index in points.indices {
    let next = points[(index + 1) % points.count]
    sum += points[index].x * next.y - next.x * points[index].y
  }
  return abs(sum) / 2
}

@Suite("Exact areas of polygons")
struct PolygonClippingTests {
  @Test("A polygon shares its own area with itself and with a rectangle around it")
  func itself() {
    var random = Random(state: 3)
    for round in 0..<200 {
      let polygon = random.star(vertices: 3 + round % 7)
      #expect(abs(PolygonClipping.commonArea(of: polygon, and: polygon) - area(polygon)) < 1e-9)
      #expect(abs(PolygonClipping.commonArea(of: polygon, and: rectangle(-50, -50, 200, 200)) - area(polygon)) < 1e-9)
      #expect(!PolygonClipping.crossesItself(polygon))
    }
  }

  @Test("Four rectangles that share a corner divide a polygon without rest, however it is turned")
  func parts() {
    var random = Random(state: 4)
    for round in 0..<200 {
      var polygon = random.star(vertices: 3 + round % 7)
      if round.isMultiple(of: 2) { polygon.vertices.reverse() }
      let (x, y) = (random.number(10...70), random.number(10...70))
      let parts = [(x - 200, y - 200), (x, y - 200), (x - 200, y), (x, y)].map {
        PolygonClipping.commonArea(of: rectangle($0.0, $0.1, 200, 200), and: polygon)
      }
      #expect(abs(parts.reduce(0, +) - area(polygon)) < 1e-9)
    }
  }

  @Test("Boxes have the overlap of their sides, also inside a bound")
  func boxes() throws {
    let a = Region.box(Box(x: 0, y: 0, width: 10, height: 10))
    let b = Region.box(Box(x: 5, y: 0, width: 10, height: 10))
    #expect(try abs(PolygonClipping.overlap(of: a, with: b) - 1.0 / 3) < 1e-12)
    #expect(try abs(PolygonClipping.overlap(of: a, with: b, in: (width: 10, height: 5)) - 0.5) < 1e-12)
    #expect(try PolygonClipping.overlap(of: a, with: .box(Box(x: 10, y: 0, width: -10, height: 10))) > 1 - 1e-12)
    #expect(try PolygonClipping.overlap(of: a, with: .box(Box(x: 0, y: 0, width: .infinity, height: 9))) == 0)
    let point = Region.box(Box(x: 1, y: 1, width: 0, height: 0))
    #expect(try PolygonClipping.overlap(of: point, with: point) == 0)
  }

  @Test("Polygons that cross themselves, NaN and masks are refused")
  func refused() throws {
    let bowtie = Region.polygon(
      Polygon(vertices: [(0, 0), (4, 4), (4, 0), (0, 4)].map { Point(x: $0.0, y: $0.1) }))
    let box = Region.box(Box(x: 0, y: 0, width: 4, height: 4))
    let mask = Region.mask(try #require(Mask(x: 0, y: 0, width: 2, height: 2, runs: [0, 4])))
    #expect(throws: PolygonClipping.Invalid.crossesItself) { try PolygonClipping.overlap(of: bowtie, with: box) }
    #expect(throws: PolygonClipping.Invalid.notFinite) { try PolygonClipping.overlap(of: box, with: .absent) }
    #expect(throws: PolygonClipping.Invalid.mask) { try PolygonClipping.overlap(of: box, with: mask) }
  }
}
