import CKernels
package import Imaging

/// A drawn sequence: everything there is to draw any of its frames, at any time, from any thread. A few kilobytes.
package struct Scene: Sendable {
  let plan: ScenePlan
  let stage: Stage
  let backdrop: Backdrop
  let light: tb_light
  /// Colour of the distance and, on a ground, the depth (in heights of the camera) at which half is mist.
  let mist: tb_color
  let mistDepth: Double
  /// On a plane seen straight on: how much mist lies before everything.
  let haze: Double
  var props: [Prop]
  /// The target first.
  let actors: [Actor]
  let grade: Grade
  /// Darkness of shadows, 0 for none.
  let shade: Double

  /// Who is drawn: the whole scene, or all but the target's own shapes (its shadow stays), for tests of the truth.
  package enum Cast: Sendable {
    case everyone
    case withoutTarget
  }

  /// One thing to draw at a moment.
  struct Item {
    var key: Double
    var actor: Int?
    var prop: Int?
  }

  func mistAt(scale: Double) -> tb_mist {
    guard stage.horizon != nil else { return tb_mist(color: mist, amount: Float(haze)) }
    let depth = Stage.focal / max(stage.eye * scale, 0.5)
    let k = depth / (depth + mistDepth)
    return tb_mist(color: mist, amount: Float(k * k))
  }

  func pose(_ actor: Int, at frame: Double) -> Pose {
    actors[actor].course.pose(of: actors[actor].figure, on: stage, at: frame)
  }

  func parts(_ actor: Int, at frame: Double) -> Parts {
    let pose = pose(actor, at: frame)
    return actors[actor].figure.parts(pose, light: light, mist: mistAt(scale: pose.scale))
  }

  func parts(prop: Int, at frame: Double) -> Parts? {
    props[prop].parts(on: stage, at: frame, light: light, mist: mistAt(scale: props[prop].scale))
  }

  /// Everything from far to near.
  func items(at frame: Double) -> [Item] {
    let ground = stage.horizon != nil
    var items: [Item] = []
    for (i, prop) in props.enumerated() { items.append(Item(key: ground ? prop.scale : prop.over ? 3 : 0, prop: i)) }
    for i in actors.indices {
      items.append(Item(key: ground ? actors[i].course.scale.value(at: frame) : 1 + actors[i].order, actor: i))
    }
    // Ties keep their order, so the picture does not hang on the sort's.
    return items.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }.map(\.element)
  }

  /// Draws frame `index`.
  package func image(at index: Int, cast: Cast = .everyone) -> Image {
    let frame = Double(index)
    let (width, height) = (stage.width, stage.height)
    var planes = [Float](repeating: 0, count: 3 * width * height)
    let bytes = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { out, count in
      planes.withUnsafeMutableBufferPointer { list in
        Tiles.bytes.withUnsafeBufferPointer { tiles in
          guard let base = list.baseAddress, let noise = tiles.baseAddress, let to = out.baseAddress else { return }
          var canvas = tb_canvas(
            r: base, g: base + width * height, b: base + 2 * width * height, a: nil, left: 0, top: 0,
            width: Int32(width), height: Int32(height))
          draw(on: &canvas, tiles: noise, frame: frame, cast: cast)
          var camera = self.camera(at: frame)
          tb_draw_finish(&canvas, &camera, to)
        }
      }
      count = 3 * width * height
    }
    return Image(width: width, height: height, pixels: bytes)
  }

  private func camera(at frame: Double) -> tb_camera {
    tb_camera(
      gain: grade.tint.times(grade.gain.value(at: frame)), lift: 0, soften: Float(grade.soften),
      vignette: Float(grade.vignette), noise: Float(grade.noise),
      seed: grade.seed &+ UInt32(truncatingIfNeeded: Int(frame)) &* 0x9e37_79b9)
  }

  private func draw(on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>, frame: Double, cast: Cast) {
    backdrop.draw(on: &canvas, tiles: tiles, stage: stage, frame: frame)
    for item in items(at: frame) {
      if let i = item.prop {
        guard let parts = parts(prop: i, at: frame) else { continue }
        if shade > 0, props[i].shadow > 0 {
          let pose = props[i].pose(on: stage, at: frame)
          shadow(
            on: &canvas, pose: pose, half: props[i].shadow * pose.scale, lift: props[i].lift * pose.scale, height: 0)
        }
        draw(parts, on: &canvas, tiles: tiles)
      } else if let i = item.actor {
        if shade > 0 {
          let pose = pose(i, at: frame)
          let figure = actors[i].figure
          let lift = stage.horizon == nil ? 0 : actors[i].course.y.value(at: frame)
          let standing = figure.stands ? 0 : 0.5 * figure.height * pose.scale
          shadow(
            on: &canvas, pose: pose, half: 0.48 * figure.width * pose.scale, lift: lift + standing,
            height: figure.height * pose.scale)
        }
        if i == 0 && cast == .withoutTarget { continue }
        drawMoving(i, on: &canvas, tiles: tiles, frame: frame)
      }
    }
  }

  private func draw(_ parts: Parts, on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>) {
    parts.points.withUnsafeBufferPointer { points in
      for var part in parts.parts { tb_draw_part(&canvas, tiles, &part, points.baseAddress) }
    }
  }

  /// An actor, averaged over its positions while the shutter is open.
  private func drawMoving(_ actor: Int, on canvas: inout tb_canvas, tiles: UnsafePointer<UInt8>, frame: Double) {
    let open = grade.shutter
    let (first, last) = (parts(actor, at: frame - 0.5 * open), parts(actor, at: frame + 0.5 * open))
    guard let a = first.bounds, let b = last.bounds else { return }
    let moved = max(abs(a.left - b.left), abs(a.right - b.right), abs(a.top - b.top), abs(a.bottom - b.bottom))
    let count = Int(clamp((moved / 1.6).rounded(.up), 1, 9))
    guard count > 1 else { return draw(parts(actor, at: frame), on: &canvas, tiles: tiles) }
    let all = a.union(b)
    let left = Int(clamp(all.left - 3, 0, Double(stage.width)))
    let right = Int(clamp(all.right + 4, 0, Double(stage.width)))
    let top = Int(clamp(all.top - 3, 0, Double(stage.height)))
    let bottom = Int(clamp(all.bottom + 4, 0, Double(stage.height)))
    guard right > left, bottom > top else { return }
    let area = (right - left) * (bottom - top)
    var planes = [Float](repeating: 0, count: 8 * area)
    planes.withUnsafeMutableBufferPointer { list in
      guard let base = list.baseAddress else { return }
      func sprite(_ at: Int) -> tb_canvas {
        tb_canvas(
          r: base + at * area, g: base + (at + 1) * area, b: base + (at + 2) * area, a: base + (at + 3) * area,
          left: Int32(left), top: Int32(top), width: Int32(right - left), height: Int32(bottom - top))
      }
      var sum = sprite(0)
      var one = sprite(4)
      for k in 0..<count {
        if k > 0 { tb_draw_clear(&one) }
        let moment = frame + open * ((Double(k) + 0.5) / Double(count) - 0.5)
        draw(parts(actor, at: moment), on: &one, tiles: tiles)
        tb_draw_accumulate(&sum, &one, Float(1 / Double(count)))
      }
      tb_draw_composite(&canvas, &sum)
    }
  }

  private func shadow(on canvas: inout tb_canvas, pose: Pose, half: Double, lift: Double, height: Double) {
    let fromAbove = plan.scene.isFromAbove
    let rx = max(fromAbove ? half * 0.95 : half * (0.75 + 0.25 * abs(Turns.cosine(pose.yaw))), 1)
    let ry = max(fromAbove ? (height > 0 ? 0.46 * height : half * 0.95) : 0.24 * half, 1)
    let away = fromAbove ? 3 + 0.06 * half : 0
    let cx = pose.x - Double(light.x) * (fromAbove ? away * 1.6 : 0.5 * half + 0.2 * lift)
    let cy = pose.y + lift + away
    // The farther off the ground, the fainter.
    let strength = shade * (1 - 0.5 * smooth(0, 3 * half, lift - 0.5 * height))
    let (c, s) = fromAbove ? (Turns.cosine(pose.roll), Turns.sine(pose.roll)) : (1.0, 0.0)
    var local: (Float, Float, Float, Float, Float, Float) = (
      Float(c / rx), Float(s / rx), Float(-(c * cx + s * cy) / rx), Float(-s / ry), Float(c / ry),
      Float((s * cx - c * cy) / ry)
    )
    withUnsafeBytes(of: &local) {
      guard let list = $0.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
      tb_draw_shadow(&canvas, list, Float(strength), fromAbove ? 0.18 : 0.45)
    }
  }
}
