import CKernels

/// Turns a plan and a generator into a scene. Each part draws from its own fork, so that parts change independently.
struct SceneBuilder {
  private let plan: ScenePlan
  private var random: SceneRandom

  static func build(_ plan: ScenePlan, random: SceneRandom) -> Scene {
    var builder = SceneBuilder(plan: plan, random: random)
    var scene = builder.scene()
    scene.clearStart()
    return scene
  }

  private func shows(_ challenge: Challenge) -> Bool { plan.challenges.contains(challenge) }

  private mutating func scene() -> Scene {
    var scenery = Scenery(plan.scene, random: random.fork())
    var wardrobe = Wardrobe(random: random.fork(), hide: shows(.clutter) ? scenery.tone : nil)
    let figure = wardrobe.figure(plan.target)
    let (ratio, growth) = ratio()
    let base = scaleAtStart(figure, growth: growth)
    let stage = stage(scenery, figure: figure, base: base, growth: growth)
    adapt(&scenery, base: base, stage: stage)

    var planner = CoursePlanner(
      plan: plan, figure: figure, stage: stage, base: base, growth: growth, random: random.fork())
    let course = planner.target(ratio: ratio)
    var actors = [Actor(figure: figure, course: course)]
    let company = shows(.lookAlike) ? 1 + random.below(2) : 0
    for number in 0..<company {
      let twin = figure.lookAlike(&random)
      actors.append(
        Actor(figure: twin, course: planner.passing(course, number: number), order: random.chance(0.5) ? 0.4 : -0.4))
    }
    var props = furnish(scenery, stage: stage, base: base)
    if shows(.occlusion) { props += occluders(scenery, stage: stage, figure: figure, course: course) }
    return Scene(
      plan: plan, stage: stage, backdrop: Backdrop(layers: scenery.layers, tone: scenery.tone), light: scenery.light,
      mist: scenery.mist, mistDepth: scenery.mistDepth, haze: scenery.haze, props: props, actors: actors,
      grade: grade(course),
      shade: scenery.shade)
  }

  /// Size over time, times the size at the start, and the largest it becomes.
  private mutating func ratio() -> (Curve, Double) {
    let spacing = Double(plan.frames) / 5
    guard shows(.scale) else {
      return (
        Curve.wander(frames: plan.frames, spacing: 16, from: 1, low: 0.9, high: 1.1, step: 0.07, random: &random), 1.1
      )
    }
    let grows = random.chance(0.5)
    let end = grows ? random.between(1.8, 2.4) : random.between(0.42, 0.56)
    let knots = [
      1, mix(1, end, 0.25), mix(1, end, 0.8), end, mix(1, end, random.between(0.4, 0.9)), mix(1, end, 0.6), 1,
    ]
    return (Curve(knots: knots, spacing: spacing), grows ? end * 1.05 : 1.05)
  }

  private func scaleAtStart(_ figure: Figure, growth: Double) -> Double {
    if shows(.lowResolution) { return (250 / (figure.width * figure.height)).squareRoot() }
    let extent = min(plan.extent, 0.5 * Double(plan.height) / growth)
    return extent / max(figure.width, figure.height)
  }

  private mutating func stage(_ scenery: Scenery, figure: Figure, base: Double, growth: Double) -> Stage {
    let height = Double(plan.height)
    let horizon = scenery.horizon.map { $0 * height }
    // The largest figure stands near the bottom, but on the picture.
    var eye = 1.0
    if let horizon {
      let foot = horizon + (random.between(0.78, 0.93) * height - horizon) / growth
      eye = (foot - horizon) / base
    }
    let unit = 100.0
    let metre = horizon == nil ? unit : base
    let pans = shows(.occlusion) || random.chance(0.65)
    let speed = pans ? random.sign() * random.between(shows(.occlusion) ? 1.2 : 0.5, 2) : 0
    let change = Curve.wander(frames: plan.frames, spacing: 25, from: 0, low: -12, high: 12, step: 7, random: &random)
    let turn = horizon == nil ? random.around(0.8) : 0
    let (along, down) = (speed / metre, speed * turn / metre)
    let tremble = random.chance(0.5) ? random.between(0.3, 1.4) : 0
    let (a, b) = (random.next(), random.next())
    return Stage(
      width: plan.width, height: plan.height, horizon: horizon, eye: eye, unit: unit,
      panX: Curve.sampled(frames: plan.frames) { along * $0 + change.value(at: $0) / metre * (pans ? 1 : 0) },
      panY: Curve.sampled(frames: plan.frames) { down * $0 },
      shakeX: Curve.sampled(frames: plan.frames) { tremble * 2 * lineNoise($0 / 7, octaves: 2, seed: a) },
      shakeY: Curve.sampled(frames: plan.frames) { tremble * 1.4 * lineNoise($0 / 8, octaves: 2, seed: b) })
  }

