public import Checkpoints
package import Siamese
public import Tensors
public import Tracking

/// SiamBAN with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamBANModel: TrackerModel {
  public let settings: SiamBANSettings
  public let engine: Engine
  package let network: SiamBANNetwork
  private let response: ResponseGrid

  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, settings: SiamBANSettings = SiamBANSettings(), engine: Engine
  ) throws(WeightsError) {
    try self.init(weights: weights, width: .published, settings: settings, engine: engine)
  }

  package init(
    weights: Weights, width: SiamBANNetwork.Width, settings: SiamBANSettings = SiamBANSettings(), engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try SiamBANNetwork(weights, width: width, engine: engine)
    response = ResponseGrid(side: settings.responseSide, stride: ResNet50.stride)
  }

  public func makeTracker() -> any Tracker { SiamBANTracker(self) }

  /// What a frame's maps speak for, and the state that follows from it.
  package func follow(
    _ maps: BoxAdaptiveMaps, _ window: SearchWindow, from state: TargetState, in image: ImageSize
  ) -> (BoxAdaptiveDecision, TargetState) {
    let decision = BoxAdaptiveDecision(
      maps, response: response, state: state, scale: window.scale, penaltyFactor: settings.penaltyFactor,
      windowInfluence: settings.windowInfluence)
    var state = state
    state.follow(decision.box.divided(by: window.scale), rate: decision.rate(settings.rate), in: image)
    return (decision, state)
  }
}

