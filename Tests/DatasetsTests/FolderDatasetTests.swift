import Datasets
import Foundation
import Geometry
import TestSupport
import Testing

@Suite("VOT folders")
struct VOTFolderTests {
  private static let corners = "10.5,20,30,20,30,40,10.5,40"

  /// A VOT folder with one sequence of `frames` pictures of 40x30.
  static func folder(frames: Int = 3, annotation: String? = nil, pictures: String = "color") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("bag\n", to: "list.txt")
    try folder.write(annotation ?? lines(frames, corners), to: "bag/groundtruth.txt")
    for name in pictureNames(1...frames, digits: 8, suffix: ".png") {
      try folder.write(tinyPNG(width: 40, height: 30), to: "bag/\(pictures)/\(name)")
    }
    return folder
  }

  @Test(
    "The sequences of list.txt, their polygons, pictures and tags are there",
    .enabled(if: Shared.has("data/VOT/list.txt"), "needs ../shared/data/VOT"))
  func real() throws {
    var tally = Tally("VOT folder")
    let names = String(decoding: try Shared.bytes("data/VOT/list.txt"), as: UTF8.self).split(separator: "\n")
    let dataset = try DatasetCatalog.open(Shared.path("data/VOT"), root: nil)
    tally.expect(dataset.name == "VOT" && dataset.sequences.map(\.name) == names.map(String.init), "names")
    for sequence in dataset.sequences {
      let folder = "data/VOT/\(sequence.name)"
      let text = String(decoding: try Shared.bytes("\(folder)/groundtruth.txt"), as: UTF8.self)
      let polygons = text.split(separator: "\n").map { line in
        Polygon(coordinates: line.split(separator: ",").compactMap { Double($0) }).map(Region.polygon)
      }
      tally.expect(sequence.annotation.regions == polygons.compactMap { $0 }, "\(sequence.name) polygons")
      tally.expect(sequence.runnable && sequence.frames.count == polygons.count, "\(sequence.name) can be run")
      let pictures = Shared.list("\(folder)/color").map { Shared.path("\(folder)/color/\($0)") }
      tally.expect((0..<sequence.frames.count).map(sequence.frames.label) == pictures, "\(sequence.name) pictures")
      let tags = Shared.list(folder).filter { $0.hasSuffix(".tag") }
      tally.expect(sequence.frameTags.keys.sorted() == tags.map { String($0.dropLast(4)) }, "\(sequence.name) tags")
      for tag in tags {
        let flags = String(decoding: try Shared.bytes("\(folder)/\(tag)"), as: UTF8.self).split(separator: "\n")
        tally.expect(sequence.frameTags[String(tag.dropLast(4))] == flags.map { $0 == "1" }, "\(sequence.name) \(tag)")
      }
    }
    tally.finish()
  }

  @Test(
    "A sequence's own folder will do", .enabled(if: Shared.has("data/VOT/bag"), "needs ../shared/data/VOT"),
    arguments: ["VOT/bag", "VOT/bag/"])
  func single(path: String) throws {
    let dataset = try DatasetCatalog.open(path, root: Shared.path("data"))
    #expect(dataset.name == "bag" && dataset.sequences.map(\.name) == ["bag"])
    #expect(dataset.sequences[0].runnable)
  }

  @Test("Pictures lie in color, imgs, img, or beside the annotation", arguments: ["color", "imgs", "img", "."])
  func places(place: String) throws {
    let folder = try Self.folder(pictures: place)
    let bag = try #require(try DatasetCatalog.open(folder.path, root: nil).sequences.first)
    #expect(bag.runnable && bag.frames.count == 3)
    #expect(bag.frames.label(2).hasSuffix("00000003.png"))
    #expect(bag.annotation.boxes.count == 3)
  }

  @Test("Boxes of 4 numbers are boxes, and forms may mix")
  func boxes() throws {
    let folder = try Self.folder(annotation: "1,2,3,4\r\n\(Self.corners)\r\nNaN,NaN,NaN,NaN")
    let bag = try #require(try DatasetCatalog.open(folder.path, root: nil).sequences.first)
    #expect(bag.annotation.regions[0] == .box(Box(x: 1, y: 2, width: 3, height: 4)))
    guard case .polygon(let polygon) = bag.annotation.regions[1] else { return #expect(Bool(false)) }
    #expect(polygon.vertices.first == Point(x: 10.5, y: 20))
    #expect(bag.annotation.boxes[2].isEmpty)
  }

  @Test("Tags and labels are per frame; short ones are filled up with 0 (Q29), GOT-10k's cover is none")
  func tags() throws {
    let folder = try Self.folder()
    try folder.write("1\n0\n1\n", to: "bag/occlusion.tag")
    try folder.write("1\r\n", to: "bag/absence.label")
    try folder.write("", to: "bag/empty.tag")
    try folder.write("8\n7\n8\n", to: "bag/cover.label")
    try folder.write("0.1\n0.2\n", to: "bag/practical.value")
    let dataset = try DatasetCatalog.open(folder.path, root: nil)
    #expect(
      dataset.sequences[0].frameTags == [
        "occlusion": [true, false, true], "absence": [true, false, false], "empty": [false, false, false],
      ])
    #expect(dataset.tagNames == ["occlusion", "absence", "empty"])
  }

  @Test(
    "A damaged tag is named with its line",
    arguments: [
      ("1\n2\n0\n", 2, "expected 0 or 1, found 2.0"), ("1\nx\n", 2, #"expected 1 number, found "x" ("x")"#),
      ("1\n0\n0\n1\n", 4, "expected at most 3 lines, one a frame, found 4"),
    ])
  func damagedTag(text: String, line: Int, cause: String) throws {
    let folder = try Self.folder()
    try folder.write(text, to: "bag/occlusion.tag")
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.place == "bag/occlusion.tag:\(line)" && error?.cause == cause)
  }

  @Test("The sequence file tells the frame rate and size, and is not needed")
  func metadata() throws {
    let folder = try Self.folder()
    #expect(try DatasetCatalog.open(folder.path, root: nil).sequences[0].video == nil)
    try folder.write(
      "name=bag\r\nfps = 25\nwidth=40\nheight= 30\nchannels.color=color/%08d.png\n", to: "bag/sequence")
    #expect(
      try DatasetCatalog.open(folder.path, root: nil).sequences[0].video
        == .init(frameRate: 25, width: 40, height: 30))
    try folder.write("name=bag\nfps=fast\nwidth=0\n", to: "bag/sequence")
    let faults = try DatasetCatalog.survey(folder.path, root: nil).faults
    #expect(faults.map(\.place) == ["bag/sequence:2", "bag/sequence:3"])
    #expect(faults.first?.cause == #"expected a number above 0 for fps, found "fast""#)
  }

  @Test("What list.txt names and is not there is absent, and the check says so")
  func absent() throws {
    let folder = try Self.folder()
    try folder.write("\u{feff}bag\r\n\r\nball2\r\nempty", to: "list.txt")
    try folder.makeFolder("empty")
    try folder.write(lines(3), to: "other/groundtruth.txt")
    let dataset = try DatasetCatalog.open(folder.path, root: nil)
    #expect(dataset.sequences.map(\.name) == ["bag"])
    #expect(dataset.absent.map(\.name) == ["ball2", "empty"])
    #expect(dataset.summary == "1 of 3 sequences can be run, 2 not here")
    #expect(DatasetCheck.run(dataset).faults.map(\.place) == ["list.txt:3", "list.txt:4"])
  }

  @Test("A list that leads out of its folder, or names a sequence twice, is refused")
  func hostileList() throws {
    let folder = try Self.folder()
    try folder.write("bag\n../../secret\n/etc\nbag\n", to: "list.txt")
    let faults = try DatasetCatalog.survey(folder.path, root: nil).faults
    #expect(faults.map(\.place) == ["list.txt:2", "list.txt:3", "list.txt:4"])
    #expect(faults.last?.cause == "bag stands in line 1 already")
  }

  @Test("Masks of VOT2020 are masks, among boxes and polygons; one without a pixel is a target that is not there")
  func masks() throws {
    let folder = try Self.folder(annotation: "m10,5,4,2,1,2,3\r\n1,2,3,4\r\nm0,0,3,3,9")
    let dataset = try DatasetCatalog.open(folder.path, root: nil)
    let regions = dataset.sequences[0].annotation.regions
    #expect(regions[0] == Mask(x: 10, y: 5, width: 4, height: 2, runs: [1, 2, 3]).map(Region.mask))
    #expect(regions[1] == .box(Box(x: 1, y: 2, width: 3, height: 4)) && regions[2].isAbsent)
    #expect(dataset.sequences[0].annotation.line(of: 2) == 3)
    let report = DatasetCheck.run(dataset)
    #expect(report.isFine && report.fine.absentTargets == 1 && report.fine.regions == 2)
  }

  @Test(
    "A damaged mask is named with its line",
    arguments: [
      ("m1,2,3", "expected left, top, width and height of a mask, found 3 numbers"),
      ("m1,2,x,4", #"expected whole numbers of a mask, found "x""#),
      ("m", #"expected whole numbers of a mask, found """#),
      ("m0,0,2,2,5", "expected runs that fit into a mask of 2x2 pixels"),
      ("m0,0,9999999,9999999,0", "expected runs that fit into a mask of 9999999x9999999 pixels"),
      ("m0,0,9223372036854775807,2,0", "expected runs that fit into a mask of"),
      ("m0,0,-2,-2,1", "expected runs that fit into a mask of"), ("m0,0,2,2,-1", "expected runs that fit"),
    ])
  func damagedMask(line: String, cause: String) throws {
    let folder = try Self.folder(annotation: "1,2,3,4\n\(line)\n1,2,3,4\n")
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.place == "bag/groundtruth.txt:2" && error?.cause.hasPrefix(cause) == true, "\(error?.cause ?? "")")
  }
}

