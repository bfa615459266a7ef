import Datasets
import Foundation
import Geometry
import TestSupport
import Testing

/// What is odd about each data set, and what is made of it. Datasets.md lists the same.
@Suite("Quirks of data sets")
struct LayoutQuirkTests {
  private static func open(_ layout: LayoutWriter) throws -> Dataset {
    try DatasetCatalog.open(layout.dataset, root: layout.root)
  }

  private static func notes(_ dataset: Dataset) -> [String] {
    DatasetCheck.run(dataset).notes.map { "\($0.place): \($0.cause)" }
  }

  @Test("VOT: short tags are filled up with 0 and noted (Q29); labels are tags; years before 2017 have no color folder")
  func vot2016() throws {
    let dataset = try Self.open(.vot2016())
    let bag = try #require(dataset.sequence("bag"))
    #expect(bag.frameTags["occlusion"] == [false, true, true] + Array(repeating: false, count: 9))
    #expect(bag.frameTags["camera_motion"]?.last == true && bag.video == nil && bag.anchors == nil)
    #expect(dataset.tagNames == ["camera_motion", "occlusion"])
    #expect(Self.notes(dataset) == ["bag/occlusion.label: 3 lines for 12 frames; the rest counts as 0 (Q29)"])
  }

  @Test("VOT: the sequence file tells size and rate, anchor.value the starts of multi-start runs")
  func vot2018() throws {
    let layout = try LayoutWriter.vot2018()
    let ants = try #require(try Self.open(layout).sequence("ants1"))
    #expect(ants.anchors == [1, 0, 0, 0, 0, 0, 0, 0, 0, -1])
    #expect(ants.video == .init(frameRate: 25, width: LayoutWriter.width, height: LayoutWriter.height))
    let fish = try #require(try Self.open(layout).sequence("zebrafish1"))
    #expect(fish.anchors == nil && fish.annotation.regions[0] == .box(Box(x: 4, y: 5, width: 12, height: 9)))
    try layout.write("1\n", to: "ants1/anchor.value")
    #expect(try Self.open(layout).sequence("ants1")?.anchors == [1] + Array(repeating: 0, count: 9))
  }

  @Test("VOT: sequences that are not here are named, in the order of the benchmark's list")
  func votNames() throws {
    let dataset = try Self.open(.vot2018())
    #expect(dataset.absent.count == 58 && dataset.absent.first?.name == "ants3")
    let error = #expect(throws: DatasetError.self) { try dataset.selecting(["bag"]) }
    #expect(error?.cause == "bag of vot2018 is not on this machine: no folder VOT2018/bag, and no list with its boxes")
  }

  @Test("GOT-10k: visible shares, absence, resolution; zeros where the target is away are no fault")
  func got10k() throws {
    let dataset = try Self.open(.got10kVal())
    let second = dataset.sequences[1]
    #expect(second.cover == Array(repeating: 7, count: 9) + [0])
    #expect(second.visible == Array(repeating: true, count: 9) + [false])
    #expect(second.frameTags["cut_by_image"]?.count == 10)
    #expect(second.video == .init(frameRate: 10, width: LayoutWriter.width, height: LayoutWriter.height))
    #expect(DatasetCheck.run(dataset).fine.absentTargets == 1)
  }

  @Test("GOT-10k: without labels nothing is said of visibility, and that is noted")
  func got10kWithoutLabels() throws {
    let layout = try LayoutWriter.got10kVal()
    for name in ["cover", "absence", "cut_by_image"] { try layout.remove("val/GOT-10k_Val_000001/\(name).label") }
    let dataset = try Self.open(layout)
    #expect(dataset.sequences[0].cover == nil && dataset.sequences[0].visible == nil)
    #expect(Self.notes(dataset).first?.hasPrefix("GOT-10k_Val_000001/cover.label: there is no such file") == true)
    try layout.write(LayoutWriter.text(LayoutWriter.boxes(1)), to: "val/GOT-10k_Val_000001/groundtruth.txt")
    let first = try Self.open(layout).sequences[0]
    #expect(first.hasOnlyFirstBox && first.count == 9 && first.runnable, "as in the test part")
  }

