/// How the world comes onto the picture: a level ground seen from `eye` metres, or a plane seen straight on.
struct Stage: Sendable {
  let width: Int
  let height: Int
  /// Row at which the ground vanishes; nil for a plane seen straight on.
  let horizon: Double?
  /// Height of the camera over the ground, metres.
  let eye: Double
  /// Pixels a metre of the plane seen straight on.
  let unit: Double
  /// Where the camera is, metres.
  let panX: Curve
  let panY: Curve
  /// How it trembles, pixels.
  let shakeX: Curve
  let shakeY: Curve

  /// Pixels over which the ground's depth is spread.
  static let focal = 300.0

  var centerX: Double { 0.5 * Double(width) }

  func horizonRow(at frame: Double) -> Double { (horizon ?? 0) + shakeY.value(at: frame) }

  /// Column of the world's `x` where a metre is `scale` pixels.
  func column(_ x: Double, scale: Double, at frame: Double) -> Double {
    centerX + (x - panX.value(at: frame)) * scale + shakeX.value(at: frame)
  }

  /// Row of the ground where a metre is `scale` pixels.
  func row(scale: Double, at frame: Double) -> Double { horizonRow(at: frame) + eye * scale }

  /// Row of the plane's `y` (metres, down).
  func row(_ y: Double, at frame: Double) -> Double {
    0.5 * Double(height) + (y - panY.value(at: frame)) * unit + shakeY.value(at: frame)
  }

  /// The world's x seen at `column` where a metre is `scale` pixels.
  func world(column: Double, scale: Double, at frame: Double) -> Double {
    (column - shakeX.value(at: frame) - centerX) / scale + panX.value(at: frame)
  }
}
