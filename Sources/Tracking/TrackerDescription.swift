public import Checkpoints
public import Faults

/// Everything the program knows about a tracker before one exists: its name, its source, its presets, settings and weights.
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
  /// What the authors say it reaches; empty where they publish nothing.
  public let publishedScores: [PublishedScore]
  /// Settings under the authors' names, the default ones first; never empty.
  public let presets: [PresetSummary]

  private let listed: @Sendable (_ preset: String?, _ overrides: [SettingOverride]) throws(SettingsFault) -> [Setting]
  private let wanted: @Sendable (_ preset: String?) throws(SettingsFault) -> [(String, [Int])]
  private let made:
    @Sendable (_ weights: Weights?, _ preset: String?, _ overrides: [SettingOverride]) throws -> any TrackerModel

  /// A tracker that cannot do without weights: `load` gets them, or the user gets a ``MissingWeights``.
  ///
  /// - Parameter shapes: the tensors that the network of these settings wants; see ``shapes(preset:)``.
  public init<Settings: TrackerSettings>(
    name: String, title: String, paper: String, convention: BoxConvention, publishedWeights: String,
    publishedScores: [PublishedScore] = [], settings: Settings.Type,
    shapes: @escaping @Sendable (_ settings: Settings) -> [(String, [Int])],
    load: @escaping @Sendable (_ weights: Weights, _ settings: Settings) throws -> any TrackerModel
  ) {
    self.name = name
    self.title = title
    self.paper = paper
    self.convention = convention
    self.publishedWeights = publishedWeights
    self.publishedScores = publishedScores
    presets = Settings.presets.map { PresetSummary($0) }
    listed = { (preset, overrides) throws(SettingsFault) in
      try Settings(preset: preset, overrides: overrides).list
    }
    wanted = { (preset) throws(SettingsFault) in shapes(try Settings(preset: preset)) }
    made = { weights, preset, overrides in
      let settings = try Settings(preset: preset, overrides: overrides)
      guard let weights else { throw MissingWeights(tracker: name, publishedWeights: publishedWeights) }
      return try load(weights, settings)
    }
  }

  /// The same, for a network that wants the same tensors whatever the settings.
  public init<Settings: TrackerSettings>(
    name: String, title: String, paper: String, convention: BoxConvention, publishedWeights: String,
    publishedScores: [PublishedScore] = [], settings: Settings.Type, shapes: [(String, [Int])],
    load: @escaping @Sendable (_ weights: Weights, _ settings: Settings) throws -> any TrackerModel
  ) {
    self.init(
      name: name, title: title, paper: paper, convention: convention, publishedWeights: publishedWeights,
      publishedScores: publishedScores, settings: settings, shapes: { _ in shapes }, load: load)
  }

  /// A tracker without weights; whoever gives it some gets an ``UnwantedWeights``.
  public init<Settings: TrackerSettings>(
    name: String, title: String, paper: String, convention: BoxConvention, publishedScores: [PublishedScore] = [],
    settings: Settings.Type, load: @escaping @Sendable (_ settings: Settings) throws -> any TrackerModel
  ) {
    self.name = name
    self.title = title
    self.paper = paper
    self.convention = convention
    publishedWeights = nil
    self.publishedScores = publishedScores
    presets = Settings.presets.map { PresetSummary($0) }
    listed = { (preset, overrides) throws(SettingsFault) in
      try Settings(preset: preset, overrides: overrides).list
    }
    wanted = { (preset) throws(SettingsFault) in
      _ = try Settings(preset: preset)
      return []
    }
    made = { weights, preset, overrides in
      let settings = try Settings(preset: preset, overrides: overrides)
      if let weights { throw UnwantedWeights(tracker: name, file: weights.name) }
      return try load(settings)
    }
  }

  /// Whether it runs without a file of weights.
  public var needsWeights: Bool { publishedWeights != nil }

  /// Every setting of a preset (nil: the default one) after `overrides`; with none, the authors' values. Throws as
  /// ``TrackerSettings/init(preset:overrides:)``.
  public func settings(
    preset: String? = nil, _ overrides: [SettingOverride] = []
  ) throws(SettingsFault) -> [Setting] {
    try listed(preset, overrides)
  }

  /// The tensors a preset (nil: the default one) wants under its authors' keys, in the order of the network; empty for a
  /// tracker without weights. Throws where there is no such preset.
  public func shapes(preset: String?) throws(SettingsFault) -> [(String, [Int])] { try wanted(preset) }

  /// The tensors the default preset wants.
  public var shapes: [(String, [Int])] { (try? wanted(nil)) ?? [] }

  /// Puts the tracker together with the settings of a preset (nil: the default one) after `overrides`. Throws a ``Fault``:
  /// weights that are absent, unwanted or do not fit, settings that cannot be, an engine this machine does not have.
  public func load(
    _ weights: Weights?, preset: String? = nil, _ overrides: [SettingOverride] = []
  ) throws -> any TrackerModel {
    try made(weights, preset, overrides)
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

/// A tracker that has nothing to learn was given weights.
public struct UnwantedWeights: Fault, Hashable {
  /// The tracker's name.
  public let place: String
  public let cause: String
  public let remedy: String? = "leave --weights out"

  init(tracker: String, file: String) {
    place = tracker
    cause = "the tracker has no weights, and \(file) was given"
  }
}
