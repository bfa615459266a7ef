public import Checkpoints
package import Imaging
public import Siamese
public import Tensors
public import Tracking

/// SiamBAN's network: template and search crop meet by depth-wise correlation.
public typealias SiamBANNetwork = BoxAdaptiveNetwork<DepthwiseCorrelation>

/// SiamBAN with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamBANModel: TrackerModel {
  public let settings: SiamBANSettings
  public let engine: Engine
  package let network: SiamBANNetwork
  package let response: BoxAdaptiveResponse

  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, settings: SiamBANSettings = SiamBANSettings(), engine: Engine
  ) throws(WeightsError) {
    try self.init(weights: weights, width: .published, settings: settings, engine: engine)
  }

  package init(
    weights: Weights, width: NetworkWidth, settings: SiamBANSettings = SiamBANSettings(), engine: Engine
  ) throws(WeightsError) {
    self.init(network: try SiamBANNetwork(weights, width: width, engine: engine), settings: settings, engine: engine)
  }

  /// Another model of the same network.
  package init(network: SiamBANNetwork, settings: SiamBANSettings, engine: Engine) {
    self.settings = settings
    self.engine = engine
    self.network = network
    let instance = settings.search.instanceSize
    response = BoxAdaptiveResponse(
      instanceSize: instance, side: settings.search.scoreSize(instance: instance), stride: ResNet50.stride)
  }

  public func makeTracker() -> any Tracker { SiamBANTracker(self) }

  /// Where to look for a target.
  package func window(around state: TargetState) -> SearchWindow {
    SearchWindow(around: state, settings.search, instance: response.instanceSize)
  }

  /// The place that a frame's maps speak for, and the state that follows from it.
  package func follow(
    _ maps: BoxAdaptiveMaps, _ window: SearchWindow, from state: TargetState, in frame: Image
  ) throws(TrackerError) -> (choice: PenalizedChoice, state: TargetState) {
    let search = settings.search
    let penalty = SizePenalty(state, scale: window.scale, strength: search.penaltyK)
    guard let choice = response.choice(maps, penalty: penalty, windowInfluence: search.windowInfluence) else {
      throw .noNumbers
    }
    var state = state
    state.follow(choice.box.divided(by: window.scale), rate: choice.rate(search.learningRate), in: frame)
    return (choice, state)
  }
}

extension TrackerDescription {
  /// SiamBAN with the constants of siamban.
  public static let siamBAN = TrackerDescription(
    name: "siamban", title: "SiamBAN",
    paper: "Chen, Zhong, Li, Zhang, Ji: Siamese Box Adaptive Network for Visual Tracking, CVPR 2020",
    // Quirk Q2.21: half a pixel is added to annotations.
    convention: .pysot,
    publishedWeights: "model.pth of siamban_r50_l234 or siamban_r50_l234_otb, linked from MODEL_ZOO.md of "
      + "github.com/hqucv/siamban",
    publishedScores: scores, settings: SiamBANSettings.self, shapes: SiamBANNetwork.shapes,
    load: { weights, settings in
      try SiamBANModel(weights: weights, settings: settings, engine: .ofThisProcess())
    })

  private static var scores: [PublishedScore] {
    let source = "MODEL_ZOO.md of github.com/hqucv/siamban"
    return PublishedScore.row(
      preset: "vot",
      [("vot2018", "EAO", 0.452), ("vot2018", "accuracy", 0.597), ("vot2018", "robustness", 0.178)], source: source)
      + PublishedScore.row(
        preset: "otb", [("otb100", "success", 0.696), ("otb100", "precision", 0.910)], source: source)
  }
}
