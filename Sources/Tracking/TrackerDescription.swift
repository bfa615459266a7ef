public import Checkpoints
public import Faults

/// Everything the program knows about a tracker before one exists: its name, its source, its settings and its weights.
public struct TrackerDescription: Sendable {
  /// The name on the command line: `siamfc`.
  public let name: String
  /// The name for people: `SiamFC`.
  public let title: String
  /// Authors, title, venue.
  public let paper: String
  /// How its authors read annotation files.
  public let convention: BoxConvention
  /// Where the authors publish weights and what they are called, as text for people; nil for a tracker without weights.
  public let publishedWeights: String?
  /// Every setting after `overrides`; with none, the authors' values. Throws as ``TrackerSettings/init(overrides:)``.
  public let settings: @Sendable (_ overrides: [SettingOverride]) throws(SettingsFault) -> [Setting]
  /// The tensors it wants under its authors' keys, in the order of the network; empty for a tracker without weights.
  public let shapes: [(String, [Int])]
  /// Puts the tracker together. Throws a ``Fault``: weights that are absent or do not fit, settings that cannot be, an
  /// engine this machine does not have.
  public let load: @Sendable (_ weights: Weights?, _ overrides: [SettingOverride]) throws -> any TrackerModel

  /// A tracker that cannot do without weights: `load` gets them, or the user gets a ``MissingWeights``.
  public init<Settings: TrackerSettings>(
    name: String, title: String, paper: String, convention: BoxConvention, publishedWeights: String,
    settings: Settings.Type, shapes: [(String, [Int])],
    load: @escaping @Sendable (_ weights: Weights, _ settings: Settings) throws -> any TrackerModel
  ) {
    self.name = name
    self.title = title
    self.paper = paper
    self.convention = convention
    self.publishedWeights = publishedWeights
    self.settings = { (overrides) throws(SettingsFault) in try Settings(overrides: overrides).list }
    self.shapes = shapes
    self.load = { weights, overrides in
      let settings = try Settings(overrides: overrides)
      guard let weights else { throw MissingWeights(tracker: name, publishedWeights: publishedWeights) }
      return try load(weights, settings)
    }
  }
}

/// A tracker was asked for without the weights it cannot do without.
public struct MissingWeights: Fault, Hashable {
  /// The tracker's name.
  public let place: String
  public let cause = "the tracker needs weights, and none were given"
  public let remedy: String?

  init(tracker: String, publishedWeights: String) {
    place = tracker
    remedy = "give --weights FILE; \(publishedWeights)"
  }
}
