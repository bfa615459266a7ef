/// One of the settings that a tracker's authors publish, under the name of `--preset`.
public struct Preset<Settings: Sendable>: Sendable {
  /// The name on the command line: `v1`.
  public let name: String
  /// One clause for people: what it is for, and where its numbers come from.
  public let meaning: String
  /// The weights the authors publish for it, by file name; nil where ``TrackerDescription/publishedWeights`` says it all.
  public let weights: String?
  public let settings: Settings

  public init(_ name: String, _ meaning: String, weights: String? = nil, settings: Settings) {
    self.name = name
    self.meaning = meaning
    self.weights = weights
    self.settings = settings
  }
}

/// A preset as lists show it.
public struct PresetSummary: Sendable, Hashable {
  /// The name on the command line: `v1`.
  public let name: String
  /// One clause for people.
  public let meaning: String
  /// The weights the authors publish for it, by file name; nil where ``TrackerDescription/publishedWeights`` says it all.
  public let weights: String?

  init<Settings>(_ preset: Preset<Settings>) {
    name = preset.name
    meaning = preset.meaning
    weights = preset.weights
  }
}

extension TrackerSettings {
  /// The settings of the preset of that name, the default one for nil, but for `overrides`. Throws where the name is unknown,
  /// and as ``init(overrides:)``.
  public init(preset name: String?, overrides: [SettingOverride] = []) throws(SettingsFault) {
    guard let name else {
      try self.init(overrides: overrides)
      return
    }
    guard let preset = Self.presets.first(where: { $0.name == name }) else {
      throw SettingsFault(unknownPreset: name, known: Self.presets.map(\.name))
    }
    self = preset.settings
    try apply(overrides)
  }
}

extension SettingsFault {
  init(unknownPreset name: String, known: [String]) {
    self.init(
      place: "--preset \(name)", cause: "there is no preset \"\(name)\"",
      remedy: "known presets: " + known.joined(separator: ", "))
  }
}
