import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport
import Testing

@Suite("Writing results")
struct ExportTests {
  private static let frames = 12

  /// Two sequences with everything a workspace asks for.
  private static let made: Dataset = {
    let truth = Annotation(
      regions: (0..<frames).map { .box(Box(x: Double($0) * 5 + 1, y: 20, width: 30, height: 40.5)) }, source: "test")
    return Dataset(
      name: "vot2018",
      sequences: ["bag", "ball-1"].map { name in
        Datasets.Sequence(
          name: name, frames: .none, annotation: truth, frameTags: ["occlusion": truth.regions.indices.map { $0 == 3 }],
          anchors: truth.regions.indices.map { [0: 1, 5: 1, 11: -1][$0] ?? 0 },
          video: .init(frameRate: 25, width: 320, height: 240))
      })
  }()

  private static func box() -> Box {
    Box(x: .random(in: -1e3...1e3), y: .random(in: -1e-3...1e-3), width: .random(in: 0...1e7), height: 1 / 3)
  }

  private static func boxes(_ count: Int) -> [Box] { (0..<count).map { _ in box() } }

  private static func outcomes(_ count: Int) -> [FrameOutcome] {
    (0..<count).map { frame in
      switch frame {
      case 0, 9: .initialized
      case 4: .failed
      case 5...8: .skipped
      case 10:
        .region(.polygon(Polygon(vertices: (0..<4).map { _ in Point(x: .random(in: 0...99), y: .random(in: 0...99)) })))
      default: .region(.box(box()))
      }
    }
  }

  /// What each protocol's results are like.
  private static func trajectories(_ kind: ResultProtocol.Kind, _ dataset: Dataset) throws -> [Trajectory] {
    let seconds = (0..<frames).map { _ in Double.random(in: 0...1) }
    let scores = [Double.nan] + (1..<frames).map { _ in Double.random(in: -9...9) }
    return try dataset.sequences.map(\.name).flatMap { name -> [Trajectory] in
      switch kind {
      case .ope: return [Trajectory(sequence: name, boxes: boxes(frames), seconds: seconds)]
      case .tre: return [0, 4, 9].map { Trajectory(sequence: name, pass: Pass(start: $0), boxes: boxes(frames - $0)) }
      case .sre:
        return SpatialShift.allCases.map { Trajectory(sequence: name, pass: Pass(shift: $0), boxes: boxes(frames)) }
      case .supervised, .unsupervised:
        return (1...3).map {
          Trajectory(sequence: name, pass: Pass(repetition: $0), outcomes: outcomes(frames), seconds: seconds)
        }
      case .multistart:
        let mask = try #require(Mask(x: 3, y: 4, width: 5, height: 6, runs: [1, 2, 3]))
        return [Pass(start: 0), Pass(start: 5), Pass(start: 11, isReversed: true)].map { pass in
          let count = pass.isReversed ? pass.start + 1 : frames - pass.start
          return Trajectory(
            sequence: name, pass: pass, outcomes: outcomes(count).dropLast() + [.region(.mask(mask))],
            seconds: Array(seconds.prefix(count)))
        }
      case .longterm:
        return [Trajectory(sequence: name, outcomes: outcomes(frames), scores: scores, seconds: seconds)]
      }
    }
  }

  private static func isEqual(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
  }

