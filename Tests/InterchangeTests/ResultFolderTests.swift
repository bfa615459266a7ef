import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport
import Testing

private let threeLines = "1,2,3,4\n1,2,3,4\n1,2,3,4\n"

@Suite("Reading a folder of results")
struct ResultFolderTests {
  @Test(
    "Files are found under the names of every toolkit",
    arguments: [
      ("Jogging-1", "Jogging-1"), ("Jogging-1", "Jogging_1"), ("Jogging-1", "Jogging.1"), ("Jogging-1", "jogging-1"),
      ("Jogging-1", "jogging_1"), ("Jogging-1", "Jogging1"), ("Human4-2", "Human4"), ("Human4-2", "human4_2"),
      ("Human4-2", "Human4.2"), ("FaceOcc1", "faceocc1"), ("FleetFace", "fleetface"), ("CarDark", "carDark"),
      ("Skating2-2", "Skating2_2"),
    ])
  func names(_ sequence: String, _ stem: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(threeLines, to: "\(stem).txt")
    let outcome = try read(folder.path, tracker: "T", dataset([sequence, "Other-7"], frames: 3))
    #expect(outcome.trajectories.map(\.sequence) == [sequence])
    #expect(outcome.missing == ["Other-7"])
    #expect(outcome.ignored.isEmpty)
  }

  @Test("The exact name comes first, and what is not used is listed")
  func exactFirst() throws {
    let folder = try TemporaryFolder()
    try folder.write("5,6,7,8\n", to: "Jogging-1.txt")
    try folder.write("1,2,3,4\n", to: "jogging_1.txt")
    try folder.write("0.1\n", to: "Jogging-1_time.txt")
    try folder.write("", to: ".hidden.txt")
    let outcome = try read(folder.path, tracker: "T", dataset(["Jogging-1"], frames: 1))
    #expect(outcome.trajectories.first?.boxes == [Box(x: 5, y: 6, width: 7, height: 8)])
    #expect(outcome.trajectories.first?.seconds == [0.1])
    #expect(outcome.ignored == ["jogging_1.txt"])
    #expect(outcome.isComplete)
  }

