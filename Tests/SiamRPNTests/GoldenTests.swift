import Checkpoints
import Foundation
package import Geometry
package import Imaging
package import SiamRPN
package import Siamese
package import SiameseGoldens
package import Tensors
import TestSupport
import Testing
import Tracking

extension SiamRPNTracker: SteppableTracker {
  package mutating func begin(on frame: Image, target: Box) throws { try start(on: frame, target: target) }

  package mutating func set(_ state: TargetState, flag: Bool?) { self.state = state }

  package var current: TargetState? { state }

  package mutating func follow(_ frame: Image) throws -> FoundOutcome {
    let step = try step(frame)
    return FoundOutcome(
      instanceSize: model.settings.search.instanceSize, scoreSize: model.proposals.side, window: step.window,
      crop: step.crop, choice: step.choice, rate: step.choice.rate(model.settings.search.learningRate),
      box: step.state.box, after: step.state)
  }

  package func template(of frame: Image, _ state: TargetState) -> (Square, Tensor) { template(frame, around: state) }
}

/// The network, single steps and the post-processing against pysot's.
struct GoldenTests {
  static let folder = "siamrpn-alexnet"
  /// Networks by folder; another naming has other rule weights.
  static let namings: [String: AlexNet.Naming] = [folder: .features, "\(folder)/layer-naming": .layers]
  static let networkFiles = ModelGoldens.present(namings.keys.sorted().map { "\($0)/network.safetensors" })
  static let keyFiles = ModelGoldens.present(namings.keys.sorted().map { "\($0)/state_dict.json" })
  static let stepFiles = ModelGoldens.present(
    ["\(folder)/steps.json", "\(folder)/steps-otb.json", "\(folder)-otb/steps.json"])

  private static let model = Result {
    try SiamRPNModel(weights: .rule(shapes: SiamRPNNetwork.shapes), engine: .ofThisProcess())
  }

  @Test(
    "Maps and every layer are pysot's under either naming, and the first layer that differs is named",
    .enabled(if: !networkFiles.isEmpty, "needs ../shared/golden/models/siamrpn-alexnet/network.safetensors"),
    arguments: networkFiles)
  func network(path: String) throws {
    let (folder, naming) = try Self.network(of: path)
    var tally = Tally("\(folder) network")
    let weights = Weights.rule(shapes: SiamRPNNetwork.shapes(naming: naming))
    let engine = try Engine.ofThisProcess()
    let network = try SiamRPNNetwork(weights, engine: engine)
    try NetworkGolden.compare(folder, into: &tally) { template, search in
      let workspace = Workspace(engine: engine)
      let maps = network(search, memory: network.memory(of: template, in: workspace), in: workspace)
      return (maps.classes, maps.boxes)
    }
    guard ModelGoldens.has("\(folder)/layers.json") else {
      tally.excuse("no layers.json here")
      tally.finish()
      return
    }
    let golden = try LayerGolden(folder)
    // Unfolded, so that the values before a batch norm exist.
    let unfolded = try SiamRPNNetwork(weights, width: 1, engine: engine, folding: false)
    let crops = try ModelGoldens.tensors("\(folder)/network.safetensors")
    let workspace = Workspace(engine: engine)
    let (template, track) = (golden.trace("template"), golden.trace("track"))
    let features = unfolded.features(
      try ModelGoldens.picture(crops["template_crop"]), in: workspace, trace: template)
    // Quirk Q2.7: the original computes the template's kernels while tracking.
    let memory = unfolded.memory(of: features, in: workspace, trace: track)
    _ = unfolded(try ModelGoldens.picture(crops["search_crop"]), memory: memory, in: workspace, trace: track)
    golden.finish(into: &tally)
    tally.finish()
  }

  @Test(
    "Every step of the original is repeated, on its own frames and on OTB's",
    .enabled(if: !stepFiles.isEmpty, "needs ../shared/golden/models/siamrpn-alexnet/steps.json"), arguments: stepFiles)
  func steps(path: String) throws {
    var tally = Tally("\(path)")
    let file = try StepsFile(path: path)
    try SiamRPNSettings(preset: file.preset.hasSuffix("_otb") ? "otb" : "vot").compare(with: file, into: &tally)
    let model = try Self.model.get()
    try file.compare(path, into: &tally) { SiamRPNTracker(model) }
    tally.finish()
  }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima included",
    .enabled(
      if: ModelGoldens.has("\(folder)/postproc.json"), "needs ../shared/golden/models/siamrpn-alexnet/postproc.json"))
  func postprocessing() throws {
    var tally = Tally("\(Self.folder) postprocessing")
    let model = try Self.model.get()
    try PostprocessingFile(path: "\(Self.folder)/postproc.json").compare(Self.folder, into: &tally) {
      _, classes, boxes, state, _, frame in
      let window = model.window(around: state)
      let (choice, after) = try model.follow(
        RegionProposalMaps(classes: classes, boxes: boxes), window, from: state, in: frame)
      return FoundOutcome(
        instanceSize: model.settings.search.instanceSize, scoreSize: model.proposals.side, window: window, crop: nil,
        choice: choice, rate: choice.rate(model.settings.search.learningRate), box: after.box, after: after)
    }
    tally.finish()
  }

  @Test(
    "Keys and shapes are those of the original, under either naming",
    .enabled(if: !keyFiles.isEmpty, "needs ../shared/golden/models/siamrpn-alexnet/state_dict.json"),
    arguments: keyFiles)
  func keys(path: String) throws {
    let (folder, naming) = try Self.network(of: path)
    var tally = Tally("\(folder) keys")
    try StateDictGolden.compare(folder, SiamRPNNetwork.shapes(naming: naming), into: &tally)
    tally.finish()
  }

  private static func network(of path: String) throws -> (folder: String, AlexNet.Naming) {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return (folder, try #require(namings[folder]))
  }
}
