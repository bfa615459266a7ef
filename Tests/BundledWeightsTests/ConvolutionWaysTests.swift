import BundledWeights
import Checkpoints
import Datasets
import Foundation
import Geometry
import Imaging
import Scoring
import SiamBAN
import SiamBANACM
import SiamFC
import SiamRPN
import SiamRPNPlusPlus
import Siamese
import Tensors
import TestSupport
import Testing
import Tracking

/// Whole runs over real sequences with Winograd's transforms and without: boxes overlap by more than 0.999 on every frame, until two
/// places are so nearly as good as one another that rounding decides, or rounding carries a crop's corner to another pixel.
@Suite("Winograd and direct convolution over real sequences", .serialized)
struct ConvolutionWaysTests {
  /// All sequences, else the two shortest.
  private static let runsAll = ProcessInfo.processInfo.environment["TRACKBENCH_GOLDEN_ALL"] == "1"

  private static let rule = OverlapRule(lastPixel: false, quotient: .plain, nan: .propagates)

  /// What two runs of a tracker did on the frame where they part.
  private struct Parting: CustomStringConvertible {
    let frame: Int
    let overlap: Double
    /// By how much, as a share, the values differ for which the two chose different places; nil where they chose the same.
    let gap: Double?
    let samePixels: Bool

    /// Both saw the same, and yet are apart by more than rounding can explain.
    var isUnexplained: Bool { samePixels && (gap ?? .infinity) > 1e-4 }

    var description: String {
      "parts at frame \(frame), overlap \(overlap): \(gap.map { "another place, chosen with a gap of \($0)" } ?? "the same place"), "
        + "crops \(samePixels ? "of the same pixels" : "whose corners were rounded to different pixels")"
    }
  }

  @Test(
    "They agree, or part where rounding decides",
    .enabled(if: Shared.has("data/OTB100"), "needs ../shared/data/OTB100"))
  func agree() throws {
    let all = try DatasetCatalog.survey("otb100", root: Shared.path("data")).sequences.filter(\.runnable)
    let sequences = Self.runsAll ? all : Array(all.sorted { $0.frames.count < $1.frames.count }.prefix(2))
    var tally = Tally("Winograd against direct")
    func compare<Model: WeightedModel>(
      _ type: Model.Type, _ description: TrackerDescription, _ tracker: (Model) -> any SteppingTracker
    ) throws {
      guard let path = BundledWeights.path(for: description.name) else {
        tally.excuse("\(description.name): no bundled weights")
        return
      }
      let weights = try Weights(contentsOf: path)
      let settings = try Model.Settings(preset: BundledWeights.preset, overrides: [])
      let models = try [ConvolutionAlgorithm.direct, .winograd].map {
        try Model(weights: weights, settings: settings, engine: Engine(convolution: $0))
      }
      for sequence in sequences {
        let target = description.convention.toPixels(try #require(sequence.annotation.boxes.first))
        let (parting, frames) = try parting(
          tracker(models[0]), tracker(models[1]), sequence.frames, target: target)
        for _ in 0..<frames { tally.expect(true, "") }
        guard let parting else { continue }
        print("\(description.name) \(sequence.name): \(parting)")
        tally.expect(!parting.isUnexplained, "\(description.name) \(sequence.name): \(parting)")
      }
    }
    try compare(SiamFCModel.self, .siamFC) { SiamFCTracker($0) }
    try compare(SiamBANACMModel.self, .siamBANACM) { TemplateTracker($0) }
    try compare(SiamBANModel.self, .siamBAN) { TemplateTracker($0) }
    try compare(SiamRPNPlusPlusModel.self, .siamRPNPlusPlus) { TemplateTracker($0) }
    try compare(SiamRPNModel.self, .siamRPN) { TemplateTracker($0) }
    tally.finish()
  }

  /// The first frame whose boxes do not overlap by more than 0.999, and how many frames before it do.
  private func parting(
    _ first: any SteppingTracker, _ second: any SteppingTracker, _ frames: Frames, target: Box
  ) throws -> (Parting?, agreeing: Int) {
    var (first, second) = (first, second)
    let start = try frames.image(at: 0)
    try first.start(on: start, target: target)
    try second.start(on: start, target: target)
    for index in 1..<frames.count {
      let frame = try frames.image(at: index)
      let (a, b) = (try first.look(frame), try second.look(frame))
      let overlap = Self.rule.overlap(of: a.box, with: b.box)
      guard overlap <= 0.999 else { continue }
      let other = zip(a.decisions, b.decisions).first { $0.place != $1.place }
      let gap = other.map { abs($0.value - $1.value) / max(abs($0.value), abs($1.value)) }
      return (Parting(frame: index, overlap: overlap, gap: gap, samePixels: a.crops.nchw == b.crops.nchw), index - 1)
    }
    return (nil, frames.count - 1)
  }
}

/// What a frame went through, whatever the tracker.
private struct Look {
  let box: Box
  /// One after another, the last one deciding the box: which place, and the value it was chosen for.
  let decisions: [(place: Int, value: Double)]
  let crops: Tensor
}

private protocol SteppingTracker: Tracker {
  mutating func look(_ frame: Image) throws -> Look
}

extension TemplateTracker: SteppingTracker {
  fileprivate mutating func look(_ frame: Image) throws -> Look {
    let step = try step(frame)
    return Look(box: step.box, decisions: [(step.choice.index, step.choice.value)], crops: step.crop)
  }
}

extension SiamFCTracker: SteppingTracker {
  fileprivate mutating func look(_ frame: Image) throws -> Look {
    let step = try step(frame)
    let decision = step.decision
    return Look(
      box: step.state.box, decisions: [(decision.scale, decision.score), (decision.index, decision.value)],
      crops: step.crops)
  }
}
