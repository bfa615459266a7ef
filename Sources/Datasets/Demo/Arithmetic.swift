/// Arithmetic whose last bit is the same everywhere: only + - * / and square roots, no library's sine.
enum Turns {
  /// Sine of an angle in turns (1 = a full circle), within 1e-7.
  static func sine(_ turns: Double) -> Double {
    var x = turns - turns.rounded(.down)
    // Fold to a quarter: sin(1/2 - x) = sin(x).
    if x > 0.75 { x -= 1 } else if x > 0.25 { x = 0.5 - x }
    let a = x * 6.283185307179586
    let s = a * a
    return a * (1 + s * (-1.0 / 6 + s * (1.0 / 120 + s * (-1.0 / 5040 + s * (1.0 / 362_880 - s / 39_916_800)))))
  }

  static func cosine(_ turns: Double) -> Double { sine(turns + 0.25) }
}

func mix(_ a: Double, _ b: Double, _ t: Double) -> Double { a + (b - a) * t }

func clamp(_ x: Double, _ low: Double, _ high: Double) -> Double { min(max(x, low), high) }

/// 0 at `from`, 1 at `to`, smooth between.
func smooth(_ from: Double, _ to: Double, _ x: Double) -> Double {
  let t = clamp((x - from) / (to - from), 0, 1)
  return t * t * (3 - 2 * t)
}

/// Noise along a line, -1 to 1, wavelength 1.
func lineNoise(_ x: Double, seed: UInt64) -> Double {
  let floor = x.rounded(.down)
  let f = x - floor
  let i = Int64(floor)
  func at(_ i: Int64) -> Double {
    var z = UInt64(bitPattern: i) &* 0x9e37_79b9_7f4a_7c15 ^ seed
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ (z >> 31)) >> 11) * (2.0 / 9_007_199_254_740_992) - 1
  }
  return mix(at(i), at(i + 1), f * f * (3 - 2 * f))
}

/// Several octaves of ``lineNoise(_:seed:)``, roughly -1 to 1.
func lineNoise(_ x: Double, octaves: Int, seed: UInt64) -> Double {
  var sum = 0.0
  var weight = 0.55
  var position = x
  for octave in 0..<octaves {
    sum += weight * lineNoise(position, seed: seed &+ UInt64(octave) &* 977)
    weight *= 0.52
    position *= 2.03
  }
  return sum
}

extension Turns {
  /// Angle of the direction (x, y) in turns, -0.5 to 0.5, within 2e-5; 0 for no direction.
  static func angle(_ x: Double, _ y: Double) -> Double {
    let (a, b) = (abs(x), abs(y))
    guard max(a, b) > 0 else { return 0 }
    let z = min(a, b) / max(a, b)
    let s = z * z
    var turns =
      z * (0.9998660 + s * (-0.3302995 + s * (0.1801410 + s * (-0.0851330 + s * 0.0208351)))) / 6.283185307179586
    if b > a { turns = 0.25 - turns }
    if x < 0 { turns = 0.5 - turns }
    return y < 0 ? -turns : turns
  }
}
