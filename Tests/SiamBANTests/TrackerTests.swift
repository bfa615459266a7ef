import Checkpoints
import Geometry
import Imaging
import SiamBAN
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files, and mostly with a narrow network, which needs little time.
struct TrackerTests {
  private static let width = NetworkWidth(backbone: 0.0625, levels: [16, 24, 16])

  private static func model(_ overrides: [SettingOverride] = [], engine: Engine? = nil) throws -> SiamBANModel {
    let engine = try engine ?? .ofThisProcess()
    return SiamBANModel(
      network: try SiamBANNetwork(.rule(shapes: SiamBANNetwork.shapes(width)), width: width, engine: engine),
      settings: try SiamBANSettings(overrides: overrides), engine: engine)
  }

  @Test("It behaves as every tracker of the family must")
  func manners() async throws {
    let model = try Self.model()
    try await TrackerManners.check { model.makeTracker() }
  }

  @Test("Weights that make no numbers are reported, not followed")
  func noNumbers() throws {
    let model = try Self.model()
    let state = TargetState(target: TrackerManners.target)
    let side = model.response(of: state).side
    func map(_ channels: Int) -> Tensor {
      Tensor(nchw: [Float](repeating: .nan, count: channels * side * side), n: 1, c: channels, h: side, w: side)
    }
    #expect(throws: TrackerError.noNumbers) {
      try model.decide(
        BoxAdaptiveMaps(classes: map(2), distances: map(4)), in: model.window(around: state), from: state,
        on: TrackerManners.frame(x: 60, y: 40))
    }
  }

  @Test("Every engine gives the same boxes, within rounding")
  func engines() throws {
    var found: [Estimate] = []
    for instructionSet in InstructionSet.available {
      var tracker = try Self.model(engine: Engine(instructionSet: instructionSet)).makeTracker()
      try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
      found.append(try tracker.track(TrackerManners.frame(x: 62, y: 41)))
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
    try TrackerManners.folding {
      try SiamBANNetwork(weights, width: Self.width, engine: $0, folding: $1)
    }
  }

  @Test("Its cost a frame is the reference's, and printed")
  func cost() throws {
    // Section 2.9 of the model reference.
    let model = SiamBANModel(
      network: try GoldenTests.loaded.get(), settings: SiamBANSettings(), engine: try .ofThisProcess())
    try TrackerManners.cost("siamban", SiamBANTracker(model), frames: 2, multiplyAdds: 48.8e9)
  }

  @Test("The description lists presets, settings, scores and shapes")
  func description() throws {
    let description = TrackerDescription.siamBAN
    #expect(description.name == "siamban" && description.convention == .pysot)
    #expect(description.presets.map(\.name) == ["vot", "vot2019", "otb", "compact"])
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
    try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
    #expect(try tracker.track(TrackerManners.frame(x: 60, y: 40)).box.isEmpty == false)
  }
}
