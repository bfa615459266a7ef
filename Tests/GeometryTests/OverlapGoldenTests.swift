import Foundation
import Geometry
import TestSupport
import Testing

private let file = "golden/eval/edge/overlaps.json"

/// A number, where "NaN", "Infinity" and "-Infinity" are strings.
private struct Number: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      value = number
    } else {
      let words = ["NaN": Double.nan, "Infinity": .infinity, "-Infinity": -.infinity]
      guard let number = words[try container.decode(String.self)] else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
      }
      value = number
    }
  }
}

private struct Golden: Decodable {
  /// An overlap, or the error the implementation ended with.
  enum Entry: Decodable {
    case number(Double)
    case error

    init(from decoder: any Decoder) throws {
      if let number = try? Number(from: decoder) {
        self = .number(number.value)
      } else {
        _ = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .error)
        self = .error
      }
    }
    enum Key: CodingKey { case error }
  }
  struct Case: Decodable {
    let id: Int
    let kind: String
    let a: [Number]
    let b: [Number]
    let overlap: [String: Entry]
  }
  let bounds: [Int]
  let cases: [Case]
}

/// nil for one number, which is a code and no region.
private func region(_ numbers: [Number]) -> Region? {
  let values = numbers.map(\.value)
  switch values.count {
  case 1: return nil
  case 4: return .box(Box(x: values[0], y: values[1], width: values[2], height: values[3]))
  default: return Polygon(coordinates: values).map { .polygon($0) }
  }
}

@Suite("Overlaps of regions as the toolkits compute them", .enabled(if: Shared.has(file), "needs ../shared/\(file)"))
struct OverlapGoldenTests {
  /// What the golden's README takes out of `pysot.region`: some but not all numbers NaN or infinite.
  private static let undefined: Set<String> = ["nan-x", "inf-w", "poly-nan"]

  @Test(
    "Rasters of pysot and of the VOT toolkit",
    arguments: ["pysot.region", "pysot.region.wh", "pysot.region.wh-1", "vot.region", "vot.region.wh"])
  func rasters(_ column: String) throws {
    let golden: Golden = try Shared.json(file)
    let isPysot = column.hasPrefix("pysot")
    var overlaps = RasterOverlap(isPysot ? .pysot : .vot)
    let (width, height) = (golden.bounds[0], golden.bounds[1])
    let bounds: RasterBounds? =
      switch column {
      case "pysot.region.wh": .edges(width: width, height: height)
      case "pysot.region.wh-1", "vot.region.wh": .pixels(width: width, height: height)
      default: nil
      }
    var tally = Tally("eval/edge/overlaps \(column)")
    for row in golden.cases {
      // Codes are no regions; the rules of Scoring say what they are worth.
      guard let entry = row.overlap[column], let a = region(row.a), let b = region(row.b) else { continue }
      if isPysot, Self.undefined.contains(row.kind) {
        tally.excuse("\(row.kind): undefined by its README")
        continue
      }
      guard case .number(let wanted) = entry else {
        tally.expect(false, "case \(row.id): an error where a number was expected")
        continue
      }
      let found = overlaps.overlap(of: a, with: b, in: bounds)
      tally.expect(same(found, wanted), "case \(row.id) \(row.kind): \(found), golden \(wanted)")
      let turned = overlaps.overlap(of: b, with: a, in: bounds)
      #expect(same(turned, found), "case \(row.id): the order of the regions matters")
    }
    tally.finish()
  }

  @Test("Exact areas of got-10k/toolkit", arguments: ["got10k.poly", "got10k.poly.bound"])
  func exactAreas(_ column: String) throws {
    let golden: Golden = try Shared.json(file)
    let bound = (width: Double(golden.bounds[0]), height: Double(golden.bounds[1]))
    var tally = Tally("eval/edge/overlaps \(column)")
    for row in golden.cases {
      guard let entry = row.overlap[column] else { continue }
      guard let a = region(row.a), let b = region(row.b) else {
        tally.expect(false, "case \(row.id): a code has no area")
        continue
      }
      let found = Result { try PolygonClipping.overlap(of: a, with: b, in: column.hasSuffix("bound") ? bound : nil) }
      switch (found, entry) {
      case (.success(let value), .number(let wanted)):
        tally.expect(same(value, wanted), "case \(row.id) \(row.kind): \(value), golden \(wanted)")
      case (.failure, .error): tally.expect(true, "")
      case (.success(let value), .error):
        tally.expect(false, "case \(row.id) \(row.kind): \(value), but the toolkit stops")
      case (.failure(let error), .number(let wanted)):
        tally.expect(false, "case \(row.id) \(row.kind): \(error), golden \(wanted)")
      }
    }
    tally.finish()
  }

  private func same(_ found: Double, _ wanted: Double) -> Bool {
    found == wanted || found.isNaN && wanted.isNaN || abs(found - wanted) <= 1e-9
  }
}
