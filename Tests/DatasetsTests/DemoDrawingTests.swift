import Datasets
import Foundation
import Hashing
import Imaging
import TestSupport
import Testing

/// The drawn frames: the same everywhere, in any order, and moving as film does.
@Suite struct DemoDrawingTests {
  @Test(arguments: DemoDigests.frames.keys.sorted())
  func `The demo's pixels are the same on every machine and for ever`(name: String) throws {
    let sequence = try #require(DemoDigests.demo.sequences.first { $0.name == name })
    for (index, digest) in DemoDigests.frames[name] ?? [] {
      #expect(SHA256.hex(try sequence.frames.image(at: index).pixels) == digest, "\(name) frame \(index)")
    }
  }

  @Test func `Every sequence's pixels are pinned`() {
    #expect(Set(DemoDigests.frames.keys) == Set(DemoRecipe.all.map(\.name)))
    let boxes = DemoDigests.demo.sequences.flatMap(\.annotation.boxes).map { "\($0)" }.joined(separator: "\n")
    #expect(SHA256.hex(Array(boxes.utf8)) == DemoDigests.boxes)
  }

  @Test func `Scenes of a seed are the same for ever and differ between seeds`() throws {
    var seen: Set<String> = []
    for (seed, digest) in DemoDigests.scenes {
      let own = SHA256.hex(try SceneGenerator.sequence(seed: seed, frames: 30).frames.image(at: 20).pixels)
      #expect(own == digest, "seed \(seed)")
      seen.insert(own)
    }
    #expect(seen.count == DemoDigests.scenes.count)
  }

  @Test func `Frames drawn out of order and side by side are the frames drawn in order`() async throws {
    let sequence = SceneGenerator.sequence(seed: 7, width: 160, height: 120, frames: 24)
    let inOrder = try (0..<24).map { try sequence.frames.image(at: $0) }
    let shuffled = try await withThrowingTaskGroup(of: (Int, Image).self) { group in
      for index in (0..<24).reversed() { group.addTask { (index, try sequence.frames.image(at: index)) } }
      return try await group.reduce(into: [Int: Image]()) { $0[$1.0] = $1.1 }
    }
    for index in 0..<24 { #expect(shuffled[index] == inOrder[index]) }
  }

  @Test func `Pictures have the promised sizes and lengths`() throws {
    for sequence in DemoDigests.demo.sequences {
      let image = try sequence.frames.image(at: 0)
      #expect(image.width >= 320 && image.height >= 240 && sequence.count >= 100)
      #expect(
        sequence.frames.count == sequence.count && sequence.frameTags.values.allSatisfy { $0.count == sequence.count })
    }
    let odd = try SceneGenerator.sequence(seed: 3, width: 97, height: 61, frames: 3).frames.image(at: 2)
    #expect(odd.width == 97 && odd.height == 61)
  }

  @Test(arguments: DemoRecipe.all.map(\.name))
  func `One frame follows from the last: most of the picture changes little`(name: String) throws {
    let recipe = try #require(DemoRecipe.all.first { $0.name == name })
    let scene = recipe.scene()
    for index in [20, 55, 90] {
      let (a, b) = (scene.image(at: index), scene.image(at: index + 1))
      let sum = zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      let mean = Double(sum) / Double(a.pixels.count)
      #expect(mean > 0.5 && mean < 24, "\(name) frame \(index): mean difference \(mean)")
    }
  }

  @Test func `Two hundred seeds draw without fault and use every place and figure`() throws {
    var places: Set<String> = []
    for seed in UInt64(1000)..<1200 {
      let sequence = SceneGenerator.sequence(seed: seed, width: 96, height: 72, frames: 8)
      let image = try sequence.frames.image(at: 7)
      let mean = image.pixels.reduce(0) { $0 + Int($1) } / image.pixels.count
      #expect((12...240).contains(mean), "seed \(seed): mean \(mean)")
      places.insert(String(mean / 12))
    }
    #expect(places.count > 6)
  }
}
