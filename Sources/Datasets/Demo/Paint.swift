import CKernels

/// Colours 0...1 as the picture shows them.
extension tb_color {
  init(_ r: Double, _ g: Double, _ b: Double) { self.init(r: Float(r), g: Float(g), b: Float(b)) }

  /// From hue (turns: 0 red, 1/3 green, 2/3 blue), saturation and value.
  init(hue: Double, saturation: Double, value: Double) {
    func channel(_ offset: Double) -> Double {
      var h = (hue + offset) * 6
      h -= (h / 6).rounded(.down) * 6
      return value * (1 - saturation * clamp(min(h, 4 - h), 0, 1))
    }
    self.init(channel(5.0 / 6), channel(3.0 / 6), channel(1.0 / 6))
  }

  func times(_ k: Double) -> tb_color { tb_color(r: r * Float(k), g: g * Float(k), b: b * Float(k)) }

  func mixed(_ other: tb_color, _ amount: Double) -> tb_color {
    let k = Float(amount)
    return tb_color(r: r + (other.r - r) * k, g: g + (other.g - g) * k, b: b + (other.b - b) * k)
  }

  /// Each channel changed by up to `amount` of itself.
  func jittered(_ amount: Double, _ random: inout SceneRandom) -> tb_color {
    let all = 1 + random.around(amount)
    return tb_color(
      Double(r) * (all + random.around(amount * 0.5)), Double(g) * (all + random.around(amount * 0.5)),
      Double(b) * (all + random.around(amount * 0.5)))
  }
}

/// The noise tiles of the C side, by name.
enum Grain: Int32, Sendable {
  case clouds = 0
  case ridges
  case cells
  case cracks
  case streaks
  case dust
}

enum Pattern: Int32, Sendable {
  case none = 0
  case stripes
  case spots
  case patches
  case bricks
  case tiles
  case lanes
  case windows
  case scales
  case plaid
}

extension tb_material {
  /// A ramp of three colours without texture.
  init(_ dark: tb_color, _ mid: tb_color, _ light: tb_color, base: Double = 0.5) {
    self.init()
    self.dark = dark
    self.mid = mid
    self.light = light
    self.base = Float(base)
    cell_u = 1
    cell_v = 1
  }

  /// A ramp around one colour.
  init(_ color: tb_color, contrast: Double = 0.45) {
    self.init(color.times(1 - contrast), color, color.mixed(tb_color(1, 1, 0.97), contrast * 0.55))
  }

  /// The same with a layer of noise of `wavelength` units (the tile's coarsest features), stretched along u by `stretch`.
  func grained(
    _ grain: Grain, wavelength: Double, weight: Double, stretch: Double = 1, random: inout SceneRandom
  ) -> tb_material {
    // Coarsest features in texels: 32 for octave noise, about 11 for cells, 2 for dust.
    let texels = [32.0, 32, 11, 13, 8, 2][Int(grain.rawValue)]
    let scale = texels / wavelength
    let layer = tb_layer(
      tile: grain.rawValue, scale_u: Float(scale / stretch), scale_v: Float(scale),
      offset_u: Float(random.between(0, 256)), offset_v: Float(random.between(0, 256)), weight: Float(weight))
    var copy = self
    if first.weight == 0 {
      copy.first = layer
    } else if second.weight == 0 {
      copy.second = layer
    } else {
      copy.third = layer
    }
    return copy
  }

  func patterned(
    _ pattern: Pattern, ink: tb_color, cell: (Double, Double), line: Double, vary: Double = 0, warp: Double = 0,
    weight: Double = 1, seed: UInt64
  ) -> tb_material {
    var copy = self
    copy.pattern = pattern.rawValue
    copy.ink = ink
    copy.cell_u = Float(cell.0)
    copy.cell_v = Float(cell.1)
    copy.line = Float(line)
    copy.vary = Float(vary)
    copy.warp = Float(warp)
    copy.ink_weight = Float(weight)
    copy.seed = UInt32(truncatingIfNeeded: seed)
    return copy
  }
}

/// The noise tiles, drawn once a process; constants of the program, the same for every scene.
enum Tiles {
  static let bytes: [UInt8] = [UInt8](unsafeUninitializedCapacity: Int(TB_TILE_COUNT) * Int(TB_TILE_BYTES)) {
    buffer, count in
    if let base = buffer.baseAddress { tb_draw_tiles(base) }
    count = Int(TB_TILE_COUNT) * Int(TB_TILE_BYTES)
  }
}
