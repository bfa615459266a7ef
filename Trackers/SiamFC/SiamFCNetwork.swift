public import Checkpoints
import Siamese
public import Tensors

/// SiamFC's network: one AlexNet for exemplar and search crops, compared by correlation over all channels.
///
/// Source: `siamfc/backbones.py` and `siamfc/heads.py`; section 1.2 of the model reference.
public struct SiamFCNetwork: Sendable {
  private let backbone: AlexNetV1
  private let outScale: Float

  /// The tensors it reads, under the keys of siamfc-pytorch.
  public static var shapes: [(String, [Int])] { AlexNetV1.shapes(prefix: "backbone.") }

  /// Takes siamfc-pytorch's own keys, `backbone.convN.*`, and those of SiamTrackers' copy, `features.features.I.*`.
  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(_ weights: Weights, outScale: Double, engine: Engine, folding: Bool = true) throws(WeightsError) {
    let named = try weights.renamed(Self.ownKey)
    // Quirk S1: the batch norms' eps is 1e-6.
    backbone = try named.read { (reader) throws(WeightsError) in
      try AlexNetV1(reader, eps: 1e-6, engine: engine, folding: folding)
    }
    self.outScale = Float(outScale)
  }

  /// Position in SiamTrackers' list of modules, and the module's name in siamfc-pytorch.
  private static let modules = [
    "0": "conv1.0", "1": "conv1.1", "4": "conv2.0", "5": "conv2.1", "8": "conv3.0", "9": "conv3.1", "11": "conv4.0",
    "12": "conv4.1", "14": "conv5.0",
  ]

  private static func ownKey(_ key: String) -> String? {
    let prefix = "features.features."
    guard key.hasPrefix(prefix) else { return nil }
    let parts = key.dropFirst(prefix.count).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let module = modules[String(parts[0])] else { return nil }
    return "backbone.\(module).\(parts[1])"
  }

  /// Features of pictures in R, G, B, bytes as floats (quirk S2): n x 6 x 6 x 256 for exemplars of 127, n x 22 x 22 x 256 for
  /// search crops of 255.
  public func features(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    backbone(pictures, in: workspace, trace: trace)
  }

  /// How well the exemplar fits at each place: one map an image of `search`, times out_scale.
  public func response(search: Tensor, exemplar: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    let response = Correlation.full(search, template: exemplar, scale: outScale, in: workspace)
    trace?("response", response)
    return response
  }
}
