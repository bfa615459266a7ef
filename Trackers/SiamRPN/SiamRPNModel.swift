public import Checkpoints
package import Imaging
package import Siamese
public import Tensors
public import Tracking

/// SiamRPN with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamRPNModel: TrackerModel {
  public let settings: SiamRPNSettings
  public let engine: Engine
  package let network: SiamRPNNetwork
  package let proposals: RegionProposals

  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, settings: SiamRPNSettings = SiamRPNSettings(), engine: Engine
  ) throws(WeightsError) {
    try self.init(weights: weights, width: 1, settings: settings, engine: engine)
  }

  /// - Parameter width: of the network; see ``SiamRPNNetwork/shapes(naming:width:)``.
  package init(
    weights: Weights, width: Double, settings: SiamRPNSettings = SiamRPNSettings(), engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try SiamRPNNetwork(weights, width: width, engine: engine)
    let instance = settings.search.instanceSize
    proposals = RegionProposals(instanceSize: instance, side: settings.search.scoreSize(instance: instance))
  }

  public func makeTracker() -> any Tracker { SiamRPNTracker(self) }

  /// Where to look for a target.
  package func window(around state: TargetState) -> SearchWindow {
    SearchWindow(around: state, settings.search, instance: settings.search.instanceSize)
  }

  /// What a frame's maps decide, and the state that follows from it (steps 3 to 10 of section 2.6).
  ///
  /// - Parameter image: the frame; only its size counts.
  /// - Throws: ``TrackerError/noNumbers`` where the maps hold none.
  package func follow(
    _ maps: RegionProposalMaps, _ window: SearchWindow, from state: TargetState, in image: Image
  ) throws(TrackerError) -> (choice: PenalizedChoice, TargetState) {
    let search = settings.search
    guard
      let choice = proposals.choice(
        maps, penalty: SizePenalty(state, scale: window.scale, strength: search.penaltyK),
        windowInfluence: search.windowInfluence)
    else { throw .noNumbers }
    let moved = state.moved(
      to: choice.box.divided(by: window.scale), rate: choice.rate(search.learningRate))
    return (choice, moved.clipped(to: image))
  }
}

extension TrackerDescription {
  /// SiamRPN as pysot publishes it.
  public static let siamRPN = TrackerDescription(
    name: "siamrpn", title: "SiamRPN",
    paper: "Li, Yan, Wu, Zhu, Hu: High Performance Visual Tracking with Siamese Region Proposal Network, CVPR 2018; "
      + "with the depth-wise head of SiamRPN++",
    convention: .pysot,
    publishedWeights: "model.pth of siamrpn_alex_dwxcorr (VOT) or siamrpn_alex_dwxcorr_otb (OTB), linked from "
      + "MODEL_ZOO.md of github.com/STVIR/pysot; CC BY-SA 3.0",
    publishedScores: [
      ("vot", "vot2016", [("EAO", 0.393), ("accuracy", 0.618), ("robustness", 0.238)]),
      ("vot", "vot2018", [("EAO", 0.352), ("accuracy", 0.576), ("robustness", 0.290)]),
      ("vot", "vot2019", [("EAO", 0.260), ("accuracy", 0.573), ("robustness", 0.547)]),
      ("otb", "otb100", [("success", 0.666), ("precision", 0.876)]),
    ].flatMap { preset, dataset, scores in
      PublishedScore.row(
        preset: preset, scores.map { (dataset, $0.0, $0.1) }, source: "MODEL_ZOO.md of github.com/STVIR/pysot")
    },
    settings: SiamRPNSettings.self, shapes: SiamRPNNetwork.shapes,
    load: { weights, settings in
      try SiamRPNModel(weights: weights, settings: settings, engine: .ofThisProcess())
    })
}
