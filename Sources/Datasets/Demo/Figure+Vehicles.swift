import CKernels

/// Figures with hulls and wheels, and boxes.
extension Figure {
  /// About 4.2 m long, facing +x; form: length, kind of body (car, van, truck), roof.
  func car(_ s: inout Sculptor) {
    let half = 0.5 * form[0]
    let roof = form[2]
    let profile: [Spot]
    let glass: [Int]
    var windows: [[Spot]] = []
    if form[1] < 0.55 {
      profile = [
        Spot(-half, 0.3), Spot(-half, 0.82), Spot(-half + 0.35, 0.93), Spot(-0.25 * half - 0.55, roof),
        Spot(0.12 * half, roof), Spot(0.45 * half, 0.95), Spot(half - 0.08, 0.8), Spot(half, 0.55), Spot(half, 0.3),
      ]
      glass = [2, 4]
      windows = [
        [
          Spot(-half + 0.62, 0.96), Spot(-0.25 * half - 0.47, roof - 0.08), Spot(-0.2 * half, roof - 0.08),
          Spot(-0.2 * half, 0.96),
        ],
        [
          Spot(-0.14 * half, 0.96), Spot(-0.14 * half, roof - 0.08), Spot(0.1 * half, roof - 0.08),
          Spot(0.37 * half, 0.96),
        ],
      ]
    } else {
      let back = form[1] < 0.8 ? roof + 0.35 : roof + 0.7
      profile = [
        Spot(-half, 0.35), Spot(-half, back), Spot(0.45 * half, back), Spot(0.78 * half, 1.05), Spot(half, 0.92),
        Spot(half, 0.35),
      ]
      glass = [2]
      windows = [
        [
          Spot(0.25 * half, 1.05), Spot(0.25 * half, back - 0.15), Spot(0.44 * half, back - 0.15),
          Spot(0.66 * half, 1.05),
        ]
      ]
      if form[1] < 0.8 {
        windows.append([
          Spot(-0.85 * half, 1.1), Spot(-0.85 * half, back - 0.15), Spot(0.15 * half, back - 0.15),
          Spot(0.15 * half, 1.1),
        ])
      }
    }
    let wide = 0.82
    for x in [-0.62 * half, 0.62 * half] {
      for side in [-1.0, 1.0] {
        let hub = Spot(x, 0.33, side * (wide + 0.01))
        // What is on the near side comes before the body, whichever end of the car is nearer.
        let near = s.turned(Spot(0, 0, side)).near > 0
        s.blob(hub, 0.33, 0.33, 0.1, dark, nearer: near ? 1.5 : -1.5)
        if near {
          s.blob(hub, 0.19, 0.19, 0.07, third, nearer: 1.6)
          for spoke in 0..<5 {
            let angle = s.pose.phase + Double(spoke) * 0.2
            s.limb(
              hub + Spot(0, 0, side * 0.05),
              hub + Spot(0.17 * Turns.cosine(angle), -0.17 * Turns.sine(angle), side * 0.05), 0.03, 0.025, dark,
              nearer: 1.7)
          }
        }
      }
    }
    s.extrude(
      profile, half: wide, side: main, edges: profile.indices.map { glass.contains($0) ? second : main }, round: 0.03)
    for side in [-1.0, 1.0] where s.turned(Spot(0, 0, side)).near > 0.02 {
      for window in windows {
        s.plate(
          window.map { $0 + Spot(0, 0, side * (wide + 0.005)) }, second, round: 0.03, nearer: 1.5,
          origin: Spot(0, 1, side * wide))
      }
      s.limb(
        Spot(-0.95 * half, 0.62, side * (wide + 0.01)), Spot(0.95 * half, 0.62, side * (wide + 0.01)), 0.025, 0.025,
        pale,
        nearer: 1.4)
    }
    for side in [-0.55, 0.55] {
      if s.turned(Spot(1, 0)).near > 0 { s.blob(Spot(half, 0.68, side), 0.05, 0.09, 0.13, pale, nearer: 1.5) }
      if s.turned(Spot(-1, 0)).near > 0 { s.blob(Spot(-half, 0.72, side), 0.05, 0.07, 0.13, third, nearer: 1.5) }
    }
  }

  /// Seen from above, facing +x; form: length, roof, cargo.
  func carFromAbove(_ s: inout Sculptor) {
    let half = 0.5 * form[0]
    func box(_ x0: Double, _ x1: Double, _ w0: Double, _ w1: Double, _ z: Double) -> [Spot] {
      [Spot(x0, w0, z), Spot(x1, w1, z), Spot(x1, -w1, z), Spot(x0, -w0, z)]
    }
    for (x, y) in [(0.62, 0.84), (0.62, -0.84), (-0.62, 0.84), (-0.62, -0.84)] {
      s.limb(Spot(x * half - 0.25, y), Spot(x * half + 0.25, y), 0.1, 0.1, dark)
    }
    s.plate(box(-half + 0.12, half - 0.12, 0.72, 0.7, 0.1), main, round: 0.16, bulge: 0.25, origin: Spot(0, 0))
    if form[2] > 0.6 {
      s.plate(box(-0.92 * half, 0.28 * half, 0.74, 0.74, 0.3), third, round: 0.06, bulge: 0.1, origin: Spot(0, 0))
      s.plate(box(0.45 * half, 0.62 * half, 0.62, 0.58, 0.3), second, round: 0.06)
    } else {
      s.plate(box(0.12 * half, 0.42 * half, 0.52, 0.66, 0.3), second, round: 0.06)
      s.plate(box(-0.78 * half, -0.58 * half, 0.6, 0.52, 0.3), second, round: 0.06)
      s.plate(
        box(-0.5 * half, 0.1 * half, 0.56, 0.56, 0.4), main, round: 0.1, bulge: 0.3, origin: Spot(0, 0), shade: 1.1)
    }
    for side in [-0.55, 0.55] {
      s.blob(Spot(half - 0.1, side, 0.2), 0.09, 0.16, 0.05, pale)
      s.blob(Spot(-half + 0.07, side, 0.2), 0.05, 0.16, 0.05, third)
    }
  }

