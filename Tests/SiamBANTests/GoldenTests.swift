import Checkpoints
import SiamBAN
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The network, single steps and the post-processing against the authors' own, with weights made by rule.
@Suite(.serialized)
struct GoldenTests {
  static let folder = "siamban-resnet50"
  static let stepFiles = ModelGoldens.present(
    ["vot/steps.json", "vot/steps-otb.json", "otb/steps.json"].map { "\(folder)/\($0)" })
  private let goldens = TrackerGoldens(SiamBANModel.self, folder: "\(folder)/vot", title: folder)

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
  func keys() throws { try goldens.keys(SiamBANNetwork.shapes) }

  @Test(
    "Maps and every layer are the original's, and the first layer that differs is named",
    .enabled(
      if: ModelGoldens.has("\(folder)/vot/network.safetensors"), "needs ../shared/golden/models/siamban-resnet50/vot"))
  func network() throws {
    let engine = try Engine.ofThisProcess()
    try goldens.network(
      Self.loaded.get(),
      unfolded: {
        try SiamBANNetwork(.rule(shapes: SiamBANNetwork.shapes), width: .published, engine: engine, folding: false)
      }, engine: engine)
  }

  @Test(
    "Every step of the original is repeated, on its own frames and on OTB's",
    .enabled(if: !stepFiles.isEmpty, "needs ../shared/golden/models/siamban-resnet50/*/steps.json"),
    arguments: stepFiles)
  func steps(path: String) throws { try goldens.steps(path: path, model: Self.model) }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima included",
    .enabled(
      if: ModelGoldens.has("\(folder)/postproc.json"), "needs ../shared/golden/models/siamban-resnet50/postproc.json"))
  func postprocessing() throws {
    try goldens.postprocessing(path: "\(Self.folder)/postproc.json", model: Self.model)
  }
}
