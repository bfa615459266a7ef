import CKernels

/// Places without a sky: a room, the sea, and the air seen straight on.
extension Scenery {
  mutating func room() {
    horizon = random.between(0.2, 0.3)
    let foot = random.between(0.13, 0.2)
    wallFoot = foot
    mist = tb_color(0.5, 0.46, 0.42)
    mistDepth = 60
    let color = paint(saturation: 0.12...0.45, value: 0.5...0.85)
    var paper = tb_material(color, contrast: 0.3).grained(.clouds, wavelength: 2, weight: 0.5, random: &random)
      .grained(.dust, wavelength: 0.04, weight: 0.15, random: &random)
    switch random.below(4) {
    case 0:
      paper = paper.patterned(
        .bricks, ink: tb_color(0.68, 0.64, 0.6), cell: (0.36, 0.15), line: 0.13, vary: 0.5, warp: 0.05, weight: 0.8,
        seed: random.next())
    case 1:
      paper = paper.patterned(
        .plaid, ink: color.mixed(paint(), 0.6), cell: (0.3, 0.3), line: 0.35, weight: 0.5, seed: random.next())
    case 2:
      paper = paper.patterned(
        .spots, ink: color.mixed(paint(value: 0.3...0.9), 0.7), cell: (0.22, 0.22), line: 0.6, weight: 0.7,
        seed: random.next())
    default: break
    }
    layers.append(.wall(Wall(material: paper, bottom: foot * 240, lightTop: 1.05, lightBottom: 0.85)))
    let trim = tb_material(tb_color(0.82, 0.8, 0.76), contrast: 0.3)
    layers.append(.wall(Wall(material: trim, top: foot * 240 - 6, bottom: foot * 240, lightTop: 1, lightBottom: 0.7)))
    let floor: tb_material
    switch random.below(3) {
    case 0:
      floor = wood(jitter(0.56, 0.38, 0.22), 0.5).patterned(
        .bricks, ink: tb_color(0.2, 0.13, 0.08), cell: (2.2, 0.22), line: 0.06, vary: 0.5, weight: 0.8,
        seed: random.next())
    case 1:
      floor = tb_material(paint(saturation: 0.05...0.3, value: 0.5...0.8), contrast: 0.35)
        .grained(.clouds, wavelength: 0.9, weight: 0.4, random: &random)
        .grained(.dust, wavelength: 0.03, weight: 0.2, random: &random).patterned(
          .tiles, ink: tb_color(0.35, 0.33, 0.31), cell: (0.4, 0.4), line: 0.05, vary: random.between(0.2, 0.9),
          weight: 0.8,
          seed: random.next())
    default:
      floor = fabric(paint(saturation: 0.2...0.5, value: 0.3...0.6), 0.5).patterned(
        random.pick([.patches, .plaid, .spots]), ink: paint(saturation: 0.2...0.6), cell: (0.4, 0.4), line: 0.4,
        warp: 0.2,
        weight: 0.6, seed: random.next())
    }
    tone = floor.mid
    layers.append(.ground(Ground(material: floor, mist: mist, mistDepth: mistDepth, nearShade: 0.9)))
    for _ in 0..<3 {
      let scene = foliage(paint(saturation: 0.2...0.6, value: 0.3...0.7), 0.5).patterned(
        .patches, ink: paint(), cell: (0.3, 0.25), line: 0.45, weight: 0.8, seed: random.next())
      furniture.append(
        Furniture(
          kind: .picture, count: 1, size: 0.35...0.7, first: scene, second: wood(jitter(0.36, 0.25, 0.16), 0.2),
          zone: 0...0,
          lift: 1))
    }
    let timber = wood(jitter(0.5, 0.34, 0.2, 0.3), 0.4)
    furniture.append(
      Furniture(
        kind: .cabinet, count: 2, size: 0.6...1.1, first: timber, second: wood(timber.mid.times(1.1), 0.4), zone: 0...0)
    )
    furniture.append(
      Furniture(
        kind: .plant, count: 1 + random.below(2), size: 0.5...0.9, first: foliage(jitter(0.22, 0.38, 0.16), 0.2),
        second: stone(jitter(0.6, 0.36, 0.25), 0.2), zone: 0...0))
    shade = 0.4
    occluders = [
      Furniture(kind: .pillar, count: 1, size: 1...1, first: timber, second: timber),
      Furniture(kind: .cabinet, count: 1, size: 1...1, first: timber, second: wood(timber.mid.times(1.1), 0.4)),
      Furniture(
        kind: .plant, count: 1, size: 1...1, first: foliage(jitter(0.22, 0.38, 0.16), 0.2),
        second: stone(jitter(0.6, 0.36, 0.25), 0.2)),
    ]
  }