  /// A sailing or fishing boat, hull about 4 m; the origin is on its water line; form: sail, cabin.
  func boat(_ s: inout Sculptor) {
    let hull = [
      Spot(-1.9, -0.12), Spot(-2.0, 0.62), Spot(0.6, 0.55), Spot(2.2, 0.85), Spot(1.5, -0.12),
    ]
    s.plate(hull, main, round: 0.05, bulge: 0.35, nearer: 0.3, origin: Spot(0, 0))
    s.plate(
      [Spot(-1.98, 0.5), Spot(0.6, 0.45), Spot(2.12, 0.74), Spot(2.2, 0.85), Spot(0.6, 0.57), Spot(-2.0, 0.62)], pale,
      round: 0.02, nearer: 0.35)
    if form[0] > 0.45 {
      s.limb(Spot(0.2, 0.5), Spot(0.2, 4.3), 0.06, 0.04, dark)
      s.plate(
        [Spot(0.1, 1.0), Spot(0.1, 4.1), Spot(-0.7, 2.6), Spot(-1.7, 1.0)], second, round: 0.03, bulge: 0.5,
        nearer: 0.1,
        origin: Spot(0, 1))
      s.plate([Spot(0.3, 0.95), Spot(0.3, 3.6), Spot(1.8, 0.95)], third, round: 0.03, bulge: 0.4, nearer: 0.1)
    } else {
      s.plate(
        [Spot(-1.1, 0.5), Spot(-1.0, 1.5), Spot(0.3, 1.5), Spot(0.55, 0.5)], second, round: 0.04, bulge: 0.15,
        nearer: 0.1,
        origin: Spot(0, 1))
      s.plate([Spot(-0.35, 0.95), Spot(-0.3, 1.32), Spot(0.2, 1.32), Spot(0.3, 0.95)], dark, round: 0.03, nearer: 0.2)
      s.limb(Spot(-0.9, 1.5), Spot(-0.9, 2.6), 0.05, 0.04, dark)
      s.plate([Spot(-0.93, 2.55), Spot(-0.93, 2.2), Spot(-1.5, 2.35)], third, round: 0.02)
    }
  }

  /// A duck on the water, 0.5 m; form: neck.
  func duck(_ s: inout Sculptor) {
    s.limb(Spot(-0.26, 0.15), Spot(-0.38, 0.24), 0.07, 0.025, main)
    s.blob(Spot(-0.05, 0.1), 0.28, 0.145, 0.16, main)
    s.blob(Spot(-0.09, 0.14, 0.1), 0.2, 0.09, 0.06, second, tilt: 0.03)
    let nod = 0.015 * Turns.sine(s.pose.phase)
    let head = Spot(0.22 + nod, 0.36 * form[0])
    s.limb(Spot(0.14, 0.14), head, 0.085, 0.06, third)
    s.blob(head, 0.082, 0.074, 0.07, third, nearer: 0.02)
    s.limb(head + Spot(0.06, -0.01), head + Spot(0.15, -0.03), 0.03, 0.022, pale, nearer: 0.03)
    for side in [-1.0, 1.0] { s.blob(head + Spot(0.03, 0.02, side * 0.06), 0.014, 0.014, 0.01, dark, nearer: 0.05) }
  }

  /// A printed box, 1 wide, that may turn every way; form: height, depth.
  func parcel(_ s: inout Sculptor) {
    let (h, d) = (0.5 * form[0], 0.5 * form[1])
    let profile = [Spot(-0.5, -h), Spot(-0.5, h), Spot(0.5, h), Spot(0.5, -h)]
    s.extrude(profile, half: d, side: main, edges: [second, third, second, third], round: 0.015)
    for side in [-1.0, 1.0] where s.turned(Spot(0, 0, side)).near > 0.03 {
      s.plate(
        [
          Spot(-0.34, -0.15 * h, side * d), Spot(-0.34, 0.6 * h, side * d), Spot(0.2, 0.6 * h, side * d),
          Spot(0.2, -0.15 * h, side * d),
        ], pale, round: 0.01, nearer: 0.6, origin: Spot(0, 0, side * d))
      s.blob(Spot(0.33, -0.4 * h, side * d), 0.1, 0.1, 0.01, dark, nearer: 0.7)
    }
  }
}
