public import Checkpoints
public import Siamese
public import Tensors

/// SiamRPN: a region proposal network that compares the first frame's target with a search crop and proposes boxes around it.
///
/// The template goes through ``SiamRPNNetwork`` once, a search crop of each later frame after it. Of the boxes the network proposes
/// (``RegionProposals``), the target moves to the best one.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py`; section 2 of the model reference.
public typealias SiamRPNTracker = TemplateTracker<SiamRPNModel>

/// SiamRPN with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamRPNModel: TemplateModel {
  public let settings: SiamRPNSettings
  public let engine: Engine
  public let network: SiamRPNNetwork
  private let proposals: RegionProposals

  public init(
    weights: Weights, settings: SiamRPNSettings = SiamRPNSettings(), engine: Engine
  ) throws(WeightsError) {
    self.init(
      network: try SiamRPNNetwork(weights, width: settings.width, engine: engine), settings: settings, engine: engine)
  }

  /// Another model of the same network.
  package init(network: SiamRPNNetwork, settings: SiamRPNSettings = SiamRPNSettings(), engine: Engine) {
    self.settings = settings
    self.engine = engine
    self.network = network
    proposals = RegionProposals(settings.search)
  }

  public static func shapes(_ settings: SiamRPNSettings) -> [(String, [Int])] {
    SiamRPNNetwork.shapes(naming: .features, width: settings.width)
  }

  public func response(of state: TargetState) -> RegionProposals { proposals }
}
