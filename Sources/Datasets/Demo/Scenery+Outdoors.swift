import CKernels

/// Places with a horizon under the sky.
extension Scenery {
  private mutating func hills(_ color: tb_color) {
    for i in 0..<(1 + random.below(2)) {
      let far = Double(i == 0 ? 1 : 0)
      ridge(
        .hills, base: 2, rise: random.between(18, 44) * (0.6 + 0.4 * far), wavelength: random.between(90, 170),
        scale: 0.03 + 0.03 * (1 - far), material: foliage(color.jittered(0.15, &random), 14), mist: 0.35 + 0.25 * far)
    }
  }

  private mutating func treeline() {
    let green = jitter(0.2, 0.3, 0.12, 0.25)
    let pines = random.chance(0.4)
    ridge(
      pines ? .pines : .crowns, base: 0, rise: random.between(14, 30), wavelength: random.between(16, 34), scale: 0.09,
      material: foliage(green, pines ? 6 : 12), mist: 0.3)
    if random.chance(0.6) {
      ridge(
        .crowns, base: -2, rise: random.between(7, 14), wavelength: random.between(9, 18), scale: 0.12,
        material: foliage(green.times(0.85), 7), mist: 0.15)
    }
  }

  private mutating func ground(
    _ material: tb_material, near: Double = 0, far: Double = 1e6, depth: Double? = nil, nearShade: Double = 0.85,
    flow: Double = 0
  ) {
    layers.append(
      .ground(
        Ground(
          material: material, near: near, far: far, mist: mist, mistDepth: depth ?? mistDepth, nearShade: nearShade,
          flow: flow)))
  }

  private mutating func vegetation(trees: Int, bushes: Int, tufts: Int, bloom: Bool) {
    let bark = self.bark(0.12)
    for _ in 0..<trees {
      furniture.append(
        Furniture(
          kind: random.chance(0.7) ? .tree : .pine, count: 1, size: 4...7.5, first: leaves(), second: bark,
          zone: 0.03...0.34))
    }
    let green = leaves()
    furniture.append(
      Furniture(kind: .bush, count: bushes, size: 1...2.6, first: green, second: leaves(), zone: 0.04...0.55))
    let blade = foliage(jitter(0.36, 0.46, 0.16), 0.1)
    furniture.append(
      Furniture(
        kind: .tuft, count: tufts, size: 0.14...0.3, first: blade,
        second: bloom ? tb_material(self.bloom()) : foliage(jitter(0.46, 0.46, 0.2), 0.1),
        zone: 0.25...1))
  }

  mutating func meadow() {
    horizon = random.between(0.26, 0.4)
    sky()
    hills(tb_color(0.26, 0.36, 0.2))
    if random.chance(0.8) { treeline() }
    let dry = random.unit() * 0.8
    let grass = self.grass(1.8, dry: dry)
    tone = grass.mid
    ground(grass)
    if random.chance(0.5) {
      let path = soil(jitter(0.55, 0.44, 0.3), 1.2)
      let far = random.between(2.4, 4)
      ground(path, near: far * random.between(0.62, 0.8), far: far)
    }
    vegetation(trees: 3 + random.below(6), bushes: 4 + random.below(6), tufts: 20, bloom: random.chance(0.5))
    let timber = wood(jitter(0.5, 0.42, 0.33), 0.3)
    if random.chance(0.5) {
      furniture.append(
        Furniture(kind: .fence, count: 1, size: 40...46, first: timber, second: timber, zone: 0.14...0.14, row: true))
    }
    furniture.append(
      Furniture(kind: .rock, count: 3, size: 0.3...0.9, first: stone(jitter(0.5, 0.48, 0.45), 0.4), second: timber))
    occluders = [
      Furniture(kind: .trunk, count: 1, size: 1...1, first: bark(0.15), second: bark(0.15)),
      Furniture(kind: .bush, count: 1, size: 1...1, first: leaves(), second: leaves()),
      Furniture(kind: .sign, count: 1, size: 1...1, first: wood(jitter(0.5, 0.36, 0.2), 0.2), second: timber),
    ]
  }

