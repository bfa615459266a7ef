/// Where a figure goes and how it holds itself, frame by frame.
struct Course: Sendable {
  var x: Curve
  /// Row of its origin; on a ground the row it stands on follows from the scale instead, and this lifts it (pixels up).
  var y: Curve
  /// Pixels a metre.
  var scale: Curve
  var roll: Curve
  var yaw: Curve
  var phase: Curve
  var pitch = 0.0
  var swing = 1.0

  func pose(of figure: Figure, on stage: Stage, at frame: Double) -> Pose {
    let size = scale.value(at: frame)
    var row = y.value(at: frame) + stage.shakeY.value(at: frame)
    if stage.horizon != nil {
      let standing = figure.stands ? 0 : 0.5 * figure.height * size
      row = stage.row(scale: size, at: frame) - standing - y.value(at: frame)
    }
    return Pose(
      x: x.value(at: frame) + stage.shakeX.value(at: frame), y: row, scale: size, roll: roll.value(at: frame),
      yaw: yaw.value(at: frame), pitch: pitch, phase: phase.value(at: frame), swing: swing)
  }
}

/// Plans courses for the target and for what goes beside it.
struct CoursePlanner {
  let plan: ScenePlan
  let figure: Figure
  let stage: Stage
  /// Pixels a metre at the start.
  let base: Double
  /// Largest the figure becomes, times its size at the start.
  let growth: Double
  var random: SceneRandom

  private var frames: Int { plan.frames }
  private func shows(_ challenge: Challenge) -> Bool { plan.challenges.contains(challenge) }

  /// Pixels a frame by which the world slides past under the camera's pan, at the figure.
  private func slide(_ frame: Double) -> (Double, Double) {
    let scale = stage.horizon == nil ? stage.unit : base
    return (
      (stage.panX.value(at: frame + 1) - stage.panX.value(at: frame - 1)) * 0.5 * scale,
      (stage.panY.value(at: frame + 1) - stage.panY.value(at: frame - 1)) * 0.5 * scale
    )
  }

  mutating func target(ratio: Curve) -> Course {
    let width = Double(plan.width)
    let height = Double(plan.height)
    let half = 0.5 * figure.width * base * min(growth, 1.3)
    let margin = min(half + 8, 0.4 * width)
    var x = path(low: margin, high: width - margin)
    let tall = 0.5 * figure.height * base * min(growth, 1.3)
    var y: Curve
    if stage.horizon == nil {
      let low = min(tall + 8, 0.45 * height)
      y = path(low: low, high: height - low)
    } else {
      y = hops()
    }
    if shows(.outOfView) { (x, y) = leave(x, y) }
    return finish(x: x, y: y, ratio: ratio)
  }

  /// A way across the picture, at ease or in leaps.
  private mutating func path(low: Double, high: Double) -> Curve {
    guard shows(.fast) else {
      let speed = random.between(0.9, 2.2)
      let spacing = random.between(12, 18)
      return Curve.wander(
        frames: frames, spacing: spacing, from: random.between(mix(low, high, 0.2), mix(low, high, 0.8)), low: low,
        high: high,
        step: speed * spacing * (shows(.blur) ? 3.2 : 1), random: &random)
    }
    // Calm, then a burst from side to side, again and again.
    let spacing = 6.0
    var knots = [random.between(low, high)]
    var burst = random.below(3)
    while Double(knots.count - 1) * spacing < Double(frames) + spacing {
      let last = knots.last ?? low
      burst += 1
      if burst % 6 < 3 {
        knots.append(
          last < 0.5 * (low + high)
            ? random.between(mix(low, high, 0.75), high) : random.between(low, mix(low, high, 0.25)))
      } else {
        knots.append(clamp(last + random.around(0.12) * (high - low), low, high))
      }
    }
    return Curve(knots: knots, spacing: spacing)
  }

  /// Bounces of a ball, nothing for figures that walk.
  private mutating func hops() -> Curve {
    guard figure.kind == .ball else { return .constant(0) }
    let period = random.between(16, 26)
    let high = random.between(0.4, 1.6) * figure.height * base
    let start = random.unit()
    return Curve.sampled(frames: frames) { frame in
      let p = frame / period + start
      let f = p - p.rounded(.down)
      return high * 4 * f * (1 - f)
    }
  }

