public import Checkpoints
public import Geometry
public import Imaging
public import Siamese
public import Tensors
public import Tracking

/// SiamRPN++: SiamRPN over several levels of a deep network; with its long-term settings it searches far around while the
/// target is lost.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py` and `siamrpnlt_tracker.py`; sections 2 and 3 of the model reference.
public typealias SiamRPNPlusPlusTracker = TemplateTracker<SiamRPNPlusPlusModel>

/// SiamRPN++'s network: template and search crop meet by depth-wise correlation.
public typealias SiamRPNPlusPlusNetwork = RegionProposalNetwork<DepthwiseCorrelation>

/// What SiamRPN++ carries from frame to frame.
public struct SiamRPNPlusPlusState: TemplateState {
  public var target: TargetState
  /// Whether the next frame is searched far around (`longterm_state`); only long-term settings set it.
  public var isLost: Bool

  public init(target: TargetState, isLost: Bool) {
    self.target = target
    self.isLost = isLost
  }
}

/// SiamRPN++ with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamRPNPlusPlusModel: TemplateModel {
  public let settings: SiamRPNPlusPlusSettings
  public let engine: Engine
  public let network: SiamRPNPlusPlusNetwork
  private let near: RegionProposals
  private let far: RegionProposals

  public init(
    weights: Weights, settings: SiamRPNPlusPlusSettings = SiamRPNPlusPlusSettings(), engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try SiamRPNPlusPlusNetwork(weights, settings.architecture, engine: engine)
    near = RegionProposals(settings.search)
    far = settings.isLongterm ? RegionProposals(settings.farSearch) : near
  }

  public static func shapes(_ settings: SiamRPNPlusPlusSettings) -> [(String, [Int])] { settings.architecture.shapes }

  public func state(first target: TargetState, after last: SiamRPNPlusPlusState?) -> SiamRPNPlusPlusState {
    // Quirk Q3.14: in the original a lost target of the sequence before still counts as lost.
    SiamRPNPlusPlusState(target: target, isLost: settings.keepsLost && last?.isLost == true)
  }

  public func response(of state: SiamRPNPlusPlusState) -> RegionProposals { state.isLost ? far : near }

  /// Section 3.6; without long-term settings as SiamRPN.
  public func follow(
    _ choice: PenalizedChoice, in window: SearchWindow, from state: SiamRPNPlusPlusState, on frame: Image
  ) throws(TrackerError) -> SiamRPNPlusPlusState {
    let moved = moved(state.target, to: choice, in: window)
    guard settings.isLongterm else { return SiamRPNPlusPlusState(target: moved.clipped(to: frame), isLost: false) }
    guard moved.isFinite else { throw .noNumbers }
    // Quirk Q3.13: the chosen candidate's score decides, which need not be the highest.
    let isBelieved = choice.score >= settings.confidenceLow
    let isLost = !isBelieved || state.isLost && choice.score <= settings.confidenceHigh
    return SiamRPNPlusPlusState(target: isBelieved ? moved : state.target, isLost: isLost)
  }

  /// Quirk Q3.12: long-term settings clip only the box, not the state.
  public func box(of state: SiamRPNPlusPlusState, on frame: Image) -> Box { state.target.clipped(to: frame).box }
}
