import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
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
    let outcome = try ResultFolder.readOTB(
      path: folder.path, tracker: "T", dataset: dataset([sequence, "Other-7"], frames: 3))
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
    let outcome = try ResultFolder.readOTB(path: folder.path, tracker: "T", dataset: dataset(["Jogging-1"], frames: 1))
    #expect(outcome.trajectories.first?.boxes == [Box(x: 5, y: 6, width: 7, height: 8)])
    #expect(outcome.ignored == ["Jogging-1_time.txt", "jogging_1.txt"])
    #expect(outcome.isComplete)
  }

  @Test("Two files that could both be the result are refused by name")
  func ambiguous() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,2,3,4\n", to: "Jogging.1.txt")
    try folder.write("1,2,3,4\n", to: "jogging_1.txt")
    let outcome = try ResultFolder.readOTB(path: folder.path, tracker: "T", dataset: dataset(["Jogging-1"], frames: 1))
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
    let outcome = try ResultFolder.readOTB(path: folder.path, tracker: "T", dataset: all)
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
      let outcome = try ResultFolder.readOTB(path: folder.path, tracker: "T", dataset: dataset(["a"], frames: 2))
      #expect(outcome.trajectories.map(\.boxes) == [wanted], "\(text)")
    }
  }

  @Test(
    "A file that does not fit is refused with its line, and the others are read",
    arguments: [
      ("1,2,3,4\n1,2,3,4\n", 3, "ends after 2 lines, the annotation has 3"),
      ("1,2,3,4\n", 2, "ends after 1 line, the annotation has 3"),
      (threeLines + "1,2,3,4\n1,2,3,4\n", 4, "goes on to 5 lines, the annotation has 3"),
      ("", 1, "the file has no rows, the annotation has 3 lines"),
      ("\n\n", 1, "the file has no rows, the annotation has 3 lines"),
      ("1,2,3,4\n1,2,3\n1,2,3,4\n", 2, "expected 4 numbers, found 3 (\"1,2,3\")"),
      ("1,2,3,4\n1,2,3,4\n1,2,3,4,5\n", 3, "expected 4 numbers, found 5 (\"1,2,3,4,5\")"),
      ("1,2,3,4\nnan,nan,nan,nan\n1,2,3,4\n", 2, "expected 4 numbers, found NaN (\"nan,nan,nan,nan\")"),
      ("1,2,3,4\n1,2,3,4\n1,NaN,3,4\n", 3, "expected 4 numbers, found NaN (\"1.0,nan,3.0,4.0\")"),
    ])
  func refused(_ text: String, _ line: Int, _ cause: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "Board.txt")
    try folder.write(threeLines, to: "Bolt.txt")
    let outcome = try ResultFolder.readOTB(
      path: folder.path, tracker: "T", dataset: dataset(["Board", "Bolt"], frames: 3))
    #expect(outcome.trajectories.map(\.sequence) == ["Bolt"])
    let fault = try #require(outcome.refused.first)
    #expect(fault.sequence == "Board")
    #expect(fault.place == "Board.txt:\(line)")
    #expect(fault.cause == cause)
    #expect(fault.remedy?.contains("Board") == true)
    #expect(!outcome.isComplete)
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
      "hole": Array("1,2,3,4\n\n1,2,3,4\n1,2,3,4\n".utf8),
      "zeros": [UInt8](repeating: 0, count: 10_000),
      "binary": (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ 13) },
      "utf16": [0xff, 0xfe] + Array("1,2,3,4\n".utf8).flatMap { [$0, 0] },
      "minus": Array("1,2,3,-\n1,2,3,4\n1,2,3,4\n".utf8),
    ]
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(bytes, to: "\(name).txt") }
    let outcome = try ResultFolder.readOTB(
      path: folder.path, tracker: "T", dataset: dataset(files.keys.sorted(), frames: 3))
    #expect(outcome.trajectories.isEmpty)
    #expect(outcome.refused.compactMap(\.sequence) == files.keys.sorted())
    for fault in outcome.refused {
      #expect(fault.line != nil, "\(fault.place): \(fault.cause)")
      #expect(fault.cause.utf8.count < 300, "\(fault.place): a cause nobody can read")
    }
  }

  @Test("Every truncation of a good file is refused or, where only the last line end is cut, read")
  func truncations() throws {
    let whole = "10,20,30,40\n11,21,31,41\n12,22,32,42\n"
    let all = dataset(["a"], frames: 3)
    for length in 0...whole.utf8.count {
      let folder = try TemporaryFolder()
      try folder.write(Array(whole.utf8.prefix(length)), to: "a.txt")
      let outcome = try ResultFolder.readOTB(path: folder.path, tracker: "T", dataset: all)
      // A number cut short is still a number: `42` without its last digit cannot be told from `4`.
      let complete = length >= whole.utf8.count - 2
      #expect(outcome.trajectories.count == (complete ? 1 : 0), "\(length) bytes")
      #expect(outcome.refused.count == (complete ? 0 : 1), "\(length) bytes")
    }
  }

  @Test("The folder above the tracker's will do")
  func folderAbove() throws {
    let folder = try TemporaryFolder()
    try folder.write(threeLines, to: "SiamFC/Bolt.txt")
    let all = dataset(["Bolt"], frames: 3)
    let outcome = try ResultFolder.readOTB(path: folder.path, tracker: "SiamFC", dataset: all)
    #expect(outcome.trajectories.map(\.sequence) == ["Bolt"])
    #expect(outcome.folder.hasSuffix("/SiamFC"))
    #expect(throws: InterchangeError.self) { try ResultFolder.readOTB(path: folder.path, tracker: "..", dataset: all) }
  }

  @Test("No such folder, a file in its place, and a folder of something else are named")
  func wrongFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "notes.md")
    let all = dataset(["Bolt"], frames: 3)
    func cause(_ path: String) -> String? {
      do throws(any Error) {
        _ = try ResultFolder.readOTB(path: path, tracker: "T", dataset: all)
        return nil
      } catch {
        return (error as? InterchangeError)?.cause
      }
    }
    #expect(cause(folder.path + "/nowhere") == "there is no such folder")
    #expect(cause(folder.path + "/notes.md") == "expected a folder of result files, found a file")
    #expect(cause(folder.path) == "no file is named after a sequence of small")
  }
}

