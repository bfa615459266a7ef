import Checkpoints
import NanoTrack
import TestSupport
import Testing
import Tracking

@Suite("Wrong usage gets one clear sentence")
struct UsageTests {
  let program: Program

  init() throws { program = Program(folder: try TemporaryFolder()) }

  @Test(
    "A wrong name gets the nearest right one and exit code 64",
    arguments: [
      (["rnu"], "unknown command \"rnu\"", "run"),
      (["run", "--tracker", "siamcf", "--dataset", "demo"], "unknown tracker \"siamcf\"", "siamfc"),
      (["trackers", "show", "SiamFC"], "unknown tracker \"SiamFC\"", "siamfc"),
      (["run", "--tracker", "siamfc", "--dataset", "demo", "--profile", "otbb"], "unknown profile \"otbb\"", "otb"),
      (["run", "--tracker", "siamfc", "--dataset", "demo", "--protocol", "opee"], "unknown protocol \"opee\"", "ope"),
    ])
  func nearestName(arguments: [String], sentence: String, nearest: String) throws {
    let result = try program.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(sentence), "\(result.errors)")
    #expect(result.errors.contains(nearest), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test("A wrong data set gets the nearest right one")
  func nearestDataset() throws {
    let result = try program.run("run", "--tracker", "siamfc", "--dataset", "otb10")
    #expect(result.status == 1)
    #expect(result.errors.contains("unknown dataset \"otb10\"") && result.errors.contains("otb100"), "\(result.errors)")
  }

  @Test(
    "Options out of range or at odds are refused before anything is opened",
    arguments: [
      ["run", "--tracker", "siamfc", "--dataset", "demo", "--frames", "0"],
      ["run", "--tracker", "siamfc", "--dataset", "demo", "--jobs", "-1"],
      ["run", "--tracker", "siamfc", "--dataset", "demo", "--untrained", "--weights", "x.pth"],
      ["run", "--tracker", "siamfc", "--dataset", "demo", "--set", "context"],
      ["run", "--dataset", "demo"],
      ["report", "--format", "word"],
    ])
  func refusedOptions(arguments: [String]) throws {
    let result = try program.run(arguments)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("Error:"))
    #expect(!result.errors.contains("Fatal error"))
  }

  @Test("An unknown setting names the known ones")
  func unknownSetting() throws {
    let result = try program.run("run", "--tracker", "siamfc", "--dataset", "demo", "--untrained", "--set", "scale=2")
    #expect(result.status == 64)
    #expect(result.errors.contains("scale_step"), "\(result.errors)")
  }

  @Test("A tracker without weights says where they come from")
  func noWeights() throws {
    let result = try program.run("run", "--tracker", "nanotrack", "--dataset", "demo")
    #expect(result.status == 64)
    #expect(result.errors.contains("no weights found") && result.errors.contains("remedy:"), "\(result.errors)")
  }

  @Test("The doctor tells the weights that come along from those that are lacking, with one remedy for all")
  func doctor() throws {
    let result = try program.run("doctor")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").filter { $0.contains("weights: ") }
    #expect(lines.contains { $0.hasPrefix("weights: siamban-acm ") && $0.contains("come with the program") })
    #expect(lines.contains { $0.hasPrefix("weights: nanotrack ") && $0.hasSuffix("none") })
    #expect(!lines.contains { $0.contains("ncc") }, "a tracker that needs none")
    #expect(lines.filter { $0.hasPrefix("remedy: ") }.count == 1, "\(lines)")
  }

  @Test("Another tracker's weights are told apart by name")
  func foreignWeights() throws {
    let tensors = Weights.rule(shapes: try TrackerDescription.nanoTrack.shapes(preset: "v2")).tensors
    try Safetensors.write(
      tensors.map { ($0.key, $0.value.shape, try $0.value.floats()) }, to: program.folder.file("nano.safetensors"))
    for command in [
      ["weights", "verify", "nano.safetensors", "--tracker", "siamfc"],
      ["run", "--tracker", "siamfc", "--dataset", "demo", "--weights", "nano.safetensors"],
    ] {
      let result = try program.run(command)
      #expect(result.status == 1)
      #expect(
        result.errors.contains("weights of NanoTrack") && result.errors.contains("--tracker nanotrack"),
        "\(result.errors)")
    }
    let fits = try program.run("weights", "verify", "nano.safetensors", "--tracker", "nanotrack", "--preset", "v2")
    #expect(fits.status == 0, "\(fits.errors)")
  }

  @Test("A report of a store that is not there, or is empty, says how to fill one")
  func noStore() throws {
    let absent = try program.run("report", "--store", "none.sqlite")
    #expect(absent.status == 1)
    #expect(absent.errors.contains("no such store") && absent.errors.contains("trackbench run"), "\(absent.errors)")
    try program.folder.write(
      "certainly not a database, but text of some length, so SQLite reads it\n", to: "text.sqlite")
    let text = try program.run("report", "--store", "text.sqlite")
    #expect(text.status == 1)
    #expect(text.errors.contains("cannot be used as a store"), "\(text.errors)")
  }

  @Test(
    "Every command has help",
    arguments: ["run", "report", "check", "import", "datasets", "trackers", "weights", "speed", "doctor"])
  func help(command: String) throws {
    let result = try program.run(command, "--help")
    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: trackbench \(command)"))
  }
}
