import Checkpoints
package import Geometry
package import Imaging
package import SiamBANACM
package import Siamese
package import SiameseGoldens
package import Tensors
import TestSupport
import Testing
import Tracking

extension SiamBANACMTracker: SteppableTracker {
  package mutating func begin(on frame: Image, target: Box) throws { try start(on: frame, target: target) }

  package mutating func set(_ state: TargetState, flag: Bool?) {
    self.state = SiamBANACMState(target: state, isFast: flag ?? false)
  }

  package var current: TargetState? { state?.target }

  package mutating func follow(_ frame: Image) throws -> FoundOutcome {
    let before = try #require(state)
    let step = try step(frame)
    return model.outcome(
      step.window, step.choice, step.state, searched: model.response(of: before), crop: step.crop)
  }

  package func template(of frame: Image, _ state: TargetState) -> (Square, Tensor) { template(frame, around: state) }
}

extension SiamBANACMModel {
  fileprivate func outcome(
    _ window: SearchWindow, _ choice: PenalizedChoice, _ state: SiamBANACMState, searched response: BoxAdaptiveResponse,
    crop: Tensor?
  ) -> FoundOutcome {
    FoundOutcome(
      instanceSize: response.instanceSize, scoreSize: response.points.side, window: window, crop: crop, choice: choice,
      rate: choice.rate(settings.search.learningRate), box: state.target.box, after: state.target, flag: state.isFast)
  }
}

/// What of a first box goes into the head, template by template.
private struct Priors: Decodable {
  struct Template: Decodable {
    let initBbox: [Double]
    let templateBbox: [Float]
  }
  let templates: [String: Template]
}

/// The network, single steps and the post-processing against the authors' own, with weights made by rule.
@Suite(.serialized)
struct GoldenTests {
  static let folder = "siambanacm-resnet50"
  static let stepFiles = ModelGoldens.present(
    ["steps.json", "steps-otb.json"].map { "\(folder)/\($0)" })

  /// Loaded once for all tests.
  static let loaded = Result {
    try SiamBANACMNetwork(.rule(shapes: SiamBANACMNetwork.shapes), engine: .ofThisProcess())
  }

  /// The model with our preset of one of the authors'; a step's settings are compared besides.
  private static func model(_ preset: String) throws -> SiamBANACMModel {
    SiamBANACMModel(
      network: try loaded.get(), settings: try SiamBANACMSettings(preset: preset.hasSuffix("_otb") ? "otb" : "vot"),
      engine: try .ofThisProcess())
  }

  @Test(
    "Keys and shapes are those of the original",
    .enabled(
      if: ModelGoldens.has("\(folder)/state_dict.json"), "needs ../shared/golden/models/siambanacm-resnet50"))
  func keys() throws {
    var tally = Tally("\(Self.folder) keys")
    try StateDictGolden.compare("\(Self.folder)", SiamBANACMNetwork.shapes, into: &tally)
    tally.finish()
  }

  @Test(
    "Maps and every layer are the original's, and the first layer that differs is named",
    .enabled(
      if: ModelGoldens.has("\(folder)/network.safetensors"), "needs ../shared/golden/models/siambanacm-resnet50"))
  func network() throws {
    let folder = Self.folder
    let crops = try ModelGoldens.tensors("\(folder)/network.safetensors")
    // Quirk Q5.8: the head uses the last two numbers only.
    let prior = try #require(crops["template_bbox"]).floats()
    try #require(prior.count == 4)
    let size = TargetSize(width: prior[2], height: prior[3])
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
    let unfolded = try SiamBANACMNetwork(
      .rule(shapes: SiamBANACMNetwork.shapes), width: .published, engine: engine, folding: false)
    let workspace = Workspace(engine: engine)
    let (template, track) = (golden.trace("template"), golden.trace("track"))
    let features = unfolded.features(
      try ModelGoldens.picture(crops["template_crop"]), in: workspace, trace: template)
    let memory = unfolded.memory(of: features, target: size, in: workspace, trace: template)
    _ = unfolded(try ModelGoldens.picture(crops["search_crop"]), memory: memory, in: workspace, trace: track)
    golden.finish(into: &tally)
    tally.finish()
  }

  @Test(
    "Every step of the original is repeated, on its own frames and on OTB's",
    .enabled(if: !stepFiles.isEmpty, "needs ../shared/golden/models/siambanacm-resnet50/steps.json"),
    arguments: stepFiles)
  func steps(path: String) throws {
    var tally = Tally(path)
    let file = try StepsFile(path: path)
    let model = try Self.model(file.preset)
    model.settings.compare(with: file, into: &tally)
    for (key, template) in try ModelGoldens.json(path, as: Priors.self).templates {
      let state = TargetState(target: try ModelGoldens.box(template.initBbox))
      let square = state.templateSquare(context: model.settings.search.contextAmount)
      let size = state.size(in: square, of: model.settings.search.exemplarSize)
      tally.expect(
        [size.width, size.height] == template.templateBbox.suffix(2), "\(path), template \(key): prior \(size)")
    }
    try file.compare(path, into: &tally) { SiamBANACMTracker(model) }
    tally.finish()
  }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima included",
    .enabled(
      if: ModelGoldens.has("\(folder)/postproc.json"), "needs ../shared/golden/models/siambanacm-resnet50/postproc.json"
    ))
  func postprocessing() throws {
    var tally = Tally("\(Self.folder) postprocessing")
    try PostprocessingFile(path: "\(Self.folder)/postproc.json").compare(Self.folder, into: &tally) {
      preset, classes, boxes, target, isFast, frame in
      let model = try Self.model(preset)
      let state = SiamBANACMState(target: target, isFast: isFast ?? false)
      let window = model.window(around: state)
      let (choice, after) = try model.follow(
        BoxAdaptiveMaps(classes: classes, distances: boxes), window, from: state, in: frame)
      return model.outcome(window, choice, after, searched: model.response(of: state), crop: nil)
    }
    tally.finish()
  }
}