  /// Distances in the scenery are shares of the figure's scale; here they become pixels a metre of this stage.
  private func adapt(_ scenery: inout Scenery, base: Double, stage: Stage) {
    let tall = Double(plan.height) / 240
    for i in scenery.layers.indices {
      switch scenery.layers[i] {
      case .ridge(var ridge):
        if stage.horizon != nil { ridge.scale *= base }
        ridge.base *= tall
        ridge.rise *= tall
        scenery.layers[i] = .ridge(ridge)
      case .wall(var wall):
        wall.top = wall.top.map { $0 * tall }
        wall.bottom = wall.bottom.map { $0 * tall }
        if stage.horizon != nil, let foot = wall.bottom { wall.parallax = foot / stage.eye }
        scenery.layers[i] = .wall(wall)
      case .sky, .ground: break
      }
    }
  }

  private mutating func furnish(_ scenery: Scenery, stage: Stage, base: Double) -> [Prop] {
    var props: [Prop] = []
    let width = Double(plan.width)
    let height = Double(plan.height)
    let last = Double(plan.frames)
    for kind in scenery.furniture {
      var count = Double(kind.count)
      guard let horizon = stage.horizon else {
        // Enough for all that the pan will show.
        let (dx, dy) = (stage.panX.value(at: last), stage.panY.value(at: last))
        let bottomed = kind.zone.lowerBound > 0.8
        count *= (1 + abs(dx) * stage.unit / width) * (bottomed ? 1 : 1 + abs(dy) * stage.unit / height)
        for _ in 0..<Int(count.rounded()) {
          let x = random.between(-0.1, 1.1) * width + random.unit() * dx * stage.unit
          var y = random.between(kind.zone.lowerBound, kind.zone.upperBound) * height
          if !bottomed { y += random.unit() * dy * stage.unit }
          props.append(
            Prop(
              kind: kind.kind, x: (x - 0.5 * width) / stage.unit, scale: stage.unit, y: (y - 0.5 * height) / stage.unit,
              size: random.between(kind.size.lowerBound, kind.size.upperBound), seed: random.next(), first: kind.first,
              second: kind.second, over: kind.over))
        }
        continue
      }
      let foot = scenery.wallFoot.map { $0 * height }
      if kind.row {
        props += row(kind, stage: stage, below: kind.zone.lowerBound * (height - horizon))
        continue
      }
      for _ in 0..<Int(count) {
        var below = random.between(kind.zone.lowerBound, kind.zone.upperBound)
        below = below * (height - horizon) + 1
        if let foot, kind.zone.upperBound == 0 { below = foot + 0.5 }
        let scale = below / stage.eye
        // Not before the target: only what is low may stand nearer than it.
        if scale > base * 0.85, kind.kind != .tuft { continue }
        let reach = stage.panX.value(at: last) * scale
        let column = random.between(-0.15, 1.15) * width + random.unit() * reach
        var size = random.between(kind.size.lowerBound, kind.size.upperBound)
        var lift = kind.lift
        if foot != nil {
          // Rooms are furnished to the picture, whatever stands in them.
          size *= 110 / scale
          lift *= (horizon * 0.62 + below) / scale
        }
        if kind.kind == .tuft {
          size *= min(1, 26 / (scale * size))
        } else if foot == nil {
          // As if the camera stood no higher than a man on a box, else all that grows would be specks.
          size *= max(1, stage.eye / 2.4)
        }
        props.append(
          Prop(
            kind: kind.kind, x: (column - stage.centerX) / scale, scale: scale, lift: lift, size: size,
            seed: random.next(),
            first: kind.first, second: kind.second))
      }
    }
    return props
  }

  /// One beside the other, all across what the pan will show.
  private mutating func row(_ kind: Scenery.Furniture, stage: Stage, below: Double) -> [Prop] {
    var props: [Prop] = []
    let scale = below / stage.eye
    let reach = stage.panX.value(at: Double(plan.frames)) * scale
    let tall = Double(plan.height) / 240
    var column = min(reach, 0) - 120 + random.unit() * 400
    while column < Double(plan.width) + max(reach, 0) + 100 {
      let size = random.between(kind.size.lowerBound, kind.size.upperBound) * tall
      props.append(
        Prop(
          kind: kind.kind, x: (column + 0.5 * size - stage.centerX) / scale, scale: scale, size: size / scale,
          seed: random.next(), first: kind.first, second: kind.second))
      column += kind.kind == .house ? size * 1.02 + random.unit() * 300 : size
    }
    return props
  }

