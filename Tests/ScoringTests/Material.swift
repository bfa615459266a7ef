import Foundation
import Geometry
import Scoring
import TestSupport

/// The OTB-100 annotation as the shared folder has it, read here so that these tests need no other room.
struct OTB100Material {
  struct Entry: Decodable {
    let gt_rect: [[Double]]
    let attr: [String]
  }
  struct SequenceInfo: Decodable {
    let name: String
    let attributes_matlab: [String]
  }

  static let folder = "data/annotations/OTB100"
  static let isThere = Shared.has("\(folder)/OTB100.json") && Shared.has("\(folder)/sequences.json")

  let names: [String]
  let truth: [String: [Box]]
  /// Long names of pysot's file and short ones of the MATLAB toolkit together: no name is in both.
  let attributes: [String: [String]]
  let subsets: [String: [String]]

  init() throws {
    let entries: [String: Entry] = try Shared.json("\(Self.folder)/OTB100.json")
    let infos: [SequenceInfo] = try Shared.json("\(Self.folder)/sequences.json")
    let short = Dictionary(uniqueKeysWithValues: infos.map { ($0.name, $0.attributes_matlab) })
    names = entries.keys.sorted()
    truth = entries.mapValues { $0.gt_rect.compactMap(Box.init(numbers:)) }
    attributes = Dictionary(
      uniqueKeysWithValues: entries.map { ($0.key, $0.value.attr + (short[$0.key] ?? [])) })
    var lists: [String: [String]] = [:]
    for list in Shared.list(Self.folder) where list.hasSuffix(".txt") {
      let text = String(decoding: try Shared.bytes("\(Self.folder)/\(list)"), as: UTF8.self)
      lists[String(list.dropLast(4))] = text.split(whereSeparator: \.isNewline).map(String.init)
    }
    subsets = lists
  }

  func records(of tracker: String) throws -> [SequenceRecord] {
    try names.compactMap { name in
      let path = "data/results/OTB100/\(tracker)/\(name).txt"
      guard Shared.has(path), let truth = truth[name] else { return nil }
      return SequenceRecord(
        name: name, truth: truth, prediction: try ResultText(path).boxes, attributes: attributes[name] ?? [])
    }
  }
}

/// A result file as text: boxes and layout. Made for the shared folder's files, all of which are well formed.
struct ResultText {
  let boxes: [Box]
  let layout: ResultLayout

  init(_ relative: String) throws {
    var text = String(decoding: try Shared.bytes(relative), as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    let lines = text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false)
    boxes = lines.compactMap { line in
      Box(numbers: line.split { ", \t\r".contains($0) }.compactMap { Double($0) })
    }
    let first = lines.first ?? ""
    layout = ResultLayout(
      delimiter: first.contains(",") || first.isEmpty ? .comma : first.contains("\t") ? .tab : .space,
      hasBlankLines: lines.contains { $0.isEmpty })
  }
}

extension Box {
  init?(numbers: [Double]) {
    guard numbers.count == 4 else { return nil }
    self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}
