import TestSupport
import Testing

/// Any value of a golden JSON file.
enum GoldenTree: Decodable {
  case number(Double)
  case text(String)
  case list([GoldenTree])
  case object([String: GoldenTree])
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(GoldenNumber.self) {
      self = .number(number.value)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([GoldenTree].self) {
      self = .list(list)
    } else if let object = try? container.decode([String: GoldenTree].self) {
      self = .object(object)
    } else {
      self = .null
    }
  }

  subscript(key: String) -> GoldenTree? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var keys: [String] { if case .object(let object) = self { object.keys.sorted() } else { [] } }
  /// True for what a toolkit left where it stopped.
  var isError: Bool { self["error"] != nil }
}

/// What this program has at the place of a golden value.
enum Ours {
  /// Within a tolerance.
  case number(Double?, Double)
  case curve([Double]?, Double)
  case object([String: Ours])
  /// Nothing: the program stops here, as the toolkit has to.
  case stopped
  /// Not a score: a name, a note.
  case passed
}

extension Tally {
  /// Compares every number below a golden value with ours; a key that ours does not have is a failure.
  mutating func expect(_ ours: Ours, equals golden: GoldenTree, _ place: String) {
    if golden.isError {
      switch ours {
      case .stopped, .number(nil, _), .curve(nil, _): expect(true, "")
      default: expect(false, "\(place): the toolkit stops, we have a score")
      }
      return
    }
    switch (ours, golden) {
    case (.passed, _): break
    case (.stopped, _): expect(false, "\(place): the toolkit has a score, we stop")
    case (.number(let found, let tolerance), .number(let wanted)):
      expect(
        found.map { isClose($0, wanted, tolerance) } ?? false,
        "\(place): \(found.map { "\($0)" } ?? "nothing"), golden \(wanted)")
    case (.curve(let found, let tolerance), .list(let wanted)):
      let found = found ?? []
      expect(found.count == wanted.count, "\(place): \(found.count) points, golden \(wanted.count)")
      for (index, pair) in zip(found, wanted).enumerated() {
        expect(.number(pair.0, tolerance), equals: pair.1, "\(place)[\(index)]")
      }
    case (.object(let found), .object(let wanted)):
      for (key, value) in wanted.sorted(by: { $0.key < $1.key }) {
        guard let mine = found[key] else {
          expect(false, "\(place)/\(key): not a score this test knows")
          continue
        }
        expect(mine, equals: value, "\(place)/\(key)")
      }
    default: expect(false, "\(place): the golden holds something else than a score")
    }
  }
}
