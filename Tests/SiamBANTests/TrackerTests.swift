import Checkpoints
import Geometry
import Imaging
import SiamBAN
import Siamese
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files, and mostly with a narrow network, which needs little time.
struct TrackerTests {
  private static let width = NetworkWidth(backbone: 0.0625, levels: [16, 24, 16])

  private static func model(_ overrides: [SettingOverride] = [], engine: Engine? = nil) throws -> SiamBANModel {
    try SiamBANModel(
      weights: .rule(shapes: SiamBANNetwork.shapes(width)), width: width, settings: SiamBANSettings(overrides: overrides),
      engine: try engine ?? .ofThisProcess())
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
      Box(x: 1, y: 1, width: .infinity, height: 5), Box(x: -.infinity, y: 1, width: 5, height: 5),
      Box(x: 1, y: 1, width: 1e300, height: 1e300), Box(x: 1, y: 1, width: 1e30, height: 1e30),
    ])
  func hostileBoxes(box: Box) throws {
    var tracker = try Self.model().makeTracker()
    let frame = Self.frame(x: 60, y: 40)
    #expect(throws: TrackerError.self) { try tracker.start(on: frame, target: box) }
    try tracker.start(on: frame, target: Self.target)
    #expect(try tracker.track(frame).box.isEmpty == false)
  }

  @Test(
    "Boxes outside the picture, tiny and huge ones are tracked without trouble, within 10 pixels and the picture's size",
    arguments: [
      Box(x: -5_000, y: 9_000, width: 20, height: 20), Box(x: 10, y: 10, width: 1e-6, height: 1e-6),
      Box(x: 10, y: 10, width: 1e7, height: 3), Box(x: 1e15, y: -1e15, width: 1e11, height: 1e11),
    ])
  func strangeBoxes(box: Box) throws {
    var tracker = try Self.model().makeTracker()
    let frame = Self.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: box)
    for _ in 0..<2 {
      let found = try tracker.track(frame).box
      #expect(10...160 ~= found.width && 10...120 ~= found.height)
      #expect(0...160 ~= found.x + found.width / 2 && 0...120 ~= found.y + found.height / 2)
    }
  }

  @Test("Weights that make no numbers are reported, not followed")
  func noNumbers() throws {
    let model = try Self.model()
    let side = model.response.points.side
    func map(_ channels: Int) -> Tensor {
      Tensor(nchw: [Float](repeating: .nan, count: channels * side * side), n: 1, c: channels, h: side, w: side)
    }
    let state = TargetState(target: Self.target)
    #expect(throws: TrackerError.noNumbers) {
      try model.follow(
        BoxAdaptiveMaps(classes: map(2), distances: map(4)), model.window(around: state), from: state,
        in: Self.frame(x: 60, y: 40))
    }
  }

  @Test("Two trackers of one model give the same boxes, also side by side and after a second start")
  func sharing() async throws {
    let model = try Self.model()
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

  @Test("Every engine gives the same boxes, within rounding")
  func engines() throws {
    var found: [Estimate] = []
    for instructionSet in InstructionSet.available {
      var tracker = try Self.model(engine: Engine(instructionSet: instructionSet)).makeTracker()
      try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
      found.append(try tracker.track(Self.frame(x: 62, y: 41)))
    }
    for estimate in found {
      #expect(abs((estimate.score ?? .nan) - (found[0].score ?? .nan)) < 1e-4)
      let (box, first) = (estimate.box, found[0].box)
      #expect(abs(box.x - first.x) < 1e-2 && abs(box.y - first.y) < 1e-2)
      #expect(abs(box.width - first.width) < 1e-2 && abs(box.height - first.height) < 1e-2)
    }
  }

  @Test("Folded batch norms give what separate ones give, and plain convolutions what matrix products give")
  func folding() throws {
    let weights = Weights.rule(shapes: SiamBANNetwork.shapes(Self.width))
    func run(_ engine: Engine, folding: Bool) throws -> [[Float]] {
      let network = try SiamBANNetwork(weights, width: Self.width, engine: engine, folding: folding)
      let workspace = Workspace(engine: engine)
      func crop(_ side: Int) -> Tensor {
        workspace.blueFirstCrop(
          of: Self.frame(x: 60, y: 40), Square(left: 30, top: 10, side: side / 2), to: side, border: (90, 100, 110))
      }
      let memory = network.memory(of: crop(127), target: TargetSize(width: 60, height: 70), in: workspace)
      let maps = network(crop(255), memory: memory, in: workspace)
      return [maps.classes.nchw, maps.distances.nchw]
    }
    let plain = try run(Engine(instructionSet: .plain, convolution: .plain), folding: false)
    for folding in [true, false] {
      for (found, wanted) in zip(try run(Engine(), folding: folding), plain) {
        let magnitude = wanted.reduce(0) { max($0, abs($1)) }
        #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-4 * magnitude })
      }
    }
  }

  @Test("Stages and products are measured, and from the second frame on the workspace grows no more")
  func measures() throws {
    var tracker = SiamBANTracker(try Self.model())
    let frame = Self.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: Self.target)
    _ = try tracker.track(frame)
    let before = tracker.products.multiplyAdds
    _ = try tracker.track(frame)
    let work = tracker.products.multiplyAdds - before
    _ = try tracker.track(frame)
    #expect(work > 0 && tracker.products.multiplyAdds - before == 2 * work)
    #expect(Set(tracker.stages.durations.keys) == Set(Stage.allCases))
  }

  @Test("The description lists presets, settings, scores and shapes")
  func description() throws {
    let description = TrackerDescription.siamBAN
    #expect(description.name == "siamban" && description.convention == .pysot)
    #expect(description.presets.map(\.name) == ["vot", "vot2019", "otb"])
    #expect(try description.settings(preset: "otb").first { $0.key == "lr" }?.value == .number(0.4730770315643308))
    #expect(try description.settings().first { $0.key == "penalty_k" }?.value == .number(0.08513642556896711))
    #expect(Set(description.publishedScores.compactMap(\.preset)) == ["vot", "otb"])
    // Section 2.9 of the model reference: the parameters, with the batch norms' statistics beside them.
    let parameters = description.shapes.filter { !$0.0.contains(".running_") }
    #expect(parameters.reduce(0) { $0 + $1.1.reduce(1, *) } == 53_932_123)
    #expect(throws: MissingWeights.self) { try description.load(nil) }
    #expect(throws: WeightsError.self) { try description.load(.rule(shapes: SiamBANNetwork.shapes(Self.width))) }
  }

  @Test(
    "A setting that is unknown, out of range or at odds with the network is refused in one sentence",
    arguments: [
      ("penalty", "3", "there is no setting \"penalty\""),
      ("lr", "nan", "expected a number from 0.0 to 1.0, found \"nan\""),
      ("base_size", "7", "crops of 127 and 255 pixels give maps of 25, not the 24 that base_size says"),
      ("instance_size", "120", "a search crop of 120 is smaller than a template of 127"),
    ])
  func settingFaults(key: String, value: String, cause: String) {
    let fault = #expect(throws: SettingsFault.self) {
      try TrackerDescription.siamBAN.settings([.init(key: key, value: value)])
    }
    #expect(fault?.cause == cause)
  }

  @Test("Search crops of another size work", arguments: [(239, 8), (287, 8), (511, 8)])
  func otherSettings(instance: Int, base: Int) throws {
    let overrides = [("instance_size", instance), ("base_size", base)]
    var tracker = try Self.model(overrides.map { SettingOverride(key: $0.0, value: "\($0.1)") }).makeTracker()
    try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
    #expect(try tracker.track(Self.frame(x: 60, y: 40)).box.isEmpty == false)
  }
}
