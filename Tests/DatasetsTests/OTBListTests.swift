import Datasets
import Foundation
import TestSupport
import Testing

@Suite("The lists of the Object Tracking Benchmark")
struct OTBListTests {
  /// A row of `sequences.json`.
  struct Row: Decodable {
    let name: String
    let firstFrame: Int
    let lastFrame: Int
    let frames: Int
    let digits: Int
    let attributes: [String]
    let inOTB50: Bool
    let inOTB2013: Bool

    enum CodingKeys: String, CodingKey {
      case name
      case firstFrame = "first_frame"
      case lastFrame = "last_frame"
      case frames
      case digits
      case attributes = "attributes_matlab"
      case inOTB50 = "in_otb50"
      case inOTB2013 = "in_otb2013"
    }
  }

  @Test("100, 50 and 51 targets in 98, 49 and 50 folders, 59,035 frames")
  func counts() {
    #expect(OTBList.allCases.map(\.targets.count) == [100, 50, 51])
    #expect(OTBList.allCases.map { Set($0.targets.map(\.folder)).count } == [98, 49, 50])
    #expect(
      OTBList.allCases.map { list in list.targets.map(\.count).reduce(0, +) } == [59_035, 26_972, 29_486])
    #expect(Set(OTBList.targets.map(\.name)).count == 100)
  }

  @Test("Every attribute has a long name, and they stand in the order of the MATLAB files")
  func attributes() {
    #expect(Attribute.shortNames.joined(separator: " ") == "IV OPR SV OCC DEF MB FM IPR OV BC LR")
    #expect(Set(Attribute.allCases.map(\.longName)).count == 11)
    #expect(Attribute.longName("OPR") == "Out-of-Plane Rotation" && Attribute.longName("camera") == "camera")
    for target in OTBList.targets {
      #expect(target.attributes == Attribute.allCases.filter(target.attributes.contains), "\(target.name)")
    }
  }

  @Test(
    "Names, ranges, digits, attributes and lists equal the annotations' own table",
    .enabled(if: Shared.has("data/annotations/OTB100/sequences.json"), "needs ../shared/data/annotations/OTB100"))
  func table() throws {
    var tally = Tally("OTB100/sequences.json")
    let rows: [Row] = try Shared.json("data/annotations/OTB100/sequences.json")
    tally.expect(rows.map(\.name) == OTBList.targets.map(\.name), "names in order")
    for row in rows {
      guard let target = OTBList.targets.first(where: { $0.name == row.name }) else {
        tally.expect(false, "\(row.name) is not in the list")
        continue
      }
      tally.expect(target.range == row.firstFrame...row.lastFrame && target.count == row.frames, "\(row.name) range")
      tally.expect(target.digits == row.digits, "\(row.name) digits")
      tally.expect(target.attributes.map(\.rawValue).sorted() == row.attributes, "\(row.name) attributes")
      tally.expect(target.lists.contains(.otb50) == row.inOTB50, "\(row.name) in otb50")
      tally.expect(target.lists.contains(.otb2013) == row.inOTB2013, "\(row.name) in otb2013")
    }
    tally.finish()
  }

  @Test(
    "The lists equal the benchmark's own, in their order",
    .enabled(if: !listFiles.isEmpty, "needs ../shared/data/annotations/OTB100/otb*.txt"))
  func lists() throws {
    var tally = Tally("OTB100 lists")
    for (list, file) in Self.listFiles {
      let names = String(decoding: try Shared.bytes(file), as: UTF8.self).split(separator: "\n").map(String.init)
      tally.expect(list.targets.map(\.name) == names, file)
    }
    tally.finish()
  }

  private static let listFiles = OTBList.allCases.map { ($0, "data/annotations/OTB100/\($0.rawValue).txt") }
    .filter { Shared.has($0.1) }

  @Test(
    "Folders, first pictures and long attribute names equal those of pysot's list",
    .enabled(if: Shared.has("data/annotations/OTB100/OTB100.json"), "needs ../shared/data/annotations/OTB100"))
  func folders() throws {
    var tally = Tally("OTB100/OTB100.json folders")
    let entries: [String: PysotEntry] = try Shared.json("data/annotations/OTB100/OTB100.json")
    for target in OTBList.targets {
      guard let entry = entries[target.name] else { continue }
      let names = target.range.map { number in
        let text = String(number)
        return "\(target.folder)/img/\(String(repeating: "0", count: target.digits - text.count))\(text).jpg"
      }
      tally.expect(names == entry.pictures, "\(target.name) picture names")
      tally.expect(target.attributes.map(\.longName) == entry.attributes, "\(target.name) attributes")
    }
    tally.finish()
  }
}

/// An entry of `OTB100.json`.
struct PysotEntry: Decodable {
  let pictures: [String]
  let boxes: [[Double]]
  let attributes: [String]

  enum CodingKeys: String, CodingKey {
    case pictures = "img_names"
    case boxes = "gt_rect"
    case attributes = "attr"
  }
}
