import Checkpoints
package import Geometry
package import Imaging
package import SiamBAN
package import Siamese
package import SiameseGoldens
package import Tensors
import TestSupport
import Testing
import Tracking

extension SiamBANTracker: SteppableTracker {
  package mutating func begin(on frame: Image, target: Box) throws { try start(on: frame, target: target) }

  package mutating func set(_ state: TargetState, flag: Bool?) { self.state = state }

  package var current: TargetState? { state }

  package mutating func follow(_ frame: Image) throws -> FoundOutcome {
    let step = try step(frame)
    return model.outcome(step.window, step.choice, step.state, crop: step.crop)
  }

  package func template(of frame: Image, _ state: TargetState) -> (Square, Tensor) { template(frame, around: state) }
}

extension SiamBANModel {
  fileprivate func outcome(
    _ window: SearchWindow, _ choice: PenalizedChoice, _ state: TargetState, crop: Tensor?
  ) -> FoundOutcome {
    FoundOutcome(
      instanceSize: response.instanceSize, scoreSize: response.points.side, window: window, crop: crop, choice: choice,
      rate: choice.rate(settings.search.learningRate), box: state.box, after: state)
  }
}

/// The network, single steps and the post-processing against the authors' own, with weights made by rule.
@Suite(.serialized)
struct GoldenTests {
  static let folder = "siamban-resnet50"
  static let stepFiles = ModelGoldens.present(
    ["vot/steps.json", "vot/steps-otb.json", "otb/steps.json"].map { "\(folder)/\($0)" })

  /// Loaded once for all tests.
  static let loaded = Result {
    try SiamBANNetwork(.rule(shapes: SiamBANNetwork.shapes), engine: .ofThisProcess())
  }

  /// The model with our preset of one of the authors'; a step's settings are compared besides.
  private static func model(_ preset: String) throws -> SiamBANModel {
    SiamBANModel(
      network: try loaded.get(), settings: try SiamBANSettings(preset: preset.hasSuffix("_otb") ? "otb" : "vot"),
      engine: try .ofThisProcess())
  }

  @Test(
    "Keys and shapes are those of the original",
    .enabled(
      if: ModelGoldens.has("\(folder)/vot/state_dict.json"), "needs ../shared/golden/models/siamban-resnet50/vot"))
  func keys() throws {
    var tally = Tally("\(Self.folder) keys")
    try StateDictGolden.compare("\(Self.folder)/vot", SiamBANNetwork.shapes, into: &tally)
    tally.finish()
  }

  @Test(
    "Maps and every layer are the original's, and the first layer that differs is named",
    .enabled(
      if: ModelGoldens.has("\(folder)/vot/network.safetensors"), "needs ../shared/golden/models/siamban-resnet50/vot"))
  func network() throws {
    let folder = "\(Self.folder)/vot"
    // This head's units have no prior.
    let size = TargetSize(width: 0, height: 0)
    var tally = Tally("\(folder) network")
    let network = try Self.loaded.get()
    let engine = try Engine.ofThisProcess()
    try NetworkGolden.compare(folder, into: &tally) { template, search in
      let workspace = Workspace(engine: engine)
      let memory = network.memory(of: template, target: size, in: workspace)
      let maps = network(search, memory: memory, in: workspace)
      return (maps.classes, maps.distances)
    }
    guard ModelGoldens.has("\(folder)/layers.json") else {
      tally.excuse("no layers.json here")
      tally.finish()
      return
    }
    let golden = try LayerGolden(folder)
    // Unfolded, so that the values before a batch norm exist.
    let unfolded = try SiamBANNetwork(
      .rule(shapes: SiamBANNetwork.shapes), width: .published, engine: engine, folding: false)
    let crops = try ModelGoldens.tensors("\(folder)/network.safetensors")
    let workspace = Workspace(engine: engine)
    let (template, track) = (golden.trace("template"), golden.trace("track"))
    let features = unfolded.features(
      try ModelGoldens.picture(crops["template_crop"]), in: workspace, trace: template)
    // Quirk Q2.7: the original computes the template's kernels while tracking.
    let memory = unfolded.memory(of: features, target: size, in: workspace, trace: track)
    _ = unfolded(try ModelGoldens.picture(crops["search_crop"]), memory: memory, in: workspace, trace: track)
    golden.finish(into: &tally)
    tally.finish()
  }

  @Test(
    "Every step of the original is repeated, on its own frames and on OTB's",
    .enabled(if: !stepFiles.isEmpty, "needs ../shared/golden/models/siamban-resnet50/*/steps.json"),
    arguments: stepFiles)
  func steps(path: String) throws {
    var tally = Tally(path)
    let file = try StepsFile(path: path)
    let model = try Self.model(file.preset)
    model.settings.compare(with: file, into: &tally)
    try file.compare(path, into: &tally) { SiamBANTracker(model) }
    tally.finish()
  }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima included",
    .enabled(
      if: ModelGoldens.has("\(folder)/postproc.json"), "needs ../shared/golden/models/siamban-resnet50/postproc.json"))
  func postprocessing() throws {
    var tally = Tally("\(Self.folder) postprocessing")
    try PostprocessingFile(path: "\(Self.folder)/postproc.json").compare(Self.folder, into: &tally) {
      preset, classes, boxes, state, _, frame in
      let model = try Self.model(preset)
      let window = model.window(around: state)
      let (choice, after) = try model.follow(
        BoxAdaptiveMaps(classes: classes, distances: boxes), window, from: state, in: frame)
      return model.outcome(window, choice, after, crop: nil)
    }
    tally.finish()
  }
}
