import CKernels

/// Dresses figures: proportions and coverings drawn from the generator.
struct Wardrobe {
  var random: SceneRandom
  /// Colour the coat is pulled towards so that figure and background look alike; nil for free choice.
  var hide: tb_color?

  init(random: SceneRandom, hide: tb_color? = nil) {
    self.random = random
    self.hide = hide
  }

  /// Fabric or paint in a free colour.
  private mutating func free(saturation: ClosedRange<Double> = 0.35...0.85, value: ClosedRange<Double> = 0.35...0.85)
    -> tb_color
  {
    let color = tb_color(
      hue: random.unit(), saturation: random.between(saturation.lowerBound, saturation.upperBound),
      value: random.between(value.lowerBound, value.upperBound))
    return hidden(color)
  }

  private func hidden(_ color: tb_color) -> tb_color { hide.map { color.mixed($0, 0.45) } ?? color }

  private mutating func fur() -> tb_color {
    let furs: [(Double, Double, Double)] = [
      (0.42, 0.26, 0.14), (0.62, 0.44, 0.26), (0.2, 0.16, 0.14), (0.78, 0.72, 0.62), (0.5, 0.48, 0.46),
      (0.66, 0.38, 0.16), (0.86, 0.83, 0.78), (0.3, 0.22, 0.18),
    ]
    let f = random.pick(furs)
    return hidden(tb_color(f.0, f.1, f.2).jittered(0.15, &random))
  }

  /// A covering with a random pattern of about `size` metres.
  private mutating func covering(_ color: tb_color, size: Double, patterns: [Pattern]) -> tb_material {
    var m = tb_material(color, contrast: random.between(0.3, 0.5))
      .grained(.clouds, wavelength: size * 1.6, weight: 0.5, random: &random)
      .grained(.streaks, wavelength: size * 0.5, weight: 0.35, random: &random)
    let pattern = random.pick(patterns)
    guard pattern != .none else { return m }
    let light = 0.3 * Double(color.r) + 0.6 * Double(color.g) + 0.1 * Double(color.b)
    let ink =
      light > 0.45
      ? color.times(random.between(0.12, 0.35)) : color.mixed(tb_color(0.95, 0.92, 0.86), random.between(0.65, 0.9))
    let inked = random.chance(0.6) ? ink : ink.mixed(free(), 0.7)
    let cell = size * random.between(0.7, 1.3)
    m = m.patterned(
      pattern, ink: inked, cell: (cell, cell), line: pattern == .spots ? 0.72 : random.between(0.35, 0.55), vary: 0.3,
      warp: pattern == .stripes ? 1.1 : 0.5, weight: random.between(0.75, 1), seed: random.next())
    return m
  }

  private mutating func plain(_ color: tb_color, size: Double, contrast: Double = 0.4) -> tb_material {
    tb_material(color, contrast: contrast).grained(.clouds, wavelength: size, weight: 0.5, random: &random)
  }

  /// An individual of `kind`.
  mutating func figure(_ kind: FigureKind) -> Figure {
    switch kind {
    case .walker: walker()
    case .quadruped: quadruped()
    case .car: car()
    case .carFromAbove: carFromAbove()
    case .ball: ball()
    case .fish: fish()
    case .bird, .duck: bird(kind)
    case .leaf: leaf()
    case .butterfly: butterfly()
    case .turtle: turtle()
    case .boat: boat()
    case .balloon: balloon()
    case .parcel: parcel()
    }
  }

