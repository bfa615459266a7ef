import Checkpoints
import Foundation
import SiamRPNPlusPlus
package import Siamese
import SiameseGoldens
import Tensors
import TestSupport
import Testing
import Tracking

extension SiamRPNPlusPlusState: GoldenTemplateState {
  package init(target: TargetState, flag: Bool) { self.init(target: target, isLost: flag) }

  package var flag: Bool? { isLost }
}

/// Networks, single steps and the post-processing against pysot's. Each network is loaded folded once and unfolded once.
struct GoldenTests {
  /// Search crops of a lost target, 831 pixels a side, take a quarter of a minute each.
  static let runsAll = environmentVariable("TRACKBENCH_GOLDEN_ALL") == "1"

  @Test(
    "Maps are the original's, and so is every step",
    .enabled(if: !Original.folders.isEmpty, "needs ../shared/golden/models/siamrpnpp-resnet50"),
    arguments: Original.folders)
  func tracker(folder: String) throws {
    let files = ["network.safetensors", "steps.json", "steps-otb.json"]
    guard files.contains(where: { ModelGoldens.has("\(folder)/\($0)") }) else {
      print("golden \(folder): skipped, needs one of \(files.joined(separator: ", "))")
      return
    }
    let settings = try Original.settings(folder: folder)
    let model = try SiamRPNPlusPlusModel(
      weights: .rule(shapes: settings.architecture.shapes), settings: settings, engine: .ofThisProcess())
    var tally = Tally("\(folder)")
    if ModelGoldens.has("\(folder)/network.safetensors") {
      try NetworkGolden(folder).compare(model.network, engine: model.engine, into: &tally)
    }
    for path in ["\(folder)/steps.json", "\(folder)/steps-otb.json"] where ModelGoldens.has(path) {
      let file = try StepsFile(path: path)
      settings.compare(
        with: file,
        more: settings.longterm == 1
          ? [
            ("LOST_INSTANCE_SIZE", Double(settings.lostInstanceSize)), ("CONFIDENCE_LOW", settings.confidenceLow),
            ("CONFIDENCE_HIGH", settings.confidenceHigh),
          ] : [], into: &tally)
      try file.compare(path, model, limit: Self.runsAll ? .max : 255, into: &tally)
    }
    tally.finish()
  }

  @Test(
    "Every layer is the original's, and the first one that differs is named",
    .enabled(if: !Original.folders.isEmpty, "needs ../shared/golden/models/siamrpnpp-resnet50"),
    arguments: Original.folders)
  func layers(folder: String) throws {
    guard ModelGoldens.has("\(folder)/layers.json"), ModelGoldens.has("\(folder)/network.safetensors") else {
      print("golden \(folder) layers: skipped, needs layers.json and network.safetensors")
      return
    }
    var tally = Tally("\(folder) layers")
    let engine = try Engine.ofThisProcess()
    let architecture = try Original.settings(folder: folder).architecture
    let unfolded = try SiamRPNPlusPlusNetwork(
      .rule(shapes: architecture.shapes), architecture, engine: engine, folding: false)
    try NetworkGolden(folder).compareLayers(of: unfolded, engine: engine, into: &tally)
    tally.finish()
  }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima and lost targets included",
    .enabled(if: !Original.postprocessing.isEmpty, "needs ../shared/golden/models/siamrpnpp-resnet50/postproc.json"),
    arguments: Original.postprocessing)
  func postprocessing(path: String) throws {
    var tally = Tally(path)
    // Decisions need no weights, so the narrowest network does.
    var models: [String: SiamRPNPlusPlusModel] = [:]
    let engine = try Engine.ofThisProcess()
    try PostprocessingFile(path: path).compare(path, into: &tally) { preset -> SiamRPNPlusPlusModel? in
      guard var settings = Original.settings(experiment: preset) else { return nil }
      settings.architecture = .tiny
      let model =
        try models[preset]
        ?? SiamRPNPlusPlusModel(
          weights: .rule(shapes: settings.architecture.shapes), settings: settings, engine: engine)
      models[preset] = model
      return model
    }
    tally.finish()
  }

  @Test(
    "Keys and shapes are those of the original",
    .enabled(if: !Original.folders.isEmpty, "needs ../shared/golden/models/siamrpnpp-resnet50"),
    arguments: Original.folders)
  func keys(folder: String) throws {
    guard ModelGoldens.has("\(folder)/state_dict.json") else {
      print("golden \(folder) keys: skipped, needs state_dict.json")
      return
    }
    var tally = Tally("\(folder) keys")
    try StateDictGolden.compare(folder, Original.settings(folder: folder).architecture.shapes, into: &tally)
    tally.finish()
  }
}

extension SiamRPNPlusPlusNetwork.Architecture {
  /// For tests that need a network but not its numbers.
  static let tiny = SiamRPNPlusPlusNetwork.Architecture(
    .resNet50, width: 1.0 / 64, levels: [4, 4, 4], isWeighted: true)
}

func environmentVariable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
