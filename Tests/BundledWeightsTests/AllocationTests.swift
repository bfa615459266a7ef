import AllocationCounter
import BundledWeights
import Checkpoints
import Datasets
import Imaging
import SiamBAN
import SiamBANACM
import SiamFC
import SiamRPN
import SiamRPNPlusPlus
import TestSupport
import Testing
import Tracking

/// Once it is under way, a tracker asks for no memory but that of a few lists with an entry a level: pictures, features and maps lie in
/// its workspace.
@Suite("Allocations", .serialized)
struct AllocationTests {
  private static let trackers: [TrackerDescription] = [
    .siamFC, .siamRPN, .siamRPNPlusPlus, .siamBAN, .siamBANACM,
  ]

  /// Frames until every buffer has its size, and frames that are counted.
  private static let first = 4
  private static let counted = 8
  /// Of one frame: lists of two or three tensors, handed from backbone to neck to head.
  private static let limit = (allocations: 8, bytes: 2_048)

  @Test("A tracker under way allocates no buffer", .enabled(if: tb_allocations_are_counted() == 1))
  func steady() throws { try ProcessWide.alone { try countAll() } }

  private func countAll() throws {
    let sequence = try #require(DemoDataset.make().sequences.first { $0.name == "taxi" })
    let box = try #require(sequence.annotation.boxes.first)
    let frames = try (0...(Self.first + Self.counted)).map { try sequence.frames.image(at: $0) }
    var tally = Tally("allocations of trackers under way")
    for description in Self.trackers {
      guard let path = BundledWeights.path(for: description.name) else { continue }
      let model = try description.load(try Weights(contentsOf: path), preset: BundledWeights.preset)
      var tracker = model.makeTracker()
      try tracker.start(on: frames[0], target: box)
      for frame in frames[1...Self.first] { _ = try tracker.track(frame) }
      var counts: [Int] = []
      var bytes: [Int] = []
      for frame in frames[(Self.first + 1)...] {
        let (before, beforeBytes) = (tb_allocations(), tb_allocated_bytes())
        _ = try tracker.track(frame)
        bytes.append(tb_allocated_bytes() - beforeBytes)
        counts.append(tb_allocations() - before)
      }
      print("\(description.name): \(counts) allocations a frame, \(bytes) bytes")
      tally.expect(
        counts.allSatisfy { $0 <= Self.limit.allocations } && bytes.allSatisfy { $0 <= Self.limit.bytes },
        "\(description.name) allocates \(counts) times a frame, \(bytes) bytes")
    }
    tally.finish()
  }
}
