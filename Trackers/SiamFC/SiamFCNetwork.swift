public import Checkpoints
public import Siamese
public import Tensors

/// SiamFC's network: one AlexNet for exemplar and search crops, compared by correlation over all channels; SiamFC-ACM's fuses them
/// by an asymmetric convolution instead.
///
/// Source: `siamfc/backbones.py` and `siamfc/heads.py`; section 1.2 of the model reference.
public struct SiamFCNetwork: Sendable {
  /// How exemplar and search crop meet.
  public enum Matching: Sendable, Hashable {
    /// SiamFC's correlation.
    case correlation
    /// SiamFC-ACM's asymmetric convolution, with the first box as a prior.
    case fusion
  }

  /// What the network keeps of an exemplar.
  public enum Memory: Sendable {
    /// Its features, for ``Matching/correlation``.
    case features(Tensor)
    /// Its term of the sum, for ``Matching/fusion``.
    case term(AsymmetricConvolution.Term)
  }

  private let backbone: AlexNetV1
  private let unit: AsymmetricUnit?
  private let outScale: Float

  /// Rows and columns of the exemplar's features that a fusion's kernels are made for.
  static let fusionSide = 6
  private static let unitName = "head"

  /// The tensors it reads, under the keys of siamfc-pytorch.
  public static var shapes: [(String, [Int])] { shapes(.correlation) }

  /// The same for either matching. SiamFC-ACM's keys are ours: AlexNet's as in siamfc-pytorch, and the unit of SiamBAN-ACM below
  /// `head.`: `xorr_kernel`, `xorr_search`, `xorr_bbox.{0,1,3,4,6}`, `xorr_activate.{0,2,3}`, `head.{0,1,3}`.
  ///
  /// - Parameter width: factor on the backbone's channels; the authors' is 1.
  public static func shapes(_ matching: Matching, width: Double = 1) -> [(String, [Int])] {
    let backbone = AlexNetV1.shapes(prefix: "backbone.", width: width)
    guard matching == .fusion else { return backbone }
    return backbone
      + AsymmetricUnit.shapes(
        unitName, channels: AlexNetV1.channels(width: width), outputs: 1, form: .direct(templateSide: fusionSide))
  }

  /// Takes siamfc-pytorch's own keys, `backbone.convN.*`, and those of SiamTrackers' copy, `features.features.I.*`.
  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(
    _ weights: Weights, matching: Matching = .correlation, width: Double = 1, outScale: Double, engine: Engine,
    folding: Bool = true
  ) throws(WeightsError) {
    let named = try weights.renamed(Self.ownKey)
    (backbone, unit) = try named.read { (reader) throws(WeightsError) in
      // Quirk S1: the batch norms' eps is 1e-6.
      let backbone = try AlexNetV1(reader, width: width, eps: 1e-6, engine: engine, folding: folding)
      guard matching == .fusion else { return (backbone, nil) }
      let unit = try AsymmetricUnit(
        reader, name: Self.unitName, channels: AlexNetV1.channels(width: width), outputs: 1,
        form: .direct(templateSide: Self.fusionSide), engine: engine, folding: folding)
      return (backbone, unit)
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
  /// search crops of 255; fewer channels at less width.
  public func features(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    backbone(pictures, in: workspace, trace: trace)
  }

  /// What the network keeps of an exemplar, once a sequence.
  ///
  /// - Parameters:
  ///   - features: of the exemplar's crop; 6 x 6 for a fusion.
  ///   - target: the target's size in that crop, for a fusion.
  public func memory(of features: Tensor, target: TargetSize, in workspace: Workspace) -> Memory {
    guard let unit else { return .features(features) }
    return .term(unit.memory(of: features, target: target, in: workspace, trace: nil))
  }

  /// How well the exemplar fits at each place: one map an image of `search`. A fusion's is what it has learned, without
  /// out_scale.
  public func response(search: Tensor, memory: Memory, in workspace: Workspace) -> Tensor {
    switch memory {
    case .features(let exemplar): return response(search: search, exemplar: exemplar, in: workspace)
    case .term(let term):
      guard let unit else { preconditionFailure("a fusion's memory belongs to a fusion") }
      return unit(search, memory: term, in: workspace, trace: nil)
    }
  }

  /// How well the exemplar fits at each place: one map an image of `search`, times out_scale.
  public func response(search: Tensor, exemplar: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    let response = Correlation.full(search, template: exemplar, scale: outScale, in: workspace)
    trace?("response", response)
    return response
  }
}
