import CKernels

/// Figures that swim, fly or fall.
extension Figure {
  /// Seen from the side, facing +x; form: slenderness, tail, fin, how far it bends.
  func fish(_ s: inout Sculptor) {
    let slender = form[0]
    let reach = 0.045 * form[3] * s.pose.swing
    // A wave runs from head to tail, growing; half of it is seen as a sideways swing of the tail.
    func spine(_ k: Double) -> Spot {
      let grown = k * k
      let wave = Turns.sine(s.pose.phase - 0.7 * k)
      return Spot(
        0.5 - k, reach * 1.3 * grown * wave, 0.22 * grown * Turns.cosine(s.pose.phase - 0.7 * k) * s.pose.swing)
    }
    let profile = [0.015, 0.11, 0.165, 0.19, 0.19, 0.175, 0.15, 0.115, 0.08, 0.05, 0.04]
    var upper: [Spot] = []
    var lower: [Spot] = []
    for (i, half) in profile.enumerated() {
      let at = spine(Double(i) / 10 * 0.86)
      upper.append(at + Spot(0, half * slender))
      lower.append(at + Spot(0, -half * slender * 0.95))
    }
    let root = spine(0.84)
    let tip = spine(1.02)
    let fan = 0.17 * form[1]
    s.plate(
      [
        root + Spot(0, 0.03), tip + Spot(-0.05, fan), tip + Spot(0.03, 0.0), tip + Spot(-0.05, -fan),
        root + Spot(0, -0.03),
      ],
      second, round: 0.012, bulge: 0.05, nearer: -0.05, along: Spot(0, 1), across: Spot(1, 0))
    let sway = 0.03 * Turns.sine(s.pose.phase + 0.3)
    s.plate(
      [
        upper[3] + Spot(0, -0.03), upper[3] + Spot(-0.08, 0.1 * form[2]), upper[6] + Spot(-0.09 + sway, 0.09 * form[2]),
        upper[7] + Spot(0, -0.03),
      ], second, round: 0.01, bulge: 0.04, nearer: -0.04, along: Spot(0, 1), across: Spot(1, 0))
    s.plate(
      [lower[5] + Spot(0, 0.03), lower[6] + Spot(-0.06 + sway, -0.08 * form[2]), lower[7] + Spot(0, 0.02)], second,
      round: 0.01, bulge: 0.04, nearer: -0.04)
    s.plate(
      upper + lower.reversed(), main, round: 0.01, bulge: 0.11 * slender, along: Spot(0, 1), across: Spot(1, 0),
      origin: spine(0.4))
    let flap = Turns.sine(s.pose.phase * 0.7) * 0.05
    let side = s.turned(Spot(0, 0, 1)).near > 0 ? 1.0 : -1.0
    let pectoral = spine(0.34) + Spot(0, -0.06 * slender, 0.03 * side)
    s.plate(
      [pectoral, pectoral + Spot(-0.13, -0.07 + flap, 0.03 * side), pectoral + Spot(-0.1, 0.02 + flap, 0.03 * side)],
      second,
      round: 0.012, nearer: 0.1, shade: 0.85)
    let eye = spine(0.13) + Spot(0, 0.035 * slender, 0.03 * side)
    s.blob(eye, 0.026, 0.026, 0.02, pale, nearer: 0.2)
    s.blob(eye, 0.015, 0.015, 0.012, dark, nearer: 0.21)
  }

  /// Facing +x with wings to both sides, wing span 1; form: wing chord, tail, neck.
  func bird(_ s: inout Sculptor) {
    let beat = Turns.sine(s.pose.phase) * 0.13 * s.pose.swing + 0.03
    let fold = Turns.sine(s.pose.phase - 0.15) * 0.1 * s.pose.swing
    let chord = 0.2 * form[0]
    let rise = -0.02 * Turns.sine(s.pose.phase) * s.pose.swing
    for side in [-1.0, 1.0] {
      let shoulder = Spot(0.06, 0.02 + rise, side * 0.05)
      let wrist = shoulder + Spot(0.02, 0.25 * Turns.sine(beat), side * 0.25 * Turns.cosine(beat))
      let tip = wrist + Spot(-0.1, 0.26 * Turns.sine(beat + fold), side * 0.26 * Turns.cosine(beat + fold))
      func between(_ a: Spot, _ b: Spot, _ k: Double) -> Spot { a + (b - a) * k }
      // Leading edge out to the tip, then back along feathers of uneven length.
      var edge = [shoulder + Spot(0.05, 0), between(shoulder, wrist, 0.5) + Spot(0.075, 0), wrist + Spot(0.055, 0)]
      edge.append(between(wrist, tip, 0.6) + Spot(0.035, 0))
      edge.append(tip)
      for i in 1...3 {
        let at = between(tip, wrist, Double(i) / 3.2)
        edge.append(at + Spot(-(0.35 + 0.2 * Double(i)) * chord, 0))
        edge.append(at + Spot(-(0.25 + 0.2 * Double(i)) * chord, 0))
      }
      for i in 1...3 {
        let at = between(wrist, shoulder, Double(i) / 3)
        edge.append(at + Spot(-(0.85 + 0.08 * Double(i)) * chord, 0))
        edge.append(at + Spot(-(0.78 + 0.08 * Double(i)) * chord, 0))
      }
      let across = Spot(0, Turns.sine(beat), side * Turns.cosine(beat))
      s.plate(
        edge, main, round: 0.01, bulge: 0.05, nearer: side * 0.01, along: Spot(1, 0), across: across, origin: shoulder,
        shade: side > 0 ? 1.05 : 0.85)
      s.plate(
        [between(wrist, tip, 0.45) + Spot(0.03, 0), tip, between(tip, wrist, 0.5) + Spot(-0.6 * chord, 0)], dark,
        round: 0.008, nearer: side * 0.012)
    }
    let tail = 0.13 * form[1]
    s.plate(
      [
        Spot(-0.16, 0.02 + rise), Spot(-0.2 - tail, 0.03 + rise, 0.07), Spot(-0.2 - tail, 0.03 + rise, -0.07),
      ], second, round: 0.014, nearer: -0.02)
    s.limb(Spot(-0.2, 0.01 + rise), Spot(0.1, rise), 0.035, 0.07, second)
    let head = Spot(0.14 + 0.08 * form[2], 0.03 + rise)
    s.limb(Spot(0.08, 0.01 + rise), head, 0.055, 0.048, third)
    s.limb(head + Spot(0.03, 0), head + Spot(0.1, -0.012), 0.022, 0.006, pale)
    for side in [-1.0, 1.0] { s.blob(head + Spot(0.02, 0.012, side * 0.04), 0.011, 0.011, 0.008, dark, nearer: 0.02) }
  }

