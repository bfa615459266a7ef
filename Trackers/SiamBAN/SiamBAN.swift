public import Checkpoints
public import Siamese
public import Tensors

/// SiamBAN: at every place of the search crop, how much it looks like the first frame's target, and how far from it the target's
/// four sides are.
///
/// The template goes through ``SiamBANNetwork`` once, a search crop of each later frame after it; the target moves to the best place
/// (``BoxAdaptiveResponse``).
///
/// Source: `hqucv/siamban: siamban/tracker/siamban_tracker.py`; section 4.3 of the model reference.
public typealias SiamBANTracker = TemplateTracker<SiamBANModel>

/// SiamBAN's network: template and search crop meet by depth-wise correlation.
public typealias SiamBANNetwork = BoxAdaptiveNetwork<DepthwiseCorrelation>

/// SiamBAN with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamBANModel: TemplateModel {
  public let settings: SiamBANSettings
  public let engine: Engine
  public let network: SiamBANNetwork
  private let response: BoxAdaptiveResponse

  public init(
    weights: Weights, settings: SiamBANSettings = SiamBANSettings(), engine: Engine
  ) throws(WeightsError) {
    self.init(
      network: try SiamBANNetwork(weights, width: settings.width, engine: engine), settings: settings, engine: engine)
  }

  /// Another model of the same network.
  package init(network: SiamBANNetwork, settings: SiamBANSettings = SiamBANSettings(), engine: Engine) {
    self.settings = settings
    self.engine = engine
    self.network = network
    response = BoxAdaptiveResponse(settings.search)
  }

  public static func shapes(_ settings: SiamBANSettings) -> [(String, [Int])] {
    SiamBANNetwork.shapes(settings.width)
  }

  public func response(of state: TargetState) -> BoxAdaptiveResponse { response }
}
