import Checkpoints
import Foundation
import TestSupport
import Testing

@Suite("Real weights", .enabled(if: !Shared.list("data/weights").isEmpty, "needs ../shared/data/weights"))
struct RealWeightsTests {
  /// Name and SHA-256 from the table of the folder's README, where there is one.
  private static func published() -> [String: String] {
    guard let text = try? Shared.bytes("data/README.md") else { return [:] }
    var digests: [String: String] = [:]
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
      guard cells.count >= 3, cells[0].hasSuffix(".pth"), cells[2].count == 64 else { continue }
      digests[cells[0]] = cells[2]
    }
    return digests
  }

  @Test("Every file loads with finite values, and is the file its README names")
  func load() throws {
    var tally = Tally("data/weights")
    let digests = Self.published()
    for name in Shared.list("data/weights") {
      let checkpoint = try Checkpoint.read(path: Shared.path("data/weights/\(name)"))
      let weights = Weights(checkpoint: checkpoint)
      let summary = try CheckpointSummary(checkpoint)
      print("\(name): \(checkpoint.container), \(summary.rows.count) tensors, \(summary.elementCount) elements")
      tally.expect(digests[name] == nil || digests[name] == weights.sha256, "\(name): \(weights.sha256)")
      tally.expect(
        !summary.rows.isEmpty && summary.rows.allSatisfy { $0.nanCount == 0 && $0.mean?.isFinite != false },
        "\(name): values that are not finite")
      // Entry counts from the README's prose: 231, 298 and 438 for NanoTrack v1, v2 and v3.
      let counts = ["nanotrackv1.pth": 231, "nanotrackv2.pth": 298, "nanotrackv3.pth": 438]
      if let count = counts[name] { tally.expect(weights.tensors.count == count, "\(name): \(weights.tensors.count)") }
    }
    tally.finish()
  }
}
