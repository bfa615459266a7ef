public import Faults
import Foundation
import Scoring
import Yams

/// Score gates: the least a tracker must reach on a data set, read from a YAML file.
///
///     thresholds:
///       - tracker: siamfc
///         dataset: otb100
///         profile: otb          # pysot where left out
///         sequence: Crossing    # the whole data set where left out
///         minimum: {success: 0.58, precision: 0.77}
public struct Thresholds: Sendable {
  public struct Gate: Codable, Hashable, Sendable {
    public var tracker: String
    public var dataset: String
    public var profile: String?
    public var sequence: String?
    /// Metric to the least value that passes.
    public var minimum: [String: Double]

    public var profileName: String { profile ?? "pysot" }
  }

  /// The metrics a gate may hold, by the names of report columns.
  public static let metrics = ["success", "success50", "precision", "norm_precision", "ao"]

  public let gates: [Gate]
  public let file: String

  /// - Throws: ``ThresholdError`` naming the file and the gate.
  public init(contentsOf path: String) throws(ThresholdError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ThresholdError(
        place: path, cause: "no such threshold file, or it cannot be read",
        remedy: "`trackbench check --help` shows one")
    }
    try self.init(yaml: String(decoding: data, as: UTF8.self), file: path)
  }

  public init(yaml: String, file: String) throws(ThresholdError) {
    self.file = file
    do {
      gates = try Self.decode(yaml, file: file)
    } catch let error as ThresholdError {
      throw error
    } catch let error as YamlError {
      throw ThresholdError(place: file, cause: "not YAML (\(error))", remedy: nil)
    } catch {
      throw ThresholdError(
        place: file, cause: "not a threshold file (\(error))", remedy: "`trackbench check --help` shows one")
    }
  }

  private static func decode(_ yaml: String, file: String) throws -> [Gate] {
    guard let top = try Yams.load(yaml: yaml) as? [String: Any], let list = top["thresholds"] as? [[String: Any]] else {
      throw ThresholdError(
        place: file, cause: "expected a list under the key `thresholds`", remedy: "`trackbench check --help` shows one")
    }
    try refuseUnknownKeys(of: top, known: ["thresholds"], place: file)
    return try list.enumerated().map { index, entry in
      let place = "\(file): threshold \(index + 1)"
      try refuseUnknownKeys(of: entry, known: ["tracker", "dataset", "profile", "sequence", "minimum"], place: place)
      guard let tracker = entry["tracker"] as? String, let dataset = entry["dataset"] as? String else {
        throw ThresholdError(place: place, cause: "a tracker and a dataset must be named", remedy: nil)
      }
      guard let minimum = entry["minimum"] as? [String: Any], !minimum.isEmpty else {
        throw ThresholdError(place: place, cause: "no minimum, for example {success: 0.58}", remedy: nil)
      }
      try refuseUnknownKeys(of: minimum, known: metrics, place: place)
      let values = try minimum.mapValues { value in
        guard let number = value as? Double ?? (value as? Int).map(Double.init), number.isFinite else {
          throw ThresholdError(place: place, cause: "expected a number, found \"\(value)\"", remedy: nil)
        }
        return number
      }
      let profile = entry["profile"] as? String
      if let profile, !Profile.all.contains(where: { $0.name == profile }) {
        throw ThresholdError(
          place: place, cause: "unknown profile \"\(profile)\"",
          remedy: "known are \(Profile.all.map(\.name).joined(separator: ", "))")
      }
      return Gate(
        tracker: tracker, dataset: dataset, profile: profile, sequence: entry["sequence"] as? String, minimum: values)
    }
  }

  private static func refuseUnknownKeys(of entry: [String: Any], known: [String], place: String) throws {
    for key in entry.keys.sorted() where !known.contains(key) {
      let nearest = Suggestion.nearest(to: key, among: known)
      throw ThresholdError(
        place: place, cause: "unknown key \"\(key)\"",
        remedy: nearest.map { "did you mean \($0)?" } ?? "known are \(known.joined(separator: ", "))")
    }
  }
}

/// A threshold file that cannot be used.
public struct ThresholdError: Fault, Hashable {
  public let place: String
  public let cause: String
  public let remedy: String?
}
