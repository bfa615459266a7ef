import Datasets
import Foundation
import Geometry
import TestSupport
import Testing

@Suite("Data set lists in pysot's layout")
struct PysotListTests {
  @Test(
    "Boxes of the list, pictures beside it, by name, by folder and by the file's path", arguments: ["vot2018", "lasot"])
  func opens(dataset: String) throws {
    let layout = try LayoutWriter.pysot(dataset)
    for opened in [
      try DatasetCatalog.open(dataset, root: layout.root), try DatasetCatalog.open(layout.path, root: nil),
      try DatasetCatalog.open("\(layout.place)/\(layout.place).json", root: layout.root),
    ] {
      #expect(opened.sequences.map(\.name) == ["ants1", "zebrafish1"])
      for (sequence, written) in zip(opened.sequences, layout.sequences) {
        let truth = written.truth.map { $0.map(\.description) }
        #expect(LayoutTests.numbers(sequence.annotation.regions) == truth && sequence.runnable)
      }
      #expect(DatasetCheck.run(opened, deep: true).isFine)
    }
  }

  @Test("VOT: five tags; short lists are filled up with 0, empty ones are left out (Q17, Q29), the size is the list's")
  func vot() throws {
    let layout = try LayoutWriter.pysot("vot2018")
    let dataset = try DatasetCatalog.open("vot2018", root: layout.root)
    let ants = try #require(dataset.sequence("ants1"))
    #expect(ants.frameTags.keys.sorted() == ["camera_motion", "illum_change", "motion_change", "size_change"])
    #expect(ants.frameTags["size_change"] == [true, true, false, false, false, false])
    #expect(ants.video == .init(width: LayoutWriter.width, height: LayoutWriter.height))
    #expect(dataset.tagNames == ["camera_motion", "illum_change", "motion_change", "size_change", "occlusion"])
    #expect(
      dataset.notes.map { "\($0)" } == [
        "VOT2018/VOT2018.json:2: size_change of ants1 has 2 flags for 6 frames; the rest counts as 0 (Q29)",
        "VOT2018/VOT2018.json:2: occlusion of ants1 is empty: the sequence has no such tag (Q29)",
      ])
  }

  @Test("LaSOT: the flag absent is 1 where the target can be seen (Q24)")
  func lasot() throws {
    let layout = try LayoutWriter.pysot("lasot")
    let dataset = try DatasetCatalog.open("lasot", root: layout.root)
    #expect(dataset.sequence("zebrafish1")?.visible == [true, true, false, true])
    #expect(dataset.notes.count == 1 && dataset.notes[0].cause.hasSuffix("(Q24)"))
    #expect(dataset.sequence("ants1")?.attributes == ["SV", "BC", "OV"])
  }

  @Test("Without the pictures the list is scored only, and no fault", arguments: ["vot2018", "uav123", "nfs"])
  func scoredOnly(dataset: String) throws {
    let layout = try LayoutWriter.pysot(dataset, withPictures: false)
    try FileManager.default.createDirectory(atPath: "\(layout.root)/annotations", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: layout.path, toPath: "\(layout.root)/annotations/\(layout.place)")
    let opened = try DatasetCatalog.open(dataset, root: layout.root)
    #expect(opened.sequences.map(\.name) == ["ants1", "zebrafish1"] && !opened.sequences.contains(where: \.runnable))
    #expect(opened.sequences[0].reasonNotRunnable == "no folder \(layout.place)/ants1")
    #expect(DatasetCheck.run(opened).isFine)
    #expect(opened.sequences[0].annotation.source == "annotations/\(layout.place)/\(layout.place).json")
  }

  @Test("What a folder has is taken from there, the rest from the list")
  func merged() throws {
    let layout = try LayoutWriter.pysot("vot2018", withPictures: false)
    let folders = try LayoutWriter.vot2018()
    try FileManager.default.copyItem(atPath: "\(folders.path)/ants1", toPath: "\(layout.path)/ants1")
    let dataset = try DatasetCatalog.open("vot2018", root: layout.root)
    #expect(dataset.sequences.map(\.name) == ["ants1", "zebrafish1"])
    #expect(dataset.sequences.map(\.annotation.source) == ["ants1/groundtruth.txt", "VOT2018/VOT2018.json"])
    #expect(dataset.sequences.map(\.runnable) == [true, false] && dataset.absent.count == 58)
  }

  @Test(
    "Counts that do not fit, and names that lead elsewhere, are named with the entry's line",
    arguments: [
      ("\"gt_rect\": []", "expected boxes for a, found none"),
      (
        "\"img_names\": [\"a/1.jpg\"], \"gt_rect\": [[1,2,3,4],[1,2,3,4]]",
        "expected 2 img_names for a, one for each box"
      ),
      ("\"absent\": [1], \"gt_rect\": [[1,2,3,4],[1,2,3,4]]", "expected 2 absent flags for a, one for each box"),
      ("\"occlusion\": [1,0,1], \"gt_rect\": [[1,2,3,4]]", "expected at most 1 occlusion flags for a"),
      ("\"occlusion\": [7], \"gt_rect\": [[1,2,3,4]]", "expected 0 or 1 in occlusion of \"a\", found 7 for frame 1"),
      ("\"width\": 0.5, \"gt_rect\": [[1,2,3,4]]", "expected the width or height of a picture"),
      (
        "\"gt_rect\": [[1,2,3,4,5,6]]",
        "expected 4 numbers (a box) or 8 (corners) in row 1 of gt_rect of \"a\", found 6"
      ),
      ("\"img_names\": [\"a/../../etc/passwd\"], \"gt_rect\": [[1,2,3,4]]", "expected names of pictures below"),
      ("\"img_names\": [\"a/x.jpg\"], \"gt_rect\": 7", "expected an array"),
      ("\"img_names\": [\"a/x.jpg\"]", "the entry \"a\" has no gt_rect"),
    ])
  func faults(fields: String, cause: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("{\n\"a\": {\(fields)}, \"b\": {\"gt_rect\": [[5,6,7,8]]}}", to: "list.json")
    try folder.makeFolder("a")
    let survey = try DatasetCatalog.survey("\(folder.path)/list.json", root: nil)
    let fault = try #require(survey.faults.first)
    #expect(fault.place == "list.json:2" && fault.cause.hasPrefix(cause), "\(fault)")
    #expect(fault.remedy != nil)
  }

  @Test("One box for many pictures is the test part of a benchmark whose server has the rest")
  func firstBoxOnly() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "{\"a\": {\"img_names\": [\"a/1.jpg\", \"a/2.jpg\"], \"gt_rect\": [[1,2,3,4]]}}", to: "list.json")
    let sequence = try DatasetCatalog.open("\(folder.path)/list.json", root: nil).sequences[0]
    #expect(sequence.hasOnlyFirstBox && sequence.count == 2 && sequence.annotation.regions[1].isAbsent)
  }

  @Test("An entry that stands twice is refused")
  func twice() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"a\": {\"gt_rect\": [[1,2,3,4]]},\n\"a\": {\"gt_rect\": [[1,2,3,4]]}}", to: "list.json")
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("\(folder.path)/list.json", root: nil) }
    #expect(error?.place == "list.json:2" && error?.cause == "the entry \"a\" stands in line 1 already")
  }

  @Test("A list cut short anywhere is a fault with its line, never a crash", arguments: ["vot2018", "lasot"])
  func truncated(dataset: String) throws {
    let layout = try LayoutWriter.pysot(dataset)
    let file = "\(layout.place)/\(layout.place).json"
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: "\(layout.root)/\(file)")))
    for length in stride(from: 0, to: whole.count - 2, by: 7) {
      try layout.folder.write(Array(whole.prefix(length)), to: file)
      let survey = try DatasetCatalog.survey(dataset, root: layout.root)
      #expect(survey.faults.contains { $0.kind == .malformed && $0.line != nil }, "\(length)")
      #expect(survey.sequences.isEmpty, "half a list is none")
    }
  }

  @Test("Random damage never crashes, and the check goes on after it")
  func damaged() throws {
    let layout = try LayoutWriter.pysot("vot2018")
    let file = "\(layout.place)/\(layout.place).json"
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: "\(layout.root)/\(file)")))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try layout.folder.write(bytes, to: file)
      _ = DatasetCheck.run(try DatasetCatalog.survey("vot2018", root: layout.root))
    }
  }
}
