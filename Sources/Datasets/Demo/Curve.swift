/// A smooth course of one number over time: Catmull-Rom through evenly spaced knots, constant beyond the ends.
struct Curve: Sendable {
  let knots: [Double]
  /// Frames between knots.
  let spacing: Double

  init(knots: [Double], spacing: Double) {
    self.knots = knots
    self.spacing = spacing
  }

  static func constant(_ value: Double) -> Curve { Curve(knots: [value], spacing: 1) }

  /// One knot a frame, `function` of the frame.
  static func sampled(frames: Int, _ function: (Double) -> Double) -> Curve {
    Curve(knots: (-1...frames + 1).map { function(Double($0)) }, spacing: 1).startingAt(-1)
  }

  private var start = 0.0

  private func startingAt(_ frame: Double) -> Curve {
    var copy = self
    copy.start = frame
    return copy
  }

  func value(at frame: Double) -> Double {
    guard knots.count > 1 else { return knots.first ?? 0 }
    let place = clamp((frame - start) / spacing, 0, Double(knots.count - 1))
    let i = min(Int(place), knots.count - 2)
    let t = place - Double(i)
    let b = knots[i]
    let c = knots[i + 1]
    let a = i > 0 ? knots[i - 1] : 2 * b - c
    let d = i + 2 < knots.count ? knots[i + 2] : 2 * c - b
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
  }

  /// A walk with inertia that stays between `low` and `high`: each knot goes on from the last step, turned back at the limits.
  static func wander(
    frames: Int, spacing: Double, from: Double, low: Double, high: Double, step: Double, random: inout SceneRandom
  ) -> Curve {
    var knots = [clamp(from, low, high)]
    var velocity = random.sign() * random.between(0.4, 1) * step
    while Double(knots.count - 1) * spacing < Double(frames) + spacing {
      velocity = 0.6 * velocity + random.around(0.9) * step
      velocity = clamp(velocity, -step, step)
      var next = (knots.last ?? from) + velocity
      if next < low || next > high {
        velocity = -velocity
        next = (knots.last ?? from) + velocity
      }
      knots.append(clamp(next, low, high))
    }
    return Curve(knots: knots, spacing: spacing)
  }
}