  @Test("GOT-10k's own folder is told apart from its parts")
  func got10kRoot() throws {
    let layout = try LayoutWriter.got10kVal()
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(layout.path, root: nil) }
    #expect(error?.remedy?.hasSuffix("--dataset \(layout.path)/val") == true)
  }

  @Test("LaSOT: a target is visible where it is neither occluded nor out of view, from two files or from one")
  func lasot() throws {
    let classes = try Self.open(.lasot())
    #expect(classes.sequences.map(\.name) == ["airplane-1", "airplane-13", "zebra-2"])
    #expect(classes.sequence("airplane-13")?.visible == [true, true, true, true, false, true, true])
    #expect(classes.sequence("airplane-1")?.visible == Array(repeating: true, count: 10))
    #expect(DatasetCheck.run(classes).fine.absentTargets == 1)
    let flat = try Self.open(.lasotFlat())
    #expect(flat.sequence("dog-1")?.visible == [true, true, false, true, true])
    #expect(flat.sequence("dog-1")?.attributes == ["IV", "POC", "BC", "SV", "FOC", "LR", "ARC"])
    #expect(flat.attributes == "IV POC DEF MB CM ROT BC VC SV FOC FM OV LR ARC".split(separator: " ").map(String.init))
  }

  @Test("LaSOT: testing_set.txt names the test part among all classes; more than the benchmark has is noted")
  func lasotTestPart() throws {
    let layout = try LayoutWriter.lasot()
    try layout.write("zebra-2\nairplane-13\nbird-7\n", to: "testing_set.txt")
    let dataset = try Self.open(layout)
    #expect(dataset.sequences.map(\.name) == ["zebra-2", "airplane-13"])
    #expect(DatasetCheck.run(dataset).faults.map(\.place) == ["testing_set.txt:3"])
    try layout.remove("airplane/airplane-1/full_occlusion.txt")
    try layout.remove("testing_set.txt")
    #expect(
      Self.notes(try Self.open(layout)).first
        == "airplane-1/full_occlusion.txt: there is no such file; frames count as without target by out_of_view.txt alone"
    )
  }

  @Test("LaSOT: one sequence's folder will do, and so will one class")
  func lasotParts() throws {
    let layout = try LayoutWriter.lasot()
    let single = try DatasetCatalog.open("\(layout.path)/airplane/airplane-13", root: nil)
    #expect(single.sequences.map(\.visible?.count) == [7])
    #expect(try DatasetCatalog.open("\(layout.path)/airplane", root: nil).sequences.count == 2)
  }

  @Test("UAV123: several targets share a video, from picture 775 on; rows of NaN are frames without target")
  func uav123() throws {
    let dataset = try Self.open(.uav123())
    let bird = try #require(dataset.sequence("bird1_2"))
    #expect(bird.frames.label(0).hasSuffix("data_seq/UAV123/bird1/000775.jpg") && bird.count == 703)
    #expect(bird.annotation.regions[3].isAbsent && bird.visible == nil)
    #expect(bird.attributes.first == "SV" && dataset.attributes.count == 12)
    #expect(DatasetCheck.run(dataset).fine.absentTargets == 1)
    #expect(dataset.absent.count == 121 && dataset.absent.first?.reason.contains("anno/UAV123/bike1.txt") == true)
  }

  @Test("UAV123: sequences.json beside the annotations tells the ranges")
  func uav123List() throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(3), to: "uav/anno/one_2.txt")
    try folder.write(
      "[{\"name\": \"one_2\", \"folder\": \"one\", \"first_frame\": 7, \"last_frame\": 9, \"attributes\": [\"OV\", \"SV\"]}]",
      to: "uav/sequences.json")
    try folder.touch("uav/data_seq/UAV123/one", pictureNames(1...12, digits: 6))
    let dataset = try DatasetCatalog.open("\(folder.path)/uav", root: nil)
    #expect(dataset.sequences[0].attributes == ["SV", "OV"])
    #expect(dataset.sequences[0].frames.files?.names == pictureNames(7...9, digits: 6))
    for text in [
      "[{\"name\": \"one_2\"}]", "[{\"name\": \"../x\", \"first_frame\": 1, \"last_frame\": 2}]", "{}", "[", "[7]",
      "[{\"name\": \"a\", \"first_frame\": 1e300, \"last_frame\": 2}]",
      "[{\"name\": \"a\", \"first_frame\": 3, \"last_frame\": 2}]",
    ] {
      try folder.write(text, to: "uav/sequences.json")
      let error = #expect(throws: DatasetError.self, "\(text)") {
        try DatasetCatalog.open("\(folder.path)/uav", root: nil)
      }
      #expect(error?.place == "sequences.json:1")
    }
  }

  @Test("NfS: of the lines at 240 a second every eighth is a frame's at 30; a difference of one is cut")
  func nfs30() throws {
    let dataset = try Self.open(.nfs(rate: 30))
    let air = try #require(dataset.sequence("airboard_1"))
    #expect(air.annotation.line(of: 1) == 9 && air.video?.frameRate == 30)
    #expect(
      Self.notes(dataset) == [
        "Skiing_red/30/Skiing_red.txt: 41 lines for 5 pictures: every 8th line is taken, one line more than pictures is left out",
        "airboard_1/30/airboard_1.txt: 48 lines for 6 pictures: every 8th line is taken",
      ])
  }

  @Test("NfS: where both rates are there, 30 is taken and 240 has a name of its own")
  func nfsBoth() throws {
    let layout = try LayoutWriter.nfs(rate: 30)
    let fast = try LayoutWriter.nfs(rate: 240)
    for name in ["airboard_1", "Skiing_red"] {
      try FileManager.default.copyItem(atPath: "\(fast.path)/\(name)/240", toPath: "\(layout.path)/\(name)/240")
    }
    #expect(try Self.open(layout).sequences.map(\.video?.frameRate) == [30, 30])
    #expect(Self.notes(try Self.open(layout))[0].contains("--dataset nfs240"))
    let other = try DatasetCatalog.open("nfs240", root: layout.root)
    #expect(other.sequences.map(\.video?.frameRate) == [240, 240])
    #expect(other.sequence("airboard_1")?.annotation.boxes[1] == Box(x: 4.5, y: 5.25, width: 12, height: 9))
  }

  @Test("NfS as pytracking has it: rows of NaN are frames without target, names are the benchmark's")
  func nfsText() throws {
    let dataset = try Self.open(.nfsText())
    #expect(dataset.sequences.map(\.name) == ["Gymnastics", "airboard_1"])
    #expect(dataset.sequence("airboard_1")?.annotation.regions.last?.isAbsent == true)
    #expect(DatasetCheck.run(dataset).fine.absentTargets == 1)
  }

  @Test("TColor128: the frames file gives the range, files may be spelt otherwise than their folder")
  func tcolor() throws {
    let layout = try LayoutWriter.tcolor128()
    let dataset = try Self.open(layout)
    let david = try #require(dataset.sequence("David"))
    #expect(david.frames.files?.names == pictureNames(300...306) && david.count == 7)
    #expect(dataset.sequence("Yo_yos_ce1")?.attributes == ["IV", "OCC"])
    try layout.remove("Yo_yos_ce1/Yo-yos_ce1_frames.txt")
    #expect(
      Self.notes(try Self.open(layout)).contains { $0.hasPrefix("Yo_yos_ce1/Yo_yos_ce1_frames.txt: there is no") })
  }

  @Test("DTB70: names that OTB has too are other sequences; flags are in its own order")
  func dtb70() throws {
    let dataset = try Self.open(.dtb70())
    #expect(dataset.sequence("Basketball")?.attributes == [] && dataset.sequence("Basketball")?.count == 9)
    #expect(dataset.sequence("Animal1")?.attributes == ["SV", "ARV", "DEF", "IPR"])
    #expect(dataset.attributes == "SV ARV OCC DEF FCM IPR OPR OV BC SOA MB".split(separator: " ").map(String.init))
  }

  @Test("TrackingNet: pictures in the order of their numbers, from 0; only the first box is known, and that is said")
  func trackingNet() throws {
    let layout = try LayoutWriter.trackingNet()
    let dataset = try Self.open(layout)
    let first = dataset.sequences[0]
    #expect(first.hasOnlyFirstBox && first.count == 12 && first.annotation.regions.count(where: \.isAbsent) == 11)
    #expect(first.frames.files?.names == (0...11).map { "\($0).jpg" })
    #expect(dataset.summary.hasSuffix("2 with their first box only (a server scores them)"))
    let report = DatasetCheck.run(dataset)
    #expect(report.fine.regions == 2 && report.fine.absentTargets == 0)
    // A training part has all boxes.
    try layout.write(LayoutWriter.text(LayoutWriter.boxes(3)), to: "TEST/anno/zzz_1.txt")
    #expect(try Self.open(layout).sequences[1].hasOnlyFirstBox == false)
    #expect(try DatasetCatalog.open("\(layout.path)/TEST", root: nil).sequences.count == 2)
  }
}
