import CKernels

/// Families of things that are tracked.
package enum FigureKind: String, CaseIterable, Sendable {
  case walker
  case quadruped
  case car
  case ball
  case fish
  case bird
  case leaf
  case butterfly
  case turtle
  case boat
  case duck
  case carFromAbove
  case balloon
  case parcel

  /// Figures whose limbs, wings or tail move against the body.
  var deforms: Bool {
    switch self {
    case .walker, .quadruped, .fish, .bird, .butterfly, .turtle: true
    case .car, .ball, .leaf, .boat, .duck, .carFromAbove, .balloon, .parcel: false
    }
  }
}

/// One individual of a family: its proportions and what it is covered with.
struct Figure: Sendable {
  let kind: FigureKind
  /// Nominal width and height in metres, seen from its side.
  let width: Double
  let height: Double
  /// Proportions, meaning by family.
  var form: [Double]
  var main: tb_material
  var second: tb_material
  var third: tb_material
  var dark: tb_material
  var pale: tb_material

  /// Another individual nearly like this one: the same family and colours, its own spots.
  func lookAlike(_ random: inout SceneRandom) -> Figure {
    var twin = self
    twin.form = form.map { $0 * (1 + random.around(0.06)) }
    func vary(_ m: tb_material) -> tb_material {
      var copy = m
      let shift = 1 + random.around(0.12)
      copy.dark = m.dark.times(shift).jittered(0.05, &random)
      copy.mid = m.mid.times(shift).jittered(0.05, &random)
      copy.light = m.light.times(shift)
      copy.ink = m.ink.jittered(0.1, &random)
      copy.seed = UInt32(truncatingIfNeeded: random.next())
      copy.first.offset_u += Float(random.between(20, 200))
      copy.second.offset_v += Float(random.between(20, 200))
      return copy
    }
    (twin.main, twin.second, twin.third) = (vary(main), vary(second), vary(third))
    return twin
  }

  func parts(_ pose: Pose, light: tb_light, mist: tb_mist) -> Parts {
    var sculptor = Sculptor(pose: pose, light: light, mist: mist)
    switch kind {
    case .walker: walker(&sculptor)
    case .quadruped: quadruped(&sculptor)
    case .car: car(&sculptor)
    case .ball: sculptor.globe(Spot(0, 0), 0.5 * height, main, spin: pose.phase, axis: form[0])
    case .fish: fish(&sculptor)
    case .bird: bird(&sculptor)
    case .leaf: leaf(&sculptor)
    case .butterfly: butterfly(&sculptor)
    case .turtle: turtle(&sculptor)
    case .boat: boat(&sculptor)
    case .duck: duck(&sculptor)
    case .carFromAbove: carFromAbove(&sculptor)
    case .balloon: balloon(&sculptor)
    case .parcel: parcel(&sculptor)
    }
    return sculptor.finish()
  }

  /// Whether the origin is where the figure stands rather than its middle.
  var stands: Bool {
    switch kind {
    case .walker, .quadruped, .car, .boat, .duck: true
    case .ball, .fish, .bird, .leaf, .butterfly, .turtle, .carFromAbove, .balloon, .parcel: false
    }
  }
}
