public import Geometry
public import Imaging
package import Siamese
package import Tensors
public import Tracking

/// SiamBAN: at every place of the search crop, how much it looks like the first frame's target, and how far from it the target's
/// four sides are.
///
/// Source: `hqucv/siamban: siamban/tracker/siamban_tracker.py`; section 4.3 of the model reference.
public struct SiamBANTracker: MeasuredTracker {
  package let model: SiamBANModel
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: TargetState
    /// Of the template, never updated.
    let memory: SiamBANNetwork.Memory
    /// The first frame's mean colour, for good (quirk Q2.10), truncated (quirk Q2.11).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: SiamBANModel) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    let state = try TargetState(first: box, context: model.settings.search.contextAmount)
    let (square, crop) = template(frame, around: state)
    let memory = model.network.memory(
      of: crop, target: state.size(in: square, of: model.settings.search.exemplarSize), in: workspace)
    target = Target(state: state, memory: memory, border: frame.channelMeans.truncatedBorder)
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
    return Estimate(box: step.state.box, score: step.choice.score)
  }

  /// What a frame went through, for comparisons with the original's own steps.
  package struct Step {
    package let window: SearchWindow
    /// The crop as the network sees it.
    package let crop: Tensor
    package let choice: PenalizedChoice
    /// After the frame.
    package let state: TargetState
  }

  /// One frame: a crop, two maps, one choice, and the state follows it.
  package mutating func step(_ frame: Image) throws(TrackerError) -> Step {
    guard let target else { throw .notStarted }
    stages.begin()
    let window = model.window(around: target.state)
    let crop = workspace.blueFirstCrop(
      of: frame, window.square, to: model.response.instanceSize, border: target.border)
    stages.lap(.crop)
    let maps = model.network(crop, memory: target.memory, in: workspace)
    stages.lap(.network)
    let (choice, state) = try model.follow(maps, window, from: target.state, in: frame)
    self.target?.state = state
    stages.lap(.decision)
    return Step(window: window, crop: crop, choice: choice, state: state)
  }

  /// The state, nil before the first ``start(on:target:)``; setting it then has no effect.
  package var state: TargetState? {
    get { target?.state }
    set { if let newValue { target?.state = newValue } }
  }

  public var products: (multiplyAdds: Int, duration: Duration) {
    (workspace.products.multiplyAdds, workspace.products.duration)
  }
}
