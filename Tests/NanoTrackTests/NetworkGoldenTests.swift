import Checkpoints
import Imaging
import NanoTrack
import Siamese
import SiameseGoldens
import Tensors
import TestSupport
import Testing

/// The networks against the original's in double precision.
struct NetworkGoldenTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      let number: Int
      let templateFrame: String
      let searchFrame: String
      let box: [Double]
      let templateSide: Int
      let searchSide: Int
      let templateDigest: String
      let searchDigest: String

      enum CodingKeys: String, CodingKey {
        case number = "case"
        case templateFrame = "template_frame"
        case searchFrame = "search_frame"
        case box
        case templateSide = "template_side"
        case searchSide = "search_side"
        case templateDigest = "md5_z"
        case searchDigest = "md5_x"
      }
    }
    let cases: [Case]
  }

  static let outputVersions = Golden.versions(with: "cases.json", "crops.safetensors", "outputs_f64.safetensors")
  static let cropVersions = Golden.versions(with: "cases.json")
  static let layerVersions = Golden.versions(with: "layers.json", "crops.safetensors")

  @Test(
    "Template features, class and box maps are those of the original in double, within 3e-5 of the largest",
    .enabled(if: !outputVersions.isEmpty, "needs ../shared/golden/models/nanotrack-* and ../shared/data"),
    arguments: outputVersions)
  func outputs(version: NanoTrackVersion) throws {
    let folder = Golden.folder(version)
    let cases = try Shared.json("\(folder)/cases.json", as: Cases.self).cases
    let crops = try Weights(contentsOf: Shared.path("\(folder)/crops.safetensors"))
    let wanted = try Weights(contentsOf: Shared.path("\(folder)/outputs_f64.safetensors"))
    let model = try Golden.model(version)
    let workspace = Workspace(engine: model.engine)
    var tally = Tally("nanotrack-\(version.rawValue) outputs")
    var line: [String] = []
    func compare(_ name: String, _ tensor: Tensor) throws {
      let goal = try #require(wanted.tensors[name], "\(folder) has no \(name)")
      let deviation = tensor.relativeDeviation(from: try goal.floats())
      line.append("\(name) \(deviation)")
      tally.expect(
        goal.shape == [tensor.shape.c, tensor.shape.h, tensor.shape.w] && deviation <= 3e-5,
        "\(name) \(tensor.shape) deviates by \(deviation) of its largest value")
    }
    for test in cases {
      let template = model.network.features(
        try ModelGoldens.picture(crops.tensors["z\(test.number)"]), in: workspace)
      try compare("template_features\(test.number)", template[0])
      let memory = model.network.memory(of: template, target: TargetSize(width: 0, height: 0), in: workspace)
      let search = model.network.features(
        try ModelGoldens.picture(crops.tensors["x\(test.number)"]), in: workspace)
      let maps = model.network.maps(search, memory: memory, in: workspace)
      try compare("cls\(test.number)", maps.classes)
      try compare("loc\(test.number)", maps.distances)
      let scores = try #require(wanted.tensors["score\(test.number)"]).floats()
      let found = NanoTrackResponse.scores(maps.classes)
      let deviation = relativeDeviation(found, from: scores)
      tally.expect(deviation <= 3e-5, "score\(test.number) deviates by \(deviation)")
    }
    print("golden \(tally.title): largest deviation from float64 \(line.joined(separator: ", "))")
    tally.finish()
  }

  @Test(
    "The tracker's own crops of those frames have the digests of the originals",
    .enabled(if: !cropVersions.isEmpty, "needs ../shared/golden/models/nanotrack-* and ../shared/data"),
    arguments: cropVersions)
  func crops(version: NanoTrackVersion) throws {
    let cases = try Shared.json("\(Golden.folder(version))/cases.json", as: Cases.self).cases
    let settings = NanoTrackSettings(version)
    let workspace = Workspace(engine: try .ofThisProcess())
    var tally = Tally("nanotrack-\(version.rawValue) crops")
    for test in cases {
      guard Shared.has("data/\(test.templateFrame)"), Shared.has("data/\(test.searchFrame)") else {
        tally.excuse("case \(test.number): no frames here")
        continue
      }
      let frame = try Golden.frame(test.templateFrame)
      let state = TargetState(target: try ModelGoldens.box(test.box))
      let border = frame.channelMeans.truncatedBorder
      let square = state.templateSquare(context: settings.contextAmount)
      tally.expect(square.side == test.templateSide, "template of case \(test.number): side \(square.side)")
      let template = workspace.blueFirstCrop(of: frame, square, to: settings.exemplarSize, border: border)
      tally.expect(Golden.digest(template) == test.templateDigest, "template of case \(test.number)")
      // The search crop lies around the first box in a later frame.
      let window = SearchWindow(
        around: state, exemplar: settings.exemplarSize, instance: settings.instanceSize,
        context: settings.contextAmount)
      tally.expect(window.square.side == test.searchSide, "search of case \(test.number): side \(window.square.side)")
      let search = workspace.blueFirstCrop(
        of: try Golden.frame(test.searchFrame), window.square, to: settings.instanceSize, border: border)
      tally.expect(Golden.digest(search) == test.searchDigest, "search crop of case \(test.number)")
    }
    tally.finish()
  }

  struct Layers: Decodable {
    let number: Int
    let layers: [LayerStatistics]

    enum CodingKeys: String, CodingKey {
      case number = "case"
      case layers
    }
  }

  /// The layers of a network with these weights beside the original's.
  private func layers(_ version: NanoTrackVersion, _ weights: Weights) throws -> LayerComparison {
    let folder = Golden.folder(version)
    let golden = try Shared.json("\(folder)/layers.json", as: Layers.self)
    let crops = try Weights(contentsOf: Shared.path("\(folder)/crops.safetensors"))
    let engine = try Engine.ofThisProcess()
    // Unfolded, so that the values before a batch norm exist.
    let network = try NanoTrackNetwork(weights, version: version, engine: engine, folding: false)
    let workspace = Workspace(engine: engine)
    var outputs: [String: Tensor] = [:]
    func trace(_ phase: String) -> LayerTrace { { outputs["\(phase)/\($0)"] = $1 } }
    func features(_ name: String, _ phase: String) throws -> [Tensor] {
      let crop = try #require(crops.tensors["\(name)\(golden.number)"])
      return network.features(try ModelGoldens.picture(crop), in: workspace, trace: trace(phase))
    }
    let template = try features("z", "template")
    let search = try features("x", "search")
    let memory = network.memory(
      of: template, target: TargetSize(width: 0, height: 0), in: workspace, trace: trace("head"))
    _ = network.maps(search, memory: memory, in: workspace, trace: trace("head"))
    return LayerComparison(golden.layers) { name in
      outputs[name].map { ([$0.shape.c, $0.shape.h, $0.shape.w], $0.nchw) }
    }
  }

  @Test(
    "Every layer is the original's, and the first that is not is named",
    .enabled(if: !layerVersions.isEmpty, "needs ../shared/golden/models/nanotrack-* and ../shared/data"),
    arguments: layerVersions)
  func layers(version: NanoTrackVersion) throws {
    let comparison = try layers(version, Golden.weights(version))
    var tally = Tally("nanotrack-\(version.rawValue) layers")
    comparison.count(into: &tally)
    tally.finish()
  }

  @Test(
    "A layer that is broken on purpose is the first one named",
    .enabled(if: !layerVersions.isEmpty, "needs ../shared/golden/models/nanotrack-* and ../shared/data"),
    arguments: layerVersions,
    [
      // Pairs of tensors of one shape, and the first layer that feels it when they change places.
      ("backbone.features.5.conv.7.weight", "backbone.features.6.conv.7.weight", "template/backbone.features.5.conv.7"),
      ("backbone.features.5.conv.1.bias", "backbone.features.6.conv.1.bias", "template/backbone.features.5.conv.1"),
      (
        "backbone.features.5.conv.5.fc.2.bias", "backbone.features.6.conv.5.fc.2.bias",
        "template/backbone.features.5.conv.5.fc.2"
      ),
    ])
  func naming(version: NanoTrackVersion, broken: (String, String, String)) throws {
    let (one, other, layer) = broken
    let weights = try Golden.weights(version).renamed { $0 == one ? other : $0 == other ? one : nil }
    #expect(try layers(version, weights).first == layer)
  }
}
