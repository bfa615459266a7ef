import CKernels

/// A place on a figure in metres: x to its front, y up, z to its right-hand side (towards the viewer when it faces right).
struct Spot: Sendable {
  var x: Double
  var y: Double
  var z: Double

  init(_ x: Double, _ y: Double, _ z: Double = 0) {
    self.x = x
    self.y = y
    self.z = z
  }

  static func + (a: Spot, b: Spot) -> Spot { Spot(a.x + b.x, a.y + b.y, a.z + b.z) }
  static func - (a: Spot, b: Spot) -> Spot { Spot(a.x - b.x, a.y - b.y, a.z - b.z) }
  static func * (a: Spot, k: Double) -> Spot { Spot(a.x * k, a.y * k, a.z * k) }
}

/// Where a figure is and how it holds itself at one moment.
struct Pose: Sendable {
  /// The figure's origin (between its feet, or its middle where it has none) in the picture.
  var x: Double
  var y: Double
  /// Pixels a metre.
  var scale: Double
  /// Turns: about the line of sight (clockwise), about the vertical (0 faces right, 0.5 left), towards the viewer's height.
  var roll = 0.0
  var yaw = 0.0
  var pitch = 0.0
  /// Turns of the gait, wing beat or wheel.
  var phase = 0.0
  /// How far limbs swing; 1 is an easy walk.
  var swing = 1.0
}

/// Shapes of one figure at one moment, as the C side draws them.
struct Parts {
  var parts: [tb_part] = []
  var points: [Float] = []

  /// Left, top, right, bottom of all shapes; nil where there is none.
  var bounds: SpriteBounds? {
    points.withUnsafeBufferPointer { list in
      var all: SpriteBounds?
      for var part in parts {
        var b = (0.0, 0.0, 0.0, 0.0)
        withUnsafeMutableBytes(of: &b) {
          tb_part_bounds(&part, list.baseAddress, $0.baseAddress?.assumingMemoryBound(to: Double.self))
        }
        let one = SpriteBounds(left: b.0, top: b.1, right: b.2, bottom: b.3)
        all = all?.union(one) ?? one
      }
      return all
    }
  }

  /// Whether (x, y) lies on one of the shapes.
  func contains(_ x: Double, _ y: Double) -> Bool {
    points.withUnsafeBufferPointer { list in
      parts.contains { part in
        withUnsafePointer(to: part) { tb_part_contains($0, list.baseAddress, Float(x), Float(y)) != 0 }
      }
    }
  }
}

