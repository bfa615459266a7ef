import Datasets
import Foundation
import Geometry
import TestSupport
import Testing

@Suite("OTB in its original folders")
struct OTBFoldersTests {
  private static let needsData: Comment = "needs ../shared/data/annotations/OTB100"
  private static let hasData = Shared.has("data/annotations/OTB100/OTB100.json")

  @Test(
    "Boxes from each folder equal pysot's list, and the pictures are those of the range",
    .enabled(if: hasData, needsData))
  func boxes() throws {
    var tally = Tally("OTB100 boxes and pictures")
    let entries: [String: PysotEntry] = try Shared.json("data/annotations/OTB100/OTB100.json")
    let dataset = try DatasetCatalog.open("otb100", root: Shared.path("data"))
    for sequence in dataset.sequences {
      guard let entry = entries[sequence.name] else { continue }
      let boxes = entry.boxes.map { Box(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) }
      tally.expect(sequence.annotation.boxes == boxes, "\(sequence.name) boxes")
      guard sequence.runnable else {
        tally.expect(sequence.frames.count == 0, "\(sequence.name) is scored only")
        continue
      }
      let paths = (0..<sequence.frames.count).map(sequence.frames.label)
      tally.expect(paths == entry.pictures.map { Shared.path("data/OTB100/\($0)") }, "\(sequence.name) pictures")
    }
    tally.finish()
  }

  @Test(
    "What lies in folders can be run, what only the list knows is scored only", .enabled(if: hasData, needsData),
    arguments: OTBList.allCases)
  func runnable(list: OTBList) throws {
    let dataset = try DatasetCatalog.open(list.rawValue, root: Shared.path("data"))
    #expect(dataset.name == list.rawValue)
    #expect(dataset.sequences.map(\.name) == list.targets.map(\.name))
    let folders = Set(Shared.list("data/OTB100"))
    let here = list.targets.filter { folders.contains($0.folder) }
    #expect(dataset.sequences.filter(\.runnable).map(\.name) == here.map(\.name))
    #expect(dataset.absent.isEmpty && dataset.faults.isEmpty)
    #expect(dataset.summary.hasPrefix("\(here.count) of \(list.targets.count) sequences can be run"))
    for sequence in dataset.sequences where !sequence.runnable {
      #expect(sequence.reasonNotRunnable?.hasPrefix("no folder OTB100/") == true)
    }
    #expect(dataset.attributes == Attribute.shortNames)
  }

