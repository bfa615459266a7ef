public import Geometry
public import Imaging
public import Tracking

/// In what one tracker of pysot's family differs from the others; all else is ``TemplateTracker``.
public protocol TemplateModel: WeightedModel, CropModel {
  associatedtype Network: TemplateNetwork
  associatedtype Response: SearchResponse where Response.Maps == Network.Maps
  /// What is carried from frame to frame.
  associatedtype State: TemplateState = TargetState
  associatedtype Numbers: TemplateNumbers = SearchSettings

  var search: Numbers { get }
  var network: Network { get }

  /// What is carried when a sequence begins.
  /// - Parameter last: what the sequence before ended with, nil where this is the first one.
  func state(first target: TargetState, after last: State?) -> State

  /// How far around the target the next frame is searched, and how what comes of it is read.
  func response(of state: State) -> Response

  /// What follows from the candidate chosen.
  ///
  /// - Parameters:
  ///   - window: what was searched.
  ///   - state: before the frame.
  ///   - frame: only its size counts.
  func follow(
    _ choice: PenalizedChoice, in window: SearchWindow, from state: State, on frame: Image
  ) throws(TrackerError) -> State

  /// The box that is reported for the state after a frame.
  func box(of state: State, on frame: Image) -> Box
}

/// What a ``TemplateTracker`` carries from frame to frame.
public protocol TemplateState: Hashable, Sendable {
  var target: TargetState { get }
}

extension TargetState: TemplateState {
  public var target: TargetState { self }
}

/// The numbers of template and search that all trackers of the family need, under pysot's names.
public protocol TemplateNumbers: Sendable {
  /// Side of the template crop in pixels.
  var exemplarSize: Int { get }
  /// Side of the search crop in pixels.
  var instanceSize: Int { get }
  /// Margin around the target as a share of width plus height.
  var contextAmount: Double { get }
  /// How far the size follows a candidate of full score, 0...1.
  var learningRate: Double { get }
}

extension TemplateModel where Settings: SearchingSettings {
  public var search: SearchSettings { settings.search }
}

extension TemplateModel where State == TargetState {
  public func state(first target: TargetState, after last: TargetState?) -> TargetState { target }

  /// The target moves to the candidate, its size follows, and both are kept to the picture (steps 8 and 9 of section 2.6; quirks
  /// N12, N20).
  public func follow(
    _ choice: PenalizedChoice, in window: SearchWindow, from state: TargetState, on frame: Image
  ) -> TargetState {
    moved(state, to: choice, in: window).clipped(to: frame)
  }
}

extension TemplateModel {
  public func makeTracker() -> any Tracker { TemplateTracker(self) }

  public func box(of state: State, on frame: Image) -> Box { state.target.box }

  /// The target at the candidate, its size following by the candidate's rate, not clipped.
  public func moved(_ target: TargetState, to choice: PenalizedChoice, in window: SearchWindow) -> TargetState {
    target.moved(to: choice.box.divided(by: window.scale), rate: choice.rate(search.learningRate))
  }

  /// What the next frame's search crop is cut from (step 1).
  package func window(around state: State) -> SearchWindow {
    SearchWindow(around: state.target, search, instance: response(of: state).instanceSize)
  }

  /// What a frame's maps decide, and what follows from it (steps 3 to 10 of section 2.6).
  ///
  /// - Parameter window: that of `state`.
  /// - Throws: ``TrackerError/noNumbers`` where the maps hold none.
  package func decide(
    _ maps: Network.Maps, in window: SearchWindow, from state: State, on frame: Image
  ) throws(TrackerError) -> (choice: PenalizedChoice, state: State) {
    let choice = response(of: state).choice(maps, from: state.target, scale: window.scale)
    guard let choice else { throw .noNumbers }
    return (choice, try follow(choice, in: window, from: state, on: frame))
  }
}