  @Test(
    "What is written reads back with the same bits, in every layout and protocol",
    arguments: FolderLayout.allCases, ResultProtocol.Kind.allCases)
  func roundTrip(_ layout: FolderLayout, _ kind: ResultProtocol.Kind) throws {
    for isRealTime in [false, true] {
      let name = ResultProtocol(kind, isRealTime: isRealTime).name
      let wanted = try Self.trajectories(kind, Self.made)
      let folder = try TemporaryFolder()
      let path = folder.file("new/T")
      let written: [String]
      do throws(InterchangeError) {
        written = try ResultFolder.write(
          wanted, protocolName: name, layout: layout, tracker: "T", to: path, dataset: Self.made)
      } catch {
        #expect(error.cause == "the layout \(layout.rawValue) has no files for \(kind.rawValue)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("new")))
        continue
      }
      for file in written { #expect(FileManager.default.fileExists(atPath: file), "\(file)") }
      let hidden = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix(".") }
      #expect(hidden.isEmpty)

      let found = try read(path, Self.made, kind == .ope || kind == .tre || kind == .sre ? name : nil)
      #expect(found.tracker == "T" && found.protocolName == name)
      #expect(
        found.isComplete && found.notes.isEmpty && found.ignored.isEmpty,
        "\(found.refused) \(found.notes) \(found.ignored)")
      #expect(found.trajectories.map(\.sequence) == wanted.map(\.sequence))
      #expect(found.trajectories.map(\.pass) == wanted.map(\.pass))
      #expect(found.trajectories.map(\.frames) == wanted.map(\.frames))
      for (found, wanted) in zip(found.trajectories, wanted) {
        #expect(Self.isEqual(found.scores, layout == .otb ? [] : wanted.scores))
        let hasTimes =
          switch layout {
          case .otb: false
          case .pysot: kind == .longterm
          default: true
          }
        #expect(Self.isEqual(found.seconds, hasTimes ? wanted.seconds : []), "\(layout) \(kind)")
      }
    }
  }

  @Test("GOT-10k's repetitions lie in folders, with a column of times each", arguments: [FolderLayout.pysot, .got10k])
  func got10k(_ layout: FolderLayout) throws {
    let wanted = (1...3).map {
      Trajectory(
        sequence: "bag", pass: Pass(repetition: $0), boxes: Self.boxes(12),
        seconds: Array(repeating: Double($0), count: 12))
    }
    let folder = try TemporaryFolder()
    try ResultFolder.write(
      wanted, protocolName: "ope", layout: layout, tracker: "T", to: folder.path, dataset: Self.made)
    let found = try read(folder.path, Self.made)
    #expect(found.trajectories.map(\.boxes) == wanted.map(\.boxes))
    #expect(found.trajectories.map(\.seconds) == wanted.map(\.seconds))
    #expect(throws: InterchangeError.self) {
      try ResultFolder.write(
        wanted, protocolName: "ope", layout: .otb, tracker: "T", to: folder.file("otb"), dataset: Self.made)
    }
  }

  @Test("Targets are called as each toolkit calls them, and are found again")
  func names() throws {
    let names = ["Human4-2", "Jogging-1", "Jogging-2", "Skating2-1", "Skating2-2", "ball-1"]
    let all = dataset(names, frames: 2)
    let wanted = names.map { Trajectory(sequence: $0, boxes: Self.boxes(2)) }
    for (layout, files) in [
      (FolderLayout.otb, names),
      (.got10k, ["Human4", "Jogging.1", "Jogging.2", "Skating2.1", "Skating2.2", "ball-1"]),
      (.pytracking, ["Human4_2", "Jogging_1", "Jogging_2", "Skating2_1", "Skating2_2", "ball-1"]),
    ] {
      let folder = try TemporaryFolder()
      try ResultFolder.write(wanted, protocolName: "ope", layout: layout, tracker: "T", to: folder.path, dataset: all)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == files.map { "\($0).txt" })
      #expect(try read(folder.path, all).trajectories.map(\.boxes) == wanted.map(\.boxes))
    }
  }

  @Test("The text is what the toolkits take: commas or tabs, codes as whole numbers, one row a line")
  func text() throws {
    let folder = try TemporaryFolder()
    let all = dataset(["a"], frames: 2)
    let first = Box(x: 57.5, y: 156.5, width: 198, height: 1e-5)
    let box = Trajectory(sequence: "a", boxes: [first, first])
    func written(_ name: String) throws -> String { try String(contentsOfFile: folder.file(name), encoding: .utf8) }
    try ResultFolder.write([box], protocolName: "ope", layout: .otb, tracker: "T", to: folder.file("o"), dataset: all)
    #expect(try written("o/a.txt") == "57.5,156.5,198.0,1e-05\n57.5,156.5,198.0,1e-05\n")
    try ResultFolder.write(
      [box], protocolName: "ope", layout: .pytracking, tracker: "T", to: folder.file("p"), dataset: all)
    #expect(try written("p/a.txt") == "57.5\t156.5\t198.0\t1e-05\n57.5\t156.5\t198.0\t1e-05\n")
    // A run without resets has code 1 in front also where it was kept as boxes.
    try ResultFolder.write(
      [box], protocolName: "unsupervised", layout: .pysot, tracker: "T", to: folder.file("v"), dataset: all)
    #expect(try written("v/unsupervised/a/a_001.txt") == "1\n57.5,156.5,198.0,1e-05\n")
  }

  @Test("A workspace is whole, takes more experiments and trackers, and says no to what is there already")
  func workspace() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("workspace")
    let runs = try Self.trajectories(.supervised, Self.made)
    func write(_ protocolName: String, _ tracker: String, _ trajectories: [Trajectory]) throws(InterchangeError) {
      try ResultFolder.write(
        trajectories, protocolName: protocolName, layout: .vot, tracker: tracker, to: path, dataset: Self.made)
    }
    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
    try write("supervised", "A", runs)
    #expect(try text("sequences/list.txt") == "bag\nball-1\n")
    #expect(
      try text("sequences/bag/sequence")
        == "channels.color=color/%08d.jpg\nformat=default\nfps=25\nheight=240\nlength=12\nname=bag\nwidth=320\n")
    #expect(try text("sequences/bag/occlusion.tag") == "0\n0\n0\n1\n0\n0\n0\n0\n0\n0\n0\n0\n")
    #expect(try text("config.yaml").contains("        low: 100\n        high: 356\n"))
    let before = try text("config.yaml")
    try write("supervised@realtime", "A", runs)
    try write("unsupervised", "B", runs)
    #expect(try text("config.yaml") == before)
    #expect(try text("trackers.ini").split(separator: "\n").filter { $0.hasPrefix("[") } == ["[A]", "[B]"])
    let found = try ResultFolder.read(path: path, dataset: Self.made)
    #expect(
      found.map { "\($0.tracker) \($0.protocolName)" } == ["A supervised", "A supervised@realtime", "B unsupervised"])

    let again = #expect(throws: InterchangeError.self) { try write("supervised", "A", runs) }
    #expect(again?.cause == "it is there already, and nothing is written over it")
    #expect(throws: InterchangeError.self) { try write("supervised", "SiamRPN++", runs) }
    try folder.write("bag\n", to: "workspace/sequences/list.txt")
    let foreign = #expect(throws: InterchangeError.self) { try write("supervised", "C", runs) }
    #expect(foreign?.cause == "the workspace has no sequence ball-1")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(path)/results").sorted() == ["A", "B"])
  }

  @Test("Nothing is written over, and nothing is left behind")
  func wholeOrNot() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "T/ball-1.txt")
    let runs = try Self.trajectories(.ope, Self.made)
    let error = #expect(throws: InterchangeError.self) {
      try ResultFolder.write(
        runs, protocolName: "ope", layout: .pysot, tracker: "T", to: folder.file("T"), dataset: Self.made)
    }
    #expect(error?.file.hasSuffix("T/ball-1.txt") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("T")) == ["ball-1.txt"])
    #expect(try String(contentsOfFile: folder.file("T/ball-1.txt"), encoding: .utf8) == "mine")

    // A file where a folder has to be: found out half way.
    try folder.write("mine", to: "U/times")
    #expect(throws: InterchangeError.self) {
      try ResultFolder.write(
        runs, protocolName: "ope", layout: .got10k, tracker: "T", to: folder.file("U"), dataset: Self.made)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("U")) == ["times"])
    #expect(throws: InterchangeError.self) {
      try ResultFolder.write(
        runs, protocolName: "ope", layout: .otb, tracker: "T", to: folder.file("U/times/T"), dataset: Self.made)
    }
  }

  @Test("Names that leave the folder, runs that come twice, unknown sequences and infinite numbers are refused")
  func refused() throws {
    let folder = try TemporaryFolder()
    let good = Trajectory(sequence: "bag", boxes: Self.boxes(12))
    let all = dataset(["bag", "../up", "a/b", ".hidden", "two\nlines"], frames: 12)
    for (bad, cause) in [
      (Trajectory(sequence: "../up", boxes: Self.boxes(2)), "the sequence name \"../up\" cannot be a file name"),
      (Trajectory(sequence: "a/b", boxes: Self.boxes(2)), "the sequence name \"a/b\" cannot be a file name"),
      (Trajectory(sequence: ".hidden", boxes: Self.boxes(2)), "the sequence name \".hidden\" cannot be a file name"),
      (
        Trajectory(sequence: "two\nlines", boxes: Self.boxes(2)),
        "the sequence name \"two\\nlines\" cannot be a file name"
      ),
      (Trajectory(sequence: "", boxes: Self.boxes(2)), "the sequence name \"\" cannot be a file name"),
      (good, "there are two trajectories of bag for the same run"),
      (Trajectory(sequence: "elsewhere", boxes: Self.boxes(2)), "small has no sequence elsewhere"),
      (Trajectory(sequence: "bag", pass: Pass(start: 1), boxes: []), "a run of bag has no frames"),
      (
        Trajectory(sequence: "bag", pass: Pass(start: 1), boxes: [Box(x: .infinity, y: 1, width: 1, height: 1)]),
        "frame 1 of bag has an infinite number"
      ),
    ] {
      let error = #expect(throws: InterchangeError.self) {
        try ResultFolder.write(
          [good, bad], protocolName: "tre", layout: .otb, tracker: "T", to: folder.file("T"), dataset: all)
      }
      #expect(error?.cause == cause)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(throws: InterchangeError.self) {
      try ResultFolder.write([], protocolName: "ope", layout: .otb, tracker: "T", to: folder.path, dataset: all)
    }
  }
}
