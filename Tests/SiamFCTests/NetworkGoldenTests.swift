import Checkpoints
import Foundation
import Imaging
import SiamFC
import Siamese
import SiameseGoldens
import Tensors
import TestSupport
import Testing

/// The network against the original's in double precision.
struct NetworkGoldenTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      let number: Int
      let templateFrame: String
      let searchFrame: String
      let box: [Double]
      let scales: [Int]
      let templateDigest: String
      let searchDigests: [String]

      enum CodingKeys: String, CodingKey {
        case number = "case"
        case templateFrame = "template_frame"
        case searchFrame = "search_frame"
        case box, scales
        case templateDigest = "md5_z"
        case searchDigests = "md5_x"
      }
    }
    let cases: [Case]
  }

  @Test(
    "Kernels and responses are those of the original in double, within 3e-5 of the largest",
    .enabled(
      if: Golden.has("cases.json", "crops.safetensors", "outputs_f64.safetensors"),
      "needs ../shared/golden/models/siamfc and ../shared/data"))
  func outputs() throws {
    let cases = try Shared.json("\(Golden.folder)/cases.json", as: Cases.self).cases
    let crops = try Weights(contentsOf: Shared.path("\(Golden.folder)/crops.safetensors"))
    let wanted = try Weights(contentsOf: Shared.path("\(Golden.folder)/outputs_f64.safetensors"))
    let model = try Golden.model()
    let workspace = Workspace(engine: model.engine)
    var tally = Tally("siamfc outputs")
    var largest = 0.0
    func compare(_ name: String, _ tensor: Tensor, _ expected: [Float]) {
      let deviation = tensor.relativeDeviation(from: expected)
      largest = max(largest, deviation)
      tally.expect(deviation <= 3e-5, "\(name) deviates by \(deviation) of its largest value")
    }
    for test in cases {
      let template = try #require(crops.tensors["z\(test.number)"])
      let exemplar = model.network.features(try ModelGoldens.picture(template), in: workspace)
      compare("kernel\(test.number)", exemplar, try #require(wanted.tensors["kernel\(test.number)"]).floats())
      let responses = try #require(wanted.tensors["response\(test.number)"]).floats()
      let size = responses.count / test.scales.count
      for (position, scale) in test.scales.enumerated() {
        let crop = try #require(crops.tensors["x\(test.number)_scale\(scale)"])
        let search = model.network.features(try ModelGoldens.picture(crop), in: workspace)
        compare(
          "response\(test.number) scale \(scale)",
          model.network.response(search: search, exemplar: exemplar, in: workspace),
          Array(responses[position * size..<(position + 1) * size]))
      }
    }
    print("golden siamfc outputs: largest deviation from float64 \(largest)")
    tally.finish()
  }

  @Test(
    "The tracker's own crops of those frames have the digests of the originals",
    .enabled(if: Golden.has("cases.json"), "needs ../shared/golden/models/siamfc and ../shared/data"))
  func crops() throws {
    let cases = try Shared.json("\(Golden.folder)/cases.json", as: Cases.self).cases
    let model = try Golden.model()
    var tally = Tally("siamfc crops")
    for test in cases {
      guard Shared.has("data/\(test.templateFrame)"), Shared.has("data/\(test.searchFrame)") else {
        tally.excuse("case \(test.number): no frames here")
        continue
      }
      let frame = try Golden.frame(test.templateFrame)
      let state = SiamFCState(target: try Golden.target(test.box), settings: model.settings)
      let border = frame.channelMeans.roundedBorder
      let crop = frame.crop(state.exemplarSquare, to: model.settings.exemplarSize, border: border)
      tally.expect(MD5.hex(crop.pixels) == test.templateDigest, "exemplar of case \(test.number)")
      let search = try Golden.frame(test.searchFrame)
      let squares = state.searchSquares(model.settings)
      // Case 1 looks around the first box in a later frame.
      for (scale, digest) in zip(test.scales, test.searchDigests) {
        let crop = search.crop(squares[scale], to: model.settings.instanceSize, border: border)
        tally.expect(MD5.hex(crop.pixels) == digest, "search crop \(scale) of case \(test.number)")
      }
    }
    tally.finish()
  }

  struct Layers: Decodable {
    let number: Int
    let scale: Int
    let layers: [LayerStatistics]

    enum CodingKeys: String, CodingKey {
      case number = "case"
      case scale = "search_scale"
      case layers
    }
  }

  @Test(
    "Every layer is the original's, and the first that is not is named",
    .enabled(
      if: Golden.has("layers.json", "crops.safetensors"), "needs ../shared/golden/models/siamfc and ../shared/data"))
  func layers() throws {
    let golden = try Shared.json("\(Golden.folder)/layers.json", as: Layers.self)
    let crops = try Weights(contentsOf: Shared.path("\(Golden.folder)/crops.safetensors"))
    let engine = try Engine.ofThisProcess()
    // Unfolded, so that the values before a batch norm exist.
    let network = try SiamFCNetwork(
      Weights(contentsOf: Shared.path(Golden.weightsPath)), outScale: SiamFCSettings().outScale, engine: engine,
      folding: false)
    let workspace = Workspace(engine: engine)
    var outputs: [String: Tensor] = [:]
    let exemplar = network.features(
      try ModelGoldens.picture(crops.tensors["z\(golden.number)"]), in: workspace,
      trace: { outputs["template/\($0)"] = $1 })
    let search = network.features(
      try ModelGoldens.picture(crops.tensors["x\(golden.number)_scale\(golden.scale)"]), in: workspace,
      trace: { outputs["search/\($0)"] = $1 })
    _ = network.response(search: search, exemplar: exemplar, in: workspace, trace: { outputs["head/\($0)"] = $1 })

    var tally = Tally("siamfc layers")
    LayerComparison(golden.layers) { name in
      outputs[name].map { ([$0.shape.c, $0.shape.h, $0.shape.w], $0.nchw) }
    }.count(into: &tally)
    tally.finish()
  }
}
