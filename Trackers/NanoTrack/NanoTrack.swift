public import Geometry
public import Imaging
package import Siamese
package import Tensors
public import Tracking

/// NanoTrack: at every place of the search crop, how much it looks like the first frame's target, and how far from it the
/// target's four sides are, by a network of half a million numbers.
///
/// Source: `HonglinChu/SiamTrackers: NanoTrack/nanotrack/tracker/nano_tracker.py`; section 6 of the model reference.
public struct NanoTrackTracker: MeasuredTracker {
  private let model: NanoTrackModel
  private let workspace: Workspace
  private var target: Target?
  public private(set) var stages = StageClock()

  /// What is known from the first frame on.
  private struct Target {
    var state: TargetState
    /// Of the template, never updated.
    let memory: NanoTrackNetwork.Memory
    /// The first frame's mean colour, for good, truncated (quirk N9).
    let border: (UInt8, UInt8, UInt8)
  }

  public init(_ model: NanoTrackModel) {
    self.model = model
    workspace = Workspace(engine: model.engine)
  }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    let state = try TargetState(first: box, context: model.settings.contextAmount)
    let border = frame.channelMeans.truncatedBorder
    let crop = workspace.blueFirstCrop(
      of: frame, state.templateSquare(context: model.settings.contextAmount), to: model.settings.exemplarSize,
      border: border)
    let features = model.network.features(crop, in: workspace)
    target = Target(state: state, memory: model.network.memory(of: features, in: workspace), border: border)
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
    let settings = model.settings
    stages.begin()
    let window = SearchWindow(
      around: target.state, exemplar: settings.exemplarSize, instance: settings.instanceSize,
      context: settings.contextAmount)
    let crop = workspace.blueFirstCrop(of: frame, window.square, to: settings.instanceSize, border: target.border)
    stages.lap(.crop)
    let search = model.network.features(crop, in: workspace)
    let maps = model.network.maps(search: search, memory: target.memory, in: workspace)
    stages.lap(.network)
    guard let choice = model.response.choice(maps, from: target.state, scale: window.scale) else { throw .noNumbers }
    // Quirks N12, N20: the middle jumps, the size follows, and both are kept to the picture.
    var state = target.state
    state.follow(choice.box.divided(by: window.scale), rate: choice.rate(settings.learningRate), in: frame)
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