  mutating func underwater() {
    let water = jitter(0.13, 0.42, 0.53, 0.22)
    mist = water.mixed(tb_color(0.4, 0.7, 0.72), 0.25)
    haze = 0.14
    shade = 0
    let murk = tb_material(water.times(0.75), water, water.mixed(tb_color(0.6, 0.9, 0.88), 0.5))
      .grained(.clouds, wavelength: 3, weight: 0.6, stretch: 2, random: &random)
      .grained(.ridges, wavelength: 0.9, weight: 0.3, stretch: 0.4, random: &random)
    layers.append(
      .wall(
        Wall(material: murk, parallax: 20, lightTop: 1.35, lightBottom: 0.55, turn: 0.04, driftX: 0.15, driftY: 0.05)))
    for i in 0..<2 {
      ridge(
        .hills, base: 46 - 18 * Double(i), rise: random.between(20, 44), wavelength: random.between(60, 120),
        scale: 35 + 25 * Double(i), material: stone(water.mixed(tb_color(0.35, 0.33, 0.3), 0.35), 18),
        mist: 0.62 - 0.25 * Double(i), atBottom: true)
    }
    let sand = soil(tb_color(0.62, 0.57, 0.43).mixed(water, 0.3), 60, stones: 0.4)
    ridge(.hills, base: 14, rise: 16, wavelength: 110, scale: 100, material: sand, mist: 0.1, atBottom: true)
    tone = water.mixed(sand.mid, 0.4)
    let weed = foliage(jitter(0.24, 0.42, 0.16), 0.2)
    let coral = foliage(paint(saturation: 0.4...0.8, value: 0.5...0.8), 0.3)
    furniture = [
      Furniture(
        kind: .weed, count: 6, size: 0.5...1.1, first: weed, second: foliage(jitter(0.36, 0.4, 0.18), 0.2),
        zone: 0.9...1),
      Furniture(
        kind: .coral, count: 4, size: 0.3...0.8, first: coral, second: foliage(paint(saturation: 0.4...0.8), 0.3),
        zone: 0.9...1),
      Furniture(
        kind: .stone, count: 4, size: 0.2...0.5, first: stone(tb_color(0.4, 0.4, 0.38), 0.2), second: weed,
        zone: 0.9...1),
      Furniture(kind: .weed, count: 2, size: 0.6...1, first: weed, second: weed, zone: 0.98...1.05, over: true),
    ]
    occluders = [
      Furniture(kind: .pinnacle, count: 1, size: 1...1, first: stone(tb_color(0.36, 0.36, 0.35), 0.3), second: coral)
    ]
  }

  mutating func openSky() {
    sky(cover: 0.3...0.75)
    if case .sky(var sky, let drift)? = layers.first {
      sky.scale *= 0.8
      layers[0] = .sky(sky, drift: drift * 2)
    }
    shade = 0
    let green = jitter(0.2, 0.3, 0.12, 0.25)
    ridge(
      .hills, base: 8, rise: random.between(20, 40), wavelength: 130, scale: 8, material: foliage(green, 12), mist: 0.5,
      atBottom: true)
    ridge(
      random.chance(0.5) ? .crowns : .pines, base: 0, rise: random.between(24, 44), wavelength: random.between(24, 44),
      scale: 20,
      material: foliage(green.times(0.9), 12), mist: 0.12, atBottom: true)
    tone = mist
    occluders = [
      Furniture(kind: .pine, count: 1, size: 1...1, first: foliage(green, 0.5), second: bark(0.1)),
      Furniture(kind: .tree, count: 1, size: 1...1, first: foliage(green, 0.5), second: bark(0.1)),
    ]
  }

  mutating func garden() {
    let green = jitter(0.3, 0.45, 0.17, 0.2)
    let hedge = foliage(green, 0.7)
    tone = hedge.mid
    mist = green.mixed(tb_color(0.6, 0.7, 0.4), 0.4)
    shade = 0
    layers.append(.wall(Wall(material: hedge, parallax: 70, lightTop: 1.1, lightBottom: 0.95)))
    let petals = tb_material(bloom(), contrast: 0.4).grained(.streaks, wavelength: 0.05, weight: 0.5, random: &random)
    furniture = [
      Furniture(
        kind: .canopy, count: 7, size: 0.6...1.3, first: foliage(green.times(1.15), 0.4),
        second: foliage(green.jittered(0.2, &random), 0.4), zone: 0...1),
      Furniture(
        kind: .flower, count: 13, size: 0.12...0.3, first: petals, second: foliage(jitter(0.85, 0.66, 0.2), 0.1),
        zone: 0.05...0.95),
      Furniture(
        kind: .litter, count: 16, size: 0.15...0.4, first: foliage(green.times(1.25), 0.2), second: hedge, zone: 0...1),
    ]
    ridge(
      .blades, base: -6, rise: random.between(30, 55), wavelength: random.between(9, 16), scale: 115,
      material: foliage(green.times(1.2), 14), mist: 0, atBottom: true)
    occluders = [
      Furniture(kind: .canopy, count: 1, size: 1...1, first: hedge, second: foliage(green.times(1.2), 0.3)),
      Furniture(kind: .litter, count: 1, size: 1...1, first: foliage(green.times(1.3), 0.3), second: hedge),
    ]
  }
}
