/// Small reproducible numbers in -1...1, with a few exact zeros as ReLU leaves them.
public struct Numbers {
  private var state: UInt64

  public init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  public mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let value = Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
    return state >> 61 == 0 ? 0 : value
  }

  public mutating func array(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }

  public mutating func index(below bound: Int) -> Int {
    _ = next()
    return Int((state >> 33) % UInt64(bound))
  }
}

/// The largest difference, and the largest magnitude of `b`; infinite where only one of a pair is NaN.
public func deviation(_ a: [Float], _ b: [Float]) -> (difference: Double, magnitude: Double) {
  var (difference, magnitude) = (a.count == b.count ? 0.0 : Double.infinity, 0.0)
  for (x, y) in zip(a, b) {
    if x.isNaN || y.isNaN {
      if x.isNaN != y.isNaN { difference = .infinity }
      continue
    }
    difference = max(difference, abs(Double(x) - Double(y)))
    magnitude = max(magnitude, abs(Double(y)))
  }
  return (difference, magnitude)
}
