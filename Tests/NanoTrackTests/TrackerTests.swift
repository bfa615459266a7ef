import Checkpoints
import Geometry
import Imaging
import NanoTrack
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files.
struct TrackerTests {
  private static func model(
    _ version: NanoTrackVersion = .v3, engine: Engine? = nil
  ) throws -> NanoTrackModel {
    try NanoTrackModel(
      weights: .rule(shapes: NanoTrackNetwork.shapes(version)), settings: NanoTrackSettings(version),
      engine: engine ?? .ofThisProcess())
  }

  @Test("It behaves as every Siamese tracker must", arguments: NanoTrackVersion.allCases)
  func manners(version: NanoTrackVersion) async throws {
    let model = try Self.model(version)
    try await TrackerManners.check { model.makeTracker() }
  }

  /// Maps are left to the goldens: weights made by rule drive single precision through ReLU6 at a million, and what is left after
  /// it depends on last places.
  @Test(
    "Every engine gives the same features, folded or not, and the same best place", arguments: NanoTrackVersion.allCases
  )
  func engines(version: NanoTrackVersion) throws {
    let frame = TrackerManners.frame(x: 60, y: 40)
    func features(_ engine: Engine, folding: Bool) throws -> [Float] {
      let network = try NanoTrackNetwork(
        .rule(shapes: NanoTrackNetwork.shapes(version)), version: version, engine: engine, folding: folding)
      let workspace = Workspace(engine: engine)
      let crop = workspace.blueFirstCrop(
        of: frame, Square(left: 40, top: 20, side: 85), to: 255, border: (9, 8, 7))
      return network.features(crop, in: workspace)[0].nchw
    }
    let plain = try features(Engine(instructionSet: .plain, convolution: .gemm), folding: false)
    for engine in InstructionSet.available.map({ Engine(instructionSet: $0) }) {
      #expect(relativeDeviation(try features(engine, folding: true), from: plain) < 1e-3)
    }
    let places = try InstructionSet.available.map { instructionSet in
      var tracker = NanoTrackTracker(try Self.model(version, engine: Engine(instructionSet: instructionSet)))
      try tracker.start(on: frame, target: TrackerManners.target)
      return try tracker.step(TrackerManners.frame(x: 62, y: 41)).choice.index
    }
    #expect(Set(places).count == 1)
  }

  @Test(
    "Its cost a frame is what its layers add up to, and printed",
    arguments: [(NanoTrackVersion.v1, 58.5e6), (.v2, 68.1e6), (.v3, 95.5e6)])
  func cost(version: NanoTrackVersion, multiplyAdds: Double) throws {
    try TrackerManners.cost(
      "nanotrack \(version.rawValue)", NanoTrackTracker(Self.model(version)), frames: 20, multiplyAdds: multiplyAdds)
  }
}

struct DescriptionTests {
  private let description = TrackerDescription.nanoTrack

  @Test("The description lists presets, settings, shapes and published scores of each version")
  func presets() throws {
    #expect(description.name == "nanotrack" && description.convention == .pysot && description.needsWeights)
    #expect(description.presets.map(\.name) == ["v3", "v2", "v1"])
    #expect(description.presets.map(\.weights) == ["nanotrackv3.pth", "nanotrackv2.pth", "nanotrackv1.pth"])
    let windows = try description.presets.map { preset in
      try description.settings(preset: preset.name).first { $0.key == "window_influence" }?.value
    }
    #expect(windows == [.number(0.455), .number(0.490), .number(0.462)])
    #expect(try description.settings() == description.settings(preset: "v3"))
    #expect(try description.shapes(preset: "v1").count < description.shapes(preset: "v2").count)
    #expect(try description.shapes(preset: "v3").count == description.shapes.count)
    #expect(Set(description.publishedScores.compactMap(\.preset)) == ["v1", "v2", "v3"])
    let fault = #expect(throws: SettingsFault.self) { try description.settings(preset: "v4") }
    #expect(fault?.cause == "there is no preset \"v4\"" && fault?.remedy == "known presets: v3, v2, v1")
    #expect(throws: SettingsFault.self) { try description.shapes(preset: "") }
  }

  @Test("Weights go with their version, and overrides with their preset", arguments: ["v1", "v2", "v3"])
  func loading(preset: String) throws {
    #expect(throws: MissingWeights.self) { try description.load(nil, preset: preset) }
    let weights = Weights.rule(shapes: try description.shapes(preset: preset))
    let model = try description.load(weights, preset: preset, [.init(key: "lr", value: "0.5")])
    let settings = try #require(model as? NanoTrackModel).settings
    #expect(settings.version.rawValue == preset && settings.learningRate == 0.5)
    for other in description.presets.map(\.name) where other != preset {
      #expect(throws: WeightsError.self) { try description.load(weights, preset: other) }
    }
  }

  @Test("The neck and a leading module. are accepted, any other key is named")
  func keys() throws {
    let shapes = NanoTrackNetwork.shapes(.v1)
    let engine = try Engine.ofThisProcess()
    func load(_ weights: Weights) throws { _ = try NanoTrackNetwork(weights, version: .v1, engine: engine) }
    let neck = [("neck.downsample.0.weight", [64, 64, 1, 1]), ("neck.downsample.1.bias", [64])]
    try load(.rule(shapes: shapes + neck))
    try load(try Weights.rule(shapes: shapes + neck).renamed { "module.\($0)" })
    for key in ["neck.downsample.2.weight", "backbone.features.9.conv.0.weight", "neck.other"] {
      let fault = #expect(throws: WeightsError.self) { try load(.rule(shapes: shapes + [(key, [3])])) }
      #expect(fault?.mismatches.map(\.key) == [key])
    }
    let missing = "ban_head.bbox_tower.8.weight"
    let fault = #expect(throws: WeightsError.self) { try load(.rule(shapes: shapes.filter { $0.0 != missing })) }
    #expect(fault?.mismatches.map(\.key) == [missing])
  }

  @Test(
    "A setting that is unknown, out of range or at odds with the network is refused in one sentence",
    arguments: [
      ("penalty", "3", "there is no setting \"penalty\""),
      ("lr", "2", "expected a number from 0.0 to 1.0, found \"2\""),
      ("output_size", "16", "expected 15, which crops of 255 give, found 16"),
      ("instance_size", "287", "expected 17, which crops of 287 give, found 15"),
      (
        "exemplar_size", "143",
        "a template of 143 gives 9 x 9 positions, and the network is built for 8 x 8"
      ),
      ("instance_size", "16", "a search crop of 16 leaves this network no map"),
    ])
  func settingFaults(key: String, value: String, cause: String) {
    let fault = #expect(throws: SettingsFault.self) { try description.settings([.init(key: key, value: value)]) }
    #expect(fault?.cause == cause)
  }

  @Test("Crops of another size work where the settings agree")
  func otherSizes() throws {
    let overrides = [("instance_size", "287"), ("output_size", "17"), ("context_amount", "0.3")]
    let settings = try NanoTrackSettings(
      preset: "v3", overrides: overrides.map { SettingOverride(key: $0.0, value: $0.1) })
    var tracker = try NanoTrackModel(
      weights: .rule(shapes: NanoTrackNetwork.shapes(.v3)), settings: settings, engine: .ofThisProcess()
    ).makeTracker()
    let frame = Image(width: 90, height: 70, pixels: (0..<90 * 70 * 3).map { UInt8($0 % 251) })
    try tracker.start(on: frame, target: Box(x: 20, y: 20, width: 20, height: 20))
    #expect(try tracker.track(frame).box.isEmpty == false)
  }
}