  private mutating func walker() -> Figure {
    let skins: [(Double, Double, Double)] = [
      (0.85, 0.64, 0.5), (0.7, 0.48, 0.35), (0.5, 0.33, 0.23), (0.93, 0.75, 0.63),
    ]
    let skin = random.pick(skins)
    let hairs: [(Double, Double, Double)] = [
      (0.15, 0.1, 0.08), (0.35, 0.22, 0.12), (0.62, 0.47, 0.25), (0.5, 0.48, 0.46),
    ]
    let hair = random.pick(hairs)
    let shirt = free(saturation: 0.3...0.9, value: 0.4...0.95)
    let trousers = free(saturation: 0.15...0.6, value: 0.18...0.6)
    return Figure(
      kind: .walker, width: 0.75, height: 1.76,
      form: [random.between(0.9, 1.2), random.unit(), random.unit(), random.unit()],
      main: covering(shirt, size: 0.16, patterns: [.none, .stripes, .plaid, .spots, .stripes]),
      second: plain(trousers, size: 0.3).grained(.streaks, wavelength: 0.1, weight: 0.4, random: &random),
      third: plain(tb_color(hair.0, hair.1, hair.2), size: 0.1),
      dark: plain(tb_color(0.13, 0.11, 0.11), size: 0.1),
      pale: plain(tb_color(skin.0, skin.1, skin.2), size: 0.2, contrast: 0.25))
  }

  private mutating func quadruped() -> Figure {
    let coat = fur()
    let main = covering(coat, size: 0.2, patterns: [.patches, .stripes, .spots, .none, .patches])
    let short = random.chance(0.5)
    let length = short ? random.between(0.55, 0.75) : random.between(0.8, 1.05)
    let legs = short ? random.between(0.28, 0.4) : random.between(0.55, 0.75)
    let girth = short ? random.between(0.14, 0.19) : random.between(0.2, 0.27)
    let neck = short ? random.between(0.18, 0.26) : random.between(0.3, 0.6)
    return Figure(
      kind: .quadruped, width: length + 2 * girth + neck + 0.3, height: legs + 1.6 * girth + neck,
      form: [
        length, legs, neck, random.between(0.2, 0.28) * (short ? 0.9 : 1.2), girth, random.unit(),
        random.between(0.0, 0.45), random.unit(),
      ],
      main: main, second: random.chance(0.5) ? main : plain(coat.times(0.6), size: 0.1),
      third: plain(coat.times(random.between(0.3, 0.6)), size: 0.1),
      dark: plain(tb_color(0.1, 0.08, 0.08), size: 0.1),
      pale: random.chance(0.5) ? main : plain(coat.mixed(tb_color(0.95, 0.9, 0.82), 0.4), size: 0.15))
  }

  private mutating func car() -> Figure {
    let paint = free(saturation: 0.1...0.9, value: 0.3...0.9)
    let main = tb_material(paint, contrast: 0.35).grained(.clouds, wavelength: 2.5, weight: 0.35, random: &random)
    let decorated =
      random.chance(0.5)
      ? main.patterned(
        random.pick([.stripes, .patches, .spots]), ink: free(saturation: 0.2...0.8, value: 0.7...1),
        cell: (1.1, 1.1), line: 0.3, weight: 0.85, seed: random.next()) : main
    let body = random.unit()
    let length = random.between(3.8, 4.6)
    return Figure(
      kind: .car, width: length, height: body < 0.55 ? 1.45 : body < 0.8 ? 1.8 : 2.1,
      form: [length, body, random.between(1.4, 1.5)], main: decorated,
      second: tb_material(tb_color(0.1, 0.13, 0.16), tb_color(0.22, 0.28, 0.33), tb_color(0.6, 0.7, 0.78))
        .grained(.clouds, wavelength: 1.2, weight: 1.1, random: &random),
      third: plain(tb_color(0.62, 0.62, 0.64), size: 0.2), dark: plain(tb_color(0.09, 0.09, 0.1), size: 0.2),
      pale: plain(tb_color(0.93, 0.9, 0.78), size: 0.2, contrast: 0.2))
  }

  private mutating func carFromAbove() -> Figure {
    let paint = free(saturation: 0.1...0.9, value: 0.35...0.95)
    let length = random.between(3.9, 4.8)
    var figure = car()
    figure.main = tb_material(paint, contrast: 0.35).grained(.clouds, wavelength: 2, weight: 0.35, random: &random)
    return Figure(
      kind: .carFromAbove, width: length, height: 1.9, form: [length, 0, random.unit()], main: figure.main,
      second: figure.second, third: covering(free(), size: 0.7, patterns: [.stripes, .tiles, .none]),
      dark: figure.dark, pale: figure.pale)
  }

