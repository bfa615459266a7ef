package import Geometry

/// What is true of the target in each frame of a scene, from the shapes that are drawn and not from their pixels.
package struct SceneTruth: Sendable {
  /// In OTB's convention: counted from 1, whole pixels, inside the picture.
  package var boxes: [Box]
  /// Sides of the silhouette as drawn, not rounded and not cut; one a frame.
  package var bounds: [SpriteBounds]
  /// Share of the silhouette inside the picture that something nearer covers, 0...1.
  package var hidden: [Double]
  /// Share of the silhouette outside the picture, 0...1.
  package var outside: [Double]

  /// At least half of what is inside the picture is covered.
  package var occlusion: [Bool] { hidden.map { $0 >= 0.5 } }
  /// The whole silhouette is outside the picture.
  package var outOfView: [Bool] { outside.map { $0 >= 1 } }
}

extension SceneTruth {
  /// Edges fall on the pixel border nearest to the silhouette's, so a column or row is in the box where the silhouette
  /// covers more than half of its width. What lies outside the picture is cut off; of a target wholly outside, one row
  /// or column at the picture's border next to it remains, so that every frame has a valid box.
  package static func box(_ bounds: SpriteBounds, width: Int, height: Int) -> Box {
    func cut(_ low: Double, _ high: Double, _ limit: Double) -> (Double, Double) {
      let from = clamp(low.rounded(), 0, limit - 1)
      return (from, clamp(high.rounded(), from + 1, limit))
    }
    let (left, right) = cut(bounds.left, bounds.right, Double(width))
    let (top, bottom) = cut(bounds.top, bounds.bottom, Double(height))
    return Box(x: left + 1, y: top + 1, width: right - left, height: bottom - top)
  }
}

extension Scene {
  /// Every frame's truth, at the middle of its exposure.
  package func truth() -> SceneTruth {
    var truth = SceneTruth(boxes: [], bounds: [], hidden: [], outside: [])
    for index in 0..<plan.frames {
      let frame = Double(index)
      let target = parts(0, at: frame)
      let bounds = target.bounds ?? SpriteBounds(left: 0, top: 0, right: 1, bottom: 1)
      truth.bounds.append(bounds)
      truth.boxes.append(SceneTruth.box(bounds, width: stage.width, height: stage.height))
      let shares = shares(of: target, bounds: bounds, at: frame)
      truth.hidden.append(shares.hidden)
      truth.outside.append(shares.outside)
    }
    return truth
  }

  /// Takes away what covers the target in the first frame: a tracker must see what it is to follow.
  mutating func clearStart() {
    let target = parts(0, at: 0)
    guard let bounds = target.bounds else { return }
    let items = items(at: 0)
    let own = items.firstIndex { $0.actor == 0 } ?? items.endIndex
    var covering: Set<Int> = []
    for item in items.dropFirst(own + 1) {
      guard let i = item.prop, let parts = parts(prop: i, at: 0) else { continue }
      for j in 0..<100 where !covering.contains(i) {
        let x = mix(bounds.left, bounds.right, (Double(j % 10) + 0.5) / 10)
        let y = mix(bounds.top, bounds.bottom, (Double(j / 10) + 0.5) / 10)
        if target.contains(x, y), parts.contains(x, y) { covering.insert(i) }
      }
    }
    props = props.enumerated().filter { !covering.contains($0.offset) }.map(\.element)
  }

  /// Asks a grid of places on the target what lies before them.
  private func shares(of target: Parts, bounds: SpriteBounds, at frame: Double) -> (hidden: Double, outside: Double) {
    let items = items(at: frame)
    let own = items.firstIndex { $0.actor == 0 } ?? items.endIndex
    let nearer: [(Parts, SpriteBounds)] = items.dropFirst(own + 1).compactMap { item in
      let parts = item.actor.map { self.parts($0, at: frame) } ?? item.prop.flatMap { self.parts(prop: $0, at: frame) }
      guard let parts, let around = parts.bounds else { return nil }
      let meets =
        around.left < bounds.right && around.right > bounds.left && around.top < bounds.bottom
        && around.bottom > bounds.top
      return meets ? (parts, around) : nil
    }
    let steps = 14
    var (all, out, covered) = (0, 0, 0)
    for j in 0..<steps {
      for i in 0..<steps {
        let x = mix(bounds.left, bounds.right, (Double(i) + 0.5) / Double(steps))
        let y = mix(bounds.top, bounds.bottom, (Double(j) + 0.5) / Double(steps))
        guard target.contains(x, y) else { continue }
        all += 1
        if x < 0 || y < 0 || x >= Double(stage.width) || y >= Double(stage.height) {
          out += 1
        } else if nearer.contains(where: { $0.0.contains(x, y) }) {
          covered += 1
        }
      }
    }
    let gone =
      bounds.right <= 0 || bounds.bottom <= 0 || bounds.left >= Double(stage.width)
      || bounds.top >= Double(stage.height)
    guard all > 0, !gone else { return (0, gone ? 1 : 0) }
    let outside = min(Double(out) / Double(all), 0.999)
    return (Double(covered) / Double(max(all - out, 1)), outside)
  }
}
