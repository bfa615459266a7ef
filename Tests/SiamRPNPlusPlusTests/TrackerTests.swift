import Checkpoints
import Geometry
import Imaging
import SiamRPNPlusPlus
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files; narrow, where only its manners count.
struct TrackerTests {
  private static func model(
    _ preset: String = "vot", _ overrides: [(String, String)] = [],
    architecture: SiamRPNPlusPlusNetwork.Architecture = .tiny
  ) throws -> SiamRPNPlusPlusModel {
    var settings = try SiamRPNPlusPlusSettings(
      preset: preset, overrides: overrides.map { SettingOverride(key: $0.0, value: $0.1) })
    settings.architecture = architecture
    return try SiamRPNPlusPlusModel(
      weights: .rule(shapes: architecture.shapes), settings: settings, engine: .ofThisProcess())
  }

  private static let mobile = SiamRPNPlusPlusNetwork.Architecture(
    .mobileNetV2, width: 1.0 / 8, levels: [4, 4, 4], isWeighted: false)

  @Test("It behaves as every tracker of the family must, over either backbone")
  func manners() async throws {
    for model in [try Self.model(), try Self.model("mobilenet", architecture: Self.mobile)] {
      try await TrackerManners.check { model.makeTracker() }
    }
  }

  @Test("The long-term tracker behaves too, lost or not")
  func longtermManners() async throws {
    let model = try Self.model("lt", [("lost_instance_size", "511")])
    try await TrackerManners.check { model.makeTracker() }
  }

  @Test("A lost target keeps its place and is searched far around, until a score is high enough")
  func losing() throws {
    // No score is below 0, none above 1: these settings decide alone.
    func track(low: String, high: String) throws -> (SiamRPNPlusPlusTracker, [SiamRPNPlusPlusTracker.Step]) {
      let model = try Self.model(
        "lt", [("lost_instance_size", "511"), ("confidence_low", low), ("confidence_high", high)])
      var tracker = SiamRPNPlusPlusTracker(model)
      try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: TrackerManners.target)
      let steps = try (0..<3).map { try tracker.step(TrackerManners.frame(x: 60 + $0, y: 40)) }
      return (tracker, steps)
    }
    let (lost, far) = try track(low: "1", high: "1")
    #expect(far.map(\.crop.shape.h) == [255, 511, 511])
    #expect(far.allSatisfy { $0.state.isLost && $0.state.target == TargetState(target: TrackerManners.target) })
    #expect(lost.state?.isLost == true)
    let (_, near) = try track(low: "0", high: "0")
    #expect(near.map(\.crop.shape.h) == [255, 255, 255])
    #expect(near[0].state.target != TargetState(target: TrackerManners.target))
  }

  @Test("A new sequence begins near, or where keep_lost says so as the one before ended", arguments: [0, 1])
  func startingAgain(keepLost: Int) throws {
    let model = try Self.model(
      "lt",
      [("lost_instance_size", "511"), ("confidence_low", "1"), ("confidence_high", "1"), ("keep_lost", "\(keepLost)")])
    var tracker = SiamRPNPlusPlusTracker(model)
    let frame = TrackerManners.frame(x: 60, y: 40)
    try tracker.start(on: frame, target: TrackerManners.target)
    _ = try tracker.track(frame)
    #expect(tracker.state?.isLost == true)
    try tracker.start(on: frame, target: TrackerManners.target)
    #expect(try tracker.step(frame).crop.shape.h == (keepLost == 1 ? 511 : 255))
  }

  @Test("The presets hold pysot's numbers and networks")
  func presets() throws {
    let description = TrackerDescription.siamRPNPlusPlus
    #expect(description.name == "siamrpn++" && description.convention == .pysot)
    #expect(
      description.presets.map(\.name) == ["vot", "otb", "lt", "mobilenet", "8gpu", "16gpu", "otb-8gpu", "compact"])
    let rows: [(String, Double, Double, Double)] = [
      ("vot", 0.05, 0.42, 0.38), ("otb", 0.24, 0.5, 0.25), ("lt", 0.05, 0.28, 0.22), ("mobilenet", 0.04, 0.4, 0.5),
      ("8gpu", 0.04, 0.44, 0.33), ("16gpu", 0.01, 0.40, 0.38), ("otb-8gpu", 0.24, 0.5, 0.25),
    ]
    for (name, penalty, window, rate) in rows {
      let settings = try SiamRPNPlusPlusSettings(preset: name)
      #expect(settings.search.penaltyK == penalty && settings.search.windowInfluence == window)
      #expect(settings.search.learningRate == rate && settings.search.scoreSize == 25)
      #expect(settings.longterm == (name == "lt" ? 1 : 0))
      try settings.check()
      let keys = Set(try description.shapes(preset: name).map(\.0))
      #expect(keys.contains("rpn_head.cls_weight") == !["otb", "otb-8gpu", "mobilenet"].contains(name))
    }
    #expect(try SiamRPNPlusPlusSettings(preset: nil) == SiamRPNPlusPlusSettings(preset: "vot"))
    #expect(throws: MissingWeights.self) { try description.load(nil, preset: "lt") }
  }

  @Test(
    "Settings whose crops do not fit are refused in one sentence",
    arguments: [
      ("base_size", "7", "crops of 127 and 255 pixels give maps of 25, not the 24 that base_size says"),
      ("instance_size", "120", "a search crop of 120 is smaller than a template of 127"),
      ("lost_instance_size", "126", "a search crop of 126 is smaller than a template of 127"),
      ("confidence_low", "1.5", "expected a number from 0.0 to 1.0, found \"1.5\""),
      ("longterm", "2", "expected a whole number from 0 to 1, found \"2\""),
    ])
  func settingFaults(key: String, value: String, cause: String) {
    let fault = #expect(throws: SettingsFault.self) {
      try TrackerDescription.siamRPNPlusPlus.settings(preset: "lt", [.init(key: key, value: value)])
    }
    #expect(fault?.cause == cause)
  }

  @Test("MobileNetV2's and ResNet-50's cost a frame is the reference's, and printed")
  func cost() throws {
    // Section 2.9 counts 6.98e9 for MobileNetV2; its depth-wise layers, 0.19e9, are no matrix products.
    for (preset, frames, multiplyAdds) in [("mobilenet", 3, 6.79e9), ("vot", 2, 48.8e9)] {
      let architecture = try SiamRPNPlusPlusSettings(preset: preset).architecture
      let model = try Self.model(preset, architecture: architecture)
      try TrackerManners.cost(
        "siamrpn++ \(preset)", SiamRPNPlusPlusTracker(model), frames: frames, multiplyAdds: multiplyAdds)
    }
  }
}
