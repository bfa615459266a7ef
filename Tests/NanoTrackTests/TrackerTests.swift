import Checkpoints
import Foundation
import Geometry
import Imaging
import NanoTrack
import Siamese
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

  /// Noise with a bright square at (`x`, `y`).
  private static func frame(x: Int, y: Int) -> Image {
    var state: UInt32 = 7
    var pixels = (0..<160 * 120 * 3).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 26)
    }
    for row in y..<y + 24 {
      for column in x..<x + 20 {
        for channel in 0..<3 { pixels[(row * 160 + column) * 3 + channel] = UInt8(120 + 5 * (row - y) + column - x) }
      }
    }
    return Image(width: 160, height: 120, pixels: pixels)
  }

  private static let target = Box(x: 60, y: 40, width: 20, height: 24)

  @Test("A tracker that was not started says so")
  func notStarted() throws {
    var tracker = try Self.model().makeTracker()
    #expect(throws: TrackerError.notStarted) { try tracker.track(Self.frame(x: 60, y: 40)) }
  }

  @Test(
    "A first box without area or beyond all numbers is refused, and the tracker stays usable",
    arguments: [
      Box(x: 1, y: 1, width: 0, height: 5), Box(x: 1, y: 1, width: 5, height: -1),
      Box(x: .nan, y: 1, width: 5, height: 5), Box(x: 1, y: 1, width: .nan, height: 5),
      Box(x: 1, y: 1, width: .infinity, height: 5), Box(x: 1, y: 1, width: 1e300, height: 1e300),
    ])
  func hostileBoxes(box: Box) throws {
    var tracker = try Self.model(.v1).makeTracker()
    let frame = Self.frame(x: 60, y: 40)
    #expect(throws: TrackerError.self) { try tracker.start(on: frame, target: box) }
    try tracker.start(on: frame, target: Self.target)
    #expect(try tracker.track(frame).box.isEmpty == false)
  }

  @Test(
    "Boxes outside the picture, tiny and huge ones are tracked without trouble",
    arguments: [
      Box(x: -5_000, y: 9_000, width: 20, height: 20), Box(x: 10, y: 10, width: 1e-6, height: 1e-6),
      Box(x: 10, y: 10, width: 1e7, height: 3), Box(x: 1e15, y: -1e15, width: 1e10, height: 1e10),
    ])
  func strangeBoxes(box: Box) throws {
    var tracker = try Self.model(.v2).makeTracker()
    let frame = Self.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: box)
    for _ in 0..<2 {
      let found = try tracker.track(frame).box
      // Whatever the network says, the box is brought back to the picture.
      #expect(10...160 ~= found.width && 10...120 ~= found.height)
    }
  }

  @Test(
    "Two trackers of one model give the same boxes, also side by side and after a second start",
    arguments: NanoTrackVersion.allCases)
  func sharing(version: NanoTrackVersion) async throws {
    let model = try Self.model(version)
    @Sendable func run() throws -> [Estimate] {
      var tracker = model.makeTracker()
      try tracker.start(on: Self.frame(x: 20, y: 80), target: Box(x: 20, y: 80, width: 20, height: 24))
      _ = try tracker.track(Self.frame(x: 21, y: 80))
      try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
      return try (1...3).map { try tracker.track(Self.frame(x: 60 + 2 * $0, y: 40)) }
    }
    let alone = try run()
    let together = try await withThrowingTaskGroup(of: [Estimate].self) { group in
      for _ in 0..<2 { group.addTask { try run() } }
      return try await group.reduce(into: [[Estimate]]()) { $0.append($1) }
    }
    #expect(together == [alone, alone])
  }

  /// Maps are left to the goldens: weights made by rule drive single precision through ReLU6 at a million, and what is left after
  /// it depends on last places.
  @Test(
    "Every engine gives the same features, folded or not, and the same best place", arguments: NanoTrackVersion.allCases
  )
  func engines(version: NanoTrackVersion) throws {
    let frame = Self.frame(x: 60, y: 40)
    func features(_ engine: Engine, folding: Bool) throws -> [Float] {
      let network = try NanoTrackNetwork(
        .rule(shapes: NanoTrackNetwork.shapes(version)), version: version, engine: engine, folding: folding)
      let workspace = Workspace(engine: engine)
      let crop = workspace.blueFirstCrop(
        of: frame, Square(left: 40, top: 20, side: 85), to: 255, border: (9, 8, 7))
      return network.features(crop, in: workspace).nchw
    }
    let plain = try features(Engine(instructionSet: .plain, convolution: .gemm), folding: false)
    for engine in InstructionSet.available.map({ Engine(instructionSet: $0) }) {
      #expect(relativeDeviation(try features(engine, folding: true), plain) < 1e-3)
    }
    let places = try InstructionSet.available.map { instructionSet in
      var tracker = NanoTrackTracker(try Self.model(version, engine: Engine(instructionSet: instructionSet)))
      try tracker.start(on: frame, target: Self.target)
      return try tracker.step(Self.frame(x: 62, y: 41)).choice.index
    }
    #expect(Set(places).count == 1)
  }

  /// Of this thread.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test("Stages and products are measured", arguments: NanoTrackVersion.allCases)
  func measures(version: NanoTrackVersion) throws {
    var tracker = NanoTrackTracker(try Self.model(version))
    let frame = Self.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: Self.target)
    _ = try tracker.track(frame)
    let (before, stagesBefore) = (tracker.products, tracker.stages.durations)
    let clock = ContinuousClock()
    let frames = 20
    let processorTime = Self.processorSeconds
    let wall = try clock.measure { for _ in 0..<frames { _ = try tracker.track(frame) } }
    let processor = (Self.processorSeconds - processorTime) * 1000 / Double(frames)
    let stages = tracker.stages.durations
    let work = (tracker.products.multiplyAdds - before.multiplyAdds) / frames
    let time = tracker.products.duration - before.duration
    #expect(Set(stages.keys) == Set(Stage.allCases))
    #expect(work > 40_000_000 && work < 120_000_000)
    func milliseconds(_ duration: Duration) -> String {
      "\((duration / frames / .milliseconds(1) * 100).rounded() / 100)"
    }
    func spent(_ stage: Stage) -> Duration { (stages[stage] ?? .zero) - (stagesBefore[stage] ?? .zero) }
    let line = Stage.allCases.map { "\($0.rawValue) \(milliseconds(spent($0)))" }.joined(separator: ", ")
    print(
      "nanotrack \(version.rawValue), ms a frame: \(milliseconds(wall)), \((processor * 100).rounded() / 100) of the processor (\(line)); matrix products \(milliseconds(time)), "
        + "\(Double(work) / 1e6) million multiply-adds")
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
