import Foundation
import TestSupport
import Testing

/// The trackers' scores must not fall: runs with the built program, held against the thresholds beside this file by
/// `trackbench check`.
///
/// By default a few sequences of the demo; `TRACKBENCH_FULL=1` (`make test-full`) runs all of it. Gates on the real sequences of
/// `../shared` need its data and weights.
@Suite("Score gates", .serialized)
struct ScoreGateTests {
  private static let gates = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let isFull = ProcessInfo.processInfo.environment["TRACKBENCH_FULL"] == "1"
  private static let trackers = "siamfc,siamrpn,siamrpn++,siamban,siamban-acm,ncc"

  private let program: Program

  init() throws { program = Program(folder: try TemporaryFolder()) }

  /// Runs, then checks; what `check` prints names tracker, data set, sequence, metric, threshold and value.
  private func hold(_ file: String, _ runs: [[String]]) throws {
    for arguments in runs {
      let run = try program.run(["run", "--protocol", "ope", "--store", "s.sqlite"] + arguments)
      #expect(run.status == 0, "\(arguments.joined(separator: " ")): \(run.errors)")
    }
    let path = Self.gates.appendingPathComponent(file).path
    let check = try program.run("check", path, "--store", "s.sqlite")
    print(check.output)
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test("A few sequences of the demo")
  func fast() throws {
    try hold(
      "fast.yaml", [["--tracker", Self.trackers, "--dataset", "demo", "--sequences", "taxi,dunes"]])
  }

  @Test("All of the demo", .enabled(if: isFull, "make test-full runs it"))
  func full() throws {
    try hold("full.yaml", [["--tracker", Self.trackers, "--dataset", "demo"]])
  }

  @Test(
    "Real sequences with the real SiamFC and NanoTrack",
    .enabled(if: Shared.has("data/OTB100") && Shared.has("data/weights/siamfc-3s-color.pth"), "needs ../shared/data"))
  func real() throws {
    let data = ["--dataset", "otb100", "--data-root", Shared.path("data")]
    func weights(_ name: String) -> [String] { ["--weights", Shared.path("data/weights/\(name)")] }
    // SiamFC at full size takes its time: one short sequence.
    try hold(
      "real.yaml",
      [
        ["--tracker", "siamfc", "--sequences", "Football1"] + weights("siamfc-3s-color.pth") + data,
        ["--tracker", "nanotrack", "--preset", "v2", "--sequences", "Crossing,Football1"] + weights("nanotrackv2.pth")
          + data,
      ])
  }
}
