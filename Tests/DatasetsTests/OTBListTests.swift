import Datasets
import Foundation
import TestSupport
import Testing

@Suite("The lists of the Object Tracking Benchmark")
struct OTBListTests {
  /// A row of `sequences.json`.
  struct Row: Decodable {
    let name: String
    let first_frame: Int
    let last_frame: Int
    let frames: Int
    let digits: Int
    let attributes_matlab: [String]
    let in_otb50: Bool
    let in_otb2013: Bool
  }

  @Test("100, 50 and 51 targets in 98, 49 and 50 folders, 59,035 frames")
  func counts() {
    #expect(OTBList.allCases.map(\.targets.count) == [100, 50, 51])
    #expect(OTBList.allCases.map { Set($0.targets.map(\.folder)).count } == [98, 49, 50])
    #expect(OTBList.targets.reduce(0) { $0 + $1.count } == 59_035)
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
      tally.expect(target.range == row.first_frame...row.last_frame && target.count == row.frames, "\(row.name) range")
      tally.expect(target.digits == row.digits, "\(row.name) digits")
      tally.expect(target.attributes.map(\.rawValue).sorted() == row.attributes_matlab, "\(row.name) attributes")
      tally.expect(target.lists.contains(.otb50) == row.in_otb50, "\(row.name) in otb50")
      tally.expect(target.lists.contains(.otb2013) == row.in_otb2013, "\(row.name) in otb2013")
    }
    tally.finish()
  }

  @Test("The three lists equal the benchmark's own, in their order", arguments: OTBList.allCases)
  func lists(list: OTBList) throws {
    let file = "data/annotations/OTB100/\(list.rawValue).txt"
    guard Shared.has(file) else { return }
    let names = String(decoding: try Shared.bytes(file), as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(list.targets.map(\.name) == names)
  }

  @Test(
    "Folders, first pictures and long attribute names equal those of pysot's list",
    .enabled(if: Shared.has("data/annotations/OTB100/OTB100.json"), "needs ../shared/data/annotations/OTB100"))
  func folders() throws {
    struct Entry: Decodable {
      let img_names: [String]
      let attr: [String]
    }
    var tally = Tally("OTB100/OTB100.json folders")
    let entries: [String: Entry] = try Shared.json("data/annotations/OTB100/OTB100.json")
    for target in OTBList.targets {
      guard let entry = entries[target.name] else { continue }
      let names = target.range.map { number in
        let text = String(number)
        return "\(target.folder)/img/\(String(repeating: "0", count: target.digits - text.count))\(text).jpg"
      }
      tally.expect(names == entry.img_names, "\(target.name) picture names")
      tally.expect(target.attributes.map(\.longName) == entry.attr, "\(target.name) attributes")
    }
    tally.finish()
  }
}
