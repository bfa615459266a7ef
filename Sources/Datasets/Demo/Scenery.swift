import CKernels

/// The place a scene is set in: its layers, its light, and what stands about there.
struct Scenery {
  let kind: SceneKind
  var random: SceneRandom
  var layers: [Backdrop.Layer] = []
  /// What the ground, or the plane, mostly looks like.
  var tone = tb_color(0.4, 0.4, 0.4)
  var mist = tb_color(0.75, 0.8, 0.85)
  var mistDepth = 42.0
  var haze = 0.0
  var light = tb_light(x: -0.45, y: -0.62, z: 0.64, ambient: 0.5, diffuse: 0.68, gloss: 0.05)
  var shade = 0.45
  /// Row of the horizon as a share of the height; nil where the scene is seen straight on.
  var horizon: Double?
  /// Kinds of things, how many, and their size in metres on a ground, in hundreds of pixels on a plane.
  var furniture: [Furniture] = []
  /// What a target may pass behind.
  var occluders: [Furniture] = []
  /// Rows below the horizon (as a share of the height) at which a wall meets the floor.
  var wallFoot: Double?

  struct Furniture {
    var kind: Prop.Kind
    var count: Int
    var size: ClosedRange<Double>
    var first: tb_material
    var second: tb_material
    /// Where it stands from 0 (horizon, or top) to 1 (the picture's bottom).
    var zone: ClosedRange<Double> = 0.02...0.6
    var lift = 0.0
    var over = false
    /// Side by side from one edge of the picture to the other; `size` then is in pixels.
    var row = false
  }

  init(_ kind: SceneKind, random: SceneRandom) {
    self.kind = kind
    self.random = random
    let side = self.random.sign()
    light.x = Float(0.45 * side * self.random.between(0.5, 1.2))
    switch kind {
    case .meadow: meadow()
    case .snow: snow()
    case .desert: desert()
    case .street: street()
    case .room: room()
    case .lake: lake()
    case .underwater: underwater()
    case .sky: openSky()
    case .garden: garden()
    case .lawn: lawn()
    case .asphalt: asphalt()
    case .pond: pond()
    case .carpet: carpet()
    }
  }

  // MARK: Materials shared by several places

  mutating func jitter(_ r: Double, _ g: Double, _ b: Double, _ amount: Double = 0.18) -> tb_color {
    tb_color(r, g, b).jittered(amount, &random)
  }

  /// `unit` is the size of its coarsest variation.
  mutating func grass(_ unit: Double, dry: Double) -> tb_material {
    let green = jitter(0.3, 0.43, 0.14).mixed(tb_color(0.56, 0.5, 0.26), dry)
    return tb_material(green.times(0.42), green, green.mixed(tb_color(0.8, 0.82, 0.5), 0.45))
      .grained(.clouds, wavelength: unit, weight: 0.6, random: &random)
      .grained(.clouds, wavelength: unit * 0.2, weight: 0.5, random: &random)
      .grained(.ridges, wavelength: unit * 0.075, weight: 0.75, stretch: 0.5, random: &random)
  }

  mutating func soil(_ color: tb_color, _ unit: Double, stones: Double = 0.5) -> tb_material {
    tb_material(color, contrast: 0.5).grained(.clouds, wavelength: unit, weight: 0.6, random: &random)
      .grained(.cells, wavelength: unit * 0.035, weight: stones, random: &random)
      .grained(.clouds, wavelength: unit * 0.12, weight: 0.7, random: &random)
  }

  mutating func foliage(_ color: tb_color, _ unit: Double) -> tb_material {
    tb_material(color.times(0.3), color, color.mixed(tb_color(0.85, 0.88, 0.5), 0.5), base: 0.46)
      .grained(.clouds, wavelength: unit * 0.9, weight: 0.8, random: &random)
      .grained(.ridges, wavelength: unit * 0.3, weight: 0.9, random: &random)
      .grained(.cells, wavelength: unit * 0.075, weight: 0.55, random: &random)
  }