  private mutating func ball() -> Figure {
    let color = hidden(
      random.chance(0.4)
        ? tb_color(0.9, 0.9, 0.88)
        : tb_color(hue: random.unit(), saturation: random.between(0.5, 0.9), value: random.between(0.55, 0.9)))
    let ink = hidden(
      random.chance(0.5)
        ? tb_color(0.1, 0.1, 0.12)
        : tb_color(hue: random.unit(), saturation: random.between(0.5, 0.9), value: random.between(0.4, 0.9)))
    let m = tb_material(color, contrast: 0.3).grained(.clouds, wavelength: 0.7, weight: 0.5, random: &random)
      .patterned(
        random.pick([.spots, .stripes, .plaid]), ink: ink, cell: (1, random.between(0.8, 1.3)),
        line: random.between(0.32, 0.5),
        seed: random.next())
    return Figure(
      kind: .ball, width: 0.3, height: 0.3, form: [random.unit()], main: m, second: m, third: m, dark: m, pale: m)
  }

  private mutating func fish() -> Figure {
    let color = free(saturation: 0.4...0.9, value: 0.5...0.95)
    let main = covering(color, size: 0.15, patterns: [.scales, .stripes, .stripes, .spots, .patches])
    return Figure(
      kind: .fish, width: 1.08, height: 0.46,
      form: [random.between(0.7, 1.25), random.between(0.8, 1.2), random.between(0.7, 1.5), random.between(0.7, 1.3)],
      main: main,
      second: tb_material(random.chance(0.5) ? color.times(0.7) : free(), contrast: 0.5)
        .grained(.streaks, wavelength: 0.07, weight: 0.9, random: &random),
      third: main, dark: plain(tb_color(0.05, 0.05, 0.06), size: 0.1), pale: plain(tb_color(0.92, 0.88, 0.7), size: 0.1)
    )
  }

  private mutating func bird(_ kind: FigureKind) -> Figure {
    let feather = random.chance(0.5) ? fur() : free(saturation: 0.2...0.7, value: 0.3...0.8)
    let main = covering(feather, size: kind == .duck ? 0.08 : 0.1, patterns: [.scales, .stripes, .none, .spots])
    return Figure(
      kind: kind, width: kind == .duck ? 0.72 : 0.62, height: kind == .duck ? 0.5 : 0.6,
      form: kind == .duck
        ? [random.between(0.9, 1.15)] : [random.between(0.8, 1.3), random.between(0.8, 1.4), random.unit()], main: main,
      second: plain(feather.mixed(tb_color(0.95, 0.93, 0.9), random.between(0, 0.6)), size: 0.1),
      third: plain(kind == .duck ? free() : feather.times(0.6), size: 0.1),
      dark: plain(tb_color(0.09, 0.09, 0.1), size: 0.1), pale: plain(tb_color(0.88, 0.6, 0.16), size: 0.1))
  }

  private mutating func leaf() -> Figure {
    let tones: [(Double, Double, Double)] = [
      (0.75, 0.33, 0.1), (0.82, 0.6, 0.14), (0.42, 0.55, 0.16), (0.6, 0.18, 0.1), (0.55, 0.4, 0.2),
    ]
    let tone = random.pick(tones)
    let color = hidden(tb_color(tone.0, tone.1, tone.2).jittered(0.2, &random))
    let main = tb_material(color, contrast: 0.55).grained(.clouds, wavelength: 0.3, weight: 1, random: &random)
      .patterned(
        .patches, ink: color.times(0.5), cell: (0.22, 0.22), line: 0.38, weight: 0.7, seed: random.next())
    return Figure(
      kind: .leaf, width: 1.05, height: 0.5, form: [random.between(0.8, 1.25), random.unit(), random.between(-1, 1)],
      main: main, second: plain(color.times(0.55), size: 0.2), third: main, dark: main, pale: main)
  }

