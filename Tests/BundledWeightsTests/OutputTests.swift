import BundledWeights
import Checkpoints
import Foundation
import SiamBAN
import SiamBANACM
import SiamFC
import SiamRPN
import SiamRPNPlusPlus
import Siamese
import Tensors
import TestSupport
import Testing

/// What PyTorch makes of the bundled files, as `Trackers/Training/outputs.py` wrote it down, against what these networks make of them.
@Suite("Bundled weights")
struct OutputTests {
  struct Expected: Decodable {
    struct Map: Decodable {
      let shape: [Int]
      /// Largest magnitude of the whole map.
      let largest: Double
      /// Every how many-th value is kept, row-major.
      let step: Int
      let values: [Double]
    }
    let instance: Int
    let sha256: String
    let maps: [String: Map]
  }

  /// Largest difference allowed, as a share of the map's largest magnitude.
  private static let tolerance = 1e-4
  private static let prior = TargetSize(width: 60, height: 68)

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Outputs")

  /// A crop by rule, the same as in `outputs.py`: channel c of row y, column x is (7x + 13y + 29c + xy div 16) mod 256.
  private static func crop(_ side: Int) -> Tensor {
    var values: [Float] = []
    for c in 0..<3 {
      for y in 0..<side { for x in 0..<side { values.append(Float((7 * x + 13 * y + 29 * c + x * y / 16) % 256)) } }
    }
    return Tensor(nchw: values, n: 1, c: 3, h: side, w: side)
  }

  /// The network's maps by name, as n x c x h x w.
  private static func maps(_ tracker: String, _ weights: Weights, instance: Int) throws -> [String: [Float]] {
    let engine = try Engine.ofThisProcess()
    let workspace = Workspace(engine: engine)
    func run<Network: TemplateNetwork>(_ network: Network) -> Network.Maps {
      network(crop(instance), memory: network.memory(of: crop(127), target: prior, in: workspace), in: workspace)
    }
    func named(_ maps: BoxAdaptiveMaps) -> [String: [Float]] { ["cls": maps.classes.nchw, "loc": maps.distances.nchw] }
    func named(_ maps: RegionProposalMaps) -> [String: [Float]] { ["cls": maps.classes.nchw, "loc": maps.boxes.nchw] }
    switch tracker {
    case "siamban-acm": return named(run(try SiamBANACMNetwork(weights, width: .compact, engine: engine)))
    case "siamban": return named(run(try SiamBANNetwork(weights, width: .compact, engine: engine)))
    case "siamrpn++": return named(run(try SiamRPNPlusPlusNetwork(weights, .init(.compact), engine: engine)))
    case "siamrpn": return named(run(try SiamRPNNetwork(weights, width: 1.0 / 8, engine: engine)))
    case "siamfc":
      let network = try SiamFCNetwork(weights, width: 1.0 / 8, outScale: 0.001, engine: engine)
      let exemplar = network.features(crop(127), in: workspace)
      let search = network.features(crop(instance), in: workspace)
      return ["response": network.response(search: search, exemplar: exemplar, in: workspace).nchw]
    default:
      Issue.record("no test knows the network of \(tracker)")
      return [:]
    }
  }

  @Test("Every file gives in Swift what it gives in PyTorch")
  func outputs() throws {
    var tally = Tally("bundled weights against PyTorch")
    for tracker in BundledWeights.trackers {
      let path = try #require(BundledWeights.path(for: tracker))
      let weights = try Weights(contentsOf: path)
      let data = try Data(contentsOf: Self.folder.appendingPathComponent("\(tracker).json"))
      let expected = try JSONDecoder().decode(Expected.self, from: data)
      tally.expect(
        weights.sha256 == expected.sha256, "\(tracker): the outputs are of another file; make them anew by outputs.py")
      let found = try Self.maps(tracker, weights, instance: expected.instance)
      #expect(Set(found.keys) == Set(expected.maps.keys))
      for (name, map) in expected.maps.sorted(by: { $0.key < $1.key }) {
        let values = try #require(found[name])
        tally.expect(values.count == map.shape.reduce(1, *), "\(tracker) \(name): \(values.count) values")
        var worst = 0.0
        for (index, value) in map.values.enumerated() where index * map.step < values.count {
          worst = max(worst, abs(Double(values[index * map.step]) - value) / map.largest)
        }
        print("bundled \(tracker) \(name): off by \(worst) of the largest magnitude")
        tally.expect(worst <= Self.tolerance, "\(tracker) \(name) is off by \(worst) of its largest magnitude")
      }
    }
    tally.finish()
  }

  @Test("No file is 3 MB or more")
  func sizes() throws {
    for tracker in BundledWeights.trackers {
      let path = try #require(BundledWeights.path(for: tracker))
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(try #require(size) < 3_000_000, "\(tracker)")
    }
  }
}
