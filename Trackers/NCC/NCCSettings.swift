public import Tracking

/// The numbers of the yardstick.
public struct NCCSettings: TrackerSettings {
  /// The template's longer side in cells; a larger target is averaged down to it.
  public var templateSize = 32
  /// Side of the square that is searched, relative to the target's longer side. The `ncc` example of the VOT toolkit searches
  /// the same share.
  public var searchFactor = 2.0

  public init() {}

  public static var fields: [SettingField<NCCSettings>] {
    [
      .integer(
        "template_size", \.templateSize, in: 4...64,
        "the template's longer side in cells, larger targets are averaged down"),
      .number(
        "search_factor", \.searchFactor, in: 1...4, "side of the searched square relative to the target's longer side"),
    ]
  }
}

/// The yardstick with its settings; there is nothing to load.
public struct NCCModel: TrackerModel {
  public let settings: NCCSettings

  public init(settings: NCCSettings = NCCSettings()) { self.settings = settings }

  public func makeTracker() -> any Tracker { NCCTracker(settings: settings) }
}

extension TrackerDescription {
  /// Plain normalised cross-correlation: what every learned tracker should beat.
  public static let ncc = TrackerDescription(
    name: "ncc", title: "NCC",
    paper:
      "Briechle, Hanebeck: Template Matching Using Fast Normalized Cross Correlation, SPIE AeroSense 2001, after Lewis: "
      + "Fast Normalized Cross-Correlation, Vision Interface 1995",
    // The numbers of annotation files are used as they stand.
    convention: .oneBased,
    settings: NCCSettings.self, load: { NCCModel(settings: $0) })
}
