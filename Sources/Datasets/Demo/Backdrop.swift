import CKernels

/// What lies behind everything, in layers from far to near.
struct Backdrop: Sendable {
  enum Layer: Sendable {
    case sky(tb_sky, drift: Double)
    case ridge(Ridge)
    case ground(Ground)
    case wall(Wall)
  }

  var layers: [Layer] = []
  /// What the ground or the plane mostly looks like, for figures that hide.
  var tone = tb_color(0.4, 0.4, 0.4)

  func draw(on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>, stage: Stage, frame: Double) {
    for layer in layers {
      switch layer {
      case .sky(var sky, let drift):
        sky.horizon = Float(stage.horizon.map { _ in stage.horizonRow(at: frame) } ?? Double(stage.height) + 30)
        sky.drift_u += Float(frame * drift + stage.panX.value(at: frame) * 0.05)
        tb_draw_sky(&canvas, tiles, &sky, Int32(clamp(Double(sky.horizon) + 2, 0, Double(stage.height))))
      case .ridge(let ridge): ridge.draw(on: &canvas, tiles: tiles, stage: stage, frame: frame)
      case .ground(let ground): ground.draw(on: &canvas, tiles: tiles, stage: stage, frame: frame)
      case .wall(let wall): wall.draw(on: &canvas, tiles: tiles, stage: stage, frame: frame)
      }
    }
  }
}

/// A silhouette along the horizon: hills, trees, roofs.
struct Ridge: Sendable {
  enum Profile: Sendable {
    case hills
    case crowns
    case pines
    case roofs
    case blades
  }

  var profile: Profile
  /// Pixels above the horizon: where it begins and how much higher it rises.
  var base: Double
  var rise: Double
  /// Pixels of a hill, a tree or a house.
  var wavelength: Double
  /// Pixels it moves for a metre of the camera.
  var scale: Double
  var seed: UInt64
  var material: tb_material
  var mist: tb_mist
  /// Rows below the horizon it reaches down to.
  var depth = 3.0
  /// Stands at the picture's bottom rather than on the horizon.
  var atBottom = false

  func draw(on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>, stage: Stage, frame: Double) {
    let shift = stage.panX.value(at: frame) * scale - stage.shakeX.value(at: frame)
    let foot = atBottom ? Double(stage.height) + stage.shakeY.value(at: frame) : stage.horizonRow(at: frame)
    var tops = [Float](repeating: 0, count: stage.width)
    var highest = Double(stage.height)
    for x in tops.indices {
      let top = foot - base - rise * height(at: (Double(x) + shift) / wavelength)
      highest = min(highest, top)
      tops[x] = Float(top)
    }
    var surface = tb_surface()
    surface.texture = (1, 0, Float(shift), 0, 1, Float(-foot))
    surface.footprint = 1
    surface.material = material
    surface.mist_top = tb_mist(color: mist.color, amount: mist.amount * 0.8)
    surface.mist_bottom = mist
    surface.from = Float(highest)
    surface.light_top = 1.12
    surface.light_bottom = 0.82
    let bottom = atBottom ? Double(stage.height) : foot + depth
    tb_draw_surface(&canvas, tiles, &surface, tops, Int32(clamp(bottom.rounded(), 0, Double(stage.height))))
  }

  private func height(at x: Double) -> Double {
    let cell = x.rounded(.down)
    let f = x - cell
    func own(_ i: Double) -> Double { 0.5 + 0.5 * lineNoise(i + 0.0, seed: seed ^ 0x51ed) }
    switch profile {
    case .hills: return 0.5 + 0.55 * lineNoise(x, octaves: 4, seed: seed)
    case .crowns:
      // Round tops of two sizes with a frayed edge.
      func crowns(_ x: Double, _ salt: UInt64) -> Double {
        let i = x.rounded(.down)
        let d = 2 * (x - i) - 1
        return (1 - d * d).squareRoot() * (0.55 + 0.45 * lineNoise(i, seed: seed ^ salt))
      }
      let broad = max(crowns(x, 3), crowns(x * 1.37 + 0.5, 5))
      return 0.35 + 0.5 * broad + 0.1 * lineNoise(x * 9, octaves: 2, seed: seed) + 0.2 * lineNoise(x * 0.3, seed: seed)
    case .pines:
      func spires(_ x: Double, _ salt: UInt64) -> Double {
        let i = x.rounded(.down)
        return (1 - abs(2 * (x - i) - 1)) * (0.7 + 0.3 * lineNoise(i, seed: seed ^ salt))
      }
      return 0.2 + 0.75 * max(spires(x * 3, 3), spires(x * 4.1 + 0.4, 5)) + 0.12 * lineNoise(x * 14, seed: seed)
    case .roofs: return own(cell) + (own(cell + 0.5) > 0.6 && f > 0.3 && f < 0.6 ? 0.12 : 0)
    case .blades:
      func blades(_ x: Double, _ salt: UInt64) -> Double {
        let i = x.rounded(.down)
        let d = 1 - abs(2 * (x - i) - 1)
        return d * d * (0.6 + 0.4 * lineNoise(i, seed: seed ^ salt))
      }
      return max(blades(x, 3), max(blades(x * 1.3 + 0.3, 5), blades(x * 0.8 + 0.6, 7)))
    }
  }
}

