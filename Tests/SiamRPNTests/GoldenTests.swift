import Checkpoints
import SiamRPN
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The network, single steps and the post-processing against pysot's.
struct GoldenTests {
  static let folder = "siamrpn-alexnet"
  /// Networks by folder; another naming has other rule weights.
  static let namings: [String: AlexNet.Naming] = [folder: .features, "\(folder)/layer-naming": .layers]
  static let networkFiles = ModelGoldens.present(namings.keys.sorted().map { "\($0)/network.safetensors" })
  static let keyFiles = ModelGoldens.present(namings.keys.sorted().map { "\($0)/state_dict.json" })
  static let stepFiles = ModelGoldens.present(
    ["\(folder)/steps.json", "\(folder)/steps-otb.json", "\(folder)-otb/steps.json"])

  private static let goldens = TrackerGoldens(SiamRPNModel.self, folder: folder)

  private static let loaded = Result {
    try SiamRPNNetwork(.rule(shapes: SiamRPNNetwork.shapes), engine: .ofThisProcess())
  }

  /// The model with our preset of one of the authors'; a step's settings are compared besides.
  private static func model(_ preset: String) throws -> SiamRPNModel {
    SiamRPNModel(
      network: try loaded.get(), settings: try SiamRPNSettings(preset: preset.hasSuffix("_otb") ? "otb" : "vot"),
      engine: try .ofThisProcess())
  }

  @Test(
    "Maps and every layer are pysot's under either naming, and the first layer that differs is named",
    .enabled(if: !networkFiles.isEmpty, "needs ../shared/golden/models/siamrpn-alexnet/network.safetensors"),
    arguments: networkFiles)
  func network(path: String) throws {
    let (folder, naming) = try Self.network(of: path)
    let weights = Weights.rule(shapes: SiamRPNNetwork.shapes(naming: naming))
    let engine = try Engine.ofThisProcess()
    try TrackerGoldens(SiamRPNModel.self, folder: folder).network(
      SiamRPNNetwork(weights, engine: engine),
      unfolded: { try SiamRPNNetwork(weights, width: 1, engine: engine, folding: false) }, engine: engine)
  }

  @Test(
    "Every step of the original is repeated, on its own frames and on OTB's",
    .enabled(if: !stepFiles.isEmpty, "needs ../shared/golden/models/siamrpn-alexnet/steps.json"), arguments: stepFiles)
  func steps(path: String) throws { try Self.goldens.steps(path: path, model: Self.model) }

  @Test(
    "Post-processing agrees with the original to 1e-12, first maxima included",
    .enabled(
      if: ModelGoldens.has("\(folder)/postproc.json"), "needs ../shared/golden/models/siamrpn-alexnet/postproc.json"))
  func postprocessing() throws {
    try Self.goldens.postprocessing(path: "\(Self.folder)/postproc.json", model: Self.model)
  }

  @Test(
    "Keys and shapes are those of the original, under either naming",
    .enabled(if: !keyFiles.isEmpty, "needs ../shared/golden/models/siamrpn-alexnet/state_dict.json"),
    arguments: keyFiles)
  func keys(path: String) throws {
    let (folder, naming) = try Self.network(of: path)
    try TrackerGoldens(SiamRPNModel.self, folder: folder).keys(SiamRPNNetwork.shapes(naming: naming))
  }

  private static func network(of path: String) throws -> (folder: String, AlexNet.Naming) {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return (folder, try #require(namings[folder]))
  }
}
