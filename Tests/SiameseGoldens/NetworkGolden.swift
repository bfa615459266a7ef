import Checkpoints
package import Siamese
package import Tensors
package import TestSupport
import Testing

/// Maps as the goldens have them: one of classes, one of boxes.
package protocol GoldenMaps {
  init(classes: Tensor, boxes: Tensor)
  var classes: Tensor { get }
  var boxes: Tensor { get }
}

extension RegionProposalMaps: GoldenMaps {}

extension BoxAdaptiveMaps: GoldenMaps {
  package init(classes: Tensor, boxes: Tensor) { self.init(classes: classes, distances: boxes) }

  package var boxes: Tensor { distances }
}

/// `network.safetensors`: a template crop, a search crop, and what the original's head makes of them in double precision.
package struct NetworkGolden {
  /// README section 3: heads within 2e-5 of the largest magnitude.
  package static let tolerance = 2e-5

  private let folder: String
  private let tensors: [String: WeightTensor]
  private let template: Tensor
  private let search: Tensor
  private let target: TargetSize

  package init(_ folder: String) throws {
    self.folder = folder
    tensors = try ModelGoldens.tensors("\(folder)/network.safetensors")
    template = try ModelGoldens.picture(tensors["template_crop"])
    search = try ModelGoldens.picture(tensors["search_crop"])
    // Only where units have a prior. Quirk Q5.8: the head uses the last two numbers only.
    let prior = try tensors["template_bbox"]?.floats() ?? [0, 0, 0, 0]
    guard prior.count == 4 else { throw ModelGoldens.Malformed("\(folder): a template_bbox of \(prior.count) numbers") }
    target = TargetSize(width: prior[2], height: prior[3])
  }

  /// Compares a network's maps with the golden ones and prints how far they are.
  package func compare<Network: TemplateNetwork>(
    _ network: Network, engine: Engine, into tally: inout Tally
  ) throws where Network.Maps: GoldenMaps {
    let workspace = Workspace(engine: engine)
    let maps = network(
      search, memory: network.memory(of: template, target: target, in: workspace), in: workspace)
    var line: [String] = []
    for (name, map) in [("cls", maps.classes), ("loc", maps.boxes)] {
      guard let wanted = tensors[name] else { throw ModelGoldens.Malformed("\(folder) has no \(name)") }
      let deviation =
        wanted.shape == [map.shape.c, map.shape.h, map.shape.w]
        ? map.relativeDeviation(from: try wanted.floats()) : .infinity
      line.append("\(name) \(deviation)")
      tally.expect(deviation <= Self.tolerance, "\(name) \(map.shape) deviates by \(deviation) of its largest value")
    }
    print("golden \(folder) network: largest deviation from float64 \(line.joined(separator: ", "))")
  }

  /// Compares the outputs of a network's layers with those of `layers.json`.
  ///
  /// - Parameters:
  ///   - unfolded: the network with its batch norms kept apart, so that the values before them exist.
  ///   - memoryPhase: when the original computes what it keeps of the template; quirk Q2.7: the pysot family while tracking.
  package func compareLayers<Network: TemplateNetwork>(
    of unfolded: Network, memoryPhase: String = "track", engine: Engine, into tally: inout Tally
  ) throws {
    let golden = try LayerGolden(folder)
    let workspace = Workspace(engine: engine)
    let features = unfolded.features(template, in: workspace, trace: golden.trace("template"))
    let memory = unfolded.memory(of: features, target: target, in: workspace, trace: golden.trace(memoryPhase))
    _ = unfolded(search, memory: memory, in: workspace, trace: golden.trace("track"))
    golden.finish(into: &tally)
  }
}
