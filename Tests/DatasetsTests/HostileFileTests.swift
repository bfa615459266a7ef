import Datasets
import Foundation
import TestSupport
import Testing

/// Every small file of every layout, cut short and damaged: whatever happens is a fault, never a crash or half a truth.
@Suite("Small files of data sets, damaged")
struct HostileFileTests {
  /// Text files of a layout, its pictures and long annotations left out.
  private static func texts(_ layout: LayoutWriter) -> [String] {
    let files = FileManager.default.enumerator(atPath: layout.path)?.compactMap { $0 as? String } ?? []
    return files.filter { file in
      let ends = [".txt", ".tag", ".label", ".value", ".ini", "/sequence"]
      guard ends.contains(where: file.hasSuffix), !file.hasSuffix("nlp.txt") else { return false }
      let size = (try? FileManager.default.attributesOfItem(atPath: "\(layout.path)/\(file)")[.size] as? Int) ?? 0
      return size > 0 && size < 600
    }.sorted()
  }

  private static func bytes(_ layout: LayoutWriter, _ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(layout.path)/\(file)")))
  }

  @Test("Cut short anywhere", arguments: LayoutWriter.all)
  func truncated(write: @Sendable () throws -> LayoutWriter) throws {
    let layout = try write()
    // Its files have hundreds of lines, which the rows of other data sets stand for.
    guard layout.dataset != "uav123" else { return }
    for file in Self.texts(layout) {
      let whole = try Self.bytes(layout, file)
      let step = max(1, whole.count / 12)
      for length in stride(from: 0, to: whole.count, by: step) {
        try layout.folder.write(Array(whole.prefix(length)), to: "\(layout.place)/\(file)")
        let survey = try DatasetCatalog.survey(layout.dataset, root: layout.root)
        for sequence in survey.sequences {
          #expect(sequence.count > 0 && sequence.visible?.count ?? sequence.count == sequence.count)
          #expect(sequence.cover?.count ?? sequence.count == sequence.count)
          #expect(sequence.anchors?.count ?? sequence.count == sequence.count)
          #expect(sequence.frameTags.values.allSatisfy { $0.count == sequence.count })
        }
      }
      try layout.folder.write(whole, to: "\(layout.place)/\(file)")
    }
  }

  @Test("Random bytes in any of them", arguments: LayoutWriter.all)
  func damaged(write: @Sendable () throws -> LayoutWriter) throws {
    let layout = try write()
    guard layout.dataset != "uav123" else { return }
    var random = SystemRandomNumberGenerator()
    for file in Self.texts(layout) {
      let whole = try Self.bytes(layout, file)
      for _ in 0..<8 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        try layout.folder.write(bytes, to: "\(layout.place)/\(file)")
        _ = DatasetCheck.run(try DatasetCatalog.survey(layout.dataset, root: layout.root))
      }
      try layout.folder.write(whole, to: "\(layout.place)/\(file)")
    }
  }

  @Test("Numbers far beyond any picture neither crash nor take memory")
  func hugeNumbers() throws {
    let color = try LayoutWriter.tcolor128()
    for text in ["1,1000000000\n", "0,1e9\n", "-5,3\n", "1e308,1e308\n", "NaN,NaN\n", "0.5,7.5\n"] {
      try color.write(text, to: "David/David_frames.txt")
      let survey = try DatasetCatalog.survey("tcolor128", root: color.root)
      #expect(survey.faults.first?.place == "David/David_frames.txt:1", "\(text)")
    }
    let nfs = try LayoutWriter.nfs(rate: 240)
    try nfs.write(lines(6, "0 1e308 1e308 -1e308 -1e308 0"), to: "airboard_1/240/airboard_1.txt")
    #expect(DatasetCheck.run(try DatasetCatalog.survey("nfs", root: nfs.root)).isFine == false)
    let got = try LayoutWriter.got10kVal()
    for value in ["(99999999999999999999, 3)", "(-1, 5)", "(1)", "()", "(1, 2, 3)"] {
      try got.write("resolution: \(value)\n", to: "val/GOT-10k_Val_000001/meta_info.ini")
      #expect(try DatasetCatalog.survey("got10k-val", root: got.root).faults.count == 1, "\(value)")
    }
  }
}