@Suite("Writing a folder of results")
struct ResultFolderWritingTests {
  @Test("What is written reads back with the same bits")
  func roundTrip() throws {
    var generator = SystemRandomNumberGenerator()
    let boxes = (0..<200).map { _ in
      Box(
        x: Double.random(in: -1e3...1e3, using: &generator), y: Double.random(in: -1e-3...1e-3, using: &generator),
        width: Double.random(in: 0...1e7, using: &generator), height: 1 / 3)
    }
    let folder = try TemporaryFolder()
    let trajectories = [
      Trajectory(sequence: "Jogging-1", boxes: boxes), Trajectory(sequence: "Bolt", boxes: [boxes[0]]),
    ]
    let written = try ResultFolder.writeOTB(trajectories, to: folder.path + "/new/T")
    #expect(written.map { ($0 as NSString).lastPathComponent } == ["Jogging-1.txt", "Bolt.txt"])
    let outcome = try ResultFolder.readOTB(
      path: folder.path + "/new", tracker: "T",
      dataset: dataset("d", [("Bolt", [boxes[0]]), ("Jogging-1", boxes)]))
    #expect(outcome.isComplete)
    #expect(outcome.trajectories.map(\.boxes) == [[boxes[0]], boxes])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new/T").count == 2)
  }

  @Test("The text is what pysot writes: commas, no blanks, one box a line")
  func text() throws {
    let folder = try TemporaryFolder()
    let trajectory = Trajectory(sequence: "a", boxes: [Box(x: 57.5, y: 156.5, width: 198, height: 1e-5)])
    try ResultFolder.writeOTB([trajectory], to: folder.path)
    #expect(try String(contentsOfFile: folder.path + "/a.txt", encoding: .utf8) == "57.5,156.5,198.0,1e-05\n")
  }

  @Test("Names that leave the folder and names that come twice are refused before anything is written")
  func names() throws {
    let folder = try TemporaryFolder()
    let good = Trajectory(sequence: "good", boxes: [])
    for bad in ["../up", "a/b", "", ".hidden", "good"] {
      #expect(throws: InterchangeError.self) {
        try ResultFolder.writeOTB([good, Trajectory(sequence: bad, boxes: [])], to: folder.path)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("A place that cannot be written is named")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "taken")
    let error = #expect(throws: InterchangeError.self) {
      try ResultFolder.writeOTB([Trajectory(sequence: "a", boxes: [])], to: folder.path + "/taken")
    }
    #expect(error?.cause.hasPrefix("cannot be written") == true)
  }
}
