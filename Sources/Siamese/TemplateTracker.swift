public import Geometry
public import Imaging
package import Tensors
public import Tracking

/// The tracker of pysot's family: the first frame's target, compared with one search crop of every later frame.
///
/// What SiamRPN, SiamBAN, NanoTrack and what came of them differ in, a ``TemplateModel`` says. A frame asks it some ten questions; all
/// that takes time happens within crops, networks and responses, so nothing is gained by specialising this type for a model.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py`; section 2.6 of the model reference.
public struct TemplateTracker<Model: TemplateModel>: MeasuredTracker {
  package let model: Model
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: Model.State
    /// Of the template and, where units have a prior, of the first box; never updated (quirk Q5.9).
    let memory: Model.Network.Memory
    /// The first frame's mean colour, for good (quirk Q2.10), truncated (quirks Q2.11, N9).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: Model) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    let first = try TargetState(first: box, context: model.search.contextAmount)
    let (square, crop, border) = template(frame, around: first)
    let size = first.size(in: square, of: model.search.exemplarSize)
    let memory = model.network.memory(of: crop, target: size, in: workspace)
    target = Target(state: model.state(first: first, after: target?.state), memory: memory, border: border)
  }

  /// What the template is made of, and the colour of what lies outside.
  package func template(
    _ frame: Image, around state: TargetState
  ) -> (square: Square, crop: Tensor, border: (UInt8, UInt8, UInt8)) {
    let square = state.templateSquare(context: model.search.contextAmount)
    let border = frame.channelMeans.truncatedBorder
    let crop = workspace.blueFirstCrop(of: frame, square, to: model.search.exemplarSize, border: border)
    return (square, crop, border)
  }

  public mutating func track(_ frame: Image) throws(TrackerError) -> Estimate {
    let step = try step(frame)
    return Estimate(box: step.box, score: step.choice.score)
  }

  /// What a frame went through, for comparisons with the original's own steps.
  package struct Step {
    package let window: SearchWindow
    /// The crop as the network sees it.
    package let crop: Tensor
    package let choice: PenalizedChoice
    /// After the frame.
    package let state: Model.State
    package let box: Box
  }

  /// One frame: a crop, its maps, one choice, and the state follows it.
  package mutating func step(_ frame: Image) throws(TrackerError) -> Step {
    guard let target else { throw .notStarted }
    stages.begin()
    let (window, crop) = try look(at: frame)
    stages.lap(.crop)
    let maps = model.network(crop, memory: target.memory, in: workspace)
    stages.lap(.network)
    let (choice, state) = try model.decide(maps, in: window, from: target.state, on: frame)
    self.target?.state = state
    stages.lap(.decision)
    return Step(window: window, crop: crop, choice: choice, state: state, box: model.box(of: state, on: frame))
  }

  /// What of a frame the network will see.
  package func look(at frame: Image) throws(TrackerError) -> (window: SearchWindow, crop: Tensor) {
    guard let target else { throw .notStarted }
    let window = model.window(around: target.state)
    let side = model.response(of: target.state).instanceSize
    return (window, workspace.blueFirstCrop(of: frame, window.square, to: side, border: target.border))
  }

  /// The state, nil before the first ``start(on:target:)``; setting it then has no effect.
  package var state: Model.State? {
    get { target?.state }
    set { if let newValue { target?.state = newValue } }
  }

  public var products: (multiplyAdds: Int, duration: Duration) {
    (workspace.products.multiplyAdds, workspace.products.duration)
  }
}