  mutating func bark(_ unit: Double) -> tb_material {
    tb_material(jitter(0.36, 0.27, 0.19, 0.3), contrast: 0.6)
      .grained(.streaks, wavelength: unit, weight: 1, stretch: 0.25, random: &random)
  }

  mutating func stone(_ color: tb_color, _ unit: Double) -> tb_material {
    tb_material(color, contrast: 0.55).grained(.ridges, wavelength: unit, weight: 0.7, random: &random)
      .grained(.clouds, wavelength: unit * 0.4, weight: 0.8, random: &random)
  }

  mutating func wood(_ color: tb_color, _ unit: Double) -> tb_material {
    tb_material(color, contrast: 0.5)
      .grained(.streaks, wavelength: unit * 0.4, weight: 0.75, stretch: 5, random: &random)
      .grained(.clouds, wavelength: unit, weight: 0.4, random: &random)
  }

  mutating func fabric(_ color: tb_color, _ unit: Double) -> tb_material {
    tb_material(color, contrast: 0.45).grained(.clouds, wavelength: unit, weight: 0.4, random: &random)
      .grained(.dust, wavelength: unit * 0.03, weight: 0.35, random: &random)
  }

  mutating func leaves() -> tb_material {
    let tones = [(0.24, 0.36, 0.12), (0.34, 0.42, 0.14), (0.2, 0.32, 0.16), (0.5, 0.4, 0.14), (0.46, 0.28, 0.12)]
    let tone = tones[random.chance(0.75) ? random.below(3) : 3 + random.below(2)]
    return foliage(jitter(tone.0, tone.1, tone.2), 1.6)
  }

  mutating func paint(saturation: ClosedRange<Double> = 0.15...0.55, value: ClosedRange<Double> = 0.45...0.85)
    -> tb_color
  {
    tb_color(
      hue: random.unit(), saturation: random.between(saturation.lowerBound, saturation.upperBound),
      value: random.between(value.lowerBound, value.upperBound))
  }

  /// A colour flowers have.
  mutating func bloom() -> tb_color {
    let hue = random.between(-0.28, 0.16)
    return tb_color(
      hue: hue < 0 ? hue + 1 : hue, saturation: random.between(0.1, 0.85), value: random.between(0.75, 0.98))
  }

  mutating func sky(cover: ClosedRange<Double> = 0.2...0.65) {
    let styles: [(tb_color, tb_color, tb_color)] = [
      (tb_color(0.28, 0.47, 0.74), tb_color(0.72, 0.82, 0.9), tb_color(0.96, 0.96, 0.96)),
      (tb_color(0.42, 0.55, 0.7), tb_color(0.8, 0.83, 0.85), tb_color(0.88, 0.88, 0.89)),
      (tb_color(0.36, 0.42, 0.6), tb_color(0.93, 0.74, 0.55), tb_color(0.95, 0.8, 0.7)),
      (tb_color(0.52, 0.57, 0.63), tb_color(0.76, 0.78, 0.8), tb_color(0.82, 0.83, 0.84)),
    ]
    let style = styles[random.chance(0.55) ? 0 : 1 + random.below(3)]
    let low = style.1.jittered(0.06, &random)
    mist = low.mixed(style.2, 0.2)
    let sky = tb_sky(
      high: style.0.jittered(0.12, &random), low: low, cloud: style.2, horizon: 0,
      cover: Float(random.between(cover.lowerBound, cover.upperBound)), softness: Float(random.between(0.25, 0.5)),
      scale: Float(random.between(0.55, 1.1)), drift_u: Float(random.between(0, 900)),
      drift_v: Float(random.between(0, 900)))
    layers.append(.sky(sky, drift: random.around(0.25)))
  }

  /// Rows of hills or trees along the horizon, the farther the paler.
  mutating func ridge(
    _ profile: Ridge.Profile, base: Double, rise: Double, wavelength: Double, scale: Double, material: tb_material,
    mist amount: Double, atBottom: Bool = false
  ) {
    layers.append(
      .ridge(
        Ridge(
          profile: profile, base: base, rise: rise, wavelength: wavelength, scale: scale, seed: random.next(),
          material: material, mist: tb_mist(color: mist, amount: Float(amount)), atBottom: atBottom)))
  }
}
