import CKernels

/// Places seen from above; sizes are in hundreds of pixels.
extension Scenery {
  private mutating func plane(_ material: tb_material, drift: Double = 0) {
    tone = material.mid
    layers.append(
      .wall(
        Wall(
          material: material, lightTop: 1.03, lightBottom: 0.93, turn: random.unit(), driftX: drift, driftY: 0.6 * drift
        )))
  }

  mutating func lawn() {
    plane(grass(1.5, dry: random.unit()))
    let timber = bark(0.1)
    furniture = [
      Furniture(
        kind: .litter, count: 22, size: 0.06...0.16, first: foliage(jitter(0.6, 0.42, 0.16), 0.1), second: timber,
        zone: 0...1),
      Furniture(
        kind: .stone, count: 9, size: 0.12...0.4, first: stone(jitter(0.5, 0.48, 0.45), 0.2), second: timber,
        zone: 0...1),
      Furniture(kind: .canopy, count: 2, size: 0.5...0.9, first: leaves(), second: leaves(), zone: 0...1, over: true),
      Furniture(
        kind: .flower, count: 9, size: 0.06...0.15, first: tb_material(bloom(), contrast: 0.4),
        second: foliage(jitter(0.85, 0.66, 0.2), 0.1), zone: 0...1),
    ]
    occluders = [
      Furniture(kind: .canopy, count: 1, size: 1...1, first: leaves(), second: leaves()),
      Furniture(kind: .litter, count: 1, size: 1...1, first: foliage(jitter(0.5, 0.4, 0.16), 0.3), second: timber),
    ]
  }

  mutating func asphalt() {
    let tar = tb_material(jitter(0.36, 0.36, 0.37, 0.2), contrast: 0.5)
      .grained(.clouds, wavelength: 1.4, weight: 0.55, random: &random)
      .grained(.dust, wavelength: 0.03, weight: 0.6, random: &random)
      .grained(.cracks, wavelength: 0.9, weight: 0.25, random: &random)
      .patterned(
        .lanes, ink: tb_color(0.85, 0.84, 0.76), cell: (0.9, random.between(0.8, 1.2)), line: 0.05, weight: 0.85,
        seed: 1)
    plane(tar)
    furniture = [
      Furniture(kind: .canopy, count: 3, size: 0.6...1.1, first: leaves(), second: leaves(), zone: 0...1, over: true),
      Furniture(
        kind: .litter, count: 10, size: 0.04...0.1, first: foliage(jitter(0.6, 0.42, 0.16), 0.1), second: bark(0.1),
        zone: 0...1),
      Furniture(
        kind: .stone, count: 4, size: 0.12...0.3, first: stone(jitter(0.62, 0.6, 0.56), 0.2), second: bark(0.1),
        zone: 0...1),
    ]
    shade = 0.5
    occluders = [Furniture(kind: .canopy, count: 1, size: 1...1, first: leaves(), second: leaves())]
  }

  mutating func pond() {
    let deep = jitter(0.24, 0.36, 0.34, 0.25)
    let water = tb_material(deep.times(0.6), deep, deep.mixed(tb_color(0.72, 0.8, 0.82), 0.55), base: 0.44)
      .grained(.ridges, wavelength: 0.8, weight: 0.7, random: &random)
      .grained(.clouds, wavelength: 1.6, weight: 0.6, random: &random)
      .grained(.clouds, wavelength: 0.35, weight: 0.35, random: &random)
    plane(water, drift: random.between(0.1, 0.4))
    let pad = foliage(jitter(0.3, 0.44, 0.2), 0.3)
    furniture = [
      Furniture(
        kind: .pad, count: 13, size: 0.18...0.5, first: pad,
        second: tb_material(jitter(0.92, 0.75, 0.8, 0.1), contrast: 0.2), zone: 0...1),
      Furniture(
        kind: .stone, count: 5, size: 0.2...0.5, first: stone(jitter(0.42, 0.41, 0.38), 0.2), second: pad, zone: 0...1),
      Furniture(
        kind: .litter, count: 9, size: 0.05...0.14, first: foliage(jitter(0.62, 0.42, 0.16), 0.1), second: bark(0.1),
        zone: 0...1),
    ]
    shade = 0.28
    occluders = [
      Furniture(kind: .pad, count: 1, size: 1...1, first: pad, second: pad),
      Furniture(kind: .canopy, count: 1, size: 1...1, first: leaves(), second: leaves()),
    ]
  }

  mutating func carpet() {
    let color = paint(saturation: 0.2...0.6, value: 0.35...0.7)
    let patterns: [Pattern] = [.plaid, .patches, .spots, .scales, .tiles]
    let cell = random.between(0.25, 0.6)
    let wool =
      random.chance(0.65)
      ? fabric(color, 0.8).patterned(
        random.pick(patterns), ink: color.mixed(paint(), 0.75), cell: (cell, cell), line: 0.42, vary: 0.3, warp: 0.35,
        weight: 0.75,
        seed: random.next())
      : wood(jitter(0.56, 0.38, 0.22), 0.5).patterned(
        .bricks, ink: tb_color(0.2, 0.13, 0.08), cell: (1.9, 0.3), line: 0.05, vary: 0.5, weight: 0.8,
        seed: random.next())
    plane(wool)
    let book = fabric(paint(saturation: 0.3...0.8), 0.3).patterned(
      .stripes, ink: paint(), cell: (0.2, 0.2), line: 0.4, weight: 0.7, seed: random.next())
    furniture = [
      Furniture(
        kind: .picture, count: 3, size: 0.25...0.5, first: book, second: fabric(paint(saturation: 0.3...0.8), 0.3),
        zone: 0...1),
      Furniture(
        kind: .stone, count: 4, size: 0.1...0.25, first: fabric(paint(saturation: 0.4...0.9), 0.2), second: book,
        zone: 0...1),
    ]
    occluders = [
      Furniture(kind: .picture, count: 1, size: 1...1, first: book, second: fabric(paint(saturation: 0.3...0.8), 0.3)),
      Furniture(kind: .stone, count: 1, size: 1...1, first: fabric(paint(saturation: 0.4...0.9), 0.2), second: book),
    ]
  }
}
