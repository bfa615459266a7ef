import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport
import Testing

private let run = "1\n1,2,3,4\n2\n0\n0\n0\n0\n1\n1,2,3,4,5,6\n5,6,7,8\n"
private let frames = 10

@Suite("Reading runs of VOT")
struct VOTFolderTests {
  @Test("Codes, boxes, polygons and masks are told apart")
  func regions() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "1\n1.5,2,3,4\n2\n0\n1,2,3,4,5,6,7,8\nm3,-4,5,6,0,2,28\nm0,0,0,0\nnan,nan,nan,nan\n", to: "T/baseline/a/a_001.txt"
    )
    let outcome = try read(folder.file("T"), dataset(["a"], frames: 8))
    #expect(outcome.tracker == "T" && outcome.protocolName == "supervised")
    let found = try #require(outcome.trajectories.first)
    let mask = try #require(Mask(x: 3, y: -4, width: 5, height: 6, runs: [0, 2, 28]))
    let empty = try #require(Mask(x: 0, y: 0, width: 0, height: 0, runs: []))
    #expect(
      found.outcomes.dropLast() == [
        .initialized, .region(.box(Box(x: 1.5, y: 2, width: 3, height: 4))), .failed, .skipped,
        .region(.polygon(Polygon(vertices: [(1, 2), (3, 4), (5, 6), (7, 8)].map { Point(x: $0.0, y: $0.1) }))),
        .region(.mask(mask)), .region(.mask(empty)),
      ])
    #expect(found.outcomes.last?.region?.isAbsent == true)
    #expect(
      outcome.notes.map(\.description) == [
        "a/a_001.txt:8: a region with a NaN, which pysot counts as a miss and vot as no answer"
      ])
    #expect(outcome.isComplete)
  }

  @Test(
    "A line that is neither a code nor a region is refused with its number",
    arguments: [
      ("1\n3\n", 2, "expected a region or one of the codes 0, 1 and 2, found 3.0"),
      ("1\n1,2\n", 2, "expected a code, a box of 4 numbers or a polygon of 6 or more, found 2 (\"1.0,2.0\")"),
      (
        "1\n1,2,3,4,5\n", 2,
        "expected a code, a box of 4 numbers or a polygon of 6 or more, found 5 (\"1.0,2.0,3.0,4.0,5.0\")"
      ),
      ("1\n1\t2\t3\t4\n", 2, "expected numbers separated by commas, found tabs"),
      ("1\n1,2,3,4\n1 2 3 4\n", 3, "expected numbers separated by commas, found blanks"),
      ("1\n\n1,2,3,4\n", 2, "expected numbers, found an empty line"),
      ("1\nlost\n", 2, "expected numbers, found \"lost\" (\"lost\")"),
      ("1\ninf,2,3,4\n", 2, "expected numbers, found \"inf\", which is no finite number (\"inf,2,3,4\")"),
      ("1\nnan\n", 2, "expected a region or one of the codes 0, 1 and 2, found nan"),
      ("", 1, "the file has no rows"),
      (
        "1\nm1,2,3\n", 2,
        "expected a mask of a corner, a size and runs that fit into it, found \"m1,2,3\""
      ),
      (
        "1\nm1,2,3,4,99\n", 2,
        "expected a mask of a corner, a size and runs that fit into it, found \"m1,2,3,4,99\""
      ),
      (
        "1\nm1,2,3,4,9999999999999999999999\n", 2,
        "expected a mask of a corner, a size and runs that fit into it, found \"m1,2,3,4,9999999999999999999999\""
      ),
      ("1\nm0,0,1,1,1\n\n1,2,3,4\n", 3, "expected a region or a code, found an empty line"),
      ("1\nm0,0,1,1,1\n1,2,3,x\n", 3, "expected numbers, found \"x\" (\"1,2,3,x\")"),
    ])
  func refused(_ text: String, _ line: Int, _ cause: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "baseline/bag/bag_001.txt")
    try folder.write(run, to: "baseline/ball/ball_001.txt")
    let outcome = try read(folder.path, dataset(["bag", "ball"], frames: frames))
    #expect(outcome.trajectories.map(\.sequence) == ["ball"])
    #expect(outcome.refused.map(\.place) == ["bag/bag_001.txt:\(line)"])
    #expect(outcome.refused.first?.cause == cause)
    #expect(outcome.refused.first?.sequence == "bag")
  }

  @Test("One damaged repetition leaves its sequence out; a missing number is noted")
  func repetitions() throws {
    let folder = try TemporaryFolder()
    for number in ["001", "002", "004"] {
      try folder.write(run, to: "baseline/a/a_\(number).txt")
      try folder.write(number == "002" ? run + "9\n" : run, to: "baseline/b/b_\(number).txt")
    }
    let outcome = try read(folder.path, dataset(["a", "b"], frames: frames))
    #expect(outcome.trajectories.map(\.pass.repetition) == [1, 2, 4])
    #expect(outcome.notes.map(\.description) == ["a/a_004.txt: 3 repetitions are there, but not number 3"])
    #expect(outcome.refused.map(\.place) == ["b/b_002.txt:11"])
  }

  @Test("Lengths are noted, and kept")
  func lengths() throws {
    let folder = try TemporaryFolder()
    try folder.write(run, to: "baseline/a/a_001.txt")
    let short = try read(folder.path, dataset(["a"], frames: 11))
    #expect(short.notes.map(\.description) == ["a/a_001.txt:11: ends after 10 lines, the annotation has 11"])
    let long = try read(folder.path, dataset(["a"], frames: 8))
    #expect(long.notes.map(\.description) == ["a/a_001.txt:9: goes on to 10 lines, the annotation has 8"])
    #expect(long.trajectories.first?.outcomes.count == 10)
  }

  @Test("Times and confidences are read beside runs, under the names of each toolkit")
  func properties() throws {
    let folder = try TemporaryFolder()
    let ten = (0..<10).map { "0.\($0)\n" }.joined()
    let two = (0..<10).map { "0.\($0),1.\($0)\n" }.joined()
    for name in ["a", "b", "c"] {
      for number in ["001", "002"] { try folder.write(run, to: "unsupervised/\(name)/\(name)_\(number).txt") }
    }
    try folder.write(two, to: "unsupervised/a/a_time.txt")
    try folder.write("\n" + ten.dropFirst(4), to: "unsupervised/b/b_001_confidence.value")
    try folder.write(ten, to: "unsupervised/b/b_002_time.value")
    try folder.write(ten, to: "unsupervised/b/b_002_mood.value")
    try folder.write(ten, to: "unsupervised/c/c_time.txt")
    try folder.write("1\n2\n", to: "unsupervised/c/c_001_confidence.value")
    let outcome = try read(folder.path, dataset(["a", "b", "c"], frames: frames))
    let runs = outcome.trajectories
    #expect(runs.map { $0.seconds.first ?? -1 } == [0, 1, -1, 0, 0, -1])
    #expect(runs.map(\.scores.count) == [0, 0, 10, 0, 0, 0])
    #expect(runs[2].scores[0].isNaN && runs[2].scores[9] == 0.9)
    #expect(outcome.ignored == ["b/b_002_mood.value"])
    #expect(
      outcome.notes.map(\.description) == [
        "c/c_001_confidence.value:3: no confidences are taken: 2 lines, the result has 10",
        "c/c_time.txt:1: no times are taken of repetition 2: the line has 1 of them",
      ])
  }

  @Test("Long-term runs need their confidences: a damaged file leaves the sequence out, a missing one is noted")
  func longTerm() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] { try folder.write(run, to: "longterm/\(name)/\(name)_001.txt") }
    try folder.write("\n" + String(repeating: "0.5\n", count: 9), to: "longterm/a/a_001_confidence.value")
    try folder.write("\n0.5\nhigh\n", to: "longterm/b/b_001_confidence.value")
    let outcome = try read(folder.path, dataset(["a", "b", "c"], frames: frames))
    #expect(outcome.protocolName == "longterm")
    #expect(outcome.trajectories.map(\.sequence) == ["a", "c"])
    #expect(outcome.refused.map(\.place) == ["b/b_001_confidence.value:3"])
    #expect(outcome.notes.map(\.sequence) == ["c"])
  }

  @Test("Runs from anchors take their direction from the data set, or from their length")
  func anchors() throws {
    let folder = try TemporaryFolder()
    try folder.write(run, to: "baseline/a/a_00000000.txt")
    try folder.write("1\n1,2,3,4\n", to: "baseline/a/a_00000008.txt")
    try folder.write("1\n1,2,3,4\n1,2,3,4\n1,2,3,4\n", to: "baseline/a/a_00000003.txt")
    let truth = Annotation(
      regions: (0..<frames).map { _ in .box(Box(x: 1, y: 2, width: 3, height: 4)) }, source: "test")
    func dataset(_ anchors: [Int]?) -> Dataset {
      Dataset(name: "d", sequences: [.init(name: "a", frames: .none, annotation: truth, anchors: anchors)])
    }
    let known = try read(folder.path, dataset([1, 0, 0, -1, 0, 0, 0, 0, 1, 0]))
    #expect(known.protocolName == "multistart")
    let passes = [Pass(start: 0), Pass(start: 3, isReversed: true), Pass(start: 8)]
    #expect(known.trajectories.map(\.pass) == passes)
    #expect(known.isComplete && known.notes.isEmpty)
    #expect(try read(folder.path, dataset(nil)).trajectories.map(\.pass) == passes)
    // An anchor without a file, and a file without an anchor.
    #expect(
      try read(folder.path, dataset([1, 0, 0, -1, 0, 0, 0, 0, 1, -1])).refused.map(\.place) == ["a_00000009.txt"])
    #expect(try read(folder.path, dataset([1, 0, 0, -1])).refused.map(\.place) == ["a/a_00000008.txt"])
    #expect(stop(folder.path, dataset(nil), "unsupervised") != nil)
    #expect(
      stop(folder.file("baseline"), dataset(nil), "supervised")?.cause
        == "expected results of supervised, found runs from anchors")
  }

  @Test("Experiments of one folder are several outcomes; a protocol picks its own")
  func experiments() throws {
    let folder = try TemporaryFolder()
    for name in ["baseline", "realtime", "unsupervised"] { try folder.write(run, to: "MFT/\(name)/a/a_001.txt") }
    try folder.write("x", to: "MFT/baseline/notes.md")
    try folder.write(run, to: "MFT/baseline/foreign/foreign_001.txt")
    let all = dataset(["a"], frames: frames)
    let outcomes = try ResultFolder.read(path: folder.file("MFT"), dataset: all)
    #expect(outcomes.map(\.protocolName) == ["supervised", "supervised@realtime", "unsupervised"])
    #expect(outcomes.map(\.tracker) == ["MFT", "MFT", "MFT"])
    #expect(outcomes[0].ignored == ["foreign/", "notes.md"])
    #expect(try ResultFolder.guess(path: folder.file("MFT"), dataset: all) == outcomes.map(\.protocolName))
    #expect(try read(folder.file("MFT"), all, "supervised@realtime").folder.hasSuffix("/realtime"))
    #expect(try read(folder.file("MFT/realtime/"), all).tracker == "MFT")
    #expect(try read(folder.file("MFT/realtime"), all, "unsupervised").protocolName == "unsupervised")
    #expect(
      stop(folder.file("MFT"), all, "longterm")?.cause
        == "there is baseline, realtime, unsupervised, and no results of longterm")
    #expect(stop(folder.file("MFT"), all, "ope") != nil)
  }

  @Test("Runs in a folder of any other name need a protocol")
  func namelessRuns() throws {
    let folder = try TemporaryFolder()
    try folder.write(run, to: "runs/a/a_001.txt")
    let all = dataset(["a"], frames: frames)
    #expect(
      stop(folder.file("runs"), all)?.cause
        == "these are runs of VOT, and the folder's name does not say whether resets were made")
    #expect(try read(folder.file("runs"), all, "unsupervised").trajectories.count == 1)
  }

  @Test("A workspace holds several trackers")
  func workspace() throws {
    let folder = try TemporaryFolder()
    try folder.write("stack: vot2018\n", to: "config.yaml")
    for tracker in ["A", "B"] { try folder.write(run, to: "results/\(tracker)/baseline/a/a_001.txt") }
    let all = dataset(["a"], frames: frames)
    #expect(try ResultFolder.read(path: folder.path, dataset: all).map(\.tracker) == ["A", "B"])
    #expect(try read(folder.path, tracker: "B", all).tracker == "B")
    #expect(try read(folder.file("results/A"), all).tracker == "A")
    #expect(stop(folder.path, tracker: "C", all)?.cause == "there is no folder C")
    try folder.remove("results/A")
    try folder.remove("results/B")
    #expect(stop(folder.path, all)?.cause == "the workspace has no results")
  }

  @Test("Folders that are links, loops, empty, or of other sequences are passed over by name")
  func oddFolders() throws {
    let folder = try TemporaryFolder()
    try folder.write(run, to: "baseline/a/a_001.txt")
    try folder.write(run, to: "baseline/a/other_001.txt")
    try folder.write(run, to: "baseline/a/a_01.txt")
    try folder.write(run, to: "baseline/a/a_000.txt")
    try folder.makeFolder("baseline/a/a_002.txt")
    try folder.makeFolder("baseline/b")
    try folder.write(run, to: "baseline/d")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.file("baseline/c"), withDestinationPath: folder.file("baseline"))
    try manager.createSymbolicLink(atPath: folder.file("baseline/e"), withDestinationPath: folder.file("nowhere"))
    let outcome = try read(folder.path, dataset(["a", "b", "c", "d", "e"], frames: frames))
    #expect(outcome.trajectories.map(\.sequence) == ["a"])
    #expect(outcome.missing == ["b", "c", "d", "e"])
    #expect(
      outcome.ignored == [
        "a/a_000.txt", "a/a_002.txt/", "a/a_01.txt", "a/other_001.txt", "c/a/", "c/b/", "c/c/", "c/d", "c/e", "d", "e",
      ])
  }

  @Test("Binary runs are read, the text first where there are both")
  func binary() throws {
    func bytes(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    func float(_ value: Float) -> [UInt8] { bytes(Int(value.bitPattern), 4) }
    var whole = bytes(1, 2) + bytes(4, 4)
    whole += bytes(0, 1) + bytes(1, 4)
    whole += bytes(1, 1) + [1.5, 2, 3, 4].flatMap(float)
    whole += bytes(2, 1) + bytes(3, 2) + [1, 2, 3, 4, 5, 6].flatMap(float)
    whole +=
      bytes(3, 1) + bytes(-2, 2) + bytes(7, 2) + bytes(2, 2) + bytes(2, 2) + bytes(2, 2) + bytes(1, 2) + bytes(3, 2)
    let folder = try TemporaryFolder()
    let all = dataset(["a"], frames: 4)
    try folder.write(whole, to: "baseline/a/a_001.bin")
    let outcome = try read(folder.path, all)
    let mask = try #require(Mask(x: -2, y: 7, width: 2, height: 2, runs: [1, 3]))
    #expect(
      outcome.trajectories.first?.outcomes == [
        .initialized, .region(.box(Box(x: 1.5, y: 2, width: 3, height: 4))),
        .region(.polygon(Polygon(vertices: [(1, 2), (3, 4), (5, 6)].map { Point(x: $0.0, y: $0.1) }))),
        .region(.mask(mask)),
      ])
    for length in 0..<whole.count {
      try folder.write(Array(whole.prefix(length)), to: "baseline/a/a_001.bin")
      #expect(try read(folder.path, all).refused.map(\.place) == ["a/a_001.bin"], "\(length) bytes")
    }
    // Any byte changed: read or refused, never trapped over.
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 0xff
      try folder.write(damaged, to: "baseline/a/a_001.bin")
      let found = try read(folder.path, all)
      #expect(found.trajectories.count + found.refused.count == 1)
    }
    try folder.write(run, to: "baseline/a/a_001.txt")
    #expect(try read(folder.path, all).trajectories.first?.outcomes.count == 10)
  }

  @Test("Random bytes never crash, in any file")
  func randomBytes() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("0123456789.,;\t \r\n-+enNaAm".utf8)
    let folder = try TemporaryFolder()
    let all = dataset(["a"], frames: 3)
    for round in 0..<300 {
      func noise() -> [UInt8] {
        (0..<Int.random(in: 0...60)).map { _ in
          round % 3 == 0 ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
        }
      }
      try folder.write(noise(), to: "longterm/a/a_001.txt")
      try folder.write(noise(), to: "longterm/a/a_001_confidence.value")
      try folder.write(noise(), to: "longterm/a/a_time.txt")
      let outcome = try read(folder.path, all)
      #expect(outcome.trajectories.count + outcome.refused.count == 1)
    }
  }
}
