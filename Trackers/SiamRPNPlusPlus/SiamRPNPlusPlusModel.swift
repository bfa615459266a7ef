public import Checkpoints
package import Geometry
package import Imaging
package import Siamese
public import Tensors
public import Tracking

/// SiamRPN++ with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamRPNPlusPlusModel: TrackerModel {
  public let settings: SiamRPNPlusPlusSettings
  public let engine: Engine
  package let network: SiamRPNPlusPlusNetwork
  private let near: Reach
  private let far: Reach

  /// How far around the target a frame is searched, and how much the window counts there.
  package struct Reach: Sendable {
    package let proposals: RegionProposals
    let windowInfluence: Double
  }

  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, settings: SiamRPNPlusPlusSettings = SiamRPNPlusPlusSettings(), engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try SiamRPNPlusPlusNetwork(weights, settings.architecture, engine: engine)
    func reach(_ instance: Int, _ windowInfluence: Double) -> Reach {
      let side = settings.search.scoreSize(instance: instance)
      return Reach(
        proposals: RegionProposals(instanceSize: instance, side: side), windowInfluence: windowInfluence)
    }
    near = reach(settings.search.instanceSize, settings.search.windowInfluence)
    // Section 3.6, step 2.
    far = settings.isLongterm ? reach(settings.lostInstanceSize, 0.001) : near
  }

  public func makeTracker() -> any Tracker { SiamRPNPlusPlusTracker(self) }

  /// How far to search.
  package func reach(isLost: Bool) -> Reach { isLost ? far : near }

  /// Where to look for a target.
  package func window(around state: TargetState, _ reach: Reach) -> SearchWindow {
    SearchWindow(around: state, settings.search, instance: reach.proposals.instanceSize)
  }

  /// What comes of a frame.
  package struct Outcome: Hashable, Sendable {
    package let state: TargetState
    package let isLost: Bool
    package let box: Box
  }

  /// What a frame's maps decide, and what follows from it (steps 3 to 10 of section 2.6, and section 3.6).
  ///
  /// - Parameter image: the frame; only its size counts.
  /// - Throws: ``TrackerError/noNumbers`` where the maps hold none.
  package func follow(
    _ maps: RegionProposalMaps, _ window: SearchWindow, _ reach: Reach, from state: TargetState, isLost: Bool,
    in image: Image
  ) throws(TrackerError) -> (choice: PenalizedChoice, Outcome) {
    let search = settings.search
    guard
      let choice = reach.proposals.choice(
        maps, penalty: SizePenalty(state, scale: window.scale, strength: search.penaltyK),
        windowInfluence: reach.windowInfluence)
    else { throw .noNumbers }
    let moved = state.moved(
      to: choice.box.divided(by: window.scale), rate: choice.rate(search.learningRate))
    guard settings.isLongterm else {
      let clipped = moved.clipped(to: image)
      return (choice, Outcome(state: clipped, isLost: false, box: clipped.box))
    }
    guard moved.isFinite else { throw .noNumbers }
    // Quirk Q3.13: the chosen candidate's score decides, which need not be the highest.
    let isBelieved = choice.score >= settings.confidenceLow
    let isLost = !isBelieved || isLost && choice.score <= settings.confidenceHigh
    // Quirk Q3.12: only the box is clipped, not the state.
    let kept = isBelieved ? moved : state
    return (choice, Outcome(state: kept, isLost: isLost, box: kept.clipped(to: image).box))
  }
}

extension TrackerDescription {
  /// SiamRPN++ as pysot publishes it.
  public static let siamRPNPlusPlus = TrackerDescription(
    name: "siamrpn++", title: "SiamRPN++",
    paper: "Li, Wu, Wang, Zhang, Xing, Yan: SiamRPN++: Evolution of Siamese Visual Tracking with Very Deep Networks, "
      + "CVPR 2019",
    convention: .pysot,
    publishedWeights: "model.pth of the preset's experiment, linked from MODEL_ZOO.md of github.com/STVIR/pysot; "
      + "CC BY-SA 3.0",
    publishedScores: [
      ("vot", "vot2016", [("EAO", 0.464), ("accuracy", 0.642), ("robustness", 0.196)]),
      ("vot", "vot2018", [("EAO", 0.415), ("accuracy", 0.601), ("robustness", 0.234)]),
      ("vot", "vot2019", [("EAO", 0.287), ("accuracy", 0.595), ("robustness", 0.467)]),
      ("otb", "otb100", [("success", 0.696), ("precision", 0.914)]),
      ("mobilenet", "vot2016", [("EAO", 0.455), ("accuracy", 0.624), ("robustness", 0.214)]),
      ("mobilenet", "vot2018", [("EAO", 0.410), ("accuracy", 0.586), ("robustness", 0.229)]),
      ("mobilenet", "vot2019", [("EAO", 0.292), ("accuracy", 0.580), ("robustness", 0.446)]),
      ("lt", "vot2018-lt", [("F1", 0.629)]),
    ].flatMap { preset, dataset, scores in
      PublishedScore.row(
        preset: preset, scores.map { (dataset, $0.0, $0.1) }, source: "MODEL_ZOO.md of github.com/STVIR/pysot")
    },
    settings: SiamRPNPlusPlusSettings.self, shapes: { $0.architecture.shapes },
    load: { weights, settings in
      try SiamRPNPlusPlusModel(weights: weights, settings: settings, engine: .ofThisProcess())
    })
}
