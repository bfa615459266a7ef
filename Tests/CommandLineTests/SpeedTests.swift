import Checkpoints
import Foundation
import NanoTrack
import TestSupport
import Testing

@Suite("speed")
struct SpeedTests {
  let program: Program

  init() throws { program = Program(folder: try TemporaryFolder()) }

  @Test("Stages, layers and the machine's peak are told")
  func stages() throws {
    let result = try program.run(
      "speed", "--tracker", "nanotrack", "--untrained", "--frames", "3", "--layers")
    #expect(result.status == 0, "\(result.errors)")
    for word in [
      "p99", "decision", "% of roof", "way", "GMAC a frame", "multiply-add peak", "peak memory", "of the search branch",
    ] {
      #expect(result.output.contains(word), "\(word) is missing in \(result.output.prefix(400))")
    }
  }

  @Test("A program's format keeps to its rows, and warnings go to standard error")
  func warnings() throws {
    let threads = ProcessInfo.processInfo.processorCount + 1
    let result = try program.run(
      "speed", "--tracker", "nanotrack", "--untrained", "--frames", "2", "--threads", "\(threads)", "--format", "json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("warning: \(threads) threads on"), "\(result.errors)")
    let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    #expect(rows?.first?["stage"] as? String == "open frame")
  }

  @Test("On request the network runs on given crops and hands its maps out")
  func onRequest() throws {
    let crops = program.folder.file("crops.safetensors")
    let outputs = program.folder.file("maps.safetensors")
    func picture(_ side: Int) -> [Float] { (0..<3 * side * side).map { Float($0 * 7 % 256) } }
    try Safetensors.write(
      [
        (key: "template", shape: [1, 3, 127, 127], values: picture(127)),
        (key: "search", shape: [1, 3, 255, 255], values: picture(255)),
      ],
      to: crops)
    let requests = program.folder.file("requests")
    try Data("run\npeak\nmemory\noutputs \(outputs)\nsing\nrun\nquit\nrun\n".utf8).write(
      to: URL(fileURLWithPath: requests))
    let result = try program.run(
      ["speed", "--tracker", "nanotrack", "--untrained", "--on-request", crops], input: requests)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 7, "\(result.output)")
    #expect(lines[0].contains("\"ready\":true") && lines[0].contains("\"maps\":[\"cls\",\"loc\"]"))
    #expect(lines[1].contains("\"wall_ns\":") && lines[1].contains("\"cpu_ns\":"))
    #expect(lines[2].contains("\"gflops\":"))
    #expect(lines[3].contains("\"peak_bytes\":"))
    #expect(lines[4].contains("\"written\":"))
    #expect(lines[5].contains("\"error\":") && lines[5].contains("sing"))
    let maps = try Weights(contentsOf: outputs).tensors
    #expect(maps["cls"]?.shape == [1, 2, 15, 15] && maps["loc"]?.shape == [1, 4, 15, 15])
  }

  @Test("Crops of another size, and trackers without a network, are refused in one sentence")
  func refusals() throws {
    let crops = program.folder.file("crops.safetensors")
    try Safetensors.write([(key: "template", shape: [1, 3, 1, 1], values: [1, 2, 3])], to: crops)
    let wrong = try program.run("speed", "--tracker", "nanotrack", "--untrained", "--on-request", crops)
    #expect(wrong.status == 64 && wrong.errors.contains("[1, 3, 127, 127]"), "\(wrong.errors)")
    let without = try program.run("speed", "--tracker", "ncc", "--on-request", crops)
    #expect(without.status == 64 && without.errors.contains("has no network"), "\(without.errors)")
  }
}
