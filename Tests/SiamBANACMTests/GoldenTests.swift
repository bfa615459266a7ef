import Checkpoints
import SiamBANACM
package import Siamese
import SiameseGoldens
import Tensors
import TestSupport
import Testing
import Tracking

extension SiamBANACMState: GoldenTemplateState {
  package init(target: TargetState, flag: Bool) { self.init(target: target, isFast: flag) }

  package var flag: Bool? { isFast }
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
  static let stepFiles = ModelGoldens.present(["steps.json", "steps-otb.json"].map { "\(folder)/\($0)" })
  private let goldens = TrackerGoldens(SiamBANACMModel.self, folder: folder)

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
  func keys() throws { try goldens.keys(SiamBANACMNetwork.shapes) }

  @Test(
    "Maps and every layer are the original's, and the first layer that differs is named",
    .enabled(
      if: ModelGoldens.has("\(folder)/network.safetensors"), "needs ../shared/golden/models/siambanacm-resnet50"))
  func network() throws {
    let engine = try Engine.ofThisProcess()
    try goldens.network(
      Self.loaded.get(),
      unfolded: {
        try SiamBANACMNetwork(
          .rule(shapes: SiamBANACMNetwork.shapes), width: .published, engine: engine, folding: false)
      }, memoryPhase: "template", engine: engine)
  }

  @Test(
    "Every step of the original is repeated, on its own frames and on OTB's, with the same prior",
    .enabled(if: !stepFiles.isEmpty, "needs ../shared/golden/models/siambanacm-resnet50/steps.json"),
    arguments: stepFiles)
  func steps(path: String) throws {
    try goldens.steps(path: path, model: Self.model) { model, tally in
      for (key, template) in try ModelGoldens.json(path, as: Priors.self).templates {
        let state = TargetState(target: try ModelGoldens.box(template.initBbox))
        let square = state.templateSquare(context: model.search.contextAmount)
        let size = state.size(in: square, of: model.search.exemplarSize)
        tally.expect(
          [size.width, size.height] == template.templateBbox.suffix(2), "\(path), template \(key): prior \(size)")
      }
    }
  }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima included",
    .enabled(
      if: ModelGoldens.has("\(folder)/postproc.json"), "needs ../shared/golden/models/siambanacm-resnet50/postproc.json"
    ))
  func postprocessing() throws {
    try goldens.postprocessing(path: "\(Self.folder)/postproc.json", model: Self.model)
  }
}
