public import Checkpoints
public import Siamese
public import Tensors

/// SiamRPN++-ACM: SiamRPN++ with template, search crop and the first box's size fused by asymmetric convolutions instead of
/// compared by correlations.
///
/// The paper evaluates it, but neither code nor weights were published: this is our own combination of SiamBAN-ACM's unit
/// (section 5.2 of the model reference), with 10 and 20 outputs, and SiamRPN++'s network and tracker (sections 2.6 and 3; quoted in
/// section 5.7).
public typealias SiamRPNPlusPlusACMTracker = TemplateTracker<SiamRPNPlusPlusACMModel>

/// SiamRPN++-ACM's network: template, search crop and box prior meet in an asymmetric convolution, at three levels of a ResNet-50.
///
/// Its keys are ours, made of the authors' two: `backbone.*` and `neck.downsample{2,3,4}.downsample.*` as in pysot,
/// `rpn_head.cls_weight` and `rpn_head.loc_weight` (3 numbers each), and for each level i = 2, 3, 4 and each part `cls` (10
/// outputs) and `loc` (20), below `rpn_head.rpn{i}.{cls,loc}.`, SiamBAN-ACM's unit: `conv_kernel.{0,1}`, `conv_search.{0,1}`,
/// `xorr_kernel`, `xorr_search`, `xorr_bbox.{0,1,3,4,6}`, `xorr_activate.{0,2,3}`, `head.{0,1,3}`.
public typealias SiamRPNPlusPlusACMNetwork = RegionProposalNetwork<AsymmetricUnit>

/// SiamRPN++-ACM with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamRPNPlusPlusACMModel: TemplateModel {
  public let settings: SiamRPNPlusPlusACMSettings
  public let engine: Engine
  public let network: SiamRPNPlusPlusACMNetwork
  private let proposals: RegionProposals

  /// The network of published width.
  public static let architecture = SiamRPNPlusPlusACMNetwork.Architecture(.resNet50, width: 1, isWeighted: true)

  public init(
    weights: Weights, settings: SiamRPNPlusPlusACMSettings = SiamRPNPlusPlusACMSettings(), engine: Engine
  ) throws(WeightsError) {
    self.init(
      network: try SiamRPNPlusPlusACMNetwork(weights, Self.architecture, engine: engine), settings: settings,
      engine: engine)
  }

  /// Another model of the same network.
  package init(
    network: SiamRPNPlusPlusACMNetwork, settings: SiamRPNPlusPlusACMSettings = SiamRPNPlusPlusACMSettings(),
    engine: Engine
  ) {
    self.settings = settings
    self.engine = engine
    self.network = network
    proposals = RegionProposals(settings.search)
  }

  public static func shapes(_ settings: SiamRPNPlusPlusACMSettings) -> [(String, [Int])] { architecture.shapes }

  public func response(of state: TargetState) -> RegionProposals { proposals }
}
