import Checkpoints
import Geometry
import Imaging
import SiamFC
import Siamese
import SiameseGoldens
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

  @Test("It behaves as every Siamese tracker must")
  func manners() async throws {
    let model = try Self.model()
    // Its numbers are single precision.
    let hostile = [Box(x: -1e300, y: 1, width: 5, height: 5), Box(x: 1, y: 1, width: 1e30, height: 1e30)]
    let strange = [Box(x: 1e15, y: -1e15, width: 1e12, height: 1e12)]
    try await TrackerManners.check(isPysot: false, alsoHostile: hostile, alsoStrange: strange) { model.makeTracker() }
  }

  @Test("Every engine gives the same boxes, and scores within rounding")
  func engines() throws {
    let weights = Weights.rule(shapes: SiamFCNetwork.shapes)
    var found: [Estimate] = []
    for instructionSet in InstructionSet.available {
      var tracker = try SiamFCModel(weights: weights, engine: Engine(instructionSet: instructionSet)).makeTracker()
      try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
      found.append(try tracker.track(TrackerManners.frame(x: 62, y: 41)))
    }
    for estimate in found {
      #expect(estimate.box == found[0].box)
      let (score, first) = (estimate.score ?? .nan, found[0].score ?? .nan)
      #expect(abs(score - first) <= 1e-5 * max(1, abs(first)))
    }
  }

  @Test("A frame takes 8.16 thousand million multiply-adds, and its cost is printed")
  func cost() throws {
    // 8.17 in kernels.md counts the correlation too, which is no matrix product.
    try TrackerManners.cost("siamfc", SiamFCTracker(Self.model()), frames: 5, multiplyAdds: 8.16e9, within: 0.001)
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
      try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
      return try tracker.track(TrackerManners.frame(x: 61, y: 40))
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
    try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
    _ = try tracker.track(TrackerManners.frame(x: 60, y: 40))
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
    try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
    #expect(try tracker.track(TrackerManners.frame(x: 60, y: 40)).box.isEmpty == false)
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
      #expect(relativeDeviation(try run(Engine(), folding: folding), from: plain) < 1e-5)
    }
  }
}
