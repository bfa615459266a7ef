import CKernels

/// Figures on legs.
extension Figure {
  /// A person, 1.75 m; form: build, skirt or trousers, hat, bag.
  func walker(_ s: inout Sculptor) {
    let build = form[0]
    func leg(_ side: Double) -> (swing: Double, bend: Double) {
      let phase = s.pose.phase + (side > 0 ? 0 : 0.5)
      return (Turns.sine(phase) * 0.075 * s.pose.swing, (0.5 + 0.5 * Turns.sine(phase + 0.28)) * 0.11 * s.pose.swing)
    }
    // The hip is as high as the leg that stands allows.
    let reach = [-1.0, 1.0].map {
      0.44 * Turns.cosine(leg($0).swing) + 0.42 * Turns.cosine(leg($0).swing - leg($0).bend)
    }
    let lift = (reach.max() ?? 0.86) - 0.86
    let hip = Spot(0, 0.93 + lift)
    let neck = Spot(0.03, 1.45 + lift)
    for side in [-1.0, 1.0] {
      let (swing, bend) = leg(side)
      let joint = hip + Spot(0, 0, side * 0.09)
      let knee = joint + Spot(0.44 * Turns.sine(swing), -0.44 * Turns.cosine(swing))
      let ankle = knee + Spot(0.42 * Turns.sine(swing - bend), -0.42 * Turns.cosine(swing - bend))
      s.limb(joint, knee, 0.1 * build, 0.078 * build, second)
      s.limb(knee, ankle, 0.076 * build, 0.056, form[1] > 0.75 ? pale : second)
      s.limb(ankle + Spot(-0.02, -0.02), ankle + Spot(0.15, -0.04), 0.05, 0.038, dark)
      let arm = -swing * 0.9 + 0.01
      let shoulder = neck + Spot(-0.01, -0.07, side * 0.2 * build)
      let elbow = shoulder + Spot(0.29 * Turns.sine(arm), -0.29 * Turns.cosine(arm), side * 0.03)
      let hand = elbow + Spot(0.25 * Turns.sine(arm + 0.05), -0.25 * Turns.cosine(arm + 0.05))
      s.limb(shoulder, elbow, 0.066 * build, 0.05, main)
      s.limb(elbow, hand, 0.048, 0.04, form[1] > 0.4 ? pale : main)
      s.blob(hand, 0.05, 0.05, 0.04, pale)
    }
    // The trunk: two barrels side by side make shoulders when seen from the front.
    for side in [-1.0, 1.0] {
      s.limb(
        hip + Spot(0, -0.02, side * 0.06), neck + Spot(-0.01, -0.1, side * 0.1 * build), 0.125 * build, 0.125 * build,
        main, nearer: -0.02)
    }
    if form[1] > 0.75 {
      s.limb(hip + Spot(0, 0.02), hip + Spot(0, -0.3), 0.15 * build, 0.21 * build, second, nearer: 0.03)
    }
    s.limb(neck + Spot(0, -0.06), neck + Spot(0.02, 0.06), 0.06, 0.055, pale)
    let head = neck + Spot(0.03, 0.19)
    s.blob(head, 0.105, 0.13, 0.095, pale)
    s.blob(head + Spot(-0.03, 0.035), 0.107, 0.112, 0.104, third, nearer: 0.001)
    s.blob(head + Spot(0.045, -0.03), 0.066, 0.085, 0.075, pale, nearer: 0.02)
    if form[2] > 0.6 {
      s.blob(head + Spot(0.02, 0.09), 0.16, 0.03, 0.15, second, nearer: 0.03)
      s.blob(head + Spot(-0.01, 0.12), 0.1, 0.075, 0.1, second, nearer: 0.04)
    }
    if form[3] > 0.5 { s.limb(neck + Spot(-0.2, -0.12), neck + Spot(-0.19, -0.42), 0.1, 0.12, third) }
  }

