public import Checkpoints
public import Siamese
public import Tensors

/// SiamRPN's network: one AlexNet for template and search crop, compared by depth-wise correlation.
///
/// Source: `STVIR/pysot: pysot/models/model_builder.py` with `experiments/siamrpn_alex_dwxcorr`; section 2.2 of the model
/// reference. The head of the paper, with kernels of all channels, is in no published configuration and not built here.
public struct SiamRPNNetwork: TemplateNetwork {
  private let backbone: AlexNet
  private let head: RegionProposalHead<DepthwiseCorrelation>

  /// The tensors it reads, under the keys of the published files.
  public static var shapes: [(String, [Int])] { shapes(naming: .features) }

  /// - Parameter width: factor on all channels; published models have 1.
  package static func shapes(naming: AlexNet.Naming, width: Double = 1) -> [(String, [Int])] {
    AlexNet.shapes(naming: naming, width: width)
      + RegionProposalHead<DepthwiseCorrelation>.shapes(
        channels: [AlexNet.channels(width: width)], isWeighted: false)
  }

  /// Takes the keys of `alexnetlegacy` and those of `alexnet` (quirk Q2.6).
  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(_ weights: Weights, engine: Engine) throws(WeightsError) {
    try self.init(weights, width: 1, engine: engine)
  }

  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  package init(
    _ weights: Weights, width: Double, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    (backbone, head) = try weights.read { (reader) throws(WeightsError) in
      (
        try AlexNet(reader, width: width, engine: engine, folding: folding),
        try RegionProposalHead(
          reader, channels: [AlexNet.channels(width: width)], isWeighted: false, engine: engine, folding: folding)
      )
    }
  }

  /// Rows and columns of the maps for crops of these sides; below 1 where there are none.
  static func mapSide(exemplar: Int, instance: Int) -> Int {
    DepthwiseCorrelation.outputSide(
      template: AlexNet.outputSide(for: exemplar), search: AlexNet.outputSide(for: instance))
  }

  /// What the backbone makes of a crop: one level.
  public func features(_ crop: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    let features = backbone(crop, in: workspace, trace: trace)
    trace?("backbone", features)
    return [features]
  }

  public func memory(
    of features: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> RegionProposalHead<DepthwiseCorrelation>.Memory {
    head.memory(of: features, target: target, in: workspace, trace: trace)
  }

  public func maps(
    _ features: [Tensor], memory: RegionProposalHead<DepthwiseCorrelation>.Memory, in workspace: Workspace,
    trace: LayerTrace? = nil
  ) -> RegionProposalMaps {
    head(features, memory: memory, in: workspace, trace: trace)
  }
}
