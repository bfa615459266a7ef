import Checkpoints
import Geometry
import Imaging
import SiamRPN
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files; narrow, where only its manners count.
struct TrackerTests {
  private static let width = 1.0 / 16

  private static func model(_ overrides: [SettingOverride] = []) throws -> SiamRPNModel {
    let engine = try Engine.ofThisProcess()
    return SiamRPNModel(
      network: try SiamRPNNetwork(
        .rule(shapes: SiamRPNNetwork.shapes(naming: .features, width: width)), width: width, engine: engine),
      settings: try SiamRPNSettings(overrides: overrides), engine: engine)
  }

  @Test("It behaves as every tracker of the family must")
  func manners() async throws {
    let model = try Self.model()
    try await TrackerManners.check { model.makeTracker() }
  }

  @Test("Files under either naming of the layers load, and anything else is named")
  func namings() throws {
    let names = Dictionary(
      uniqueKeysWithValues: zip(
        SiamRPNNetwork.shapes(naming: .features, width: Self.width),
        SiamRPNNetwork.shapes(naming: .layers, width: Self.width)
      ).map { ($0.0, $1.0) })
    let own = Weights.rule(shapes: SiamRPNNetwork.shapes(naming: .features, width: Self.width))
    let other = try own.renamed { names[$0] }
    #expect(other.tensors["backbone.layer5.0.bias"] != nil && other.tensors["backbone.features.14.bias"] == nil)
    func estimate(_ weights: Weights) throws -> Estimate {
      let engine = try Engine.ofThisProcess()
      let network = try SiamRPNNetwork(weights, width: Self.width, engine: engine)
      var tracker = SiamRPNModel(network: network, engine: engine).makeTracker()
      try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
      return try tracker.track(TrackerManners.frame(x: 61, y: 40))
    }
    #expect(try estimate(own) == estimate(other))
    let shapes = SiamRPNNetwork.shapes(naming: .layers, width: Self.width).filter { $0.0 != "backbone.layer4.1.bias" }
    let fault = #expect(throws: WeightsError.self) { try estimate(.rule(shapes: shapes)) }
    #expect(fault?.mismatches.map(\.key) == ["backbone.layer4.1.bias"])
  }

  @Test("The description lists presets, settings, shapes and published scores")
  func description() throws {
    let description = TrackerDescription.siamRPN
    #expect(description.name == "siamrpn" && description.convention == .pysot)
    #expect(description.presets.map(\.name) == ["vot", "otb", "compact"])
    #expect(try description.settings(preset: "otb") == description.settings(preset: "vot"))
    #expect(try description.settings().first { $0.key == "instance_size" }?.value == .integer(287))
    #expect(try description.shapes(preset: nil).count == 5 * 6 + 2 * 17)
    #expect(description.publishedScores.count == 3 * 3 + 2)
    #expect(throws: MissingWeights.self) { try description.load(nil) }
    #expect(throws: SettingsFault.self) { try description.settings(preset: "otb2015") }
  }

  @Test(
    "Settings whose crops do not fit are refused in one sentence",
    arguments: [
      ("instance_size", "120", "a search crop of 120 is smaller than a template of 127"),
      ("base_size", "8", "crops of 127 and 287 pixels give maps of 21, not the 29 that base_size says"),
      ("penalty_k", "nan", "expected a number from 0.0 to 10.0, found \"nan\""),
      ("penalty", "1", "there is no setting \"penalty\""),
    ])
  func settingFaults(key: String, value: String, cause: String) {
    let fault = #expect(throws: SettingsFault.self) {
      try TrackerDescription.siamRPN.settings([.init(key: key, value: value)])
    }
    #expect(fault?.cause == cause)
  }

  @Test("Crops of other sizes work")
  func otherSizes() throws {
    var tracker = try Self.model([.init(key: "instance_size", value: "255")]).makeTracker()
    try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
    #expect(try tracker.track(TrackerManners.frame(x: 60, y: 40)).box.isEmpty == false)
  }

  @Test("At its full width a frame takes 6.46 thousand million multiply-adds, and its cost is printed")
  func cost() throws {
    let model = try SiamRPNModel(weights: .rule(shapes: SiamRPNNetwork.shapes), engine: .ofThisProcess())
    try TrackerManners.cost("siamrpn", SiamRPNTracker(model), frames: 5, multiplyAdds: 6.46e9)
  }
}
