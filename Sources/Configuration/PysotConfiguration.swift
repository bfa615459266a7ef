public import Faults
import Foundation
public import Tracking
import Yams

/// A configuration file as pysot and its descendants write them (`experiments/<name>/config.yaml`), read for tracking.
///
/// Keys under `TRACK` become settings of the tracker: `TRACK.PENALTY_K` is `penalty_k`. Keys that describe the network
/// (`BACKBONE`, `ADJUST`, `RPN`, `BAN`, `ANCHOR`, `POINT`) are the preset's to decide and the weights' to prove; of them only
/// the backbone's type is held against the tracker. Keys of training mean nothing here. Any other key is an error that names
/// it, as in the originals (`yacs` rejects it too).
public struct PysotConfiguration: Sendable {
  /// In the file's order of keys, sorted; to be applied before `--set`.
  public let overrides: [SettingOverride]

  /// - Parameters:
  ///   - tracker: the settings it may hold.
  ///   - preset: nil for the default one.
  /// - Throws: ``ConfigurationError`` naming the file and the key.
  public init(contentsOf path: String, for tracker: TrackerDescription, preset: String? = nil) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(
        place: path, cause: "no such configuration file, or it cannot be read", remedy: "name a YAML file with --config"
      )
    }
    try self.init(yaml: String(decoding: data, as: UTF8.self), file: path, for: tracker, preset: preset)
  }

  public init(yaml: String, file: String, for tracker: TrackerDescription, preset: String? = nil) throws {
    let top: [String: Any]
    do {
      guard let loaded = try Yams.load(yaml: yaml) as? [String: Any] else {
        throw ConfigurationError(place: file, cause: "expected sections such as TRACK, found none", remedy: nil)
      }
      top = loaded
    } catch let error as YamlError {
      throw ConfigurationError(place: file, cause: "not YAML (\(error))", remedy: nil)
    }
    for key in top.keys.sorted() where key != "TRACK" && !Self.network.contains(key) && !Self.training.contains(key) {
      throw ConfigurationError(
        place: "\(file): \(key)", cause: "unknown or unsupported key",
        remedy: "known are TRACK, \((Self.network + Self.training).sorted().joined(separator: ", "))")
    }
    try Self.checkBackbone(top["BACKBONE"], file: file, tracker: tracker)
    let known = try tracker.settings(preset: preset).map(\.key)
    guard let track = top["TRACK"] else {
      overrides = []
      return
    }
    guard let section = track as? [String: Any] else {
      throw ConfigurationError(place: "\(file): TRACK", cause: "expected keys and values", remedy: nil)
    }
    overrides = try section.keys.sorted().compactMap { key in
      // The class of the original that runs the tracker; --tracker has decided that, but for the search far around.
      if key == "TYPE" {
        let isLongterm = section[key] as? String == "SiamRPNLTTracker"
        return known.contains("longterm") ? SettingOverride(key: "longterm", value: isLongterm ? "1" : "0") : nil
      }
      let setting = key.lowercased()
      guard known.contains(setting) else {
        throw ConfigurationError(
          place: "\(file): TRACK.\(key)", cause: "\(tracker.name) has no such setting",
          remedy: "it has \(known.map { $0.uppercased() }.joined(separator: ", "))")
      }
      guard let value = section[key], value is Double || value is Int else {
        throw ConfigurationError(
          place: "\(file): TRACK.\(key)", cause: "expected a number, found \"\(section[key] ?? "nothing")\"",
          remedy: nil)
      }
      return SettingOverride(key: setting, value: "\(value)")
    }
  }

  private static let network = ["META_ARC", "BACKBONE", "ADJUST", "RPN", "BAN", "ANCHOR", "POINT"]
  private static let training = ["CUDA", "TRAIN", "DATASET"]

  /// `BACKBONE.TYPE` of the published files, by tracker.
  private static let backbones = [
    "siamrpn": ["alexnet", "alexnetlegacy"], "siamrpn++": ["resnet50", "mobilenetv2"], "siamban": ["resnet50"],
    "siamban-acm": ["resnet50"],
  ]

  private static func checkBackbone(_ section: Any?, file: String, tracker: TrackerDescription) throws {
    guard let type = (section as? [String: Any])?["TYPE"] as? String, let fitting = backbones[tracker.name],
      !fitting.contains(type)
    else { return }
    let owners = backbones.filter { $0.value.contains(type) }.keys.sorted()
    throw ConfigurationError(
      place: "\(file): BACKBONE.TYPE",
      cause: "\(tracker.name) wants \(fitting.joined(separator: " or ")), found \(type)",
      remedy: owners.isEmpty ? nil : "the file is for another tracker: --tracker \(owners.joined(separator: " or "))")
  }
}

/// A configuration file that does not fit.
public struct ConfigurationError: Fault, Hashable {
  public let place: String
  public let cause: String
  public let remedy: String?
}
