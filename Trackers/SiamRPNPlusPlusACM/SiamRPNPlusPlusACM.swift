public import Geometry
public import Imaging
import Siamese
import Tensors
public import Tracking

/// SiamRPN++-ACM: SiamRPN++ with template, search crop and the first box's size fused by asymmetric convolutions instead of
/// compared by correlations.
///
/// The paper evaluates it, but neither code nor weights were published: this is our own combination of SiamBAN-ACM's unit
/// (section 5.2 of the model reference), with 10 and 20 outputs, and SiamRPN++'s network and tracker (sections 2.6 and 3; quoted in
/// section 5.7).
public struct SiamRPNPlusPlusACMTracker: MeasuredTracker {
  private let model: SiamRPNPlusPlusACMModel
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: TargetState
    /// Of the template and the first box, never updated.
    let memory: SiamRPNPlusPlusACMNetwork.Memory
    /// The first frame's mean colour, for good (quirk Q2.10), truncated (quirk Q2.11).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: SiamRPNPlusPlusACMModel) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    let search = model.settings.search
    let state = try TargetState(first: box, context: search.contextAmount)
    let square = state.templateSquare(context: search.contextAmount)
    let border = frame.channelMeans.truncatedBorder
    let crop = workspace.blueFirstCrop(of: frame, square, to: search.exemplarSize, border: border)
    let memory = model.network.memory(of: crop, target: state.size(in: square, of: search.exemplarSize), in: workspace)
    target = Target(state: state, memory: memory, border: border)
  }

  /// One frame: a crop, two maps, one choice, and the state follows it.
  public mutating func track(_ frame: Image) throws(TrackerError) -> Estimate {
    guard let target else { throw .notStarted }
    stages.begin()
    let side = model.proposals.instanceSize
    let window = SearchWindow(around: target.state, model.settings.search, instance: side)
    let crop = workspace.blueFirstCrop(of: frame, window.square, to: side, border: target.border)
    stages.lap(.crop)
    let maps = model.network(crop, memory: target.memory, in: workspace)
    stages.lap(.network)
    let (choice, state) = try model.follow(maps, window, from: target.state, in: frame)
    self.target?.state = state
    stages.lap(.decision)
    return Estimate(box: state.box, score: choice.score)
  }

  public var products: (multiplyAdds: Int, duration: Duration) {
    (workspace.products.multiplyAdds, workspace.products.duration)
  }
}
