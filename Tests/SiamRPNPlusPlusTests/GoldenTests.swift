import Checkpoints
import Foundation
package import Geometry
package import Imaging
package import SiamRPNPlusPlus
package import Siamese
package import SiameseGoldens
package import Tensors
import TestSupport
import Testing
import Tracking

extension SiamRPNPlusPlusTracker: SteppableTracker {
  package mutating func begin(on frame: Image, target: Box) throws { try start(on: frame, target: target) }

  package mutating func set(_ state: TargetState, flag: Bool?) { self.state = (state, isLost: flag ?? false) }

  package var current: TargetState? { state?.0 }

  package mutating func follow(_ frame: Image) throws -> FoundOutcome {
    let isLost = state?.isLost ?? false
    let step = try step(frame)
    return model.found(step.window, model.reach(isLost: isLost), step.crop, step.choice, step.outcome)
  }

  package func look(at frame: Image) throws -> (instanceSize: Int, window: SearchWindow, crop: Tensor)? {
    let (reach, window, crop) = try look(at: frame)
    return (reach.proposals.instanceSize, window, crop)
  }

  package func template(of frame: Image, _ state: TargetState) -> (Square, Tensor) { template(frame, around: state) }
}

extension SiamRPNPlusPlusModel {
  fileprivate func found(
    _ window: SearchWindow, _ reach: Reach, _ crop: Tensor?, _ choice: PenalizedChoice, _ outcome: Outcome
  ) -> FoundOutcome {
    FoundOutcome(
      instanceSize: reach.proposals.instanceSize, scoreSize: reach.proposals.side, window: window, crop: crop,
      choice: choice, rate: choice.rate(settings.search.learningRate), box: outcome.box, after: outcome.state,
      flag: outcome.isLost)
  }
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
      try NetworkGolden.compare(folder, into: &tally) { template, search in
        let workspace = Workspace(engine: model.engine)
        let memory = model.network.memory(of: template, target: .none, in: workspace)
        let maps = model.network(search, memory: memory, in: workspace)
        return (maps.classes, maps.boxes)
      }
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
      try file.compare(path, limit: Self.runsAll ? .max : 255, into: &tally) { SiamRPNPlusPlusTracker(model) }
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
    let golden = try LayerGolden(folder)
    let crops = try ModelGoldens.tensors("\(folder)/network.safetensors")
    let engine = try Engine.ofThisProcess()
    let architecture = try Original.settings(folder: folder).architecture
    // Unfolded, so that the values before a batch norm exist.
    let network = try SiamRPNPlusPlusNetwork(
      .rule(shapes: architecture.shapes), architecture, engine: engine, folding: false)
    let workspace = Workspace(engine: engine)
    let (template, track) = (golden.trace("template"), golden.trace("track"))
    let features = network.features(
      try ModelGoldens.picture(crops["template_crop"]), in: workspace, trace: template)
    // Quirk Q2.7: the original computes the template's kernels while tracking.
    let memory = network.memory(of: features, target: .none, in: workspace, trace: track)
    _ = network(try ModelGoldens.picture(crops["search_crop"]), memory: memory, in: workspace, trace: track)
    golden.finish(into: &tally)
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
    try PostprocessingFile(path: path).compare(path, into: &tally) {
      preset, classes, boxes, state, flag, frame -> FoundOutcome? in
      guard var settings = Original.settings(experiment: preset) else { return nil }
      settings.architecture = .tiny
      let model =
        try models[preset]
        ?? SiamRPNPlusPlusModel(
          weights: .rule(shapes: settings.architecture.shapes), settings: settings, engine: engine)
      models[preset] = model
      let reach = model.reach(isLost: flag ?? false)
      let window = model.window(around: state, reach)
      let (choice, outcome) = try model.follow(
        RegionProposalMaps(classes: classes, boxes: boxes), window, reach, from: state, isLost: flag ?? false,
        in: frame)
      return model.found(window, reach, nil, choice, outcome)
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

extension TargetSize {
  /// No unit of this head has a prior.
  static let none = TargetSize(width: 0, height: 0)
}

func environmentVariable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
