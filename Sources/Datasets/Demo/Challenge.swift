/// What makes a sequence hard: OTB's attributes by their short names, and look-alikes.
package enum Challenge: String, CaseIterable, Sendable {
  case illumination = "IV"
  case outOfPlane = "OPR"
  case scale = "SV"
  case occlusion = "OCC"
  case deformation = "DEF"
  case blur = "MB"
  case fast = "FM"
  case inPlane = "IPR"
  case outOfView = "OV"
  case clutter = "BC"
  case lowResolution = "LR"
  case lookAlike = "DIST"
}

/// Places a scene can be set in.
package enum SceneKind: String, CaseIterable, Sendable {
  case meadow
  case snow
  case desert
  case street
  case room
  case lake
  case underwater
  case sky
  case garden
  case lawn
  case asphalt
  case pond
  case carpet

  /// Seen from above: figures cast their shadow beside them.
  var isFromAbove: Bool {
    switch self {
    case .lawn, .asphalt, .pond, .carpet: true
    default: false
    }
  }

  /// What may be tracked there.
  var targets: [FigureKind] {
    switch self {
    case .meadow: [.walker, .quadruped, .quadruped, .ball, .car]
    case .snow: [.walker, .quadruped, .car, .ball]
    case .desert: [.quadruped, .car, .walker]
    case .street: [.walker, .walker, .car, .car, .quadruped, .ball]
    case .room: [.quadruped, .ball, .parcel, .walker]
    case .lake: [.boat, .duck]
    case .underwater: [.fish, .fish, .turtle]
    case .sky: [.bird, .balloon, .leaf]
    case .garden: [.butterfly, .bird, .leaf, .ball]
    case .lawn: [.turtle, .butterfly, .leaf, .ball, .parcel]
    case .asphalt: [.carFromAbove, .carFromAbove, .leaf, .ball]
    case .pond: [.leaf, .turtle, .fish]
    case .carpet: [.parcel, .turtle, .ball, .leaf]
    }
  }
}

/// Everything a scene is made from, but for its seed.
package struct ScenePlan: Sendable {
  package var scene: SceneKind
  package var target: FigureKind
  package var challenges: Set<Challenge>
  /// Pixels of the target's larger side at the start, seen from its side.
  package var extent: Double
  package var width: Int
  package var height: Int
  package var frames: Int

  package init(
    scene: SceneKind, target: FigureKind, challenges: Set<Challenge>, extent: Double, width: Int = 320,
    height: Int = 240, frames: Int = 100
  ) {
    self.scene = scene
    self.target = target
    self.challenges = challenges
    self.extent = extent
    self.width = width
    self.height = height
    self.frames = frames
  }

  /// A plan drawn from the generator.
  init(width: Int, height: Int, frames: Int, random: inout SceneRandom) {
    let scene = random.pick(SceneKind.allCases)
    let target = random.pick(scene.targets)
    var challenges: Set<Challenge> = []
    for challenge in Challenge.allCases {
      let likely = challenge == .lookAlike || challenge == .clutter ? 0.4 : challenge == .lowResolution ? 0.1 : 0.27
      if random.chance(likely) { challenges.insert(challenge) }
    }
    self.init(
      scene: scene, target: target, challenges: challenges,
      extent: random.between(34, 92) * Double(height) / 240, width: width, height: height, frames: frames)
  }
}
