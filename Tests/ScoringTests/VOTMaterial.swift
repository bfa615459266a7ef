import Foundation
import Geometry
import Scoring
import TestSupport

/// A VOT annotation in pysot's layout, and results over it.
struct VOTMaterial: Sendable {
  private struct Entry: Decodable {
    let width: Int
    let height: Int
    let truth: [[GoldenNumber]]
    let tags: [String: [Bool]]

    private static let tagNames = ["camera_motion", "illum_change", "motion_change", "size_change", "occlusion"]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      width = try container.decode(Int.self, forKey: Key("width"))
      height = try container.decode(Int.self, forKey: Key("height"))
      truth = try container.decode([[GoldenNumber]].self, forKey: Key("gt_rect"))
      var tags: [String: [Bool]] = [:]
      for name in Self.tagNames where container.contains(Key(name)) {
        tags[name] = try container.decode([Int].self, forKey: Key(name)).map { $0 != 0 }
      }
      self.tags = tags
    }

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  /// In the order of their names, without runs.
  let sequences: [SupervisedRecord]

  init(_ relative: String) throws {
    let entries: [String: Entry] = try Shared.json(relative)
    sequences = entries.sorted { $0.key < $1.key }.map { name, entry in
      SupervisedRecord(
        name: name, truth: entry.truth.map { RegionText.region($0.map(\.value)) ?? .absent }, width: entry.width,
        height: entry.height, tags: entry.tags, runs: [])
    }
  }

  /// Those of the named sequences that have results in `folder/<sequence>/<sequence>_001.txt`, `_002.txt`, ...
  func records(_ folder: String, only names: Set<String>) throws -> [SupervisedRecord] {
    try sequences.filter { names.contains($0.name) }.compactMap { sequence in
      let place = "\(folder)/\(sequence.name)"
      let files = Shared.list(place).filter {
        $0.hasPrefix("\(sequence.name)_") && $0.hasSuffix(".txt") && !$0.hasSuffix("_time.txt")
      }
      guard !files.isEmpty else { return nil }
      var record = sequence
      record.runs = try files.map { try RegionText.run("\(place)/\($0)") }
      return record
    }
  }

  /// Annotations of the shared folder, each read once.
  static let vot2018 = Result { try VOTMaterial("data/annotations/VOT2018/VOT2018.json") }
  static let vot2019 = Result { try VOTMaterial("data/annotations/VOT2019/VOT2019.json") }

  static func named(_ dataset: String) throws -> VOTMaterial? {
    switch dataset {
    case "VOT2018" where Shared.has("data/annotations/VOT2018/VOT2018.json"): try vot2018.get()
    case "VOT2019" where Shared.has("data/annotations/VOT2019/VOT2019.json"): try vot2019.get()
    default: nil
    }
  }
}