  @Test(
    "A root without annotations runs, and names what it lacks",
    .enabled(if: Shared.has("data/OTB100"), "needs ../shared/data/OTB100"))
  func withoutAnnotations() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("OTB100")
    for name in Shared.list("data/OTB100") {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/OTB100/\(name)", withDestinationPath: Shared.path("data/OTB100/\(name)"))
    }
    let dataset = try DatasetCatalog.open("otb100", root: folder.path)
    #expect(!dataset.sequences.isEmpty && !dataset.sequences.contains { !$0.runnable })
    #expect(dataset.sequences.count + dataset.absent.count == 100)
    for away in dataset.absent {
      #expect(away.reason.contains("annotations/OTB100/OTB100.json"))
      let error = #expect(throws: DatasetError.self) { try dataset.selecting([away.name]) }
      #expect(error?.kind == .missing && error?.sequence == away.name)
    }
  }

  @Test("A target without folder takes its boxes from the list: scored only, and it says so")
  func scoredOnly() throws {
    let folder = try TemporaryFolder()
    let boxes = Array(repeating: "[1,2,3,4]", count: 140).joined(separator: ",")
    try folder.write(
      "{\"Couple\": {\"img_names\": [\"x\"], \"gt_rect\": [\(boxes)]}}", to: "annotations/OTB100/OTB100.json")
    let dataset = try DatasetCatalog.open("otb50", root: folder.path)
    let couple = try #require(dataset.sequences.first)
    #expect(couple.count == 140 && !couple.runnable && couple.frames.count == 0)
    #expect(couple.reasonNotRunnable == "no folder OTB100/Couple")
    #expect(dataset.summary == "0 of 50 sequences can be run, 1 scored only, 49 not here")
  }

  @Test("Attributes are those of the sequence, subsets those of the benchmark", .enabled(if: hasData, needsData))
  func attributes() throws {
    let dataset = try DatasetCatalog.open("otb100", root: Shared.path("data"))
    for (sequence, target) in zip(dataset.sequences, OTBList.targets) {
      #expect(sequence.attributes == target.attributes.map(\.rawValue))
    }
    #expect(dataset.subsets["otb50"]?.count == 50 && dataset.subsets["otb2013"]?.count == 51)
  }

  // MARK: - Quirks, in drawn folders

  @Test("David begins at picture 300 of its folder")
  func david() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(471), to: "OTB100/David/groundtruth_rect.txt")
    try folder.touch("OTB100/David/img", pictureNames(1...770))
    let david = try #require(try DatasetCatalog.open("otb100", root: folder.path).sequences.first)
    #expect(david.name == "David" && david.runnable && david.frames.count == 471)
    #expect(david.frames.label(0).hasSuffix("David/img/0300.jpg"))
    #expect(david.frames.label(470).hasSuffix("David/img/0770.jpg"))
  }

  @Test("Tiger1's original 354 rows lose the five before the benchmark's range (Q8)", arguments: [354, 349])
  func tiger(rows: Int) throws {
    let folder = try TemporaryFolder()
    let text = (1...rows).map { "\($0 + 354 - rows),1,5,5\r\n" }.joined()
    try folder.write(text, to: "OTB100/Tiger1/groundtruth_rect.txt")
    try folder.touch("OTB100/Tiger1/img", pictureNames(1...354))
    let tiger = try #require(try DatasetCatalog.open("otb2013", root: folder.path).sequences.first)
    #expect(tiger.count == 349 && tiger.frames.count == 349)
    #expect(tiger.frames.label(0).hasSuffix("/0006.jpg"))
    #expect(tiger.annotation.boxes.first?.x == 6 && tiger.annotation.boxes.last?.x == 354)
    #expect(tiger.annotation.line(of: 0) == rows - 348)
  }

  @Test("Any other number of rows is a fault that says which were expected", arguments: [353, 348, 350])
  func tigerFault(rows: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(rows), to: "OTB100/Tiger1/groundtruth_rect.txt")
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb100", root: folder.path) }
    #expect(error?.kind == .countMismatch)
    #expect(
      error?.cause
        == "expected 349 lines for the images 6 to 354 (or 354, from image 1 on), found \(rows)")
    #expect(error?.place == "Tiger1/groundtruth_rect.txt")
    #expect(error?.remedy?.hasSuffix("--exclude Tiger1") == true)
    #expect(try DatasetCatalog.open("otb100", root: folder.path, excluding: ["Tiger1"]).sequences.isEmpty)
  }

  @Test("Board has five digits, and four will do (Q9)", arguments: [4, 5])
  func board(digits: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(697) + "0,0,0,0\n\n\n", to: "OTB100/Board/groundtruth_rect.txt")
    try folder.touch("OTB100/Board/img", pictureNames(1...698, digits: digits))
    let board = try #require(try DatasetCatalog.open("otb100", root: folder.path).sequences.first)
    #expect(board.runnable && board.frames.label(697).hasSuffix(digits == 5 ? "/00698.jpg" : "/0698.jpg"))
  }

  @Test("Two targets share a folder; Human4 has its only one in the second file, the first is empty")
  func severalTargets() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(473, "1 2 3 4"), to: "OTB100/Skating2/groundtruth_rect.1.txt")
    try folder.write(lines(473, "5\t6\t7\t8"), to: "OTB100/Skating2/groundtruth_rect.2.txt")
    try folder.touch("OTB100/Skating2/img", pictureNames(1...473))
    try folder.write("", to: "OTB100/Human4/groundtruth_rect.1.txt")
    try folder.write(lines(667), to: "OTB100/Human4/groundtruth_rect.2.txt")
    try folder.touch("OTB100/Human4/img", pictureNames(1...667))
    for dataset in [
      try DatasetCatalog.open("otb50", root: folder.path),
      try DatasetCatalog.open("\(folder.path)/OTB100", root: nil),
    ] {
      #expect(dataset.sequences.map(\.name) == ["Human4-2", "Skating2-1", "Skating2-2"])
      #expect(dataset.sequences.map(\.runnable) == [true, true, true])
      #expect(dataset.sequences.map { $0.annotation.boxes[0].x } == [10, 1, 5])
      #expect(dataset.sequence("Skating2-1")?.attributes == ["OPR", "SV", "OCC", "DEF", "FM"])
      #expect(dataset.attributes == Attribute.shortNames)
    }
  }

  @Test("A missing picture stops the run of its sequence and is named")
  func missingPicture() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(140), to: "OTB100/Couple/groundtruth_rect.txt")
    try folder.touch("OTB100/Couple/img", pictureNames(1...140))
    for number in ["0017", "0033", "0034", "0035"] { try folder.remove("OTB100/Couple/img/\(number).jpg") }
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb100", root: folder.path) }
    #expect(error?.place == "Couple/img/0017.jpg")
    #expect(error?.cause == "the picture is missing (140 frames are annotated)")
    #expect(error?.remedy == "put it there, or run without this sequence: --exclude Couple")
    let survey = try DatasetCatalog.survey("otb100", root: folder.path)
    #expect(survey.faults.map(\.place) == ["Couple/img/0017.jpg", "Couple/img/0033.jpg"])
    #expect(survey.faults.last?.cause == "3 pictures are missing, this one to 0035.jpg (140 frames are annotated)")
    #expect(survey.sequences.first?.runnable == false && survey.sequences.first?.count == 140)
  }

  @Test("A folder without pictures can be scored", arguments: [true, false])
  func noPictures(folderThere: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(140), to: "OTB100/Couple/groundtruth_rect.txt")
    if folderThere { try folder.makeFolder("OTB100/Couple/img") }
    let dataset = try DatasetCatalog.open("otb100", root: folder.path)
    let couple = try #require(dataset.sequences.first)
    #expect(!couple.runnable && couple.frames.count == 0 && couple.count == 140)
    #expect(couple.reasonNotRunnable?.hasPrefix("Couple/img: ") == true)
    // Nobody should ask for its pictures; who does gets an error, not a crash.
    #expect(couple.frames.label(7).hasSuffix("frame 8, which has no picture"))
    #expect(throws: (any Error).self) { try couple.frames.image(at: 7) }
    #expect(DatasetCheck.run(dataset).faults.map(\.place) == ["Couple/img"])
  }

  @Test("Pictures without any boxes are a fault")
  func noBoxes() throws {
    let folder = try TemporaryFolder()
    try folder.touch("OTB100/Couple/img", pictureNames(1...140))
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb100", root: folder.path) }
    #expect(error?.place == "Couple/groundtruth_rect.txt")
  }

  @Test("A list of boxes that is damaged, or has too few of them, is named with its line")
  func damagedList() throws {
    let folder = try TemporaryFolder()
    let file = "annotations/OTB100/OTB100.json"
    try folder.write("{\n\"Couple\": {\"gt_rect\": [[1,2,3,4]]}\n}", to: file)
    var error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb100", root: folder.path) }
    #expect(error?.place == "\(file):2" && error?.cause == "expected 140 boxes for Couple, found 1")
    try folder.write("{\n\"Couple\": {\"gt_rect\": [[1,2,3,4],\n[1,2,3]]}}", to: file)
    error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb100", root: folder.path) }
    #expect(error?.place == "\(file):3")
    #expect(error?.cause == "expected 4 numbers in row 2 of gt_rect of \"Couple\", found 3")
  }

  @Test("pysot's packing, one folder a target, is taken as well")
  func pysotPacking() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(307), to: "OTB100/Jogging-1/groundtruth_rect.txt")
    try folder.touch("OTB100/Jogging-1/img", pictureNames(1...307))
    let dataset = try DatasetCatalog.open("otb2013", root: folder.path)
    #expect(dataset.sequences.map(\.name) == ["Jogging-1"] && dataset.sequences[0].runnable)
  }

  @Test("A root that is not there, or holds no OTB, is named with the way out")
  func roots() throws {
    let folder = try TemporaryFolder()
    var error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb50", root: nil) }
    #expect(error?.cause == "no data folder is known" && error?.place == "otb50")
    #expect(error?.remedy?.contains("--data-root or $TRACKBENCH_DATA") == true)
    error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb50", root: folder.path + "/nowhere") }
    #expect(error?.cause == "there is no folder \(folder.path)/nowhere")
    error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb50", root: folder.path) }
    #expect(error?.cause == "\(folder.path) has neither a folder OTB100 nor annotations/OTB100/OTB100.json")
    try folder.makeFolder("OTB100/Penguins")
    error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb50", root: folder.path) }
    #expect(error?.cause == "\(folder.path)/OTB100 holds none of the 50 sequences")
    try folder.remove("OTB100")
    try folder.makeFolder("Basketball")
    error = #expect(throws: DatasetError.self) { try DatasetCatalog.open("otb50", root: folder.path) }
    #expect(
      error?.cause.hasSuffix("(it holds sequences itself: name the folder above it, with these in OTB100)") == true)
  }
}
