public import Checkpoints
public import Siamese
public import Tensors

/// NanoTrack: at every place of the search crop, how much it looks like the first frame's target, and how far from it the
/// target's four sides are, by a network of half a million numbers.
///
/// The template goes through ``NanoTrackNetwork`` once, a search crop of each later frame after it; the target moves to the best
/// place (``NanoTrackResponse``).
///
/// Source: `HonglinChu/SiamTrackers: NanoTrack/nanotrack/tracker/nano_tracker.py`; section 6 of the model reference.
public typealias NanoTrackTracker = TemplateTracker<NanoTrackModel>

/// NanoTrack with its weights loaded: what all its trackers share, and none of them writes to.
public struct NanoTrackModel: TemplateModel {
  public let settings: NanoTrackSettings
  public let engine: Engine
  public let network: NanoTrackNetwork
  private let response: NanoTrackResponse

  public init(
    weights: Weights, settings: NanoTrackSettings = NanoTrackSettings(), engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try NanoTrackNetwork(weights, version: settings.version, engine: engine)
    response = NanoTrackResponse(settings)
  }

  public static func shapes(_ settings: NanoTrackSettings) -> [(String, [Int])] {
    NanoTrackNetwork.shapes(settings.version)
  }

  public var search: NanoTrackSettings { settings }

  public func response(of state: TargetState) -> NanoTrackResponse { response }
}