  @Test("Two files that could both be the result are refused by name")
  func ambiguous() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,2,3,4\n", to: "Jogging.1.txt")
    try folder.write("1,2,3,4\n", to: "jogging_1.txt")
    let outcome = try read(folder.path, tracker: "T", dataset(["Jogging-1"], frames: 1))
    #expect(outcome.trajectories.isEmpty)
    #expect(outcome.refused.map(\.place) == ["Jogging.1.txt"])
    #expect(
      outcome.refused.map(\.cause)
        == ["Jogging.1.txt and jogging_1.txt could all be the result of Jogging-1"])
  }

  @Test("A file that is another sequence's is never taken")
  func neighbours() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,2,3,4\n", to: "Human4.txt")
    try folder.write("1,2,3,4\n", to: "car1.txt")
    let all = dataset(["Human4", "Human4-2", "Car1", "car1"], frames: 1)
    let outcome = try read(folder.path, tracker: "T", all)
    #expect(outcome.trajectories.map(\.sequence) == ["Human4", "car1"])
    #expect(outcome.missing == ["Human4-2", "Car1"])
  }

  @Test("Commas, tabs and blanks, any line end and a blank last line are read alike")
  func separators() throws {
    let wanted = [Box(x: 1.5, y: -2, width: 30, height: 4.25), Box(x: 1e-3, y: 2, width: 3, height: 4)]
    for text in [
      "1.5,-2,30,4.25\n1e-3,2,3,4\n", "1.5\t-2\t30\t4.25\r\n0.001\t2\t3\t4", "1.5 -2  30 4.25\n.001 2 3 4\n\n",
      "1.5, -2, 30, 4.25\n0.001, 2.0, 3.0, 4.0\n",
    ] {
      let folder = try TemporaryFolder()
      try folder.write(text, to: "a.txt")
      let outcome = try read(folder.path, tracker: "T", dataset(["a"], frames: 2))
      #expect(outcome.trajectories.map(\.boxes) == [wanted], "\(text)")
    }
  }

  @Test(
    "A file that does not fit is refused with its line, and the others are read",
    arguments: [
      ("", 1, "the file has no rows, the annotation has 3 lines"),
      ("\n\n", 1, "the file has no rows, the annotation has 3 lines"),
      ("1,2,3,4\n1,2,3\n1,2,3,4\n", 2, "expected 4 numbers, found 3 (\"1,2,3\")"),
      ("1,2,3,4\n1,2,3,4\n1,2,3,4,5\n", 3, "expected 4 numbers, found 5 (\"1,2,3,4,5\")"),
      ("1,2,3,4\nnan,nan,nan,nan\n1,2,3,4\n", 2, "expected 4 numbers, found NaN (\"nan,nan,nan,nan\")"),
      ("1,2,3,4\n1,2,3,4\n1,NaN,3,4\n", 3, "expected 4 numbers, found NaN (\"1.0,nan,3.0,4.0\")"),
      ("1;2;3;4\n1;2;3;4\n1;2;3;4\n", 1, "expected numbers separated by commas, tabs or blanks, found semicolons"),
      ("1,2,3,4\n1\t2\t3\t4\n1,2,3,4\n", 2, "expected numbers separated by commas, as in line 1, found tabs"),
      ("1 2 3 4\n1 2 3 4\n1,2,3,4", 3, "expected numbers separated by blanks, as in line 1, found commas"),
      ("1|2|3|4\n1|2|3|4\n", 1, "expected 4 numbers, found \"1|2|3|4\" (\"1|2|3|4\")"),
      ("1,2,3,4\n\n1,2,3,4\n1,2,3,4\n", 2, "expected 4 numbers, found an empty line"),
    ])
  func refused(_ text: String, _ line: Int, _ cause: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "Board.txt")
    try folder.write(threeLines, to: "Bolt.txt")
    let outcome = try read(folder.path, tracker: "T", dataset(["Board", "Bolt"], frames: 3))
    #expect(outcome.trajectories.map(\.sequence) == ["Bolt"])
    let fault = try #require(outcome.refused.first)
    #expect(fault.sequence == "Board")
    #expect(fault.place == "Board.txt:\(line)")
    #expect(fault.cause == cause)
    #expect(fault.remedy?.contains("Board") == true)
    #expect(!outcome.isComplete)
  }

  @Test(
    "A file with too few or too many lines is read as it is, and its length is noted with the line",
    arguments: [
      ("1,2,3,4\n1,2,3,4\n", 2, 3, "ends after 2 lines, the annotation has 3"),
      ("1,2,3,4\n", 1, 2, "ends after 1 line, the annotation has 3"),
      (threeLines + "1,2,3,4\n1,2,3,4\n", 5, 4, "goes on to 5 lines, the annotation has 3"),
    ])
  func lengths(_ text: String, _ rows: Int, _ line: Int, _ remark: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "Board.txt")
    try folder.write(threeLines, to: "Bolt.txt")
    let outcome = try read(folder.path, dataset(["Board", "Bolt"], frames: 3))
    #expect(outcome.trajectories.map(\.boxes.count) == [rows, 3])
    #expect(outcome.notes.map(\.description) == ["Board.txt:\(line): \(remark)"])
    #expect(outcome.isComplete)
  }

  @Test("The layout of each file is kept, which decides the toolkits that can read it")
  func layouts() throws {
    let cases: [(String, ResultLayout)] = [
      (threeLines, ResultLayout(delimiter: .comma, hasBlankLines: false)),
      ("1, 2, 3, 4\n1, 2, 3, 4\n1, 2, 3, 4", ResultLayout(delimiter: .comma, hasBlankLines: false)),
      ("1\t2\t3\t4\n1\t2\t3\t4\n1\t2\t3\t4\n", ResultLayout(delimiter: .tab, hasBlankLines: false)),
      ("  1 2 3 4\n  1 2 3 4 \n  1 2 3 4 \n", ResultLayout(delimiter: .space, hasBlankLines: false)),
      (threeLines + "\n", ResultLayout(delimiter: .comma, hasBlankLines: true)),
      (threeLines + "  \n", ResultLayout(delimiter: .comma, hasBlankLines: true)),
      ("1,2,3,4\r\n1,2,3,4\r\n1,2,3,4\r\n", ResultLayout(delimiter: .comma, hasBlankLines: false)),
    ]
    for (text, layout) in cases {
      let folder = try TemporaryFolder()
      try folder.write(text, to: "a.txt")
      let outcome = try read(folder.path, dataset(["a"], frames: 3))
      #expect(outcome.layouts == ["a": layout], "\(text.debugDescription)")
    }
  }

  @Test("Times come from got10k's folder and from pytracking's files, and only where they fit")
  func times() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "uav_b", "c", "d"] { try folder.write(threeLines, to: "\(name).txt") }
    try folder.write("0.1\n0.2\n0.3\n", to: "times/a_time.txt")
    try folder.write("0.4\n0.5\n0.6\n", to: "uav_b_time.txt")
    try folder.write("0.4\n0.5\n", to: "c_time.txt")
    try folder.write("0.4\nfast\n0.6\n", to: "d_time.txt")
    let outcome = try read(folder.path, dataset(["a", "b", "c", "d"], frames: 3))
    #expect(outcome.trajectories.map(\.seconds) == [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [], []])
    #expect(
      outcome.notes.map(\.description) == [
        "c_time.txt: no times are taken: it has 2 lines, the result 3",
        "d_time.txt:2: no times are taken: expected numbers, found \"fast\" (\"fast\")",
      ])
    #expect(outcome.ignored.isEmpty && outcome.isComplete)
  }

  @Test("Only the sequences asked for are read, and only they can be missing")
  func selection() throws {
    let folder = try TemporaryFolder()
    try folder.write(threeLines, to: "a.txt")
    try folder.write("nonsense", to: "b.txt")
    let all = dataset(["a", "b", "c", "d"], frames: 3)
    let outcome = try read(folder.path, all, sequences: ["a", "c"])
    #expect(outcome.trajectories.map(\.sequence) == ["a"])
    #expect(outcome.refused.isEmpty && outcome.ignored.isEmpty)
    #expect(outcome.missing == ["c"])
    let error = #expect(throws: InterchangeError.self) { try read(folder.path, all, sequences: ["a", "nowhere"]) }
    #expect(error?.cause == "small has no such sequence")
  }

  @Test("Links are followed; links to nowhere, folders and pipes in place of files are refused or passed over")
  func oddPlaces() throws {
    let folder = try TemporaryFolder()
    try folder.write(threeLines, to: "elsewhere/real.txt")
    try folder.makeFolder("T/b.txt")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: folder.file("T/a.txt"), withDestinationPath: folder.file("elsewhere/real.txt"))
    try manager.createSymbolicLink(atPath: folder.file("T/c.txt"), withDestinationPath: folder.file("nowhere"))
    try manager.createSymbolicLink(atPath: folder.file("T/loop"), withDestinationPath: folder.file("T"))
    #expect(mkfifo(folder.file("T/d.txt"), 0o600) == 0)
    let outcome = try read(folder.file("T"), dataset(["a", "b", "c", "d", "../elsewhere/real"], frames: 3))
    #expect(outcome.tracker == "T")
    #expect(outcome.trajectories.map(\.sequence) == ["a"])
    #expect(outcome.missing == ["b", "../elsewhere/real"])
    #expect(
      outcome.refused.map { "\($0.place): \($0.cause)" } == [
        "c.txt: there is no such file", "d.txt: expected a plain file, found something else",
      ])
  }

  @Test("Damaged and hostile files are refused with a line, never trapped over")
  func hostile() throws {
    let long = String(repeating: "9", count: 200_000)
    let files: [String: [UInt8]] = [
      "words": Array("1,2,3,4\nlost,lost,lost,lost\n1,2,3,4\n".utf8),
      "infinite": Array("1,2,3,4\ninf,2,3,4\n1,2,3,4\n".utf8),
      "overflow": Array("1e999,2,3,4\n1,2,3,4\n1,2,3,4\n".utf8),
      "digits": Array("\(long),2,3,4\n1,2,3,4\n1,2,3,4\n".utf8),
      "commas": Array(String(repeating: ",", count: 100_000).utf8),
      "hole": Array("1,2,3,4\n\n1,2,3,4\n".utf8),
      "zeros": [UInt8](repeating: 0, count: 10_000),
      "binary": (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ 13) },
      "utf16": [0xff, 0xfe] + Array("1,2,3,4\n".utf8).flatMap { [$0, 0] },
      "minus": Array("1,2,3,-\n1,2,3,4\n1,2,3,4\n".utf8),
    ]
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(bytes, to: "\(name).txt") }
    let outcome = try read(folder.path, tracker: "T", dataset(files.keys.sorted(), frames: 3))
    #expect(outcome.trajectories.isEmpty)
    #expect(outcome.refused.compactMap(\.sequence) == files.keys.sorted())
    for fault in outcome.refused {
      #expect(fault.line != nil, "\(fault.place): \(fault.cause)")
      #expect(fault.cause.utf8.count < 300, "\(fault.place): a cause nobody can read")
    }
  }

  @Test("Every truncation of a good file is refused or, where it ends with a whole line, read with a note")
  func truncations() throws {
    let whole = "10,20,30,40\n11,21,31,41\n12,22,32,42\n"
    let all = dataset(["a"], frames: 3)
    for length in 0...whole.utf8.count {
      let folder = try TemporaryFolder()
      let bytes = Array(whole.utf8.prefix(length))
      try folder.write(bytes, to: "a.txt")
      let outcome = try read(folder.path, all)
      // A number cut short is still a number: `42` without its last digit cannot be told from `4`.
      let last = String(decoding: bytes, as: UTF8.self).split(separator: "\n").last ?? ""
      let isWhole = last.split(separator: ",").count == 4
      #expect(outcome.trajectories.count == (isWhole ? 1 : 0), "\(length) bytes")
      #expect(outcome.refused.count == (isWhole ? 0 : 1), "\(length) bytes")
      let isShort = length < 24 + "12,22,32,4".utf8.count
      #expect(outcome.notes.count == (isWhole && isShort ? 1 : 0), "\(length) bytes")
    }
  }

  @Test("The folder above the tracker's will do")
  func folderAbove() throws {
    let folder = try TemporaryFolder()
    try folder.write(threeLines, to: "SiamFC/Bolt.txt")
    let all = dataset(["Bolt"], frames: 3)
    let outcome = try read(folder.path, tracker: "SiamFC", all)
    #expect(outcome.trajectories.map(\.sequence) == ["Bolt"])
    #expect(outcome.folder.hasSuffix("/SiamFC"))
    #expect(stop(folder.path, tracker: "..", all) != nil)
  }

  @Test("No such folder, a file in its place, and a folder of something else are named")
  func wrongFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "notes.md")
    try folder.write("x", to: "matlab/Bolt_T.mat")
    let all = dataset(["Bolt"], frames: 3)
    #expect(stop(folder.path + "/nowhere", all)?.cause == "there is no such folder")
    #expect(stop(folder.path + "/notes.md", all)?.cause == "expected a folder of result files, found a file")
    #expect(stop(folder.path, all)?.cause == "no file is named after a sequence of small")
    #expect(stop(folder.path + "/matlab", all)?.cause == "expected text, found the .mat files of MATLAB")
    #expect(stop(folder.path, all, "opel")?.cause == "unknown protocol; did you mean ope?")
  }
}