  /// A leaf 1 long with its stalk; form: width, teeth, curl.
  func leaf(_ s: inout Sculptor) {
    var edge: [Spot] = []
    let outline = [0.0, 0.13, 0.21, 0.25, 0.26, 0.24, 0.2, 0.14, 0.07]
    for (i, half) in outline.enumerated() {
      let tooth = i % 2 == 1 ? 1 + 0.12 * form[1] : 1
      edge.append(Spot(0.42 - Double(i) * 0.095, half * form[0] * tooth, form[2] * half * half))
    }
    edge.append(Spot(-0.44, 0))
    for (i, half) in outline.enumerated().reversed() where i > 0 {
      let tooth = i % 2 == 1 ? 1 + 0.12 * form[1] : 1
      edge.append(Spot(0.42 - Double(i) * 0.095, -half * form[0] * tooth, form[2] * half * half))
    }
    s.limb(Spot(-0.4, 0), Spot(-0.6, 0.05), 0.016, 0.02, second, nearer: -0.1)
    s.plate(edge, main, round: 0.008, bulge: 0.1, origin: Spot(0, 0))
    s.limb(Spot(0.38, 0), Spot(-0.44, 0), 0.007, 0.015, second, nearer: 0.2)
    for i in 1..<5 {
      let x = 0.34 - Double(i) * 0.15
      for side in [-1.0, 1.0] {
        s.limb(
          Spot(x - 0.09, 0), Spot(x, side * outline[min(i * 2, 8)] * form[0] * 0.8), 0.009, 0.004, second, nearer: 0.2)
      }
    }
  }

  /// Seen from above, wing span about 1, facing +x; form: fore wing, hind wing.
  func butterfly(_ s: inout Sculptor) {
    let open = 0.02 + 0.11 * (0.5 + 0.5 * Turns.sine(s.pose.phase)) * s.pose.swing
    let (sine, cosine) = (Turns.sine(open), Turns.cosine(open))
    for side in [-1.0, 1.0] {
      func wing(_ points: [(Double, Double)]) -> [Spot] {
        points.map { Spot($0.0, side * $0.1 * cosine, 0.02 + $0.1 * sine) }
      }
      let (fore, hind) = (form[0], form[1])
      let across = Spot(0, side * cosine, sine)
      s.plate(
        wing([(-0.02, 0.02), (-0.14, 0.2), (-0.32, 0.34 * hind), (-0.36, 0.2), (-0.2, 0.03)]), second, round: 0.02,
        bulge: 0.03, across: across, origin: Spot(0, 0), shade: side > 0 ? 1 : 0.88)
      s.plate(
        wing([(0.1, 0.02), (0.24, 0.3 * fore), (0.2, 0.5 * fore), (0.06, 0.48 * fore), (-0.06, 0.24), (-0.05, 0.02)]),
        main,
        round: 0.02, bulge: 0.03, nearer: 0.01, across: across, origin: Spot(0, 0), shade: side > 0 ? 1 : 0.88)
      s.limb(Spot(0.16, 0.01), Spot(0.3, side * 0.09), 0.008, 0.01, dark, nearer: 0.05)
    }
    s.limb(Spot(0.15, 0), Spot(-0.24, 0), 0.036, 0.022, dark, nearer: 0.3)
  }

  /// A hot-air balloon, envelope 1 wide; form: length, number of stripes by cell.
  func balloon(_ s: inout Sculptor) {
    for side in [-1.0, 1.0] { s.limb(Spot(side * 0.2, -0.4), Spot(side * 0.08, -0.68), 0.008, 0.008, dark) }
    s.limb(Spot(0, -0.3), Spot(0, -0.55 * form[0]), 0.3, 0.1, main, nearer: -0.7)
    s.globe(Spot(0, 0), 0.5, main, spin: 0.02, axis: 0)
    s.plate(
      [Spot(-0.09, -0.66), Spot(0.09, -0.66), Spot(0.075, -0.8), Spot(-0.075, -0.8)], second, round: 0.02, bulge: 0.05,
      nearer: 0.1)
  }
}
