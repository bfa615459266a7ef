import Foundation
import Imaging
import TestSupport
import Testing

/// The program end to end on a few frames: SiamFC at full size costs a third of a second a frame, so everything here is short.
@Suite("Runs, end to end", .serialized)
struct RunTests {
  let program: Program
  private static let sequences = ["bounce", "gull", "taxi"]
  private static let run = [
    "run", "--tracker", "siamfc", "--untrained", "--dataset", "demo", "--sequences", sequences.joined(separator: ","),
    "--frames", "3", "--jobs", "2",
  ]

  init() throws { program = Program(folder: try TemporaryFolder()) }

  private func rows(_ arguments: String...) throws -> [[String: String]] {
    try program.run(["report", "--format", "csv"] + arguments).rows
  }

  @Test(
    "A run prints its table, says that untrained weights mean nothing, and resumes without computing anything twice")
  func runsAndResumes() throws {
    let first = try program.run(Self.run)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("siamfc") && first.output.contains("3/18") && first.output.contains("as run 1"))
    #expect(first.errors.contains("untrained"))
    #expect(first.errors.contains("3 sequences, 9 frames"))
    let again = try program.run(Self.run)
    #expect(again.status == 0)
    #expect(again.errors.contains("0 sequences") && again.errors.contains("3 already in"), "\(again.errors)")
    #expect(try rows("--by", "sequence").map { $0["sequence"] } == ["taxi", "bounce", "gull"])
    #expect(try rows("--by", "sequence", "--profile", "otb").allSatisfy { $0["norm_precision"] == "" })
    let other = try program.run(Self.run + ["--set", "scale_lr=0.3"])
    #expect(other.output.contains("as run 2"), "another setting is another run")
  }

  @Test("Killed without warning, a run loses at most what was under way, and goes on to the same report")
  func killed() throws {
    // Long enough that the second and third sequence cannot be done before the kill, however busy the machine.
    let run = Self.run + ["--frames", "8"]
    let process = try program.start(run + ["--store", "killed.sqlite", "--jobs", "1"], name: "killed")
    wait(for: "[1/3]", in: "killed.err", of: process)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let stored = try rows("--by", "sequence", "--store", "killed.sqlite").count
    #expect(stored >= 1 && stored < 3)
    let resumed = try program.run(run + ["--store", "killed.sqlite"])
    #expect(resumed.status == 0)
    #expect(resumed.errors.contains("\(stored) already in"), "\(resumed.errors)")
    _ = try program.run(run + ["--store", "whole.sqlite"])
    let reports = try ["killed.sqlite", "whole.sqlite"].map {
      try program.run("report", "--by", "all", "--no-times", "--format", "csv", "--store", $0).output
    }
    #expect(reports[0] == reports[1])
    #expect(reports[0].split(separator: "\n").count > 6)
  }

  @Test(
    "The first signal stops cleanly with the shell's exit code and says how to go on", arguments: [SIGINT, SIGTERM])
  func signalled(number: Int32) throws {
    let process = try program.start(Self.run + ["--jobs", "1"], name: "stopped")
    wait(for: "[1/3]", in: "stopped.err", of: process)
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationStatus == 128 + number)
    let errors = try String(contentsOfFile: program.folder.file("stopped.err"), encoding: .utf8)
    #expect(errors.contains("the same command again resumes"), "\(errors)")
    #expect(try rows("--by", "sequence").count < 3)
  }

  @Test("A frame that cannot be read loses its sequence and no other: exit 2, and the report says what is missing")
  func damagedFrame() throws {
    let picture = try Image(width: 64, height: 48, pixels: (0..<64 * 48 * 3).map { UInt8($0 * 7 % 256) }).pngData()
    for name in ["good", "bad"] {
      for frame in 1...3 {
        let bytes = name == "bad" && frame == 2 ? Array(picture.prefix(picture.count / 2)) : picture
        try program.folder.write(bytes, to: "set/\(name)/img/000\(frame).png")
      }
      try program.folder.write("20,10,16,16\n20,10,16,16\n20,10,16,16\n", to: "set/\(name)/groundtruth_rect.txt")
    }
    let result = try program.run("run", "--tracker", "siamfc", "--untrained", "--dataset", "set")
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains("bad failed: frame 2:") && result.errors.contains("0002.png"), "\(result.errors)")
    #expect(result.output.contains("1/2"))
    let report = try program.run("report")
    #expect(report.output.contains("bad failed at frame 2"), "\(report.output)")
    try program.folder.write(
      "thresholds:\n  - {tracker: siamfc, dataset: set, minimum: {success: 1}}\n", to: "gate.yaml")
    let check = try program.run("check", "gate.yaml")
    #expect(check.status == 2)
    #expect(check.output.contains("BELOW"))
  }

  @Test(
    "An import names what does not fit with file and line, takes the rest, and exits 2; a short file goes to the profiles"
  )
  func imports() throws {
    for name in ["one", "two", "three"] {
      try program.folder.write("1,1,10,10\n2,1,10,10\n3,1,10,10\n", to: "set/\(name)/groundtruth_rect.txt")
      try program.folder.write("", to: "set/\(name)/img/placeholder.txt")
    }
    try program.folder.write("1\t1\t10\t10\n2\t1\t10\t10\n3\t1\t10\t10\n", to: "results/T/one.txt")
    try program.folder.write("1,1,10,10\n2,1,10,10\n", to: "results/T/two.txt")
    try program.folder.write("1,1,10,10\n2,1,nan,10\n3,1,10,10\n", to: "results/T/three.txt")
    let result = try program.run(
      "import", "results/T", "--dataset", "set", "--profile", "pysot,got10k", "--format", "csv")
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains("two.txt:3: ends after 2 lines, the annotation has 3"), "\(result.errors)")
    #expect(result.errors.contains("left out three.txt:2"), "\(result.errors)")
    #expect(result.rows.map { $0["sequences"] } == ["1/3", "2/3"])
    let rows = try rows("--by", "sequence")
    #expect(rows.map { $0["sequence"] } == ["one"])
    #expect(rows.first?["tracker"] == "T")
    #expect(rows.first?["success"] == "\(20.0 / 21)")
  }

  @Test("The exported demo is checked, run and reported by its path, and not written over")
  func export() throws {
    let written = try program.run("datasets", "export", "demo", "out", "--seed", "5", "--sequences", "1")
    #expect(written.status == 0, "\(written.errors)")
    let checked = try program.run("datasets", "check", "out")
    #expect(checked.status == 0, "\(checked.output)")
    let run = try program.run("run", "--tracker", "ncc", "--dataset", "./out/", "--frames", "5", "--store", "o.sqlite")
    #expect(run.status == 0, "\(run.errors)")
    let report = try program.run("report", "--dataset", "./out/", "--store", "o.sqlite")
    #expect(report.status == 0 && report.output.contains("ncc"), "\(report.errors)")
    let again = try program.run("datasets", "export", "demo", "out", "--seed", "5", "--sequences", "1")
    #expect(again.status == 1)
    #expect(again.errors.contains("not empty"), "\(again.errors)")
  }

  /// Blocks its thread: a suspended task would wait for a turn behind the tests that compute, and come too late.
  private func wait(for text: String, in file: String, of process: Process) {
    for _ in 0..<6000 {
      let errors = (try? String(contentsOfFile: program.folder.file(file), encoding: .utf8)) ?? ""
      if errors.contains(text) || !process.isRunning { return }
      usleep(10_000)
    }
    Issue.record("\(text) never came")
  }
}