  /// The same way, but out of the picture and back once.
  private mutating func leave(_ x: Curve, _ y: Curve) -> (Curve, Curve) {
    // Short sequences have no time to leave and come back.
    guard frames >= 60 else { return (x, y) }
    let middle = random.between(0.42, 0.62) * Double(frames)
    let reach = 0.75 * max(figure.width, figure.height) * base * growth + 12
    let right = random.chance(0.5)
    let exit = right ? Double(plan.width) + reach : -reach
    func away(_ frame: Double) -> Double {
      let d = abs(frame - middle)
      return 1 - smooth(4, 24, d)
    }
    return (Curve.sampled(frames: frames) { mix(x.value(at: $0), exit, away($0)) }, y)
  }

  private mutating func finish(x: Curve, y: Curve, ratio: Curve) -> Course {
    let base = self.base
    let scale = Curve.sampled(frames: frames) { base * ratio.value(at: $0) }
    let planner = self
    func velocity(_ frame: Double) -> (Double, Double) {
      let slid = planner.slide(frame)
      return (
        (x.value(at: frame + 3) - x.value(at: frame - 3)) / 6 + slid.0,
        planner.stage.horizon == nil ? (y.value(at: frame + 3) - y.value(at: frame - 3)) / 6 + slid.1 : 0
      )
    }
    var course = Course(
      x: x, y: y, scale: scale, roll: .constant(0), yaw: .constant(0), phase: .constant(0), pitch: 0, swing: 1)
    course.swing = shows(.deformation) ? (figure.kind == .walker ? 1.3 : 1.6) : 1
    orient(&course, velocity: velocity)
    course.phase = gait(velocity: velocity)
    return course
  }

  private mutating func orient(_ course: inout Course, velocity: (Double) -> (Double, Double)) {
    let wobble = Curve.wander(
      frames: frames, spacing: 16, from: 0, low: -0.025, high: 0.025, step: 0.02, random: &random)
    let middle = velocity(0.5 * Double(frames))
    let facing = slideFacing ?? (middle.0 >= 0 ? 0.0 : 0.5)
    let turning = Curve.wander(
      frames: frames, spacing: random.between(12, 18), from: facing, low: facing - 0.55, high: facing + 0.55,
      step: 0.26,
      random: &random)
    let tumbling = Curve.wander(
      frames: frames, spacing: random.between(12, 18), from: 0, low: -0.6, high: 0.6, step: 0.22, random: &random)
    switch figure.kind {
    case .turtle where plan.scene == .underwater, .walker, .quadruped, .car, .fish, .bird, .boat, .duck:
      let onPlane = stage.horizon == nil
      let fromAbove = plan.scene.isFromAbove
      if fromAbove || (onPlane && shows(.inPlane)) {
        course.roll = heading(velocity)
        course.pitch = fromAbove && figure.kind == .fish ? 0.2 : 0
      } else {
        let slope = onPlane ? 0.05 : 0.0
        course.roll = Curve.sampled(frames: frames) { frame in
          let v = velocity(frame)
          let lean = slope * clamp(v.1 / (abs(v.0) + 1), -1, 1) * (facing == 0 ? 1 : -1)
          return lean + (figure.kind == .boat || figure.kind == .duck ? wobble.value(at: frame * 1.5) : 0)
        }
        let quarter = random.between(-0.07, 0.07)
        course.yaw =
          shows(.outOfPlane)
          ? turning : Curve.sampled(frames: frames) { facing + quarter + 0.6 * wobble.value(at: $0) }
      }
      if figure.kind == .bird { course.pitch += random.between(0.13, 0.19) * random.sign() }
      if figure.kind == .car || figure.kind == .quadruped { course.pitch = 0.025 }
    case .turtle, .carFromAbove, .butterfly:
      course.roll = heading(velocity)
      if shows(.outOfPlane) { course.yaw = scaled(turning, by: 0.3, from: facing) }
    case .ball:
      course.yaw = shows(.outOfPlane) ? turning : .constant(facing)
    case .leaf, .parcel, .balloon:
      let sways = figure.kind == .balloon ? 0.2 : 1
      course.roll = shows(.inPlane) ? scaled(tumbling, by: sways, from: 0) : scaled(wobble, by: 1.5, from: 0)
      course.yaw = shows(.outOfPlane) ? scaled(turning, by: 0.8, from: facing) : wobble
      course.pitch = figure.kind == .parcel ? 0.04 : 0
    }
  }