  mutating func snow() {
    horizon = random.between(0.26, 0.4)
    sky(cover: 0.4...0.9)
    ridge(
      .hills, base: 2, rise: random.between(35, 60), wavelength: random.between(80, 130), scale: 0.03,
      material: stone(tb_color(0.66, 0.7, 0.78), 40), mist: 0.35)
    ridge(
      .pines, base: 0, rise: random.between(18, 32), wavelength: random.between(18, 30), scale: 0.09,
      material: foliage(tb_color(0.2, 0.28, 0.25), 6), mist: 0.25)
    let white = tb_material(tb_color(0.55, 0.6, 0.7), tb_color(0.82, 0.85, 0.9), tb_color(0.97, 0.97, 0.98))
      .grained(.clouds, wavelength: 1.6, weight: 0.9, stretch: 1.8, random: &random)
      .grained(.clouds, wavelength: 0.2, weight: 0.45, random: &random)
      .grained(.dust, wavelength: 0.03, weight: 0.2, random: &random)
    tone = white.mid
    ground(white)
    let needles = foliage(tb_color(0.2, 0.3, 0.24), 1)
    let bark = self.bark(0.12)
    furniture = [
      Furniture(kind: .pine, count: 5 + random.below(4), size: 3...7, first: needles, second: bark, zone: 0.02...0.35),
      Furniture(
        kind: .tree, count: random.below(2), size: 4...6, first: foliage(jitter(0.42, 0.34, 0.26), 1), second: bark),
      Furniture(kind: .rock, count: 4, size: 0.3...1, first: stone(tb_color(0.62, 0.63, 0.68), 0.4), second: bark),
      Furniture(
        kind: .tuft, count: 8, size: 0.12...0.25, first: foliage(jitter(0.5, 0.43, 0.28), 0.1),
        second: foliage(jitter(0.58, 0.5, 0.34), 0.1), zone: 0.3...1),
    ]
    occluders = [
      Furniture(kind: .trunk, count: 1, size: 1...1, first: bark, second: bark),
      Furniture(kind: .pine, count: 1, size: 1...1, first: needles, second: bark),
    ]
  }

  mutating func desert() {
    horizon = random.between(0.26, 0.4)
    sky(cover: 0.05...0.35)
    let sand = jitter(0.74, 0.58, 0.4, 0.12)
    for i in 0..<2 {
      ridge(
        .hills, base: 1, rise: random.between(18, 40), wavelength: random.between(60, 150),
        scale: 0.03 + 0.03 * Double(i),
        material: stone(sand.mixed(tb_color(0.5, 0.28, 0.2), 0.5), 24), mist: 0.45 - 0.2 * Double(i))
    }
    let dunes = soil(sand, 1.7, stones: random.between(0.2, 0.6))
    tone = sand
    ground(dunes)
    let dry = foliage(jitter(0.46, 0.44, 0.22), 0.6)
    furniture = [
      Furniture(
        kind: .bush, count: 8, size: 0.5...1.6, first: dry, second: foliage(jitter(0.5, 0.45, 0.3), 0.6),
        zone: 0.03...0.6),
      Furniture(
        kind: .rock, count: 9, size: 0.2...1.2, first: stone(sand.times(0.75), 0.4), second: dry, zone: 0.03...0.8),
      Furniture(
        kind: .tuft, count: 8, size: 0.14...0.3, first: dry, second: foliage(jitter(0.66, 0.56, 0.34), 0.1),
        zone: 0.3...1),
    ]
    let big = stone(sand.times(0.6).mixed(tb_color(0.5, 0.3, 0.22), 0.4), 0.5)
    occluders = [
      Furniture(kind: .rock, count: 1, size: 1...1, first: big, second: big),
      Furniture(kind: .bush, count: 1, size: 1...1, first: dry, second: dry),
    ]
  }