/// The level ground between two depths (in heights of the camera).
struct Ground: Sendable {
  var material: tb_material
  var near = 0.0
  var far = 1e6
  var mist: tb_color
  var mistDepth: Double
  var nearShade = 0.85
  /// Texels a frame by which the layers slide, for water.
  var flow = 0.0

  func draw(on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>, stage: Stage, frame: Double) {
    let horizon = stage.horizonRow(at: frame)
    var plane = tb_plane()
    plane.horizon = Float(horizon)
    plane.focal = Float(Stage.focal)
    plane.center = Float(stage.centerX + stage.shakeX.value(at: frame))
    plane.camera_u = Float(stage.panX.value(at: frame) / stage.eye)
    plane.material = material
    plane.material.first.offset_u += Float(flow * frame)
    plane.material.first.offset_v += Float(flow * frame * 0.3)
    plane.material.second.offset_u -= Float(flow * frame * 0.8)
    plane.material.second.offset_v += Float(flow * frame * 0.4)
    plane.mist = mist
    plane.mist_depth = Float(mistDepth)
    plane.near_shade = Float(nearShade)
    let first = (horizon + Stage.focal / far).rounded()
    let last = near > 0 ? (horizon + Stage.focal / near).rounded() : Double(stage.height)
    let limit = Double(stage.height)
    tb_draw_plane(&canvas, tiles, &plane, Int32(clamp(first, 0, limit)), Int32(clamp(last, 0, limit)))
  }
}

/// A surface facing the camera, the whole picture wide: a wall, or the plane seen straight on.
struct Wall: Sendable {
  var material: tb_material
  /// Pixels a unit of the texture, and pixels it moves for a metre of the camera.
  var scale = 100.0
  var parallax = 100.0
  /// Rows below the horizon (or the top of the picture) of its upper and lower edge; nil reaches the picture's.
  var top: Double?
  var bottom: Double?
  var lightTop = 1.0
  var lightBottom = 0.85
  var mistTop = tb_mist()
  var mistBottom = tb_mist()
  /// The texture's own turn, turns, and drift in pixels a frame.
  var turn = 0.0
  var driftX = 0.0
  var driftY = 0.0

  func draw(on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>, stage: Stage, frame: Double) {
    let origin = stage.horizon.map { _ in stage.horizonRow(at: frame) } ?? 0
    let from = top.map { origin + $0 } ?? -1
    let to = bottom.map { (origin + $0).rounded() } ?? Double(stage.height)
    let shakeY = stage.shakeY.value(at: frame)
    let panX = stage.panX.value(at: frame) * parallax + driftX * frame
    let panY = stage.panY.value(at: frame) * parallax + driftY * frame
    let middle = stage.horizon == nil ? 0.5 * Double(stage.height) + shakeY : origin + (bottom ?? 0)
    let (c, s) = (Turns.cosine(turn) / scale, Turns.sine(turn) / scale)
    let (ox, oy) = (-stage.centerX - stage.shakeX.value(at: frame) + panX, -middle + panY)
    var surface = tb_surface()
    surface.texture = (Float(c), Float(s), Float(c * ox + s * oy), Float(-s), Float(c), Float(-s * ox + c * oy))
    surface.footprint = Float(1 / scale)
    surface.material = material
    surface.from = Float(max(from, 0))
    surface.light_top = Float(lightTop)
    surface.light_bottom = Float(lightBottom)
    surface.mist_top = mistTop
    surface.mist_bottom = mistBottom
    let tops = [Float](repeating: Float(from), count: stage.width)
    tb_draw_surface(&canvas, tiles, &surface, tops, Int32(clamp(to, 0, Double(stage.height))))
  }
}
