public import Geometry
public import Imaging
package import Siamese
package import Tensors
public import Tracking

/// SiamBAN-ACM: SiamBAN with template, search crop and the first box's size fused by an asymmetric convolution instead of
/// compared by a correlation, and with a larger search once the target has moved fast.
///
/// All that the template and the box contribute is computed once a sequence, a number a channel.
///
/// Source: `wencheng256/SiamBAN-ACM: siamban/tracker/siamban_tracker.py`; section 5.4 of the model reference.
public struct SiamBANACMTracker: MeasuredTracker {
  package let model: SiamBANACMModel
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: SiamBANACMState
    /// Of the template and the first box, never updated (quirk Q5.9).
    let memory: SiamBANACMNetwork.Memory
    /// The first frame's mean colour, for good (quirk Q2.10), truncated (quirk Q2.11).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: SiamBANACMModel) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    let state = try TargetState(first: box, context: model.settings.search.contextAmount)
    let (square, crop) = template(frame, around: state)
    let memory = model.network.memory(
      of: crop, target: state.size(in: square, of: model.settings.search.exemplarSize), in: workspace)
    target = Target(
      // Quirk Q5.12: a new start is all that ends a fast motion.
      state: SiamBANACMState(target: state, isFast: false), memory: memory,
      border: frame.channelMeans.truncatedBorder)
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
    return Estimate(box: step.state.target.box, score: step.choice.score)
  }

  /// What a frame went through, for comparisons with the original's own steps.
  package struct Step {
    package let window: SearchWindow
    /// The crop as the network sees it.
    package let crop: Tensor
    package let choice: PenalizedChoice
    /// After the frame.
    package let state: SiamBANACMState
  }

  /// One frame: a crop, two maps, one choice, and the state follows it.
  package mutating func step(_ frame: Image) throws(TrackerError) -> Step {
    guard let target else { throw .notStarted }
    stages.begin()
    let window = model.window(around: target.state)
    let side = model.response(of: target.state).instanceSize
    let crop = workspace.blueFirstCrop(of: frame, window.square, to: side, border: target.border)
    stages.lap(.crop)
    let maps = model.network(crop, memory: target.memory, in: workspace)
    stages.lap(.network)
    let (choice, state) = try model.follow(maps, window, from: target.state, in: frame)
    self.target?.state = state
    stages.lap(.decision)
    return Step(window: window, crop: crop, choice: choice, state: state)
  }

  /// The state, nil before the first ``start(on:target:)``; setting it then has no effect.
  package var state: SiamBANACMState? {
    get { target?.state }
    set { if let newValue { target?.state = newValue } }
  }

  public var products: (multiplyAdds: Int, duration: Duration) {
    (workspace.products.multiplyAdds, workspace.products.duration)
  }
}

/// What SiamBAN-ACM carries from frame to frame.
package struct SiamBANACMState: Hashable, Sendable {
  package var target: TargetState
  /// Whether the larger search is on (`fast_motion`); once on, it stays on (quirk Q5.12).
  package var isFast: Bool

  package init(target: TargetState, isFast: Bool) {
    self.target = target
    self.isFast = isFast
  }
}
