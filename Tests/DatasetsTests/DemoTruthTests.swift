import Datasets
import Geometry
import Imaging
import TestSupport
import Testing

/// The demo's truth against its own pixels, and its attributes against OTB's numbers.
@Suite struct DemoTruthTests {
  @Test func `Every frame has a valid box inside the picture, in whole pixels counted from 1`() {
    for recipe in DemoRecipe.all {
      let boxes = DemoDigests.demo.sequence(recipe.name)?.annotation.boxes ?? []
      #expect(boxes.count == recipe.plan.frames)
      for box in boxes {
        #expect(box.x >= 1 && box.y >= 1 && box.width >= 1 && box.height >= 1, "\(recipe.name): \(box)")
        #expect(box.x + box.width - 1 <= Double(recipe.plan.width), "\(recipe.name): \(box)")
        #expect(box.y + box.height - 1 <= Double(recipe.plan.height), "\(recipe.name): \(box)")
        for number in [box.x, box.y, box.width, box.height] { #expect(number == number.rounded()) }
      }
    }
  }

  @Test(arguments: DemoRecipe.all.map(\.name))
  func `Boxes fit the pixels the target changes`(name: String) throws {
    let recipe = try #require(DemoRecipe.all.first { $0.name == name })
    let scene = recipe.scene()
    let truth = scene.truth()
    var compared = 0
    for index in stride(from: 0, to: recipe.plan.frames, by: 7) where compared < 6 {
      // Only where the whole target is seen and hardly moves, so that the pixels can say where it is.
      guard truth.hidden[index] == 0, truth.outside[index] == 0 else { continue }
      let smear = index > 0 ? Self.step(truth.boxes[index - 1], truth.boxes[index]) : 0
      guard smear < 4 else { continue }
      let changed = try #require(Self.changed(scene.image(at: index), scene.image(at: index, cast: .withoutTarget)))
      let box = truth.boxes[index]
      // The lens's softness reaches one pixel beyond an edge; an edge that looks like what is behind it, or is a hair thin,
      // may be missing from the pixels.
      let reach = 2.5 + smear
      let found = "\(name) frame \(index): pixels \(changed), box \(box)"
      #expect(changed.x >= box.x - reach && changed.y >= box.y - reach, "\(found)")
      #expect(changed.x + changed.width <= box.x + box.width + reach, "\(found)")
      #expect(changed.y + changed.height <= box.y + box.height + reach, "\(found)")
      #expect(changed.width >= box.width * 0.86 - reach && changed.height >= box.height * 0.86 - reach, "\(found)")
      compared += 1
    }
    #expect(compared > 0, "\(name): no frame shows the whole target")
  }

  /// The box around pixels that differ by more than the eye would miss, counted from 1.
  private static func changed(_ a: Image, _ b: Image) -> Box? {
    var (left, top, right, bottom) = (Int.max, Int.max, -1, -1)
    for y in 0..<a.height {
      for x in 0..<a.width {
        let at = (y * a.width + x) * 3
        let most = (0..<3).map { abs(Int(a.pixels[at + $0]) - Int(b.pixels[at + $0])) }.max() ?? 0
        if most > 7 {
          (left, top, right, bottom) = (min(left, x), min(top, y), max(right, x), max(bottom, y))
        }
      }
    }
    guard right >= 0 else { return nil }
    return Box(
      x: Double(left + 1), y: Double(top + 1), width: Double(right - left + 1), height: Double(bottom - top + 1))
  }

  private static func step(_ a: Box, _ b: Box) -> Double {
    Point(x: a.x + a.width / 2, y: a.y + a.height / 2).distance(to: Point(x: b.x + b.width / 2, y: b.y + b.height / 2))
  }

  @Test(arguments: DemoRecipe.all.map(\.name))
  func `Each sequence shows what it was built to show`(name: String) throws {
    let recipe = try #require(DemoRecipe.all.first { $0.name == name })
    let shown = Set(try #require(DemoDigests.demo.sequence(name)).attributes)
    let missing = recipe.plan.challenges.filter { !shown.contains($0.rawValue) }
    #expect(missing.isEmpty, "\(name) does not show \(missing)")
  }

  @Test func `Numeric attributes follow OTB's definitions`() throws {
    for sequence in DemoDigests.demo.sequences {
      let boxes = sequence.annotation.boxes
      let first = try #require(boxes.first)
      let steps = zip(boxes, boxes.dropFirst()).map { Self.step($0, $1) }
      #expect(sequence.attributes.contains("FM") == steps.contains { $0 > 20 }, "\(sequence.name)")
      if sequence.attributes.contains("LR") { #expect(boxes.contains { $0.width * $0.height < 400 }) }
      if sequence.attributes.contains("SV") {
        let ratios = boxes.map { $0.width * $0.height / (first.width * first.height) }
        #expect(
          ratios.contains { $0 < 0.55 || $0 > 1.9 }, "\(sequence.name): \(ratios.min() ?? 0)...\(ratios.max() ?? 0)")
      }
      let gone = try #require(sequence.frameTags["out_of_view"])
      for (box, isGone) in zip(boxes, gone) where isGone { #expect(box.width == 1 || box.height == 1) }
      if sequence.attributes.contains("OCC") { #expect(sequence.frameTags["occlusion"] != nil) }
    }
  }

  @Test func `The catalog opens the demo by its name, and says how large it is`() throws {
    let info = try #require(DatasetCatalog.known.first { $0.name == "demo" })
    let demo = try DatasetCatalog.open("demo", root: nil)
    #expect(demo.sequences.map(\.name) == DemoRecipe.all.map(\.name))
    #expect(info.sequences == demo.sequences.count && info.frames == demo.sequences.reduce(0) { $0 + $1.count })
    #expect(demo.sequences.allSatisfy(\.runnable) && DatasetCheck.run(demo).fine.runnable == demo.sequences.count)
  }

  @Test func `Every attribute is shown by at least one sequence and some by several`() {
    let sequences = DemoDigests.demo.sequences
    #expect((16...20).contains(sequences.count))
    for challenge in Challenge.allCases {
      let count = sequences.filter { $0.attributes.contains(challenge.rawValue) }.count
      #expect(count >= 2, "\(challenge.rawValue): \(count)")
    }
    #expect(sequences.contains { $0.frameTags["occlusion"]?.contains(true) == true })
    #expect(sequences.contains { $0.frameTags["out_of_view"]?.contains(true) == true })
  }

  @Test func `The target is in plain sight in the first frame`() {
    for recipe in DemoRecipe.all {
      let truth = recipe.scene().truth()
      #expect(truth.hidden.first ?? 1 < 0.1 && truth.outside.first ?? 1 < 0.1, "\(recipe.name)")
    }
    for seed in UInt64(0)..<60 {
      let sequence = SceneGenerator.sequence(seed: seed, frames: seed < 40 ? 2 : 100)
      let covered = sequence.frameTags["occlusion"]?.first
      #expect(sequence.frameTags["out_of_view"]?.first == false && covered == false, "seed \(seed)")
    }
  }

  @Test func `A box outside the picture shrinks to one row or column at its border`() {
    let right = SceneTruth.box(SpriteBounds(left: 340, top: 20.4, right: 360, bottom: 40.6), width: 320, height: 240)
    #expect(right == Box(x: 320, y: 21, width: 1, height: 21))
    let above = SceneTruth.box(SpriteBounds(left: 10, top: -30, right: 20, bottom: -5), width: 320, height: 240)
    #expect(above == Box(x: 11, y: 1, width: 10, height: 1))
    let partly = SceneTruth.box(SpriteBounds(left: -10, top: 5, right: 12.5, bottom: 9), width: 320, height: 240)
    #expect(partly == Box(x: 1, y: 6, width: 13, height: 4))
    let speck = SceneTruth.box(SpriteBounds(left: 10.1, top: 10.1, right: 10.3, bottom: 10.3), width: 320, height: 240)
    #expect(speck == Box(x: 11, y: 11, width: 1, height: 1))
  }
}
