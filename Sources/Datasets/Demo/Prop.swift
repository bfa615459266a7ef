import CKernels

/// Things that stand about and do not move: they make the scene, and hide targets that pass behind them.
struct Prop: Sendable {
  enum Kind: Sendable {
    // On the ground or the wall.
    case tree
    case pine
    case bush
    case rock
    case fence
    case lamp
    case sign
    case tuft
    case house
    case pillar
    case picture
    case cabinet
    case plant
    case weed
    case coral
    case trunk
    case pinnacle
    case flower
    // Seen from above.
    case stone
    case litter
    case canopy
    case pad
  }

  var kind: Kind
  /// Metres.
  var x: Double
  /// Pixels a metre (on the ground, how near it is), or metres down on a plane seen straight on.
  var scale: Double
  var y = 0.0
  /// Metres it is lifted off the ground.
  var lift = 0.0
  /// Metres, its larger side.
  var size: Double
  var seed: UInt64
  var first: tb_material
  var second: tb_material
  /// In front of figures on a plane seen straight on.
  var over = false

  func pose(on stage: Stage, at frame: Double) -> Pose {
    guard stage.horizon != nil else {
      return Pose(x: stage.column(x, scale: scale, at: frame), y: stage.row(y, at: frame), scale: scale)
    }
    return Pose(
      x: stage.column(x, scale: scale, at: frame), y: stage.row(scale: scale, at: frame) - lift * scale, scale: scale)
  }

  /// Nil where no part of it can be in the picture.
  func parts(on stage: Stage, at frame: Double, light: tb_light, mist: tb_mist) -> Parts? {
    let pose = pose(on: stage, at: frame)
    let reach = size * 1.3 * scale + 4
    guard pose.x + reach > 0, pose.x - reach < Double(stage.width) else { return nil }
    guard pose.y + reach > 0, pose.y - reach < Double(stage.height) else { return nil }
    var sculptor = Sculptor(pose: pose, light: light, mist: mist)
    var random = SceneRandom(seed: seed)
    build(&sculptor, &random, frame: frame)
    return sculptor.finish()
  }

  /// Half width, in metres, of the shadow at its foot; 0 for none.
  var shadow: Double {
    switch kind {
    case .tree, .pine: 0.3 * size
    case .bush, .rock, .cabinet, .plant: 0.5 * size
    case .stone, .canopy: 0.55 * size
    case .pillar, .trunk: 0.16 * size
    case .coral: 0.4 * size
    default: 0
    }
  }

