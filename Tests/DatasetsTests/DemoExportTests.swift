import Datasets
import Faults
import Foundation
import Geometry
import Imaging
import TestSupport
import Testing

/// Drawn sequences as OTB folders.
@Suite struct DemoExportTests {
  private static func folder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("demo-export-\(UUID().uuidString)", isDirectory: true)
  }

  private static let small = Dataset(
    name: "small",
    sequences: (0..<3).map { SceneGenerator.sequence(seed: 40 + $0, width: 96, height: 72, frames: 5) })

  @Test func `Exported frames decode to the drawn pixels and boxes read back as written`() throws {
    let root = Self.folder()
    defer { try? FileManager.default.removeItem(at: root) }
    var seen = 0
    try DatasetExport.write(Self.small, to: root.path) { progress in
      seen += 1
      #expect(progress.frames == 5 && progress.sequences == 3 && progress.frame == (seen - 1) % 5 + 1)
    }
    #expect(seen == 15)
    for sequence in Self.small.sequences {
      let folder = root.appendingPathComponent(sequence.name)
      for index in 0..<5 {
        let image = try Image(contentsOf: folder.appendingPathComponent("img/000\(index + 1).png").path)
        #expect(image == (try sequence.frames.image(at: index)))
      }
      let text = try String(contentsOf: folder.appendingPathComponent("groundtruth_rect.txt"), encoding: .utf8)
      let boxes = text.split(separator: "\n").map { line in line.split(separator: ",").compactMap { Double($0) } }
      #expect(boxes == sequence.annotation.boxes.map { [$0.x, $0.y, $0.width, $0.height] })
      let attributes = try? String(contentsOf: folder.appendingPathComponent("attributes.txt"), encoding: .utf8)
      #expect((attributes ?? "\n") == sequence.attributes.joined(separator: ",") + "\n")
      let tag = try String(contentsOf: folder.appendingPathComponent("out_of_view.tag"), encoding: .utf8)
      #expect(tag.split(separator: "\n").map { $0 == "1" } == sequence.frameTags["out_of_view"])
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
    #expect(Set(names) == Set(Self.small.sequences.map(\.name)), "no draft is left behind")
  }

  @Test func `The folder reader gets back what was exported: boxes, attributes and tags`() throws {
    let folder = try TemporaryFolder()
    try DatasetExport.write(Self.small, to: folder.path)
    let read = try DatasetCatalog.open(folder.path, root: nil)
    #expect(read.sequences.count == Self.small.sequences.count)
    for sequence in Self.small.sequences {
      let back = try #require(read.sequence(sequence.name))
      #expect(back.runnable)
      #expect(back.annotation.regions == sequence.annotation.regions)
      #expect(back.annotation.sha256 == sequence.annotation.sha256)
      #expect(back.attributes == sequence.attributes)
      #expect(back.frameTags == sequence.frameTags)
      #expect(Set(sequence.attributes).isSubset(of: Set(read.attributes)))
    }
  }

  @Test func `A folder that is not empty is refused before anything is written`() throws {
    let root = Self.folder()
    defer { try? FileManager.default.removeItem(at: root) }
    let last = root.appendingPathComponent(Self.small.sequences[2].name)
    try FileManager.default.createDirectory(at: last, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: last.appendingPathComponent("notes.txt"))
    let fault = #expect(throws: ExportFault.self) { try DatasetExport.write(Self.small, to: root.path) }
    #expect(fault?.place == last.path && fault?.cause == "the folder is there already and not empty")
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: last.path) == ["notes.txt"])
  }

  @Test func `An export that stops half way leaves whole sequences only`() throws {
    struct Stop: Error {}
    let root = Self.folder()
    defer { try? FileManager.default.removeItem(at: root) }
    let whole = Self.small.sequences[0]
    let broken = Sequence(
      name: "broken",
      frames: Frames(
        count: 5, label: { "\($0)" }, open: { if $0 == 3 { throw Stop() } else { try whole.frames.image(at: $0) } }),
      annotation: whole.annotation)
    #expect(throws: Stop.self) {
      try DatasetExport.write(Dataset(name: "d", sequences: [whole, broken]), to: root.path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == [whole.name])
  }

  @Test(arguments: ["", ".", "..", "../up", "a/b", ".hidden"])
  func `A name that cannot be a folder's is refused`(name: String) throws {
    let root = Self.folder()
    let whole = Self.small.sequences[0]
    let odd = Sequence(name: name, frames: whole.frames, annotation: whole.annotation)
    #expect(throws: ExportFault.self) { try DatasetExport.write(Dataset(name: "d", sequences: [odd]), to: root.path) }
    #expect(!FileManager.default.fileExists(atPath: root.path))
  }

  @Test func `A sequence whose frames are missing is refused by name`() throws {
    let whole = Self.small.sequences[0]
    let blind = Sequence(
      name: "blind", frames: Frames(count: 0, label: { "\($0)" }, open: whole.frames.image),
      annotation: whole.annotation)
    let fault = #expect(throws: ExportFault.self) {
      try DatasetExport.write(Dataset(name: "d", sequences: [blind]), to: Self.folder().path)
    }
    #expect(fault?.cause == "5 frames are annotated, but only 0 can be opened")
  }

  @Test func `A sequence can be cut to its first frames`() throws {
    let root = Self.folder()
    defer { try? FileManager.default.removeItem(at: root) }
    try DatasetExport.write(Self.small, to: root.path, frames: 2)
    let folder = root.appendingPathComponent(Self.small.sequences[1].name)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("img").path).count == 2)
    let text = try String(contentsOf: folder.appendingPathComponent("groundtruth_rect.txt"), encoding: .utf8)
    #expect(text.split(separator: "\n").count == 2)
  }
}
