import Geometry

extension Scene {
  /// The scene as a sequence; `dataset` names it in messages.
  package func sequence(name: String, dataset: String) -> Sequence {
    let truth = truth()
    let attributes = attributes(truth)
    return Sequence(
      name: name,
      frames: Frames(
        count: plan.frames, label: { "\(dataset)/\(name) frame \($0 + 1)" }, open: { self.image(at: $0) }),
      annotation: Annotation(regions: truth.boxes.map(Region.box), source: "\(dataset)/\(name) (drawn)"),
      attributes: Challenge.allCases.filter(attributes.contains).map(\.rawValue),
      frameTags: ["occlusion": truth.occlusion, "out_of_view": truth.outOfView])
  }

  /// What the finished scene shows, by the definitions of the OTB benchmark (Wu, Lim, Yang, TPAMI 2015, table 2) where it
  /// has numbers, else by what was built.
  package func attributes(_ truth: SceneTruth) -> Set<Challenge> {
    var shown: Set<Challenge> = []
    let boxes = truth.boxes
    guard let first = boxes.first else { return shown }
    // Box areas outside half to double the first one's; of whole boxes, so that leaving the picture is no change of size.
    let areas = truth.bounds.map { ($0.right - $0.left) * ($0.bottom - $0.top) }
    if let start = areas.first, areas.contains(where: { $0 > 2 * start || $0 < 0.5 * start }) { shown.insert(.scale) }
    if boxes.indices.dropFirst().contains(where: { Self.step(boxes[$0 - 1], boxes[$0]) > 20 }) { shown.insert(.fast) }
    if boxes.contains(where: { $0.width * $0.height < 400 }), first.width * first.height < 600 {
      shown.insert(.lowResolution)
    }
    if truth.outside.contains(where: { $0 > 0.05 }) { shown.insert(.outOfView) }
    if truth.hidden.contains(where: { $0 >= 0.2 }) { shown.insert(.occlusion) }
    let frames = (0..<plan.frames).map(Double.init)
    let actor = actors[0]
    if actor.figure.kind.deforms { shown.insert(.deformation) }
    func range(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    if range(frames.map { actor.course.roll.value(at: $0) }) > 0.08 { shown.insert(.inPlane) }
    let rolls = actor.figure.kind == .ball ? range(frames.map { actor.course.phase.value(at: $0) }) : 0
    if max(range(frames.map { actor.course.yaw.value(at: $0) }), rolls) > 0.12 { shown.insert(.outOfPlane) }
    let gains = frames.map { grade.gain.value(at: $0) }
    if let low = gains.min(), let high = gains.max(), high > 1.4 * low { shown.insert(.illumination) }
    if plan.challenges.contains(.clutter) { shown.insert(.clutter) }
    if boxes.indices.dropFirst().contains(where: { Self.step(boxes[$0 - 1], boxes[$0]) * grade.shutter > 5 }) {
      shown.insert(.blur)
    }
    if actors.count > 1 { shown.insert(.lookAlike) }
    return shown
  }

  /// How far the centre goes from one box to the next.
  private static func step(_ a: Box, _ b: Box) -> Double {
    Point(x: a.x + 0.5 * a.width, y: a.y + 0.5 * a.height)
      .distance(to: Point(x: b.x + 0.5 * b.width, y: b.y + 0.5 * b.height))
  }
}
