import Datasets
import Foundation
import Geometry
import TestSupport
import Testing

/// The benchmarks of the shared folder; what is expected is read from its files by another reader.
@Suite("Benchmarks of the shared folder")
struct BenchmarkMaterialTests {
  /// An entry of a VOT list; of its lists of flags those with VOT's names.
  private struct VOTEntry: Decodable {
    let truth: [[Double]]
    let width: Int
    let height: Int
    let tags: [String: [Int]]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      truth = try fields.decode([[Double]].self, forKey: Key("gt_rect"))
      width = try fields.decode(Int.self, forKey: Key("width"))
      height = try fields.decode(Int.self, forKey: Key("height"))
      var tags: [String: [Int]] = [:]
      for name in ["camera_motion", "illum_change", "motion_change", "size_change", "occlusion"] {
        tags[name] = try fields.decodeIfPresent([Int].self, forKey: Key(name))
      }
      self.tags = tags
    }
  }

  private struct Target: Decodable {
    let name: String
    let first: Int
    let last: Int
    let attributes: [String]

    private enum CodingKeys: String, CodingKey {
      case name
      case first = "first_frame"
      case last = "last_frame"
      case attributes
    }
  }

  private static func region(_ row: [Double]) -> Region? {
    row.count == 4
      ? .box(Box(x: row[0], y: row[1], width: row[2], height: row[3]))
      : Polygon(coordinates: row).map(Region.polygon)
  }

  private static func rows(_ file: String) throws -> [[Double]] {
    String(decoding: try Shared.bytes(file), as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      line.split { $0 == "," || $0 == "\t" || $0 == " " }.map { Double(String($0)) ?? .nan }
    }
  }

  private static let lists = ["VOT2018", "VOT2019"].filter { Shared.has("data/annotations/\($0)/\($0).json") }

  @Test(
    "VOT's lists: sequences, regions, tags and sizes",
    .enabled(if: !lists.isEmpty, "needs ../shared/data/annotations/VOT2018 or VOT2019"), arguments: lists)
  func vot(name: String) throws {
    let file = "data/annotations/\(name)/\(name).json"
    var tally = Tally("\(name).json")
    let entries: [String: VOTEntry] = try Shared.json(file)
    let dataset = try DatasetCatalog.open(name.lowercased(), root: Shared.path("data"))
    tally.expect(Set(dataset.sequences.map(\.name)) == Set(entries.keys), "names")
    for sequence in dataset.sequences {
      guard let entry = entries[sequence.name] else { continue }
      tally.expect(sequence.annotation.regions == entry.truth.compactMap(Self.region), "\(sequence.name) regions")
      let tags = entry.tags.filter { !$0.value.isEmpty }.mapValues { flags in
        flags.map { $0 == 1 } + Array(repeating: false, count: max(0, sequence.count - flags.count))
      }
      tally.expect(sequence.frameTags == tags, "\(sequence.name) tags")
      tally.expect(sequence.video == .init(width: entry.width, height: entry.height), "\(sequence.name) size")
      tally.expect(!sequence.runnable || Shared.has("data/\(name)"), "\(sequence.name) is scored only")
    }
    let short = entries.values.reduce(0) { sum, entry in
      sum + entry.tags.values.count { $0.count < entry.truth.count }
    }
    tally.expect(dataset.notes.count { $0.cause.contains("Q29") } == short, "a note for each short list")
    tally.expect(DatasetCheck.run(dataset).isFine, "the check finds nothing")
    let frames = dataset.sequences.reduce(0) { $0 + $1.count }
    print("\(name): \(dataset.sequences.count) sequences, \(frames) frames")
    tally.finish()
  }

  @Test(
    "LaSOT's annotation: boxes, visibility and attributes of every sequence of its list, by name and by path",
    .enabled(if: Shared.has("data/annotations/LaSOT/list.txt"), "needs ../shared/data/annotations/LaSOT"))
  func lasot() throws {
    var tally = Tally("LaSOT annotation")
    let names = String(decoding: try Shared.bytes("data/annotations/LaSOT/list.txt"), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    let order = "IV POC DEF MB CM ROT BC VC SV FOC FM OV LR ARC".split(separator: " ").map(String.init)
    for (path, root) in [("lasot", Shared.path("data")), (Shared.path("data/annotations/LaSOT"), nil)] {
      let dataset = try DatasetCatalog.open(path, root: root)
      if path != "lasot" || !Shared.has("data/LaSOT") {
        tally.expect(dataset.sequences.map(\.name) == names, "\(path) names")
      }
      for sequence in dataset.sequences where names.contains(sequence.name) {
        let folder = "data/annotations/LaSOT/\(sequence.name)"
        let boxes = try Self.rows("\(folder)/groundtruth.txt").compactMap(Self.region)
        tally.expect(sequence.annotation.regions == boxes, "\(sequence.name) boxes")
        let absent = try Self.rows("\(folder)/absent.txt").map { $0 == [1] }
        tally.expect(sequence.visible == absent.map { !$0 }, "\(sequence.name) visibility")
        let flags = try Self.rows("\(folder)/attributes.txt")[0]
        tally.expect(
          sequence.attributes == zip(order, flags).filter { $0.1 == 1 }.map(\.0), "\(sequence.name) attributes")
      }
      let report = DatasetCheck.run(dataset)
      tally.expect(report.isFine, "\(report.faults.prefix(3))")
      print("LaSOT as \(path == "lasot" ? path : "a path"): \(dataset.summary); \(report.summary)")
      if path == "lasot" {
        tally.expect(dataset.summary.contains(" of \(max(280, names.count)) sequences"), dataset.summary)
      }
    }
    tally.finish()
  }

  @Test(
    "UAV123: every target's boxes with their NaN, attributes and range, and the program's own list equals the file",
    .enabled(if: Shared.has("data/annotations/UAV123/sequences.json"), "needs ../shared/data/annotations/UAV123"))
  func uav123() throws {
    var tally = Tally("UAV123 annotation")
    let targets: [Target] = try Shared.json("data/annotations/UAV123/sequences.json")
    let dataset = try DatasetCatalog.open("uav123", root: Shared.path("data"))
    for target in targets {
      guard let sequence = dataset.sequence(target.name) else {
        tally.expect(dataset.absent.contains { $0.name == target.name }, "\(target.name) is accounted for")
        continue
      }
      let rows = try Self.rows("data/annotations/UAV123/anno/\(target.name).txt")
      let same = zip(sequence.annotation.boxes, rows).allSatisfy { box, row in
        zip([box.x, box.y, box.width, box.height], row).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
      }
      tally.expect(same && rows.count == sequence.count, "\(target.name) boxes")
      tally.expect(sequence.count == target.last - target.first + 1, "\(target.name) range")
      tally.expect(sequence.attributes == target.attributes, "\(target.name) attributes")
    }
    // The annotation alone, without sequences.json: the program's list is the file's.
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/anno", withDestinationPath: Shared.path("data/annotations/UAV123/anno"))
    let listed = try DatasetCatalog.open(folder.path, root: nil)
    for target in targets {
      // A target of another set of annotations is in no list of the program's.
      guard let twin = dataset.sequence(target.name), let sequence = listed.sequence(target.name) else { continue }
      tally.expect(
        sequence.attributes == target.attributes && sequence.annotation.sha256 == twin.annotation.sha256,
        "\(target.name) in the program's list")
    }
    let report = DatasetCheck.run(dataset)
    tally.expect(report.isFine, "\(report.faults.prefix(3))")
    print("UAV123: \(dataset.summary); \(report.summary)")
    tally.finish()
  }

  @Test(
    "GOT-10k's layout in the goldens: boxes, shares, absence, resolution",
    .enabled(if: Shared.has("golden/eval/edge/got10k/val"), "needs ../shared/golden/eval/edge/got10k"))
  func got10k() throws {
    var tally = Tally("edge/got10k annotation")
    let folder = "golden/eval/edge/got10k/val"
    let dataset = try DatasetCatalog.open(Shared.path(folder), root: nil)
    let names = String(decoding: try Shared.bytes("\(folder)/list.txt"), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    tally.expect(dataset.sequences.map(\.name) == names, "names")
    for sequence in dataset.sequences {
      let inside = "\(folder)/\(sequence.name)"
      let boxes = try Self.rows("\(inside)/groundtruth.txt").compactMap(Self.region)
      tally.expect(sequence.annotation.regions == boxes, "\(sequence.name) boxes")
      let cover = try Self.rows("\(inside)/cover.label").map { Int($0[0]) }
      tally.expect(sequence.cover == cover, "\(sequence.name) cover")
      let absence = try Self.rows("\(inside)/absence.label").map { $0[0] == 1 }
      tally.expect(sequence.visible == absence.map { !$0 }, "\(sequence.name) absence")
      let meta = String(decoding: try Shared.bytes("\(inside)/meta_info.ini"), as: UTF8.self)
      let sides = meta.split(whereSeparator: \.isNewline).first { $0.hasPrefix("resolution") }?
        .split { !$0.isNumber }.compactMap { Int($0) }
      tally.expect(
        [sequence.video?.width, sequence.video?.height].compactMap(\.self) == sides, "\(sequence.name) resolution")
    }
    tally.expect(DatasetCheck.run(dataset).isFine, "the check finds nothing")
    tally.finish()
  }

  @Test("The made VOT sets of the goldens open as folders and as files", arguments: Shared.list("golden/eval/edge/vot"))
  func votEdge(name: String) throws {
    let folder = "golden/eval/edge/vot/\(name)"
    guard Shared.has("\(folder)/VOT2018.json") else { return }
    var tally = Tally("edge/vot/\(name) annotation")
    let entries: [String: VOTEntry] = try Shared.json("\(folder)/VOT2018.json")
    for path in [Shared.path(folder), Shared.path("\(folder)/VOT2018.json")] {
      let dataset = try DatasetCatalog.open(path, root: nil)
      for sequence in dataset.sequences {
        tally.expect(
          sequence.annotation.regions == entries[sequence.name]?.truth.compactMap(Self.region), "\(sequence.name)")
      }
      tally.expect(dataset.sequences.count == entries.count, "count")
    }
    tally.finish()
  }
}
