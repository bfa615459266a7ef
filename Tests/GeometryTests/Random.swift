import Geometry

/// Numbers that are the same in every run (SplitMix64).
struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

  /// Vertices anywhere, so most polygons with more than three cross themselves; every third of whole numbers.
  mutating func polygon(vertices count: Int) -> Polygon {
    let whole = number(0...1) < 0.33
    return Polygon(
      vertices: (0..<count).map { _ in
        let point = Point(x: number(-10...50), y: number(-8...40))
        return whole ? Point(x: point.x.rounded(), y: point.y.rounded()) : point
      })
  }

  /// Vertices around a centre in order, so the polygon is simple; not always convex.
  mutating func star(vertices count: Int) -> Polygon {
    let (x, y) = (number(20...60), number(20...60))
    let start = number(0...1)
    return Polygon(
      vertices: (0..<count).map { index in
        let turn = (Double(index) / Double(count) + start) * 4
        let radius = number(5...30)
        // A walk around a diamond, which needs no sines.
        let phase = turn.truncatingRemainder(dividingBy: 4)
        let (dx, dy) =
          phase < 1
          ? (1 - phase, phase)
          : phase < 2 ? (1 - phase, 2 - phase) : phase < 3 ? (phase - 3, 2 - phase) : (phase - 3, phase - 4)
        return Point(x: x + radius * dx, y: y + radius * dy)
      })
  }

  mutating func mask() -> Mask {
    let width = Int.random(in: 1...12, using: &self)
    let height = Int.random(in: 1...10, using: &self)
    let share = number(0...1)
    let pixels = (0..<width * height).map { _ in number(0...1) < share }
    let x = Int.random(in: -8...16, using: &self)
    let y = Int.random(in: -8...16, using: &self)
    // Never refused: the count is right and the numbers are small.
    return Mask(x: x, y: y, width: width, height: height, pixels: pixels) ?? mask()
  }
}
