public import Faults

/// One value of a tracker's settings.
public enum SettingValue: Sendable, Hashable, CustomStringConvertible {
  case integer(Int)
  case number(Double)

  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    }
  }
}

/// One setting as lists show it: what it is called, what it is, what it means.
public struct Setting: Sendable, Hashable {
  /// The name for `--set key=value`, as the authors' configuration spells it.
  public let key: String
  public let value: SettingValue
  /// Values that are accepted, ends included.
  public let allowed: ClosedRange<Double>
  /// One clause for people.
  public let meaning: String
}

/// A setting that the user gives another value: `--set key=value`.
public struct SettingOverride: Sendable, Hashable {
  public let key: String
  /// As typed; read as the kind of number the setting is.
  public let value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A tracker's numbers as a struct with one property each, made adjustable by name.
public protocol TrackerSettings: Sendable, Hashable {
  /// The authors' values: those of the first preset.
  init()
  /// The settings that the authors publish, the default one first; never empty, names differ. Without any of its own a tracker
  /// has one, `default`.
  static var presets: [Preset<Self>] { get }
  /// Every setting once, in the order lists show them.
  static var fields: [SettingField<Self>] { get }
  /// Rules between settings; throws where they contradict each other. The default accepts everything.
  func check() throws(SettingsFault)
}

extension TrackerSettings {
  public func check() throws(SettingsFault) {}

  public static var presets: [Preset<Self>] { [Preset("default", "the authors' values", settings: Self())] }

  /// The authors' values but for `overrides`, applied in order. Throws where a key is unknown, or a value is no number, outside its
  /// range, or at odds with another.
  public init(overrides: [SettingOverride]) throws(SettingsFault) {
    self.init()
    try apply(overrides)
  }

  /// Changes single settings in order and checks the whole; see ``init(overrides:)``.
  mutating func apply(_ overrides: [SettingOverride]) throws(SettingsFault) {
    for override in overrides {
      guard let field = Self.fields.first(where: { $0.key == override.key }) else {
        throw SettingsFault(unknown: override, known: Self.fields.map(\.key))
      }
      try field.set(&self, override)
    }
    try check()
  }

  /// Every setting with the value it has here.
  public var list: [Setting] {
    Self.fields.map { Setting(key: $0.key, value: $0.get(self), allowed: $0.allowed, meaning: $0.meaning) }
  }
}

/// Ties a name to a property of settings.
public struct SettingField<Settings: Sendable>: Sendable {
  let key: String
  let allowed: ClosedRange<Double>
  let meaning: String
  let get: @Sendable (Settings) -> SettingValue
  let set: @Sendable (inout Settings, SettingOverride) throws(SettingsFault) -> Void

  /// A whole number.
  public static func integer(
    _ key: String, _ property: any WritableKeyPath<Settings, Int> & Sendable, in allowed: ClosedRange<Int>,
    _ meaning: String
  ) -> SettingField {
    SettingField(
      key: key, allowed: Double(allowed.lowerBound)...Double(allowed.upperBound), meaning: meaning,
      get: { .integer($0[keyPath: property]) },
      set: { (settings, override) throws(SettingsFault) in
        guard let value = Int(override.value), allowed ~= value else {
          throw SettingsFault(
            value: override, wanted: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        settings[keyPath: property] = value
      })
  }

  /// A number with or without a fraction.
  public static func number(
    _ key: String, _ property: any WritableKeyPath<Settings, Double> & Sendable, in allowed: ClosedRange<Double>,
    _ meaning: String
  ) -> SettingField {
    SettingField(
      key: key, allowed: allowed, meaning: meaning, get: { .number($0[keyPath: property]) },
      set: { (settings, override) throws(SettingsFault) in
        guard let value = Double(override.value), allowed ~= value else {
          throw SettingsFault(value: override, wanted: "a number from \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        settings[keyPath: property] = value
      })
  }
}

/// A setting that does not exist, or cannot have the value it was given.
public struct SettingsFault: Fault, Hashable {
  public let place: String
  public let cause: String
  public let remedy: String?

  init(unknown override: SettingOverride, known: [String]) {
    place = "--set \(override.key)=\(override.value)"
    cause = "there is no setting \"\(override.key)\""
    remedy = "known settings: " + known.joined(separator: ", ")
  }

  init(value override: SettingOverride, wanted: String) {
    place = "--set \(override.key)=\(override.value)"
    cause = "expected \(wanted), found \"\(override.value)\""
    remedy = nil
  }

  init(place: String, cause: String, remedy: String?) {
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }

  /// Settings that contradict each other; `key` is the one to change.
  public init(key: String, cause: String, remedy: String?) {
    place = "setting \(key)"
    self.cause = cause
    self.remedy = remedy
  }
}
