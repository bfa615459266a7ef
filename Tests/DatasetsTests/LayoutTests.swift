import Datasets
import Foundation
import Geometry
import Imaging
import TestSupport
import Testing

@Suite("Layouts of data sets, in small folders")
struct LayoutTests {
  /// Numbers of regions, NaN made comparable.
  static func numbers(_ regions: [Region]) -> [[String]] {
    regions.map { region in
      switch region {
      case .box(let box): [box.x, box.y, box.width, box.height].map(\.description)
      case .polygon(let polygon): polygon.vertices.flatMap { [$0.x.description, $0.y.description] }
      case .mask: ["mask"]
      }
    }
  }

  @Test("Every layout opens by its name and by its path, with its boxes and pictures", arguments: LayoutWriter.all)
  func opens(write: @Sendable () throws -> LayoutWriter) throws {
    let layout = try write()
    for dataset in [
      try DatasetCatalog.open(layout.dataset, root: layout.root),
      try DatasetCatalog.open(layout.place + (layout.dataset == "got10k-val" ? "/val" : ""), root: layout.root),
    ] {
      #expect(dataset.sequences.map(\.name) == layout.sequences.map(\.name), "\(layout.dataset) \(dataset.name)")
      for (sequence, written) in zip(dataset.sequences, layout.sequences) {
        let truth = written.truth.map { $0.map(\.description) }
        #expect(Self.numbers(sequence.annotation.regions) == truth, "\(layout.dataset) \(sequence.name)")
        #expect(sequence.runnable && sequence.frames.count == sequence.count, "\(layout.dataset) \(sequence.name)")
        #expect(try sequence.frames.image(at: sequence.count - 1).width == LayoutWriter.width)
      }
    }
  }