  /// Dogs, horses, cows; form: body length, leg length, neck, head, depth of the body, ears, tail, mane.
  func quadruped(_ s: inout Sculptor) {
    let (length, legs, neckLength, headLength) = (form[0], form[1], form[2], form[3])
    let girth = form[4]
    let bob = 0.015 * Turns.cosine(2 * s.pose.phase) * s.pose.swing
    let rump = Spot(-0.5 * length, legs + 0.75 * girth + bob)
    let chest = Spot(0.5 * length, legs + 0.8 * girth + bob)
    let thin = girth * 0.36
    for (i, offset) in [0.0, 0.5, 0.55, 0.05].enumerated() {
      let front = i % 2 == 0
      let side = i < 2 ? -1.0 : 1.0
      let swing = Turns.sine(s.pose.phase + offset) * 0.075 * s.pose.swing
      let bend = (0.5 + 0.5 * Turns.cosine(s.pose.phase + offset)) * 0.09 * s.pose.swing
      let joint = (front ? chest + Spot(-0.12 * girth, -0.45 * girth) : rump + Spot(0.1 * girth, -0.3 * girth))
      let top = joint + Spot(0, 0, side * 0.5 * girth)
      let upper = (top.y - 0.06) * 0.53
      let knee = top + Spot(upper * Turns.sine(swing), -upper * Turns.cosine(swing))
      let lower = (top.y - 0.06) * 0.47
      let back = front ? swing - bend : swing + 0.3 * bend - 0.02
      let foot = knee + Spot(lower * Turns.sine(back), -lower * Turns.cosine(back))
      s.limb(top, knee, thin * (front ? 1.0 : 1.3), thin * 0.55, main)
      s.limb(knee, foot, thin * 0.55, thin * 0.42, second)
      s.limb(foot, foot + Spot(0.06 * legs + 0.02, -0.01), thin * 0.46, thin * 0.4, dark)
    }
    s.limb(rump, chest + Spot(-0.05, 0), girth * 0.9, girth, main, nearer: 0.001)
    s.blob(rump + Spot(0.05 * length, 0.02), girth * 1.02, girth, girth * 0.95, main, upright: true)
    let nod = 0.02 * Turns.sine(2 * s.pose.phase) * s.pose.swing
    let neckTop = chest + Spot(neckLength * 0.75, neckLength * (0.75 + nod))
    s.limb(chest + Spot(0, 0.2 * girth), neckTop, girth * 0.72, girth * 0.45, main, nearer: 0.01)
    if form[7] > 0.5 {
      s.limb(
        chest + Spot(-0.25 * girth, 0.85 * girth), neckTop + Spot(-0.1 * girth, 0.4 * girth), girth * 0.2, girth * 0.2,
        third, nearer: 0.02)
    }
    let muzzle = neckTop + Spot(headLength, -headLength * (0.35 - nod))
    s.limb(neckTop + Spot(0.02, 0.02), muzzle, girth * 0.46, girth * 0.27, pale, nearer: 0.03)
    s.blob(muzzle + Spot(girth * 0.16, 0.01), girth * 0.17, girth * 0.16, girth * 0.16, dark, nearer: 0.04)
    for side in [-1.0, 1.0] {
      let ear = neckTop + Spot(-0.1 * girth, 0.3 * girth, side * 0.28 * girth)
      let tip =
        form[5] > 0.5 ? ear + Spot(-0.12 * girth, 0.55 * girth) : ear + Spot(-0.25 * girth, -0.45 * girth, side * 0.12)
      s.limb(ear, tip, girth * 0.17, girth * 0.08, third, nearer: 0.05)
      s.blob(
        neckTop + Spot(0.42 * headLength, 0.12 * girth, side * 0.33 * girth), girth * 0.075, girth * 0.075,
        girth * 0.05, dark, nearer: 0.04)
    }
    let wag = Turns.sine(s.pose.phase) * 0.03 * s.pose.swing
    let root = rump + Spot(-0.75 * girth, 0.35 * girth)
    let droop = form[6]
    let middle = root + Spot(-0.3 * length, (0.25 - droop + wag) * length, wag * length)
    s.limb(root, middle, girth * 0.2, girth * 0.15, main)
    s.limb(middle, middle + Spot(-0.1 * length, (0.1 - droop + wag) * length), girth * 0.16, girth * 0.13, third)
  }

  /// A turtle or beetle seen from above, facing +x; form: shell's length, width, head.
  func turtle(_ s: inout Sculptor) {
    let (length, width) = (form[0], form[1])
    for (i, corner) in [(0.6, 0.8), (0.6, -0.8), (-0.62, 0.72), (-0.62, -0.72)].enumerated() {
      let stroke = Turns.sine(s.pose.phase + (i == 0 || i == 3 ? 0 : 0.5)) * 0.22 * s.pose.swing
      let joint = Spot(corner.0 * length * 0.8, corner.1 * width * 0.8, -0.02)
      let out = corner.1 > 0 ? 1.0 : -1.0
      s.limb(
        joint, joint + Spot((stroke + (corner.0 > 0 ? 0.12 : -0.12)) * length, out * 0.42 * width), 0.13 * width,
        0.1 * width, second)
    }
    let look = Turns.sine(0.5 * s.pose.phase) * 0.06
    s.limb(Spot(0.8 * length, 0), Spot(1.22 * length, look * width), 0.2 * width, 0.19 * width, second)
    s.blob(Spot(1.3 * length, (look + 0.12) * width, 0.1), 0.035, 0.035, 0.03, dark)
    s.blob(Spot(1.3 * length, (look - 0.12) * width, 0.1), 0.035, 0.035, 0.03, dark)
    s.limb(Spot(-0.9 * length, 0), Spot(-1.15 * length, -look * width), 0.07 * width, 0.03 * width, second)
    s.blob(Spot(0, 0, 0.05), length, width, 0.3, third)
    s.blob(Spot(0, 0, 0.1), length * 0.88, width * 0.86, 0.3, main)
  }
}