  mutating func street() {
    horizon = random.between(0.28, 0.4)
    sky()
    ridge(
      .roofs, base: 4, rise: random.between(30, 60), wavelength: random.between(18, 34), scale: 0.06,
      material: tb_material(jitter(0.5, 0.48, 0.48), contrast: 0.3)
        .grained(.clouds, wavelength: 80, weight: 0.6, random: &random)
        .patterned(
          .windows, ink: tb_color(0.25, 0.3, 0.36), cell: (7, 8), line: 0.5, weight: 0.8, seed: random.next()),
      mist: 0.35)
    if random.chance(0.5) {
      ridge(
        .crowns, base: -1, rise: 10, wavelength: 14, scale: 0.1, material: foliage(jitter(0.22, 0.32, 0.14), 8),
        mist: 0.2)
    }
    let slab = tb_material(jitter(0.56, 0.55, 0.52, 0.12), contrast: 0.4)
      .grained(.clouds, wavelength: 1, weight: 0.4, random: &random)
      .grained(.dust, wavelength: 0.03, weight: 0.4, random: &random)
      .patterned(
        random.chance(0.5) ? .tiles : .bricks, ink: tb_color(0.28, 0.27, 0.26), cell: (0.5, 0.42), line: 0.07,
        vary: 0.25,
        weight: 0.7, seed: random.next())
    let tar = tb_material(jitter(0.3, 0.3, 0.31, 0.15), contrast: 0.5)
      .grained(.clouds, wavelength: 1.5, weight: 0.5, stretch: 3, random: &random)
      .grained(.dust, wavelength: 0.035, weight: 0.7, random: &random)
      .patterned(.lanes, ink: tb_color(0.86, 0.85, 0.78), cell: (1.4, 0.9), line: 0.06, weight: 0.85, seed: 1)
    let curb = tb_material(tb_color(0.7, 0.69, 0.66), contrast: 0.3).grained(
      .clouds, wavelength: 0.5, weight: 0.5, random: &random)
    // From far to near: far pavement, kerb, road, kerb, near pavement.
    let road = (far: random.between(4.2, 5.6), near: random.between(1.9, 2.3))
    ground(slab, near: road.far, nearShade: 0.95)
    ground(curb, near: road.far * 0.95, far: road.far)
    ground(tar, near: road.near, far: road.far * 0.95)
    ground(curb, near: road.near * 0.96, far: road.near)
    ground(slab, far: road.near * 0.96)
    tone = random.chance(0.5) ? tar.mid : slab.mid
    for _ in 0..<6 {
      let wall = tb_material(paint(saturation: 0.1...0.5, value: 0.4...0.75), contrast: 0.35)
        .grained(.clouds, wavelength: 4, weight: 0.5, random: &random)
        .patterned(
          .windows, ink: jitter(0.2, 0.24, 0.3), cell: (random.between(1.6, 2.4), random.between(2, 2.8)),
          line: random.between(0.4, 0.6),
          weight: 0.9, seed: random.next())
      furniture.append(
        Furniture(
          kind: .house, count: 1, size: 46...95, first: wall,
          second: tb_material(jitter(0.4, 0.25, 0.2, 0.3), contrast: 0.5).grained(
            .streaks, wavelength: 0.5, weight: 0.7, random: &random),
          zone: 0.22...0.22, row: true))
    }
    let steel = tb_material(tb_color(0.3, 0.32, 0.34), contrast: 0.4)
    let lamp = tb_material(tb_color(0.9, 0.87, 0.7), contrast: 0.2)
    furniture.append(Furniture(kind: .lamp, count: 2, size: 4...5, first: steel, second: lamp, zone: 0.26...0.3))
    furniture.append(
      Furniture(
        kind: .tree, count: 2 + random.below(3), size: 3...5, first: leaves(), second: bark(0.12), zone: 0.24...0.3))
    furniture.append(
      Furniture(
        kind: .sign, count: 1, size: 2.2...2.8, first: tb_material(paint(saturation: 0.5...0.9)), second: steel,
        zone: 0.26...0.34))
    occluders = [
      Furniture(
        kind: .pillar, count: 1, size: 1...1, first: stone(jitter(0.55, 0.53, 0.5), 0.5),
        second: stone(jitter(0.45, 0.43, 0.4), 0.5)),
      Furniture(kind: .trunk, count: 1, size: 1...1, first: bark(0.15), second: bark(0.15)),
      Furniture(
        kind: .sign, count: 1, size: 1...1,
        first: tb_material(paint(saturation: 0.4...0.8)).grained(.clouds, wavelength: 0.4, weight: 0.6, random: &random)
          .patterned(
            .bricks, ink: tb_color(0.9, 0.88, 0.8), cell: (0.5, 0.16), line: 0.4, vary: 0.5, weight: 0.8,
            seed: random.next()),
        second: steel),
    ]
  }

  mutating func lake() {
    horizon = random.between(0.26, 0.38)
    sky()
    hills(tb_color(0.28, 0.36, 0.26))
    if random.chance(0.7) { treeline() }
    let deep = jitter(0.24, 0.37, 0.46, 0.2)
    let water = tb_material(deep.times(0.6), deep, mist.mixed(deep, 0.35), base: 0.45)
      .grained(.clouds, wavelength: 0.5, weight: 0.9, stretch: 3, random: &random)
      .grained(.ridges, wavelength: 0.22, weight: 0.7, stretch: 3.2, random: &random)
      .grained(.clouds, wavelength: 2.4, weight: 0.5, stretch: 3, random: &random)
    tone = water.mid
    mistDepth = 16
    ground(water, flow: random.between(0.15, 0.4))
    if random.chance(0.6) {
      let sand = soil(jitter(0.66, 0.57, 0.42), 0.8)
      ground(sand, far: random.between(1.65, 1.78))
    }
    let reed = foliage(jitter(0.4, 0.43, 0.2), 0.2)
    furniture = [
      Furniture(
        kind: .rock, count: 5, size: 0.4...1.6, first: stone(jitter(0.4, 0.39, 0.37), 0.4), second: reed,
        zone: 0.05...0.6),
      Furniture(kind: .tuft, count: 6, size: 0.4...1, first: reed, second: reed, zone: 0.5...1),
    ]
    shade = 0.3
    occluders = [
      Furniture(kind: .rock, count: 1, size: 1...1, first: stone(jitter(0.42, 0.4, 0.38), 0.5), second: reed),
      Furniture(kind: .pillar, count: 1, size: 1...1, first: wood(jitter(0.4, 0.32, 0.24), 0.3), second: bark(0.2)),
      Furniture(kind: .bush, count: 1, size: 1...1, first: leaves(), second: reed),
    ]
  }
}
