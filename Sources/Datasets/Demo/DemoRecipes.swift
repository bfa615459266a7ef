/// The demo's sequences: a name, a seed, and what each is built to show.
package struct DemoRecipe: Sendable {
  package let name: String
  package let seed: UInt64
  package let plan: ScenePlan

  package init(name: String, seed: UInt64, plan: ScenePlan) {
    self.name = name
    self.seed = seed
    self.plan = plan
  }

  package static let all: [DemoRecipe] = [
    recipe("pedestrian", 2, .street, .walker, [.occlusion, .deformation, .lookAlike], extent: 88, frames: 120),
    recipe("pasture", 2, .meadow, .quadruped, [.outOfPlane, .deformation, .scale], extent: 70, frames: 120),
    recipe("taxi", 3, .street, .car, [.illumination, .occlusion], extent: 86),
    recipe("dunes", 5, .desert, .car, [.scale, .outOfPlane], extent: 84, frames: 110),
    recipe("bounce", 2, .room, .ball, [.fast, .blur, .outOfPlane], extent: 44),
    recipe("reef", 4, .underwater, .fish, [.lookAlike, .deformation, .clutter], extent: 78, frames: 120),
    recipe("gull", 6, .sky, .bird, [.fast, .deformation, .inPlane], extent: 66),
    recipe("drift", 5, .pond, .leaf, [.inPlane, .outOfPlane, .clutter, .lookAlike], extent: 70, frames: 120),
    recipe("turtle", 7, .lawn, .turtle, [.inPlane, .occlusion, .deformation, .clutter], extent: 64, frames: 120),
    recipe("regatta", 3, .lake, .boat, [.lowResolution, .lookAlike], extent: 30, frames: 120),
    recipe(
      "junction", 7, .asphalt, .carFromAbove, [.lowResolution, .inPlane, .occlusion, .lookAlike], extent: 30,
      frames: 120),
    recipe("hedge", 8, .garden, .butterfly, [.clutter, .deformation, .fast, .inPlane], extent: 58),
    recipe("snow", 3, .snow, .walker, [.illumination, .outOfView, .deformation], extent: 84, frames: 120),
    recipe("ducks", 4, .lake, .duck, [.lookAlike, .illumination, .scale], extent: 56, frames: 120),
    recipe("balloon", 6, .sky, .balloon, [.scale, .occlusion], extent: 70, frames: 110),
    recipe("parcel", 6, .carpet, .parcel, [.outOfPlane, .inPlane, .blur, .scale], extent: 74, frames: 110),
    recipe(
      "gallop", 2, .meadow, .quadruped, [.blur, .outOfView, .deformation, .lookAlike], extent: 110, width: 480,
      height: 360),
    recipe(
      "shoal", 2, .underwater, .fish, [.outOfView, .scale, .inPlane, .deformation], extent: 104, width: 480, height: 360
    ),
  ]

  private static func recipe(
    _ name: String, _ seed: UInt64, _ scene: SceneKind, _ target: FigureKind, _ challenges: Set<Challenge>,
    extent: Double,
    width: Int = 320, height: Int = 240, frames: Int = 100
  ) -> DemoRecipe {
    DemoRecipe(
      name: name, seed: seed,
      plan: ScenePlan(
        scene: scene, target: target, challenges: challenges, extent: extent, width: width, height: height,
        frames: frames))
  }

  /// The recipe's scene. Its name is part of its numbers, so that recipes may share a seed.
  package func scene() -> Scene {
    var mixed = seed
    for byte in name.utf8 { mixed = (mixed ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return SceneBuilder.build(plan, random: SceneRandom(.demo, seed: mixed))
  }
}