  /// Which way a panning camera says the figure goes; nil where it does not pan.
  private var slideFacing: Double? {
    let slid = slide(0.5 * Double(frames)).0
    return abs(slid) > 0.4 ? (slid > 0 ? 0.0 : 0.5) : nil
  }

  private func scaled(_ curve: Curve, by k: Double, from: Double) -> Curve {
    Curve.sampled(frames: frames) { k * (curve.value(at: $0) - from) }
  }

  /// Turns with the direction of motion, without jumps and with some inertia.
  private func heading(_ velocity: (Double) -> (Double, Double)) -> Curve {
    var knots: [Double] = []
    var last: Double?
    for frame in -1...frames + 1 {
      let v = velocity(Double(frame))
      var turn = Turns.angle(v.0, v.1)
      if let before = last {
        turn -= (turn - before).rounded()
        turn = before + clamp(0.25 * (turn - before), -0.03, 0.03)
      }
      last = turn
      knots.append(turn)
    }
    return Curve.sampled(frames: frames) { knots[Int(clamp($0 + 1, 0, Double(knots.count - 1)))] }
  }

  /// Turns of the gait, summed up from the speed.
  private mutating func gait(velocity: (Double) -> (Double, Double)) -> Curve {
    let metresATurn: Double
    let limits: (Double, Double)
    switch figure.kind {
    case .walker: (metresATurn, limits) = (1.5, (0.022, 0.05))
    case .quadruped: (metresATurn, limits) = (1.6 * figure.form[1] + 0.4, (0.025, 0.06))
    case .car: (metresATurn, limits) = (2.1, (0.01, 0.09))
    case .ball: (metresATurn, limits) = (0.95, (0.006, 0.07))
    case .fish: (metresATurn, limits) = (1, (0.035, 0.07))
    case .bird: (metresATurn, limits) = (1, (0.06, 0.09))
    case .butterfly: (metresATurn, limits) = (1, (0.07, 0.11))
    case .turtle: (metresATurn, limits) = (1, (0.025, 0.05))
    default: (metresATurn, limits) = (2, (0.005, 0.02))
    }
    var knots: [Double] = []
    var phase = random.unit()
    for frame in -1...frames + 1 {
      let v = velocity(Double(frame))
      let speed = (v.0 * v.0 + v.1 * v.1).squareRoot() / base
      let sense = figure.kind == .ball && v.0 < 0 ? -1.0 : 1.0
      phase += sense * clamp(speed / metresATurn, limits.0, limits.1)
      knots.append(phase)
    }
    return Curve.sampled(frames: frames) { knots[Int(clamp($0 + 1, 0, Double(knots.count - 1)))] }
  }

  /// The way of a figure that comes close to `target` and passes it.
  mutating func passing(_ target: Course, number: Int) -> Course {
    var course = target
    let size = max(figure.width, figure.height) * base
    // Never before the first frame has shown the target by itself.
    let meet = max(random.between(0.25, 0.45) * Double(frames), 24) + Double(number) * 0.3 * Double(frames)
    let reach = random.sign() * random.between(1.5, 2.4) * size
    let own = Curve.wander(
      frames: frames, spacing: 15, from: 0, low: -0.35 * size, high: 0.35 * size, step: 0.3 * size, random: &random)
    let offset = Curve.sampled(frames: frames) { frame in
      let u = (frame - meet) / 22
      return reach * u / (1 + u * u).squareRoot() + own.value(at: frame)
    }
    let calm = shows(.fast) || shows(.outOfView)
    let center = 0.5 * Double(plan.width)
    let x = target.x
    // Beside a target that leaps about, a look-alike follows at half its pace so that it is met rather than mirrored.
    course.x = Curve.sampled(frames: frames) { frame in
      (calm ? mix(clamp(x.value(at: frame), 0, 2 * center), center, 0.5) : x.value(at: frame)) + offset.value(at: frame)
    }
    let nearer = random.chance(0.5) ? 1.06 : 0.93
    let scale = target.scale
    course.scale = Curve.sampled(frames: frames) { scale.value(at: $0) * nearer }
    if stage.horizon == nil {
      let y = target.y
      let up = random.sign() * random.between(0.15, 0.6) * size
      course.y = Curve.sampled(frames: frames) { y.value(at: $0) + up + 0.5 * own.value(at: $0 * 0.7 + 20) }
    }
    let lag = random.between(0.2, 0.8)
    let phase = target.phase
    course.phase = Curve.sampled(frames: frames) { phase.value(at: $0) + lag }
    return course
  }
}