  /// Things that the target passes behind, placed where it moves fastest past the world.
  private mutating func occluders(_ scenery: Scenery, stage: Stage, figure: Figure, course: Course) -> [Prop] {
    var props: [Prop] = []
    let last = Double(plan.frames)
    let times = random.chance(0.5) ? [0.5] : [0.33, 0.72]
    var before: Double?
    for time in times {
      let kind = random.pick(scenery.occluders)
      let middle = moment(around: time * last, stage: stage, course: course)
      if let before, abs(before - middle) < 0.2 * last { continue }
      before = middle
      let pose = course.pose(of: figure, on: stage, at: middle)
      let (wide, tall) = (figure.width * pose.scale, figure.height * pose.scale)
      var prop = Prop(
        kind: kind.kind, x: 0, scale: stage.unit, size: 1, seed: random.next(), first: kind.first, second: kind.second,
        over: true)
      if stage.horizon == nil {
        prop.size = random.between(0.9, 1.4) * max(wide, tall) / stage.unit
        prop.x = stage.world(column: pose.x, scale: stage.unit, at: middle)
        prop.y =
          (pose.y - stage.shakeY.value(at: middle) - 0.5 * Double(stage.height)) / stage.unit
          + stage.panY.value(at: middle)
        if prop.kind == .pinnacle || prop.kind == .pine || prop.kind == .tree {
          // These grow from the bottom of the picture.
          let bottom = Double(stage.height) + 12
          prop.size = (bottom - pose.y) / stage.unit / (prop.kind == .pinnacle ? 0.6 : 0.78)
          prop.y = (bottom - 0.5 * Double(stage.height)) / stage.unit + stage.panY.value(at: middle)
        }
      } else {
        prop.scale = pose.scale * random.between(1.12, 1.25)
        prop.x = stage.world(column: pose.x, scale: prop.scale, at: middle)
        let share: Double
        switch kind.kind {
        case .pillar: share = 0.22
        case .trunk: share = 0.24
        case .sign: share = 0.4
        case .pine: share = 0.5
        case .rock, .plant: share = 0.8
        default: share = 0.9
        }
        let cover = random.between(0.6, 1.05) * min(wide, 1.6 * tall)
        let needed = tall * (kind.kind == .bush || kind.kind == .rock ? 1.9 : 1.15)
        prop.size = max(cover / share, kind.kind == .sign ? 1.5 * tall : needed) / prop.scale
        if kind.kind == .pillar || kind.kind == .trunk { prop.size = max(prop.size, 2.2 * tall / prop.scale) }
      }
      props.append(prop)
    }
    return props
  }

  /// The frame near `frame` at which the target goes fastest past the world.
  private func moment(around frame: Double, stage: Stage, course: Course) -> Double {
    var best = (frame, -1.0)
    for step in -6...6 {
      let at = frame + 2 * Double(step)
      func place(_ f: Double) -> Double {
        let scale = stage.horizon == nil ? stage.unit : course.scale.value(at: f)
        return course.x.value(at: f) + stage.panX.value(at: f) * scale
      }
      let speed = abs(place(at + 4) - place(at - 4))
      let x = course.x.value(at: at)
      if speed > best.1, x > 0, x < Double(stage.width) { best = (at, speed) }
    }
    return best.0
  }

  private mutating func grade(_ course: Course) -> Grade {
    let frames = plan.frames
    // Smeared, but not beyond recognition.
    let fastest =
      (1..<frames).map { frame in
        let (dx, dy) = (
          course.x.value(at: Double(frame)) - course.x.value(at: Double(frame - 1)),
          course.y.value(at: Double(frame)) - course.y.value(at: Double(frame - 1))
        )
        return (dx * dx + dy * dy).squareRoot()
      }.max() ?? 1
    let shutter = shows(.blur) ? min(0.9, max(7, 0.22 * plan.extent) / fastest) : 0.2
    let own = random.between(0.94, 1.08)
    var gain = Curve.constant(own)
    if shows(.illumination) {
      let style = random.below(3)
      let low = random.between(0.48, 0.62)
      let seed = random.next()
      let start = random.between(0.2, 0.35) * Double(frames)
      gain = Curve.sampled(frames: frames) { frame in
        switch style {
        case 0:
          // A cloud passes before the sun.
          return own * mix(1.1, low, smooth(start, start + 14, frame) * (1 - smooth(start + 40, start + 58, frame)))
        case 1:
          // Dusk, and a lamp.
          return own
            * (mix(1.15, low, smooth(0, 0.7 * Double(frames), frame)) + 0.5 * smooth(0.75, 0.8, frame / Double(frames)))
        default:
          // A flickering light.
          return own * clamp(0.86 + 0.5 * lineNoise(frame / 6, octaves: 2, seed: seed), low, 1.25)
        }
      }
    }
    let warm = random.around(0.07)
    return Grade(
      gain: gain, tint: tb_color(1 + warm, 1, 1 - warm), soften: random.between(0.3, 0.75),
      vignette: random.between(0.06, 0.26),
      noise: random.between(1.2, 3.6), shutter: shutter, seed: UInt32(truncatingIfNeeded: random.next()))
  }
}
