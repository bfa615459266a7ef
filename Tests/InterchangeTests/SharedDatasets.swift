import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport

/// Data sets of annotations alone, as the shared folder has them.
enum SharedDataset {
  private struct Entry: Decodable {
    let boxes: [[Number]]
    let width: Int?
    let height: Int?
    let tags: [String: [Bool]]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      boxes = try container.decode([[Number]].self, forKey: Key("gt_rect"))
      width = try container.decodeIfPresent(Int.self, forKey: Key("width"))
      height = try container.decodeIfPresent(Int.self, forKey: Key("height"))
      var tags: [String: [Bool]] = [:]
      for name in ["camera_motion", "illum_change", "motion_change", "size_change", "occlusion"] {
        tags[name] = try container.decodeIfPresent([Int].self, forKey: Key(name))?.map { $0 != 0 }
      }
      self.tags = tags
    }
  }

  /// A number, or "NaN".
  private struct Number: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      value = (try? container.decode(Double.self)) ?? .nan
    }
  }

  private static let files = [
    "OTB100": "data/annotations/OTB100/OTB100.json", "VOT2018": "data/annotations/VOT2018/VOT2018.json",
    "VOT2019": "data/annotations/VOT2019/VOT2019.json", "LaSOT": "data/annotations/LaSOT/list.txt",
  ]
  /// Each read once.
  private static let otb100 = Result { try pysot(files["OTB100"] ?? "", name: "otb100") }
  private static let vot2018 = Result { try pysot(files["VOT2018"] ?? "", name: "vot2018") }
  private static let vot2019 = Result { try pysot(files["VOT2019"] ?? "", name: "vot2019") }
  private static let lasot = Result { try lasotFolders() }

  static func isThere(_ name: String) -> Bool { files[name].map { Shared.has($0) } ?? false }

  static func named(_ name: String) throws -> Dataset {
    switch name {
    case "OTB100": try otb100.get()
    case "VOT2018": try vot2018.get()
    case "VOT2019": try vot2019.get()
    default: try lasot.get()
    }
  }

  /// A file in pysot's layout.
  static func pysot(_ relative: String, name: String) throws -> Dataset {
    let entries: [String: Entry] = try Shared.json(relative)
    return Dataset(
      name: name,
      sequences: entries.sorted { $0.key < $1.key }.map { name, entry in
        Datasets.Sequence(
          name: name, frames: .none,
          annotation: Annotation(
            regions: entry.boxes.map { RegionFile.region($0.map(\.value)[...]) }, source: relative),
          frameTags: entry.tags, video: .init(width: entry.width, height: entry.height))
      })
  }

  private static func lasotFolders() throws -> Dataset {
    let folder = "data/annotations/LaSOT"
    func lines(_ file: String) throws -> [Substring] {
      String(decoding: try Shared.bytes("\(folder)/\(file)"), as: UTF8.self).split(whereSeparator: \.isNewline)
    }
    return Dataset(
      name: "lasot",
      sequences: try lines("list.txt").map { name in
        let truth = try RegionFile.parse(try Shared.bytes("\(folder)/\(name)/groundtruth.txt"), name: "groundtruth.txt")
        let absent = try lines("\(name)/absent.txt").flatMap { $0.split { !$0.isNumber } }
        return Datasets.Sequence(
          name: String(name), frames: .none, annotation: truth, visible: absent.map { $0 == "0" })
      })
  }
}

/// The scores of a golden file of VOT that these tests compare; absent where the toolkit stopped.
struct VOTScores: Decodable {
  struct Experiment: Decodable {
    let accuracy: Double?
    let eao: Double?
  }
  let accuracy: Double?
  let eao: Double?
  let baseline: Experiment?
}

/// What the scores of supervised runs are made of.
func supervisedRecords(_ outcome: ImportOutcome, _ dataset: Dataset) -> [SupervisedRecord] {
  let runs = Dictionary(grouping: outcome.trajectories, by: \.sequence)
  return dataset.sequences.compactMap { sequence in
    guard let runs = runs[sequence.name] else { return nil }
    return SupervisedRecord(
      name: sequence.name, truth: sequence.annotation.regions, width: sequence.video?.width ?? 0,
      height: sequence.video?.height ?? 0, tags: sequence.frameTags,
      runs: runs.map { SupervisedRun(frames: $0.frames) })
  }
}
