public import Geometry
public import Imaging
import Siamese
package import Tensors
public import Tracking

/// SiamFC: the exemplar of the first frame, compared with three sizes of search crop in every later one.
///
/// Source: `huanglianghua/siamfc-pytorch: siamfc/siamfc.py`; section 1 of the model reference.
public struct SiamFCTracker: MeasuredTracker {
  private let model: SiamFCModel
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: SiamFCState
    /// Of the exemplar, never updated.
    let memory: SiamFCNetwork.Memory
    /// The first frame's mean colour, for good (quirk S5), rounded (quirk S4).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: SiamFCModel) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    guard !box.isEmpty else { throw .emptyTarget(box) }
    let state = SiamFCState(target: box, settings: model.settings)
    guard state.isFinite else { throw .failed("the first box (\(box)) is beyond single precision") }
    let border = frame.channelMeans.roundedBorder
    let crop = crops(frame, [state.exemplarSquare], side: model.settings.exemplarSize, border: border)
    let memory = model.network.memory(
      of: model.network.features(crop, in: workspace), target: state.sizeInExemplar(model.settings), in: workspace)
    target = Target(state: state, memory: memory, border: border)
  }

  public mutating func track(_ frame: Image) throws(TrackerError) -> Estimate {
    let step = try step(frame)
    return Estimate(box: step.state.box, score: step.decision.score)
  }

  /// What a frame went through, for comparisons with the original's own steps.
  package struct Step {
    package let squares: [Square]
    /// The crops as the network sees them.
    package let crops: Tensor
    package let decision: SiamFCDecision
    /// After the frame.
    package let state: SiamFCState
  }

  /// One frame: three crops, three responses, one decision, and the state follows it.
  package mutating func step(_ frame: Image) throws(TrackerError) -> Step {
    guard let target else { throw .notStarted }
    stages.begin()
    let squares = target.state.searchSquares(model.settings)
    let crops = crops(frame, squares, side: model.settings.instanceSize, border: target.border)
    stages.lap(.crop)
    let search = model.network.features(crops, in: workspace)
    let responses = model.network.response(search: search, memory: target.memory, in: workspace)
    stages.lap(.network)
    let decision = SiamFCDecision(
      responses: responses, window: model.window, settings: model.settings, in: workspace)
    var state = target.state
    state.follow(decision, settings: model.settings)
    self.target?.state = state
    stages.lap(.decision)
    return Step(squares: squares, crops: crops, decision: decision, state: state)
  }

  /// The state, nil before the first ``start(on:target:)``; setting it then has no effect.
  package var state: SiamFCState? {
    get { target?.state }
    set { if let newValue { target?.state = newValue } }
  }

  public var products: (multiplyAdds: Int, duration: Duration) {
    (workspace.products.multiplyAdds, workspace.products.duration)
  }

  private func crops(_ frame: Image, _ squares: [Square], side: Int, border: (UInt8, UInt8, UInt8)) -> Tensor {
    workspace.pictures(count: squares.count, side: side) { index, bytes in
      frame.crop(squares[index], to: side, border: border, into: &bytes)
    }
  }
}
