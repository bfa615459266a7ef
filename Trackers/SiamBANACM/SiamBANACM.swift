public import Checkpoints
public import Imaging
public import Siamese
public import Tensors

/// SiamBAN-ACM: SiamBAN with template, search crop and the first box's size fused by an asymmetric convolution instead of
/// compared by a correlation, and with a larger search once the target has moved fast.
///
/// All that the template and the box contribute is computed once a sequence, a number a channel.
///
/// Source: `wencheng256/SiamBAN-ACM: siamban/tracker/siamban_tracker.py`; section 5.4 of the model reference.
public typealias SiamBANACMTracker = TemplateTracker<SiamBANACMModel>

/// SiamBAN-ACM's network: template, search crop and box prior meet in an asymmetric convolution.
public typealias SiamBANACMNetwork = BoxAdaptiveNetwork<AsymmetricUnit>

/// What SiamBAN-ACM carries from frame to frame.
public struct SiamBANACMState: TemplateState {
  public var target: TargetState
  /// Whether the larger search is on (`fast_motion`); once on, it stays on (quirk Q5.12).
  public var isFast: Bool

  public init(target: TargetState, isFast: Bool) {
    self.target = target
    self.isFast = isFast
  }
}

/// SiamBAN-ACM with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamBANACMModel: TemplateModel {
  public let settings: SiamBANACMSettings
  public let engine: Engine
  public let network: SiamBANACMNetwork
  private let usual: BoxAdaptiveResponse
  private let enlarged: BoxAdaptiveResponse

  public init(
    weights: Weights, settings: SiamBANACMSettings = SiamBANACMSettings(), engine: Engine
  ) throws(WeightsError) {
    self.init(
      network: try SiamBANACMNetwork(weights, width: settings.width, engine: engine), settings: settings,
      engine: engine)
  }

  /// Another model of the same network.
  package init(network: SiamBANACMNetwork, settings: SiamBANACMSettings = SiamBANACMSettings(), engine: Engine) {
    self.settings = settings
    self.engine = engine
    self.network = network
    usual = BoxAdaptiveResponse(settings.search)
    enlarged = BoxAdaptiveResponse(settings.enlargedSearch)
  }

  public static func shapes(_ settings: SiamBANACMSettings) -> [(String, [Int])] {
    SiamBANACMNetwork.shapes(settings.width)
  }

  /// Quirk Q5.12: a new start is all that ends a fast motion.
  public func state(first target: TargetState, after last: SiamBANACMState?) -> SiamBANACMState {
    SiamBANACMState(target: target, isFast: false)
  }

  /// The points and the window for a frame: those of the enlarged search while the target moves fast, its even grid included
  /// (quirk Q5.13).
  public func response(of state: SiamBANACMState) -> BoxAdaptiveResponse { state.isFast ? enlarged : usual }

  /// The target follows as SiamBAN's; a move by more than half of its surroundings is a fast one.
  public func follow(
    _ choice: PenalizedChoice, in window: SearchWindow, from state: SiamBANACMState, on frame: Image
  ) -> SiamBANACMState {
    let move = choice.box.divided(by: window.scale)
    // Quirk Q5.11: only moves to the right or down count.
    let isFast = move.x > window.contextSide / 2 || move.y > window.contextSide / 2
    return SiamBANACMState(
      target: moved(state.target, to: choice, in: window).clipped(to: frame), isFast: state.isFast || isFast)
  }
}