  private mutating func butterfly() -> Figure {
    let color = free(saturation: 0.5...0.95, value: 0.55...0.95)
    return Figure(
      kind: .butterfly, width: 0.7, height: 1, form: [random.between(0.9, 1.1), random.between(0.9, 1.3)],
      main: covering(color, size: 0.16, patterns: [.spots, .stripes, .patches]),
      second: covering(color.times(0.85), size: 0.14, patterns: [.spots, .patches]),
      third: plain(color, size: 0.1), dark: plain(tb_color(0.12, 0.09, 0.08), size: 0.1), pale: plain(color, size: 0.1))
  }

  private mutating func turtle() -> Figure {
    let shell = hidden(
      tb_color(hue: random.between(0.05, 0.42), saturation: random.between(0.35, 0.7), value: random.between(0.3, 0.6)))
    let main = tb_material(shell, contrast: 0.5).grained(.cells, wavelength: 0.16, weight: 0.9, random: &random)
      .patterned(
        random.pick([.tiles, .patches, .stripes, .spots]), ink: shell.times(0.35), cell: (0.22, 0.22), line: 0.3,
        vary: 0.3,
        warp: 0.4, seed: random.next())
    let skin = shell.mixed(tb_color(0.6, 0.62, 0.36), 0.5)
    return Figure(
      kind: .turtle, width: 1.3, height: 1, form: [random.between(0.46, 0.54), random.between(0.36, 0.46)], main: main,
      second: tb_material(skin, contrast: 0.45).grained(.cells, wavelength: 0.08, weight: 0.8, random: &random),
      third: plain(shell.times(0.55), size: 0.2), dark: plain(tb_color(0.06, 0.06, 0.05), size: 0.1),
      pale: plain(skin, size: 0.1))
  }

  private mutating func boat() -> Figure {
    let hull = free(saturation: 0.3...0.85, value: 0.35...0.85)
    let sail = random.chance(0.5) ? tb_color(0.92, 0.9, 0.84) : free(saturation: 0.3...0.8, value: 0.6...0.95)
    return Figure(
      kind: .boat, width: 4.2, height: 3.6, form: [random.unit()],
      main: tb_material(hull, contrast: 0.4).grained(
        .streaks, wavelength: 0.5, weight: 0.5, stretch: 4, random: &random),
      second: covering(sail, size: 0.9, patterns: [.none, .stripes, .patches]),
      third: plain(sail.mixed(hull, random.unit()), size: 1), dark: plain(tb_color(0.25, 0.18, 0.12), size: 0.3),
      pale: plain(tb_color(0.88, 0.86, 0.8), size: 0.5))
  }

  private mutating func balloon() -> Figure {
    let color = free(saturation: 0.55...0.9, value: 0.6...0.95)
    var main = plain(color, size: 0.5, contrast: 0.3)
    main = main.patterned(
      random.pick([.plaid, .stripes, .spots]), ink: free(saturation: 0.3...0.9, value: 0.6...1), cell: (0.3, 0.5),
      line: 0.5,
      seed: random.next())
    return Figure(
      kind: .balloon, width: 1, height: 1.3, form: [random.between(0.95, 1.05)], main: main,
      second: plain(tb_color(0.45, 0.3, 0.16), size: 0.1), third: main,
      dark: plain(tb_color(0.2, 0.15, 0.1), size: 0.1),
      pale: main)
  }

  private mutating func parcel() -> Figure {
    let color = free(saturation: 0.3...0.8, value: 0.45...0.9)
    let main = covering(color, size: 0.3, patterns: [.stripes, .spots, .plaid, .patches])
    return Figure(
      kind: .parcel, width: 1, height: 0.9, form: [random.between(0.7, 1.1), random.between(0.4, 0.9)], main: main,
      second: covering(color.mixed(free(), 0.5), size: 0.25, patterns: [.stripes, .tiles, .none]),
      third: plain(color.times(0.9), size: 0.4),
      dark: plain(free(saturation: 0.6...0.9, value: 0.3...0.6), size: 0.2),
      pale: covering(tb_color(0.9, 0.88, 0.8), size: 0.12, patterns: [.stripes, .plaid]))
  }
}
