public import Checkpoints
package import Imaging
public import Siamese
public import Tensors
public import Tracking

/// SiamBAN-ACM's network: template, search crop and box prior meet in an asymmetric convolution.
public typealias SiamBANACMNetwork = BoxAdaptiveNetwork<AsymmetricUnit>

/// SiamBAN-ACM with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamBANACMModel: TrackerModel {
  public let settings: SiamBANACMSettings
  public let engine: Engine
  package let network: SiamBANACMNetwork
  private let usual: BoxAdaptiveResponse
  private let enlarged: BoxAdaptiveResponse

  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, settings: SiamBANACMSettings = SiamBANACMSettings(), engine: Engine
  ) throws(WeightsError) {
    try self.init(weights: weights, width: .published, settings: settings, engine: engine)
  }

  package init(
    weights: Weights, width: NetworkWidth, settings: SiamBANACMSettings = SiamBANACMSettings(), engine: Engine
  ) throws(WeightsError) {
    self.init(network: try SiamBANACMNetwork(weights, width: width, engine: engine), settings: settings, engine: engine)
  }

  /// Another model of the same network.
  package init(network: SiamBANACMNetwork, settings: SiamBANACMSettings, engine: Engine) {
    self.settings = settings
    self.engine = engine
    self.network = network
    func response(_ instance: Int) -> BoxAdaptiveResponse {
      BoxAdaptiveResponse(
        instanceSize: instance, side: settings.search.scoreSize(instance: instance), stride: ResNet50.stride)
    }
    usual = response(settings.search.instanceSize)
    enlarged = response(settings.enlargedSize)
  }

  public func makeTracker() -> any Tracker { SiamBANACMTracker(self) }

  /// The points and the window for a frame: those of the enlarged search while the target moves fast, its even grid included
  /// (quirk Q5.13).
  package func response(of state: SiamBANACMState) -> BoxAdaptiveResponse { state.isFast ? enlarged : usual }

  /// Where to look for a target.
  package func window(around state: SiamBANACMState) -> SearchWindow {
    SearchWindow(around: state.target, settings.search, instance: response(of: state).instanceSize)
  }

  /// The place that a frame's maps speak for, and the state that follows from it.
  package func follow(
    _ maps: BoxAdaptiveMaps, _ window: SearchWindow, from state: SiamBANACMState, in frame: Image
  ) throws(TrackerError) -> (choice: PenalizedChoice, state: SiamBANACMState) {
    let search = settings.search
    let penalty = SizePenalty(state.target, scale: window.scale, strength: search.penaltyK)
    let choice = response(of: state).choice(maps, penalty: penalty, windowInfluence: search.windowInfluence)
    guard let choice else { throw .noNumbers }
    let prediction = choice.box.divided(by: window.scale)
    var next = state
    // Quirk Q5.11: only moves to the right or down count.
    if prediction.x > window.contextSide / 2 || prediction.y > window.contextSide / 2 { next.isFast = true }
    next.target.follow(prediction, rate: choice.rate(search.learningRate), in: frame)
    return (choice, next)
  }
}

extension TrackerDescription {
  /// SiamBAN-ACM with the constants of SiamBAN, which are the only ones published.
  public static let siamBANACM = TrackerDescription(
    name: "siamban-acm", title: "SiamBAN-ACM",
    paper: "Han, Dong, Khan, Shao, Shen: Learning to Fuse Asymmetric Feature Maps in Siamese Trackers, CVPR 2021",
    // Quirk Q2.21: half a pixel is added to annotations.
    convention: .pysot,
    publishedWeights:
      "the archives for VOT2019 and LaSOT, linked from the README of github.com/wencheng256/SiamBAN-ACM",
    // The repository's MODEL_ZOO.md is SiamBAN's (quirk Q5.1).
    publishedScores: [], settings: SiamBANACMSettings.self, shapes: SiamBANACMNetwork.shapes,
    load: { weights, settings in
      try SiamBANACMModel(weights: weights, settings: settings, engine: .ofThisProcess())
    })
}
