public import Geometry
public import Imaging
package import Siamese
package import Tensors
public import Tracking

/// SiamRPN++: SiamRPN over several levels of a deep network; with its long-term settings it searches far around while the
/// target is lost.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py` and `siamrpnlt_tracker.py`; sections 2 and 3 of the model reference.
public struct SiamRPNPlusPlusTracker: MeasuredTracker {
  package let model: SiamRPNPlusPlusModel
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: TargetState
    /// Whether the next frame is searched far around; only long-term settings set it.
    var isLost: Bool
    /// Of the template, never updated.
    let memory: SiamRPNPlusPlusNetwork.Memory
    /// The first frame's mean colour, for good (quirk Q2.10), truncated (quirk Q2.11).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: SiamRPNPlusPlusModel) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    let state = try TargetState(first: box, context: model.settings.search.contextAmount)
    let (square, crop) = template(frame, around: state)
    let memory = model.network.memory(
      of: crop, target: state.size(in: square, of: model.settings.search.exemplarSize), in: workspace)
    // Quirk Q3.14: in the original a lost target of the sequence before still counts as lost.
    let isLost = model.settings.keepsLost && target?.isLost == true
    target = Target(
      state: state, isLost: isLost, memory: memory, border: frame.channelMeans.truncatedBorder)
  }

  /// What the template is made of, for comparisons with the original's own.
  package func template(_ frame: Image, around state: TargetState) -> (Square, Tensor) {
    let search = model.settings.search
    let square = state.templateSquare(context: search.contextAmount)
    let border = frame.channelMeans.truncatedBorder
    return (square, workspace.blueFirstCrop(of: frame, square, to: search.exemplarSize, border: border))
  }

  public mutating func track(_ frame: Image) throws(TrackerError) -> Estimate {
    let step = try step(frame)
    return Estimate(box: step.outcome.box, score: step.choice.score)
  }

  /// What a frame went through, for comparisons with the original's own steps.
  package struct Step {
    package let window: SearchWindow
    /// The crop as the network sees it.
    package let crop: Tensor
    package let choice: PenalizedChoice
    package let outcome: SiamRPNPlusPlusModel.Outcome
  }

  /// One frame: a crop, two maps, one decision, and the state follows it.
  package mutating func step(_ frame: Image) throws(TrackerError) -> Step {
    guard let target else { throw .notStarted }
    stages.begin()
    let (reach, window, crop) = try look(at: frame)
    stages.lap(.crop)
    let maps = model.network(crop, memory: target.memory, in: workspace)
    stages.lap(.network)
    let (choice, outcome) = try model.follow(
      maps, window, reach, from: target.state, isLost: target.isLost, in: frame)
    self.target?.state = outcome.state
    self.target?.isLost = outcome.isLost
    stages.lap(.decision)
    return Step(window: window, crop: crop, choice: choice, outcome: outcome)
  }

  /// What of a frame the network will see.
  package func look(
    at frame: Image
  ) throws(TrackerError) -> (reach: SiamRPNPlusPlusModel.Reach, window: SearchWindow, crop: Tensor) {
    guard let target else { throw .notStarted }
    let reach = model.reach(isLost: target.isLost)
    let window = model.window(around: target.state, reach)
    let crop = workspace.blueFirstCrop(
      of: frame, window.square, to: reach.proposals.instanceSize, border: target.border)
    return (reach, window, crop)
  }

  /// The state and whether the target is lost, nil before the first ``start(on:target:)``; setting it then has no effect.
  package var state: (TargetState, isLost: Bool)? {
    get { target.map { ($0.state, $0.isLost) } }
    set {
      guard let newValue else { return }
      target?.state = newValue.0
      target?.isLost = newValue.isLost
    }
  }

  public var products: (multiplyAdds: Int, duration: Duration) {
    (workspace.products.multiplyAdds, workspace.products.duration)
  }
}