  @Test("Every layout is without fault, deep as well", arguments: LayoutWriter.all)
  func checks(write: @Sendable () throws -> LayoutWriter) throws {
    let layout = try write()
    let survey = try DatasetCatalog.survey(layout.dataset, root: layout.root)
    let report = DatasetCheck.run(survey, deep: layout.dataset != "uav123")
    #expect(report.isFine, "\(report.faults)")
    #expect(report.fine.runnable == layout.sequences.count && report.fine.scoredOnly == 0)
    // What is not here is said, and is no fault.
    let info = try #require(DatasetCatalog.known.first { $0.name == layout.dataset })
    #expect(survey.missing == info.sequences - layout.sequences.count && report.missing == survey.missing)
    #expect(
      survey.summary.hasPrefix(
        "\(layout.sequences.count) of \(info.sequences) sequences can be run, \(survey.missing) not here"))
  }

  @Test("Without any picture every layout is scored only, and is no fault where annotations are all there is")
  func withoutPictures() throws {
    for write in LayoutWriter.all {
      let layout = try write()
      let pictures = FileManager.default.enumerator(atPath: layout.path)?.compactMap { $0 as? String } ?? []
      for picture in pictures where picture.hasSuffix(".jpg") { try layout.remove(picture) }
      let dataset = try DatasetCatalog.open(layout.dataset, root: layout.root)
      #expect(dataset.sequences.count == layout.sequences.count && !dataset.sequences.contains(where: \.runnable))
      for sequence in dataset.sequences { #expect(sequence.reasonNotRunnable != nil, "\(sequence.name)") }
      // The same files as a copy of the annotations.
      try FileManager.default.createDirectory(
        atPath: "\(layout.root)/copy/annotations", withIntermediateDirectories: true)
      try FileManager.default.moveItem(atPath: layout.path, toPath: "\(layout.root)/copy/annotations/\(layout.place)")
      let copy = try DatasetCatalog.survey(layout.dataset, root: "\(layout.root)/copy")
      #expect(copy.sequences.map(\.name) == layout.sequences.map(\.name), "\(layout.dataset)")
      let report = DatasetCheck.run(copy)
      #expect(report.isFine && report.fine.scoredOnly == layout.sequences.count, "\(report.faults)")
    }
  }

  /// What is done to a file of a layout, and where the first fault is then found.
  struct Damage: CustomTestStringConvertible, Sendable {
    let layout: @Sendable () throws -> LayoutWriter
    let file: String
    /// nil: the file is removed.
    let text: String?
    let sequence: String?
    let place: String
    let cause: String

    var testDescription: String { "\(place): \(cause)" }
  }

  private static let damages: [Damage] = [
    Damage(
      layout: { try .vot2016() }, file: "bag/groundtruth.txt", text: lines(3, "1,2,3,4") + "1,2,3\n", sequence: "bag",
      place: "bag/groundtruth.txt:4", cause: "expected 4 numbers (a box) or 8 (corners), found 3"),
    Damage(
      layout: { try .vot2016() }, file: "bag/occlusion.label", text: "0\n2\n", sequence: "bag",
      place: "bag/occlusion.label:2", cause: "expected 0 or 1, found 2.0"),
    Damage(
      layout: { try .vot2016() }, file: "bag/00000003.jpg", text: nil, sequence: "bag", place: "bag/00000003.jpg",
      cause: "the picture is missing"),
    Damage(
      layout: { try .vot2018() }, file: "ants1/anchor.value", text: "1\n0.5\n", sequence: "ants1",
      place: "ants1/anchor.value:2", cause: "expected a whole number, found 0.5"),
    Damage(
      layout: { try .vot2018() }, file: "ants1/sequence", text: "fps=30\nwidth=\n", sequence: nil, place: "",
      cause: ""),
    Damage(
      layout: { try .vot2018() }, file: "ants1/sequence", text: "fps=30\nwidth=-3\n", sequence: "ants1",
      place: "ants1/sequence:2", cause: "expected a whole number above 0 for width"),
    Damage(
      layout: { try .got10kVal() }, file: "val/GOT-10k_Val_000001/cover.label", text: lines(9, "9"),
      sequence: "GOT-10k_Val_000001", place: "GOT-10k_Val_000001/cover.label:1",
      cause: "expected a whole number from 0 to 8, found 9.0"),
    Damage(
      layout: { try .got10kVal() }, file: "val/GOT-10k_Val_000001/absence.label", text: lines(8, "0"),
      sequence: "GOT-10k_Val_000001", place: "GOT-10k_Val_000001/absence.label:8",
      cause: "expected 9 numbers, one a frame, found 8"),
    Damage(
      layout: { try .got10kVal() }, file: "val/GOT-10k_Val_000002/meta_info.ini",
      text: "[METAINFO]\nresolution: wide\n",
      sequence: "GOT-10k_Val_000002", place: "GOT-10k_Val_000002/meta_info.ini:2",
      cause: "expected a width and a height, (W, H), for resolution, found \"wide\""),
    Damage(
      layout: { try .lasot() }, file: "airplane/airplane-1/out_of_view.txt", text: "0,0,1\n", sequence: "airplane-1",
      place: "airplane-1/out_of_view.txt:1", cause: "expected 10 numbers, one a frame, found 3"),
    Damage(
      layout: { try .lasot() }, file: "airplane/airplane-1/full_occlusion.txt", text: "0,0,x,0,0,0,0,0,0,0",
      sequence: "airplane-1", place: "airplane-1/full_occlusion.txt:1", cause: "expected numbers, found \"x\""),
    Damage(
      layout: { try .lasot() }, file: "zebra/zebra-2/groundtruth.txt", text: lines(7, "1,2,3,4") + "1;2;3;z\n",
      sequence: "zebra-2", place: "zebra-2/groundtruth.txt:8", cause: "expected 4 numbers, found \"z\""),
    Damage(
      layout: { try .lasotFlat() }, file: "coin-3/attributes.txt", text: "1,1,0\n", sequence: "coin-3",
      place: "coin-3/attributes.txt:1", cause: "expected 14 flags, found 3"),
    Damage(
      layout: { try .uav123() }, file: "anno/UAV123/uav2.txt", text: lines(132, "1,2,3,4"), sequence: "uav2",
      place: "anno/UAV123/uav2.txt", cause: "expected 133 lines for the images 1 to 133, found 132"),
    Damage(
      layout: { try .uav123() }, file: "data_seq/UAV123/bird1/000775.jpg", text: nil, sequence: "bird1_2",
      place: "data_seq/UAV123/bird1/000775.jpg", cause: "the picture is missing"),
    Damage(
      layout: { try .nfs(rate: 30) }, file: "airboard_1/30/airboard_1.txt", text: lines(48, "0 1 2 3 x 1 0 0 0 \"b\""),
      sequence: "airboard_1", place: "airboard_1/30/airboard_1.txt:1",
      cause: "expected left, top, right and bottom in fields 2 to 5, found \"x\""),
    Damage(
      layout: { try .nfs(rate: 240) }, file: "airboard_1/240/airboard_1.txt", text: lines(3, "0 1 2 9 9") + "0 1 2\n",
      sequence: "airboard_1", place: "airboard_1/240/airboard_1.txt:4", cause: "expected at least 5 fields, found 3"),
    Damage(
      layout: { try .nfs(rate: 240) }, file: "airboard_1/240/airboard_1.txt", text: lines(9, "0 1 2 9 9"),
      sequence: "airboard_1", place: "airboard_1/240/airboard_1",
      cause: "expected 9 pictures, one for each annotated line"),
    Damage(
      layout: { try .nfsText() }, file: "anno/nfs_Gymnastics.txt", text: lines(7, "1\t2\t3"), sequence: "Gymnastics",
      place: "anno/nfs_Gymnastics.txt:1", cause: "expected 4 numbers, found 3"),
    Damage(
      layout: { try .tcolor128() }, file: "David/David_frames.txt", text: "300,305\n", sequence: "David",
      place: "David/David_frames.txt:1", cause: "expected a range of 7 pictures, one for each line of David_gt.txt"),
    Damage(
      layout: { try .tcolor128() }, file: "David/David_frames.txt", text: "306,300\n", sequence: "David",
      place: "David/David_frames.txt:1", cause: "expected one line with the numbers of the first and the last picture"),
    Damage(
      layout: { try .tcolor128() }, file: "David/David_att.txt", text: "1,0,2\n", sequence: nil, place: "", cause: ""),
    Damage(
      layout: { try .dtb70() }, file: "Basketball/groundtruth_rect.txt", text: lines(8, "1,2,3,4") + "1,2,,4\n",
      sequence: "Basketball", place: "Basketball/groundtruth_rect.txt:9",
      cause: "expected 4 numbers, found a separator without a number before it"),
    Damage(
      layout: { try .dtb70() }, file: "Animal1/img/00004.jpg", text: nil, sequence: "Animal1",
      place: "Animal1/img/00004.jpg", cause: "the picture is missing"),
    Damage(
      layout: { try .trackingNet() }, file: "TEST/anno/zzz_1.txt", text: "", sequence: "zzz_1",
      place: "TEST/anno/zzz_1.txt", cause: "expected one line a frame, found an empty file"),
    Damage(
      layout: { try .trackingNet() }, file: "TEST/frames/-0MeYDIwQ1A_0/5.jpg", text: nil,
      sequence: "-0MeYDIwQ1A_0", place: "TEST/frames/-0MeYDIwQ1A_0/5.jpg", cause: "the picture is missing"),
    Damage(
      layout: { try .pysot("vot2018") }, file: "VOT2018.json",
      text: "{\"ants1\": {\"gt_rect\":\n[[1,2,3,4],\n[1,2,3]]}}",
      sequence: "ants1", place: "VOT2018/VOT2018.json:3", cause: "expected 4 numbers (a box) or 8 (corners) in row 2"),
    Damage(
      layout: { try .pysot("vot2018") }, file: "ants1/color/00000002.jpg", text: nil, sequence: "ants1",
      place: "VOT2018/ants1/color/00000002.jpg", cause: "the picture is missing (6 frames are annotated)"),
  ]

  @Test("A broken copy of each is named with file and line", arguments: damages)
  func broken(damage: Damage) throws {
    let layout = try damage.layout()
    if let text = damage.text { try layout.write(text, to: damage.file) } else { try layout.remove(damage.file) }
    let survey = try DatasetCatalog.survey(layout.dataset, root: layout.root)
    let report = DatasetCheck.run(survey)
    guard let sequence = damage.sequence else {
      // Odd, and readable: nothing may crash.
      return
    }
    let fault = try #require(report.faults.first, "no fault")
    #expect(fault.place.hasPrefix(damage.place) && fault.cause.hasPrefix(damage.cause), "\(fault)")
    #expect(fault.sequence == sequence && fault.remedy?.contains("--exclude \(sequence)") == true, "\(fault)")
    // The other sequences go on.
    let rest = try DatasetCatalog.open(layout.dataset, root: layout.root, excluding: [sequence])
    let others = layout.sequences.map(\.name).filter { $0 != sequence }
    #expect(rest.sequences.map(\.name) == (damage.file.hasSuffix(".json") ? [] : others))
  }
}
