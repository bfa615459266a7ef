import Datasets
import Foundation
import TestSupport
import Testing

@Suite("The check of a data set")
struct DatasetCheckTests {
  @Test(
    "The real sequences are without fault", .enabled(if: Shared.has("data/OTB100"), "needs ../shared/data/OTB100"),
    arguments: [false, true])
  func real(deep: Bool) throws {
    let survey = try DatasetCatalog.survey("otb100", root: Shared.path("data"))
    // A deep check decodes; two sequences show that it does.
    let dataset = deep ? try survey.selecting(["Girl", "Skiing"].filter { survey.sequence($0) != nil }) : survey
    let report = DatasetCheck.run(dataset, deep: deep)
    #expect(report.isFine, "\(report.faults)")
    let runnable = dataset.sequences.filter(\.runnable)
    #expect(report.fine.runnable == runnable.count && report.fine.faultless == dataset.sequences.count)
    let folders = Set(runnable.compactMap { $0.frames.files?.folder })
    let pictures = folders.compactMap { folder in runnable.first { $0.frames.files?.folder == folder }?.frames.count }
    #expect(report.fine.pictures == pictures.reduce(0, +))
    #expect(
      report.fine.regions + report.notes.count { $0.cause.contains("without box") }
        == dataset.sequences.reduce(0) { $0 + $1.count })
    print("datasets check: \(report.summary)")
  }

  @Test("VOT folders are without fault", .enabled(if: Shared.has("data/VOT"), "needs ../shared/data/VOT"))
  func realVOT() throws {
    let report = DatasetCheck.run(try DatasetCatalog.survey("VOT", root: Shared.path("data")))
    #expect(report.isFine, "\(report.faults)")
    #expect(report.fine.pictures > 0 && report.fine.pictures == report.fine.regions)
  }

  /// Two sequences of 4 pictures, 40x30.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["cup", "dog"] {
      try folder.write(lines(4, "10,20,5,5"), to: "\(name)/groundtruth_rect.txt")
      for picture in pictureNames(1...4, suffix: ".png") {
        try folder.write(tinyPNG(width: 40, height: 30), to: "\(name)/img/\(picture)")
      }
    }
    return folder
  }

  private static func check(_ folder: TemporaryFolder, deep: Bool = false) throws -> DatasetCheck.Report {
    DatasetCheck.run(try DatasetCatalog.survey(folder.path, root: nil), deep: deep)
  }

  @Test("Whole folders are counted", arguments: [false, true])
  func fine(deep: Bool) throws {
    let report = try Self.check(try Self.folder(), deep: deep)
    #expect(report.isFine && report.notes.isEmpty)
    #expect(report.fine.pictures == 8 && report.fine.regions == 8 && report.fine.faultless == 2)
    #expect(report.summary == "2 sequences can be run; 8 pictures and 8 boxes are fine; 0 faults, 0 notes")
  }

  @Test("Every fault is named, not the first alone")
  func all() throws {
    let folder = try Self.folder()
    try folder.write("10,20,5,5\n10,20,0,5\n41,20,5,5\nNaN,NaN,NaN,NaN\n", to: "cup/groundtruth_rect.txt")
    try folder.write(tinyPNG(width: 20, height: 30), to: "cup/img/0002.png")
    try folder.write(tinyPNG(width: 20, height: 30), to: "cup/img/0003.png")
    try folder.write("no picture", to: "cup/img/0004.png")
    try folder.write("10,20,5\nx\n10,20,5,5\n10,20,5,5\n", to: "dog/groundtruth_rect.txt")
    let report = try Self.check(folder)
    let found = report.faults.map { "\($0.place): \($0.cause)" }
    let wanted = [
      "cup/img/0002.png: expected 40x30 as in the first picture, found 20x30, and the 1 picture after it",
      "cup/img/0004.png: ",
      "cup/groundtruth_rect.txt:2: frame 2: expected a width and a height above 0, found 10,20,0,5",
      "cup/groundtruth_rect.txt:3: frame 3: expected a box with a pixel inside the picture of 20x30, found 41,20,5,5",
      "dog/groundtruth_rect.txt:1: expected 4 numbers, found 3 (\"10,20,5\")",
      "dog/groundtruth_rect.txt:2: expected 4 numbers, found \"x\" (\"x\")",
    ]
    #expect(found.count == wanted.count, "\(found)")
    for (text, start) in zip(found, wanted) { #expect(text.hasPrefix(start)) }
    #expect(report.faults.map(\.sequence) == ["cup", "cup", "cup", "cup", "dog", "dog"])
    #expect(!report.faults.contains { $0.remedy == nil })
    #expect(report.fine.pictures == 5 && report.fine.regions == 3 && report.fine.absentTargets == 1)
    #expect(report.fine.faultless == 0)
  }

  @Test(
    "A box has to have a pixel in its picture; one that reaches beyond is noted",
    arguments: [
      ("1,1,40,30", true, 0), ("40,30,1,1", true, 0), ("41,1,5,5", false, 0), ("-4,1,5,5", false, 0),
      ("1,31,5,5", false, 0), ("1,-9,5,10", false, 0), ("30,20,30,10", true, 1), ("0,0,5,5", true, 0),
      ("-8,1,20,5", true, 1), ("NaN,1,5,5", false, 0), ("5,5,-1,5", false, 0), ("NaN,NaN,NaN,NaN", true, 0),
      ("1e300,1,5,5", false, 0), ("1,1,1e300,5", true, 1),
    ])
  func outside(line: String, fine: Bool, notes: Int) throws {
    let folder = try Self.folder()
    try folder.write(lines(3, "10,20,5,5") + line + "\n", to: "cup/groundtruth_rect.txt")
    let report = try Self.check(folder)
    #expect(report.isFine == fine, "\(report.faults)")
    #expect(report.notes.count == notes)
    if !fine { #expect(report.faults[0].place == "cup/groundtruth_rect.txt:4" && report.faults[0].kind == .box) }
    if notes > 0 { #expect(report.notes[0].place == "cup/groundtruth_rect.txt:4") }
  }

  @Test("A sequence without a first box is a fault, pictures without annotation are noted")
  func odd() throws {
    let folder = try Self.folder()
    try folder.write("NaN,NaN,NaN,NaN\n1,2,3,4\n", to: "cup/groundtruth_rect.txt")
    let report = try Self.check(folder)
    #expect(report.faults.map(\.place) == ["cup/groundtruth_rect.txt:1"])
    #expect(report.notes.map { "\($0)" } == ["cup/img: 2 pictures are not annotated and not used"])
  }

  @Test("The empty boxes that the benchmark itself has are noted, not blamed")
  func knownEmpty() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(697) + "0,0,0,0\n", to: "OTB100/Board/groundtruth_rect.txt")
    try folder.write(lines(471) + "0,0,0,0\n", to: "OTB100/Twinnings/groundtruth_rect.txt")
    let report = DatasetCheck.run(try DatasetCatalog.survey("otb100", root: folder.path))
    #expect(report.faults.map(\.place) == ["Board/img", "Twinnings/img"])
    #expect(report.notes.map(\.place) == ["Board/groundtruth_rect.txt:698", "Twinnings/groundtruth_rect.txt:472"])
    #expect(report.absent.count == 98)
  }

  @Test("A missing picture, a deleted folder and a truncated picture are each found")
  func pictures() throws {
    let folder = try Self.folder()
    try folder.remove("cup/img/0002.png")
    try folder.remove("dog/img")
    let report = try Self.check(folder)
    #expect(report.faults.map(\.place) == ["cup/img/0002.png", "dog/img"])
    #expect(report.faults.map(\.kind) == [.framesMissing, .framesMissing])
    let half = try Self.folder()
    let whole = tinyPNG(width: 40, height: 30)
    try half.write(Array(whole.prefix(whole.count / 2)), to: "cup/img/0003.png")
    #expect(try Self.check(half).isFine, "headers alone do not show it")
    #expect(try Self.check(half, deep: true).faults.map(\.place) == ["cup/img/0003.png"])
  }

  @Test(
    "Damage done to a real sequence is found with file and line",
    .enabled(if: Shared.has("data/OTB100/Crossing"), "needs ../shared/data/OTB100/Crossing"))
  func damagedCopy() throws {
    let folder = try TemporaryFolder()
    try folder.copy(Shared.path("data/OTB100/Crossing"), to: "OTB100/Crossing")
    let text = String(decoding: try Shared.bytes("data/OTB100/Crossing/groundtruth_rect.txt"), as: UTF8.self)
    var rows = text.split(separator: "\n").map(String.init)
    rows[16] = "205\t151\t17"
    rows[29] = "205,l51,17,50"
    try folder.write(rows.joined(separator: "\r\n"), to: "OTB100/Crossing/groundtruth_rect.txt")
    try folder.remove("OTB100/Crossing/img/0090.jpg")
    let report = DatasetCheck.run(try DatasetCatalog.survey("otb2013", root: folder.path))
    #expect(
      report.faults.map(\.place) == [
        "Crossing/groundtruth_rect.txt:17", "Crossing/groundtruth_rect.txt:30", "Crossing/img/0090.jpg",
      ])
    #expect(report.fine.pictures == 119 && report.fine.regions == 118)
    try folder.copy(
      Shared.path("data/OTB100/Crossing/groundtruth_rect.txt"), to: "OTB100/Crossing/groundtruth_rect.txt")
    let second = DatasetCheck.run(try DatasetCatalog.survey("otb2013", root: folder.path))
    #expect(second.faults.map(\.place) == ["Crossing/img/0090.jpg"])
  }
}