@Suite("Plain folders")
struct PlainFolderTests {
  @Test("A folder of folders: pictures of every kind, in the order of their numbers")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,2,3,4\n5,6,7,8\n9,10,11,12", to: "cup/groundtruth_rect.txt")
    try folder.touch("cup/img", ["9.JPG", "10.jpg", "11.Jpeg", "._9.jpg", "Thumbs.db"])
    try folder.write(lines(2), to: "dog/groundtruth_rect.txt")
    try folder.touch("dog", ["frame_8.png", "frame_10.png"])
    try folder.makeFolder("notes")
    let dataset = try DatasetCatalog.open(folder.path + "/", root: nil)
    #expect(dataset.sequences.map(\.name) == ["cup", "dog"] && dataset.attributes.isEmpty)
    let names = dataset.sequences.map { sequence in
      (0..<sequence.frames.count).map { sequence.frames.label($0).split(separator: "/").last.map(String.init) }
    }
    #expect(names == [["9.JPG", "10.jpg", "11.Jpeg"], ["frame_8.png", "frame_10.png"]])
  }

  @Test("More pictures than boxes are left alone, fewer are a fault", arguments: [(5, true), (4, true), (3, false)])
  func counts(pictures: Int, good: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(4), to: "cup/groundtruth_rect.txt")
    try folder.touch("cup/img", pictureNames(1...pictures))
    let survey = try DatasetCatalog.survey("\(folder.path)/cup", root: nil)
    #expect(survey.sequences[0].runnable == good && survey.faults.isEmpty == good)
    #expect(survey.sequences[0].frames.count == min(4, pictures))
    if !good {
      #expect(survey.faults[0].cause == "expected 4 pictures, one for each annotated line, found 3")
      #expect(survey.faults[0].place == "cup/img")
    }
  }

  @Test("A number left out would shift every later box: a fault, unless all steps are equal")
  func gaps() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(4), to: "cup/groundtruth_rect.txt")
    try folder.touch("cup/img", ["0001.jpg", "0002.jpg", "0004.jpg", "0005.jpg", "0006.jpg"])
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.place == "cup/img/0003.jpg" && error?.kind == .framesMissing)
    try folder.remove("cup/img")
    try folder.touch("cup/img", ["0001.jpg", "0006.jpg", "0011.jpg", "0016.jpg"])
    #expect(try DatasetCatalog.open(folder.path, root: nil).sequences[0].runnable)
  }

  @Test("Two pictures of one number are a fault")
  func repeated() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(2), to: "cup/groundtruth_rect.txt")
    try folder.touch("cup/img", ["0001.jpg", "1.png", "0002.jpg"])
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.cause == "expected one picture a number, found 0001.jpg and 1.png")
  }

  @Test("Numbers beyond any counter neither crash nor count")
  func hugeNumbers() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(2), to: "cup/groundtruth_rect.txt")
    let nines = String(repeating: "9", count: 18)
    try folder.touch("cup/img", ["1.jpg", "\(nines).jpg"])
    #expect(try DatasetCatalog.open(folder.path, root: nil).sequences[0].frames.count == 2)
    try folder.touch("cup/img", ["2.jpg", "\(nines)9999.jpg"])
    #expect(try DatasetCatalog.open(folder.path, root: nil).sequences[0].frames.count == 2)
  }

  @Test(
    "A folder of OTB sequences by its path knows their ranges",
    .enabled(if: Shared.has("data/OTB100"), "needs ../shared/data/OTB100"))
  func otbByPath() throws {
    let byPath = try DatasetCatalog.open("OTB100", root: Shared.path("data"))
    let byName = try DatasetCatalog.open("otb100", root: Shared.path("data"))
    #expect(byPath.name == "OTB100" && !byPath.sequences.isEmpty)
    for sequence in byPath.sequences {
      let twin = try #require(byName.sequence(sequence.name))
      #expect(sequence.annotation.sha256 == twin.annotation.sha256)
      #expect(sequence.attributes == twin.attributes && sequence.frames.files?.names == twin.frames.files?.names)
    }
  }

  @Test(
    "Every damaged copy is named with file and line",
    arguments: [
      ("1,2,3,4\n205,151,17\n1,2,3,4\n", "cup/groundtruth_rect.txt:2", "expected 4 numbers, found 3"),
      ("1,2,3,4\n\n1,2,3,4\n", "cup/groundtruth_rect.txt:2", "expected 4 numbers, found an empty line"),
      ("1,2,3,4\nfoo\n1,2,3,4\n", "cup/groundtruth_rect.txt:2", "expected 4 numbers, found \"foo\""),
      ("", "cup/groundtruth_rect.txt", "expected one line a frame, found an empty file"),
      (lines(4), "cup/img", "expected 4 pictures, one for each annotated line, found 3"),
    ])
  func damaged(text: String, place: String, cause: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "cup/groundtruth_rect.txt")
    try folder.touch("cup/img", pictureNames(1...3))
    try folder.write(lines(1), to: "dog/groundtruth_rect.txt")
    try folder.touch("dog/img", pictureNames(1...1))
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.place == place)
    #expect(error?.cause.hasPrefix(cause) == true, "\(error?.cause ?? "")")
    #expect(error?.remedy?.hasSuffix("--exclude cup") == true)
    #expect(try DatasetCatalog.open(folder.path, root: nil, excluding: ["cup"]).sequences.map(\.name) == ["dog"])
    #expect(try DatasetCatalog.open(folder.path, root: nil, sequences: ["dog"]).sequences.map(\.name) == ["dog"])
  }

  @Test("A pipe, a folder or a file without permission in place of an annotation is refused, not waited for")
  func notAFile() throws {
    let folder = try TemporaryFolder()
    try folder.touch("cup/img", pictureNames(1...3))
    #expect(mkfifo("\(folder.path)/cup/groundtruth_rect.txt", 0o600) == 0)
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.kind == .unreadable && error?.place == "cup/groundtruth_rect.txt")
  }
}