/// Sides of a shape in the picture, pixel (0, 0) covering 0...1.
package struct SpriteBounds: Hashable, Sendable {
  package var left: Double
  package var top: Double
  package var right: Double
  package var bottom: Double

  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  func union(_ other: SpriteBounds) -> SpriteBounds {
    SpriteBounds(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }
}

/// Builds a figure from solid parts in metres and projects them, far parts first.
struct Sculptor {
  let pose: Pose
  let light: tb_light
  let mist: tb_mist
  private var items: [(depth: Double, order: Int, part: tb_part)] = []
  private var points: [Float] = []
  private let cosYaw: Double
  private let sinYaw: Double
  private let cosPitch: Double
  private let sinPitch: Double
  private let cosRoll: Double
  private let sinRoll: Double

  init(pose: Pose, light: tb_light, mist: tb_mist = tb_mist()) {
    self.pose = pose
    self.light = light
    self.mist = mist
    (cosYaw, sinYaw) = (Turns.cosine(pose.yaw), Turns.sine(pose.yaw))
    (cosPitch, sinPitch) = (Turns.cosine(pose.pitch), Turns.sine(pose.pitch))
    (cosRoll, sinRoll) = (Turns.cosine(pose.roll), Turns.sine(pose.roll))
  }

  /// The parts, far ones first; parts equally far in the order they were added.
  consuming func finish() -> Parts {
    items.sort { $0.depth != $1.depth ? $0.depth < $1.depth : $0.order < $1.order }
    return Parts(parts: items.map(\.part), points: points)
  }

  /// A direction turned as the figure is: right, down (pixels a metre not applied) and towards the viewer.
  func turned(_ s: Spot) -> (x: Double, y: Double, near: Double) {
    let x = s.x * cosYaw + s.z * sinYaw
    let z = s.z * cosYaw - s.x * sinYaw
    let y = -(s.y * cosPitch - z * sinPitch)
    let near = z * cosPitch + s.y * sinPitch
    return (x * cosRoll - y * sinRoll, x * sinRoll + y * cosRoll, near)
  }

  func project(_ s: Spot) -> (x: Double, y: Double, near: Double) {
    let d = turned(s)
    return (pose.x + d.x * pose.scale, pose.y + d.y * pose.scale, d.near)
  }

  private mutating func add(_ part: tb_part, depth: Double) {
    items.append((depth, items.count, part))
  }

  private func blank(_ shape: Int, _ material: tb_material, thickness: Double) -> tb_part {
    var part = tb_part()
    part.shape = Int32(shape)
    part.material = material
    part.light = light
    part.mist = mist
    part.alpha = 1
    part.thickness = Float(thickness * pose.scale)
    part.footprint = Float(1 / pose.scale)
    return part
  }

  /// Texture that moves with the part: `center` in the picture, u along (ux, uy), turning about the vertical scrolls it.
  private func texture(_ center: (x: Double, y: Double), _ ux: Double, _ uy: Double, scroll: Double)
    -> (Float, Float, Float, Float, Float, Float)
  {
    let k = 1 / pose.scale
    return (
      Float(ux * k), Float(uy * k), Float(-(ux * center.x + uy * center.y) * k + scroll),
      Float(-uy * k), Float(ux * k), Float(-(-uy * center.x + ux * center.y) * k)
    )
  }

  /// A limb from `a` to `b`, as thick as two balls; stripes run across it.
  mutating func limb(_ a: Spot, _ b: Spot, _ ra: Double, _ rb: Double, _ material: tb_material, nearer: Double = 0) {
    let (p, q) = (project(a), project(b))
    let (pr, qr) = (ra * pose.scale, rb * pose.scale)
    let (dx, dy) = (q.x - p.x, q.y - p.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let depth = 0.5 * (p.near + q.near) + nearer
    guard length > abs(pr - qr) * 1.02 + 0.05 else {
      let big = pr >= qr ? (p, pr) : (q, qr)
      var part = blank(Int(TB_SHAPE_ELLIPSE), material, thickness: max(ra, rb))
      let k = 1 / max(big.1, 0.05)
      part.local = (Float(k), 0, Float(-big.0.x * k), 0, Float(k), Float(-big.0.y * k))
      part.texture = texture((big.0.x, big.0.y), cosRoll, sinRoll, scroll: pose.yaw * 6.2832 * ra)
      add(part, depth: depth)
      return
    }
    var part = blank(Int(TB_SHAPE_CAPSULE), material, thickness: 0.9 * max(ra, rb))
    (part.ax, part.ay, part.ar) = (Float(p.x), Float(p.y), Float(pr))
    (part.bx, part.by, part.br) = (Float(q.x), Float(q.y), Float(qr))
    // v runs along the limb, u across.
    part.texture = texture((p.x, p.y), dy / length, -dx / length, scroll: pose.yaw * 6.2832 * max(ra, rb))
    add(part, depth: depth)
  }

  /// An ellipsoid; `tilt` turns its x axis towards y. `rough` frays the edge by so many metres.
  mutating func blob(
    _ center: Spot, _ rx: Double, _ ry: Double, _ rz: Double, _ material: tb_material, tilt: Double = 0,
    nearer: Double = 0, rough: Double = 0, flat: Bool = false, upright: Bool = false
  ) {
    let c = project(center)
    let (ct, st) = (Turns.cosine(tilt), Turns.sine(tilt))
    let axes = [turned(Spot(rx * ct, rx * st)), turned(Spot(-ry * st, ry * ct)), turned(Spot(0, 0, rz))]
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for a in axes {
      xx += a.x * a.x
      xy += a.x * a.y
      yy += a.y * a.y
    }
    let k = pose.scale
    // Cholesky of the outline's matrix; its inverse takes the outline to the unit circle.
    let l11 = max(xx.squareRoot() * k, 0.05)
    let l21 = xy * k * k / l11
    let l22 = max((yy * k * k - l21 * l21).squareRoot(), 0.05)
    var part = blank(Int(TB_SHAPE_ELLIPSE), material, thickness: flat ? 0 : min(l11, l22) / k)
    let (i11, i22) = (1 / l11, 1 / l22)
    let i21 = -l21 * i11 * i22
    part.local = (Float(i11), 0, Float(-i11 * c.x), Float(i21), Float(i22), Float(-i21 * c.x - i22 * c.y))
    let (ux, uy) = upright ? (-sinRoll, cosRoll) : (cosRoll, sinRoll)
    part.texture = texture((c.x, c.y), ux, uy, scroll: pose.yaw * 6.2832 * rx * 0.7)
    part.rough = Float(rough * k)
    part.rough_scale = Float(rough > 0 ? 7 / (rough * 2.2) : 1)
    add(part, depth: c.near + nearer)
  }

  /// A flat piece with the given corners, its edge rounded by `round`; u runs along `along`, v along `across`.
  mutating func plate(
    _ corners: [Spot], _ material: tb_material, round: Double = 0.004, bulge: Double = 0, nearer: Double = 0,
    along: Spot = Spot(1, 0), across: Spot = Spot(0, -1), origin: Spot? = nil, shade: Double = 1, alpha: Double = 1
  ) {
    guard corners.count >= 3 else { return }
    var part = blank(Int(TB_SHAPE_POLYGON), material, thickness: bulge)
    part.first = Int32(points.count / 2)
    part.count = Int32(corners.count)
    part.round = Float(round * pose.scale)
    part.alpha = Float(alpha)
    part.light.ambient *= Float(shade)
    part.light.diffuse *= Float(shade)
    var depth = 0.0
    for corner in corners {
      let p = project(corner)
      points.append(Float(p.x))
      points.append(Float(p.y))
      depth += p.near
    }
    let o = project(origin ?? corners[0])
    let (a, b) = (turned(along), turned(across))
    let det = (a.x * b.y - a.y * b.x) * pose.scale
    if abs(det) > 0.12 * pose.scale {
      let (m0, m1, m3, m4) = (b.y / det, -b.x / det, -a.y / det, a.x / det)
      part.texture = (
        Float(m0), Float(m1), Float(-m0 * o.x - m1 * o.y), Float(m3), Float(m4), Float(-m3 * o.x - m4 * o.y)
      )
    } else {
      part.texture = texture((o.x, o.y), cosRoll, sinRoll, scroll: 0)
    }
    add(part, depth: depth / Double(corners.count) + nearer)
  }

  /// A ball whose surface has turned by `spin` turns about the axis at `axis` turns in the picture's plane, then by the yaw.
  mutating func globe(_ center: Spot, _ radius: Double, _ material: tb_material, spin: Double, axis: Double) {
    let c = project(center)
    var part = blank(Int(TB_SHAPE_BALL), material, thickness: radius)
    let k = 1 / (radius * pose.scale)
    part.local = (Float(k), 0, Float(-k * c.x), 0, Float(k), Float(-k * c.y))
    // Rolling about an axis in the picture's plane (Rodrigues), then about the vertical.
    let (ax, ay) = (Turns.cosine(axis), Turns.sine(axis))
    let (co, si) = (Turns.cosine(spin), Turns.sine(spin))
    let no = 1 - co
    let r = [
      co + ax * ax * no, ax * ay * no, ay * si, ax * ay * no, co + ay * ay * no, -ax * si, -ay * si, ax * si, co,
    ]
    let (cy, sy) = (cosYaw, sinYaw)
    let m = [
      cy * r[0] + sy * r[6], cy * r[1] + sy * r[7], cy * r[2] + sy * r[8], r[3], r[4], r[5],
      cy * r[6] - sy * r[0], cy * r[7] - sy * r[1], cy * r[8] - sy * r[2],
    ].map { Float($0) }
    part.turn = (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8])
    part.footprint = Float(k)
    add(part, depth: c.near)
  }

  /// A closed profile drawn out sideways to z = ±`half`: sides that face the viewer, then the near face.
  mutating func extrude(
    _ profile: [Spot], half: Double, side: tb_material, edges: [tb_material], round: Double = 0.01, nearer: Double = 0
  ) {
    for i in profile.indices {
      let (a, b) = (profile[i], profile[(i + 1) % profile.count])
      // Outward normal of a profile listed clockwise (y up).
      let n = turned(Spot(-(b.y - a.y), b.x - a.x))
      guard n.near > 1e-3 else { continue }
      let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      let corners = [Spot(a.x, a.y, half), Spot(b.x, b.y, half), Spot(b.x, b.y, -half), Spot(a.x, a.y, -half)]
      let lit = 0.72 + 0.35 * (b.x - a.x) / max(length, 1e-6)
      plate(
        corners, edges[i % edges.count], round: round, nearer: nearer, along: Spot(0, 0, 1),
        across: (b - a) * (1 / max(length, 1e-6)), origin: corners[0], shade: lit)
    }
    for z in [half, -half] where turned(Spot(0, 0, z)).near > 0 {
      plate(
        profile.map { Spot($0.x, $0.y, z) }, side, round: round, bulge: 0.0, nearer: nearer + 0.01,
        origin: Spot(0, 0, z), shade: 0.95)
    }
  }
}
