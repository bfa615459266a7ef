/// Draws sequences without end: any seed gives a scene of its own, and always the same one.
public enum SceneGenerator {
  /// The sequence of `seed`, drawn frame by frame as its frames are opened. Seeds here share nothing with the demo data
  /// set's: the two take their numbers from different families.
  ///
  /// The scene, the target and what makes it hard are drawn from the seed; the attributes are those the finished scene
  /// measurably shows (see ``DemoDataset``).
  /// - Parameters:
  ///   - width: 64 to 1024 pixels; what lies outside these limits is taken as the nearer one.
  ///   - height: 48 to 1024 pixels.
  ///   - frames: 2 to 10,000.
  ///   - name: `scene-SEED` where nil.
  public static func sequence(
    seed: UInt64, width: Int = 320, height: Int = 240, frames: Int = 100, name: String? = nil
  ) -> Sequence {
    var random = SceneRandom(.generated, seed: seed)
    let plan = ScenePlan(
      width: min(max(width, 64), 1024), height: min(max(height, 48), 1024),
      frames: min(max(frames, 2), 10_000), random: &random)
    return SceneBuilder.build(plan, random: random).sequence(name: name ?? "scene-\(seed)", dataset: "scenes")
  }

  /// `count` sequences of seeds `firstSeed`, `firstSeed` + 1, ... as one data set, named `name`.
  public static func dataset(
    firstSeed: UInt64, count: Int, width: Int = 320, height: Int = 240, frames: Int = 100, name: String = "scenes"
  ) -> Dataset {
    Dataset(
      name: name,
      sequences: (0..<max(count, 0)).map {
        sequence(seed: firstSeed &+ UInt64($0), width: width, height: height, frames: frames)
      },
      attributes: Challenge.allCases.map(\.rawValue))
  }
}
