import Checkpoints
import Geometry
import Imaging
import SiamFC
import Siamese
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files.
struct TrackerTests {
  private static func model(_ overrides: [SettingOverride] = []) throws -> SiamFCModel {
    try SiamFCModel(
      weights: .rule(shapes: SiamFCNetwork.shapes), settings: SiamFCSettings(overrides: overrides),
      engine: .ofThisProcess())
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
      Box(x: 1, y: 1, width: .infinity, height: 5), Box(x: -1e300, y: 1, width: 5, height: 5),
      Box(x: 1, y: 1, width: 1e30, height: 1e30),
    ])
  func hostileBoxes(box: Box) throws {
    var tracker = try Self.model().makeTracker()
    let frame = Self.frame(x: 60, y: 40)
    #expect(throws: TrackerError.self) { try tracker.start(on: frame, target: box) }
    try tracker.start(on: frame, target: Self.target)
    #expect(try tracker.track(frame).box.isEmpty == false)
  }

  @Test(
    "Boxes outside the picture, tiny and huge ones are tracked without trouble",
    arguments: [
      Box(x: -5_000, y: 9_000, width: 20, height: 20), Box(x: 10, y: 10, width: 1e-6, height: 1e-6),
      Box(x: 10, y: 10, width: 1e7, height: 3), Box(x: 1e15, y: -1e15, width: 1e12, height: 1e12),
    ])
  func strangeBoxes(box: Box) throws {
    var tracker = try Self.model().makeTracker()
    let frame = Self.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: box)
    for _ in 0..<2 { _ = try tracker.track(frame) }
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

  @Test("Every engine gives the same boxes, and scores within rounding")
  func engines() throws {
    let weights = Weights.rule(shapes: SiamFCNetwork.shapes)
    var found: [Estimate] = []
    for instructionSet in InstructionSet.available {
      var tracker = try SiamFCModel(weights: weights, engine: Engine(instructionSet: instructionSet)).makeTracker()
      try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
      found.append(try tracker.track(Self.frame(x: 62, y: 41)))
    }
    for estimate in found {
      #expect(estimate.box == found[0].box)
      let (score, first) = (estimate.score ?? .nan, found[0].score ?? .nan)
      #expect(abs(score - first) <= 1e-5 * max(1, abs(first)))
    }
  }

  @Test("Stages and products are measured, 8.16 thousand million multiply-adds a frame")
  func measures() throws {
    var tracker = SiamFCTracker(try Self.model())
    let frame = Self.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: Self.target)
    let before = tracker.products
    let clock = ContinuousClock()
    let frames = 5
    let wall = try clock.measure { for _ in 0..<frames { _ = try tracker.track(frame) } }
    let stages = tracker.stages.durations
    let work = (tracker.products.multiplyAdds - before.multiplyAdds) / frames
    let time = tracker.products.duration - before.duration
    #expect(Set(stages.keys) == Set(Stage.allCases))
    #expect(stages.values.reduce(.zero, +) <= wall)
    #expect(time <= stages[.network] ?? .zero)
    // 8.17 in kernels.md counts the correlation too, which is no matrix product.
    #expect(abs(Double(work) / 1e9 - 8.16) < 0.01)
    func milliseconds(_ duration: Duration) -> String {
      "\((duration / frames / .milliseconds(1) * 100).rounded() / 100)"
    }
    let line = Stage.allCases.map { "\($0.rawValue) \(milliseconds(stages[$0] ?? .zero))" }.joined(separator: ", ")
    print("siamfc, ms a frame: \(milliseconds(wall)) (\(line)); matrix products \(milliseconds(time))")
  }

  @Test("SiamTrackers' names of the same layers are read, and anything else is named")
  func keyNames() throws {
    let modules = [
      "conv1.0": 0, "conv1.1": 1, "conv2.0": 4, "conv2.1": 5, "conv3.0": 8, "conv3.1": 9, "conv4.0": 11, "conv4.1": 12,
      "conv5.0": 14,
    ]
    func rename(_ key: String) -> String? {
      for (module, index) in modules where key.hasPrefix("backbone.\(module).") {
        return "features.features.\(index)." + key.dropFirst("backbone.\(module).".count)
      }
      return nil
    }
    let own = Weights.rule(shapes: SiamFCNetwork.shapes)
    let other = try own.renamed(rename)
    #expect(other.tensors["features.features.14.bias"] != nil && other.tensors["backbone.conv5.0.bias"] == nil)
    func estimate(_ weights: Weights) throws -> Estimate {
      var tracker = try SiamFCModel(weights: weights, engine: .ofThisProcess()).makeTracker()
      try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
      return try tracker.track(Self.frame(x: 61, y: 40))
    }
    #expect(try estimate(own) == estimate(other))

    let incomplete = Weights.rule(shapes: SiamFCNetwork.shapes.filter { $0.0 != "backbone.conv4.1.bias" })
    let fault = #expect(throws: WeightsError.self) { try estimate(incomplete) }
    #expect(fault?.mismatches.map(\.key) == ["backbone.conv4.1.bias"])
  }

  @Test("The description lists settings and shapes, and loads what it describes")
  func description() throws {
    let description = TrackerDescription.siamFC
    #expect(description.name == "siamfc" && description.convention == .oneBased)
    let settings = try description.settings([])
    #expect(settings.first { $0.key == "window_influence" }?.value == .number(0.176))
    #expect(settings.count == Set(settings.map(\.key)).count)
    #expect(description.shapes.count == 5 * 2 + 4 * 4)
    #expect(throws: MissingWeights.self) { try description.load(nil, []) }
    let model = try description.load(.rule(shapes: description.shapes), [.init(key: "scale_num", value: "1")])
    var tracker = model.makeTracker()
    try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
    _ = try tracker.track(Self.frame(x: 60, y: 40))
  }

  @Test(
    "A setting that is unknown or out of range is refused in one sentence",
    arguments: [
      ("scale_nmu", "3", "there is no setting \"scale_nmu\""),
      ("scale_num", "three", "expected a whole number from 1 to 15, found \"three\""),
      ("scale_num", "99999999999999999999", "expected a whole number from 1 to 15, found \"99999999999999999999\""),
      ("scale_lr", "nan", "expected a number from 0.0 to 1.0, found \"nan\""),
      ("scale_step", "2.5", "expected a number from 1.0 to 2.0, found \"2.5\""),
      ("instance_sz", "271", "expected 19, which crops of 271 and 127 give, found 17"),
      ("instance_sz", "120", "a search crop of 120 is smaller than an exemplar of 127"),
    ])
  func settingFaults(key: String, value: String, cause: String) {
    let fault = #expect(throws: SettingsFault.self) {
      try TrackerDescription.siamFC.settings([.init(key: key, value: value)])
    }
    #expect(fault?.cause == cause)
  }

  @Test("Every kind of setting can be changed, and crops of another size work")
  func otherSettings() throws {
    let overrides = [("instance_sz", "271"), ("response_sz", "19"), ("scale_num", "2"), ("response_up", "4")]
    let settings = try SiamFCSettings(overrides: overrides.map { SettingOverride(key: $0.0, value: $0.1) })
    var tracker = try SiamFCModel(
      weights: .rule(shapes: SiamFCNetwork.shapes), settings: settings, engine: .ofThisProcess()
    ).makeTracker()
    try tracker.start(on: Self.frame(x: 60, y: 40), target: Self.target)
    #expect(try tracker.track(Self.frame(x: 60, y: 40)).box.isEmpty == false)
  }
}

