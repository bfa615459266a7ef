import Scoring
import TestSupport
import Testing

/// A number of a golden file, where "NaN", "Infinity" and "-Infinity" are strings.
struct GoldenNumber: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
      return
    }
    switch try container.decode(String.self) {
    case "NaN": value = .nan
    case "Infinity": value = .infinity
    case "-Infinity": value = -.infinity
    case let other:
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number: \(other)")
    }
  }
}

/// A score object of a golden file: each key a number, a curve, an error, or something a test has no use for.
struct GoldenScores: Decodable {
  enum Entry: Decodable {
    case number(Double)
    case curve([Double])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(GoldenNumber.self) {
        self = .number(number.value)
      } else if let curve = try? container.decode([GoldenNumber].self) {
        self = .curve(curve.map(\.value))
      } else {
        self = .other
      }
    }
  }

  let entries: [String: Entry]

  init(from decoder: any Decoder) throws {
    entries = try decoder.singleValueContainer().decode([String: Entry].self)
  }

  /// The scores at which the toolkit stopped, `error` where it has none at all.
  var errors: [String] { entries.keys.filter { $0 == "error" || $0.hasSuffix("_error") }.sorted() }
  /// The scores it has.
  var scores: [String] { entries.keys.filter { $0 != "message" && $0 != "error" && !$0.hasSuffix("_error") }.sorted() }
}

/// What `scores` holds under a toolkit's own key, and how far it may be off; nil for a key that is no score.
/// pytracking's numbers are float32, and percent where they are not curves of a sequence or mean overlaps.
private func ours(
  _ key: String, in scores: Scores, profile: String, isMean: Bool
) -> (values: [Double], tolerance: Double)? {
  let isFloat32 = profile.hasPrefix("pytracking")
  let tolerance = isFloat32 ? 5e-7 : 1e-9
  let unit = isFloat32 ? 100.0 : 1.0
  func curve(_ values: [Double]) -> (values: [Double], tolerance: Double) {
    isMean ? (values.map { $0 * unit }, tolerance * unit) : (values, tolerance)
  }
  switch key {
  case "success_curve": return curve(scores.success)
  case "precision_curve": return curve(scores.precision)
  case "norm_precision_curve", "normalized_precision_curve": return curve(scores.normPrecision ?? [])
  case "success_auc", "success_score", "AUC": return ([scores.auc * unit], tolerance * unit)
  case "success_rate", "OP50": return ([scores.success50 * unit], tolerance * unit)
  case "OP75": return ([scores.success75 * unit], tolerance * unit)
  case "precision20", "precision_score", "precision": return ([scores.precision20 * unit], tolerance * unit)
  case "norm_precision20", "norm_precision_score", "norm_precision", "normalized_precision_score":
    return ([(scores.normPrecisionScore ?? .nan) * unit], tolerance * unit)
  case "avg_overlap", "mean_overlap": return ([scores.ao], 1e-9)
  default: return nil
  }
}

func isClose(_ found: Double, _ wanted: Double, _ tolerance: Double) -> Bool {
  found == wanted || (found.isNaN && wanted.isNaN) || abs(found - wanted) <= tolerance
}

extension Tally {
  /// Compares every score of a golden object, curve points one by one. `count` and times are not scores.
  mutating func expect(
    _ scores: Scores, equals golden: GoldenScores, profile: String, isMean: Bool = false, _ place: String
  ) {
    for (key, entry) in golden.entries.sorted(by: { $0.key < $1.key }) where key != "count" {
      if key == "speed_fps" {
        // No times were given, which the toolkit writes as -1.
        if case .number(-1) = entry { continue }
        expect(false, "\(place): the golden has a speed, of which this test knows nothing")
        continue
      }
      if key == "norm_precision_error" {
        expect(scores.normPrecision == nil, "\(place): the toolkit stops at normalised precision, we have a score")
        continue
      }
      guard let (values, tolerance) = ours(key, in: scores, profile: profile, isMean: isMean) else {
        expect(false, "\(place): the golden's \(key) is not a score this test knows")
        continue
      }
      switch entry {
      case .number(let wanted):
        expect(isClose(values[0], wanted, tolerance), "\(place) \(key): \(values[0]), golden \(wanted)")
      case .curve(let wanted):
        expect(values.count == wanted.count, "\(place) \(key): \(values.count) points, golden \(wanted.count)")
        for (index, pair) in zip(values, wanted).enumerated() {
          expect(isClose(pair.0, pair.1, tolerance), "\(place) \(key)[\(index)]: \(pair.0), golden \(pair.1)")
        }
      case .other:
        expect(false, "\(place) \(key): neither number nor curve in the golden file")
      }
    }
  }
}
