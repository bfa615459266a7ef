import Foundation
import Geometry
import Scoring
import TestSupport

/// The OTB-100 annotation as the shared folder has it, read here so that these tests need no other room.
struct OTB100Material: Sendable {
  struct Entry: Decodable {
    let truth: [[Double]]
    let attributes: [String]

    enum CodingKeys: String, CodingKey {
      case truth = "gt_rect"
      case attributes = "attr"
    }
  }
  struct SequenceInfo: Decodable {
    let name: String
    let attributes: [String]

    enum CodingKeys: String, CodingKey {
      case name
      case attributes = "attributes_matlab"
    }
  }

  static let folder = "data/annotations/OTB100"
  /// Read once for all tests.
  static let loaded = Result { try OTB100Material() }
  static let isThere = Shared.has("\(folder)/OTB100.json") && Shared.has("\(folder)/sequences.json")

  let names: [String]
  let truth: [String: [Box]]
  /// Long names of pysot's file and short ones of the MATLAB toolkit together: no name is in both.
  let attributes: [String: [String]]
  let subsets: [String: [String]]

  private init() throws {
    let entries: [String: Entry] = try Shared.json("\(Self.folder)/OTB100.json")
    let infos: [SequenceInfo] = try Shared.json("\(Self.folder)/sequences.json")
    let short = Dictionary(uniqueKeysWithValues: infos.map { ($0.name, $0.attributes) })
    names = entries.keys.sorted()
    truth = entries.mapValues { $0.truth.compactMap(Box.init(numbers:)) }
    attributes = Dictionary(
      uniqueKeysWithValues: entries.map { ($0.key, $0.value.attributes + (short[$0.key] ?? [])) })
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
    var bytes = try Shared.bytes(relative)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    let separators = Set(", \t\r".utf8)
    let lines = bytes.isEmpty ? [] : bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    boxes = lines.compactMap { line in
      Box(numbers: line.split { separators.contains($0) }.compactMap { Double(String(decoding: $0, as: UTF8.self)) })
    }
    let first = lines.first ?? []
    layout = ResultLayout(
      delimiter: first.contains(UInt8(ascii: ",")) || first.isEmpty
        ? .comma : first.contains(UInt8(ascii: "\t")) ? .tab : .space,
      hasBlankLines: lines.contains { $0.isEmpty })
  }
}

extension Box {
  init?(numbers: [Double]) {
    guard numbers.count == 4 else { return nil }
    self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}