struct SiameseTests {
  @Test(
    "The window's ends are 0, it is symmetric, and the normalised one adds up to 1", arguments: [1, 2, 3, 15, 16, 272])
  func window(side: Int) {
    let points = HannWindow.points(side)
    #expect(points.count == side)
    if side > 1 { #expect(points[0] == 0 && points[side - 1] == 0) }
    for index in points.indices { #expect(abs(points[index] - points[side - 1 - index]) < 1e-15) }
    let square = HannWindow.square(side)
    #expect(square.count == side * side)
    if side != 2 { #expect(abs(HannWindow.normalizedSquare(side).reduce(0, +) - 1) < 1e-12) }
    for index in points.indices where side > 1 {
      let other = 0.5 - 0.5 * cosine(2 * .pi * Double(index) / Double(side - 1))
      #expect(abs(points[index] - other) < 1e-14)
    }
  }

  @Test("A pairwise sum is the sum, whatever the length")
  func pairwise() {
    for count in [0, 1, 7, 8, 9, 127, 128, 129, 1000, 73_984] {
      // Whole numbers add up exactly in any order.
      let values = (0..<count).map { Float($0 % 17 - 8) }
      #expect(values.withUnsafeBufferPointer { pairwiseSum($0) } == Float(values.map { Int($0) }.reduce(0, +)))
    }
  }

  @Test("The network's output side follows from its layers")
  func sides() {
    #expect(AlexNetV1.outputSide(for: 127) == 6)
    #expect(AlexNetV1.outputSide(for: 255) == 22)
    #expect(AlexNetV1.outputSide(for: AlexNetV1.smallestSide) == 1)
    for side in AlexNetV1.smallestSide...600 {
      #expect(AlexNetV1.outputSide(for: side + AlexNetV1.stride) == AlexNetV1.outputSide(for: side) + 1)
    }
  }

  @Test("Networks over the plain algorithm and over matrix products agree, folded or not")
  func algorithms() throws {
    let weights = Weights.rule(shapes: SiamFCNetwork.shapes)
    var state: UInt32 = 3
    let picture = Tensor(
      nchw: (0..<3 * 95 * 95).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return Float(state >> 24)
      }, n: 1, c: 3, h: 95, w: 95)
    func run(_ engine: Engine, folding: Bool) throws -> [Float] {
      try SiamFCNetwork(weights, outScale: 1, engine: engine, folding: folding)
        .features(picture, in: Workspace(engine: engine)).nchw
    }
    let plain = try run(Engine(instructionSet: .plain, convolution: .plain), folding: false)
    for folding in [true, false] {
      #expect(relativeDeviation(try run(Engine(), folding: folding), plain) < 1e-5)
    }
  }
}