  private func build(_ s: inout Sculptor, _ r: inout SceneRandom, frame: Double) {
    switch kind {
    case .tree:
      let trunk = r.between(0.32, 0.42) * size
      let lean = r.around(0.06) * size
      s.limb(Spot(0, -0.02 * size), Spot(lean, trunk * 1.3), 0.055 * size, 0.035 * size, second)
      s.limb(Spot(lean * 0.6, trunk * 0.8), Spot(lean + 0.16 * size, trunk * 1.4), 0.03 * size, 0.02 * size, second)
      for i in 0..<7 {
        let ring = Double(i) / 7
        let out = i == 0 ? 0 : r.between(0.1, 0.24) * size
        let at = Spot(
          lean + out * Turns.cosine(ring + 0.1), trunk * 1.15 + 0.28 * size + out * 0.8 * Turns.sine(ring + 0.1),
          out * (i % 2 == 0 ? 0.5 : -0.5) + (i == 0 ? -0.3 * size : 0))
        s.blob(
          at, r.between(0.2, 0.27) * size, r.between(0.17, 0.23) * size, 0.2 * size, first, nearer: 0.1 * size,
          rough: 0.055 * size)
      }
    case .pine:
      s.limb(Spot(0, -0.02 * size), Spot(0, 0.3 * size), 0.035 * size, 0.03 * size, second)
      for i in 0..<5 {
        let low = (0.14 + 0.15 * Double(i)) * size
        let half = (0.26 - 0.045 * Double(i)) * size * r.between(0.9, 1.1)
        s.plate(
          [
            Spot(-half, low), Spot(-0.3 * half, low + 0.03 * size), Spot(0.3 * half, low + 0.02 * size),
            Spot(half, low),
            Spot(0, low + 0.3 * size),
          ], first, round: 0.01 * size, bulge: 0.2 * size, nearer: 0.01 * Double(i))
      }
    case .bush, .coral:
      for i in 0..<5 {
        let x = (Double(i) - 2) * 0.17 * size + r.around(0.06) * size
        let h = r.between(0.16, 0.28) * size * (1 - 0.15 * abs(Double(i) - 2))
        s.blob(
          Spot(x, h * 0.8, r.around(0.1)), r.between(0.16, 0.23) * size, h, 0.2 * size, i % 3 == 1 ? second : first,
          rough: 0.05 * size)
      }
    case .rock, .stone:
      let upright = kind == .rock ? 0.7 : 1.0
      var ring: [Spot] = []
      for i in 0..<9 {
        let a = Double(i) / 9
        let k = r.between(0.36, 0.52) * size
        ring.append(Spot(k * Turns.cosine(-a), (kind == .rock ? 0.24 * size : 0) + k * upright * 0.8 * Turns.sine(-a)))
      }
      s.plate(ring, first, round: 0.07 * size, bulge: 0.3 * size)
    case .pinnacle:
      var outline: [Spot] = []
      for (x, y) in [
        (-0.3, -0.2), (-0.2, 0.25), (-0.22, 0.5), (-0.12, 0.8), (-0.05, 1), (0.09, 0.97), (0.14, 0.7), (0.24, 0.42),
        (0.22, 0.2), (0.32, -0.2),
      ] {
        outline.append(Spot((x + r.around(0.05)) * size * 0.45, y * size))
      }
      s.plate(outline, first, round: 0.03 * size, bulge: 0.14 * size, origin: Spot(0, 0))
      for _ in 0..<4 {
        s.blob(
          Spot(r.around(0.1) * size, r.between(0, 0.75) * size, 0.3), r.between(0.04, 0.09) * size,
          r.between(0.04, 0.08) * size, 0.05 * size, second, rough: 0.02 * size)
      }
    case .flower:
      let petals = 5 + r.below(3)
      let own = r.unit()
      for i in 0..<petals {
        let a = own + Double(i) / Double(petals)
        let tip = Spot(0.36 * size * Turns.cosine(a), 0.36 * size * Turns.sine(a))
        s.limb(Spot(0, 0), tip, 0.06 * size, 0.15 * size, first)
      }
      s.blob(Spot(0, 0), 0.13 * size, 0.13 * size, 0.1 * size, second, nearer: 0.2)
    case .fence:
      for i in 0..<4 {
        let x = (Double(i) / 3 - 0.5) * size
        s.limb(Spot(x, -0.02), Spot(x + r.around(0.02), 1.05), 0.06, 0.055, first, nearer: 0.01)
      }
      for y in [0.45, 0.85] {
        s.limb(Spot(-0.5 * size, y + r.around(0.03)), Spot(0.5 * size, y + r.around(0.03)), 0.045, 0.045, second)
      }
    case .lamp:
      s.limb(Spot(0, 0), Spot(0, 0.95 * size), 0.022 * size, 0.014 * size, first)
      s.limb(Spot(0, 0.95 * size), Spot(0.16 * size, 0.985 * size), 0.012 * size, 0.012 * size, first)
      s.blob(Spot(0.19 * size, 0.975 * size), 0.06 * size, 0.02 * size, 0.03 * size, second)
      s.limb(Spot(0, 0), Spot(0, 0.1 * size), 0.035 * size, 0.03 * size, first)
    case .sign:
      s.limb(Spot(0, 0), Spot(0, 0.8 * size), 0.02 * size, 0.02 * size, second)
      s.plate(
        [
          Spot(-0.2 * size, 0.66 * size), Spot(-0.2 * size, 0.98 * size), Spot(0.2 * size, 0.98 * size),
          Spot(0.2 * size, 0.66 * size),
        ], first, round: 0.02 * size, nearer: 0.1)
    case .tuft:
      for i in 0..<9 {
        let x = (Double(i) / 8 - 0.5) * size
        let tall = r.between(0.4, 0.95) * size * (1 - 0.5 * abs(x) / size)
        s.limb(
          Spot(x * 0.4, -0.03), Spot(x * 1.1 + r.around(0.12) * size, tall), 0.035 * size, 0.006 * size,
          i % 3 == 1 ? second : first, nearer: r.around(0.1))
      }
    case .house: house(&s, &r)
    case .pillar:
      s.plate(
        [Spot(-0.11 * size, -0.02), Spot(-0.11 * size, size), Spot(0.11 * size, size), Spot(0.11 * size, -0.02)], first,
        round: 0.005 * size, bulge: 0.1 * size, origin: Spot(0, 0))
      s.plate(
        [
          Spot(-0.14 * size, -0.02), Spot(-0.14 * size, 0.07 * size), Spot(0.14 * size, 0.07 * size),
          Spot(0.14 * size, -0.02),
        ], second, round: 0.005 * size, bulge: 0.05 * size, nearer: 0.1)
    case .trunk:
      s.limb(Spot(0, 0.1 * size), Spot(r.around(0.04) * size, 1.2 * size), 0.13 * size, 0.1 * size, first)
      s.limb(Spot(-0.05 * size, 0.08 * size), Spot(-0.2 * size, -0.01 * size), 0.08 * size, 0.03 * size, first)
      s.limb(Spot(0.05 * size, 0.08 * size), Spot(0.19 * size, -0.01 * size), 0.08 * size, 0.03 * size, first)
    case .picture:
      let (w, h) = (0.5 * size, r.between(0.3, 0.55) * size)
      s.plate([Spot(-w, -h), Spot(-w, h), Spot(w, h), Spot(w, -h)], second, round: 0.03 * size, bulge: 0.04 * size)
      s.plate(
        [Spot(-w * 0.85, -h * 0.82), Spot(-w * 0.85, h * 0.82), Spot(w * 0.85, h * 0.82), Spot(w * 0.85, -h * 0.82)],
        first, nearer: 0.01, origin: Spot(0, 0))
    case .cabinet:
      let (w, h) = (0.5 * size, r.between(0.5, 0.95) * size)
      s.plate([Spot(-w, 0), Spot(-w, h), Spot(w, h), Spot(w, 0)], first, round: 0.01, bulge: 0.03, origin: Spot(0, 0))
      for i in 0..<2 {
        let x = (Double(i) - 0.5) * w
        s.plate(
          [
            Spot(x - 0.43 * w, 0.08 * h), Spot(x - 0.43 * w, 0.92 * h), Spot(x + 0.43 * w, 0.92 * h),
            Spot(x + 0.43 * w, 0.08 * h),
          ], second, round: 0.01, bulge: 0.03, nearer: 0.01, origin: Spot(0, 0))
        s.blob(Spot(x * 0.2, 0.5 * h), 0.03, 0.03, 0.03, first, nearer: 0.05)
      }
    case .plant:
      s.plate(
        [Spot(-0.13 * size, 0), Spot(-0.17 * size, 0.28 * size), Spot(0.17 * size, 0.28 * size), Spot(0.13 * size, 0)],
        second, round: 0.01, bulge: 0.1 * size)
      for i in 0..<9 {
        let a = (Double(i) / 8 - 0.5) * 0.55
        let k = r.between(0.4, 0.75) * size
        let tip = Spot(k * Turns.sine(a), 0.28 * size + k * Turns.cosine(a) * 0.9)
        let middle = Spot(0.45 * tip.x, 0.28 * size + 0.6 * (tip.y - 0.28 * size))
        s.limb(Spot(0, 0.26 * size), middle, 0.012 * size, 0.05 * size, first, nearer: r.around(0.1))
        s.limb(middle, tip, 0.05 * size, 0.008 * size, first, nearer: r.around(0.1))
      }
    case .weed:
      for i in 0..<4 {
        var at = Spot((Double(i) - 1.5) * 0.1 * size, -0.02)
        let tall = r.between(0.12, 0.2) * size
        let own = r.unit()
        for joint in 0..<5 {
          let sway = Turns.sine(own + frame / 45 - Double(joint) * 0.1) * 0.06 * size * Double(joint + 1) / 5
          let next = at + Spot(sway, tall)
          let thick = (0.05 - 0.008 * Double(joint)) * size
          s.limb(at, next, thick, thick * 0.85, i % 2 == 0 ? first : second, nearer: 0.05 * Double(i))
          at = next
        }
      }
    case .litter:
      let (c, d) = (Turns.cosine(r.unit()), Turns.sine(r.unit()))
      let along = Spot(0.5 * size * c, 0.5 * size * d)
      let across = Spot(-0.22 * size * d, 0.22 * size * c)
      s.plate([along, across, along * -1, across * -1], first, round: 0.06 * size, bulge: 0.1 * size)
      s.limb(along * 1.1, along * -1.3, 0.015 * size, 0.02 * size, second, nearer: 0.1)
    case .canopy:
      for i in 0..<8 {
        let a = Double(i) / 7
        let out = i == 0 ? 0 : r.between(0.2, 0.3) * size
        s.blob(
          Spot(out * Turns.cosine(a), out * Turns.sine(a), i == 0 ? 0.5 : r.unit() * 0.3), r.between(0.22, 0.3) * size,
          r.between(0.22, 0.3) * size, 0.3, i % 3 == 2 ? second : first, rough: 0.06 * size)
      }
    case .pad:
      var rim: [Spot] = [Spot(0, 0)]
      let own = r.unit()
      for i in 0...10 {
        let a = own + 0.06 + Double(i) * 0.088
        rim.append(Spot(0.5 * size * Turns.cosine(a), 0.5 * size * Turns.sine(a)))
      }
      s.plate(rim, first, round: 0.02 * size, bulge: 0.08 * size)
      if r.chance(0.3) {
        for i in 0..<6 {
          let a = Double(i) / 6
          s.limb(
            Spot(0, 0), Spot(0.13 * size * Turns.cosine(a), 0.13 * size * Turns.sine(a)), 0.03 * size, 0.045 * size,
            second, nearer: 0.2)
        }
      }
    }
  }

  private func house(_ s: inout Sculptor, _ r: inout SceneRandom) {
    let half = 0.5 * size
    let high = r.between(0.5, 1.4) * size
    s.plate(
      [Spot(-half, -0.1), Spot(-half, high), Spot(half, high), Spot(half, -0.1)], first, round: 0.02,
      origin: Spot(-half, 0))
    if high < 0.9 * size {
      s.plate(
        [
          Spot(-half - 0.3, high), Spot(-half * 0.75, high + 0.28 * size), Spot(half * 0.75, high + 0.28 * size),
          Spot(half + 0.3, high),
        ], second, round: 0.05, nearer: 0.1, origin: Spot(0, high))
    } else {
      s.plate(
        [Spot(-half - 0.2, high), Spot(-half - 0.2, high + 0.4), Spot(half + 0.2, high + 0.4), Spot(half + 0.2, high)],
        second, round: 0.05, nearer: 0.1)
    }
  }
}
