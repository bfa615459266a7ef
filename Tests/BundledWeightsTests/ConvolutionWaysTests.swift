import BundledWeights
import Checkpoints
import Datasets
import Foundation
import Geometry
import Imaging
import SiamBAN
import SiamBANACM
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

  /// What two runs of a tracker did on the frame where they part.
  private struct Parting: CustomStringConvertible {
    let frame: Int
    let overlap: Double
    /// By how much the values differ for which the two chose their places.
    let gap: Double
    let samePlace: Bool
    let samePixels: Bool

    /// Both saw the same and chose the same, and yet are apart: no rounding explains that.
    var isUnexplained: Bool { samePixels && (samePlace || gap > 1e-4) }

    var description: String {
      "parts at frame \(frame) (overlap \(overlap)): \(samePlace ? "the same place" : "another place"), chosen with a gap of \(gap); "
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
    try compare(SiamBANACMModel.self, .siamBANACM, sequences, &tally)
    try compare(SiamBANModel.self, .siamBAN, sequences, &tally)
    try compare(SiamRPNPlusPlusModel.self, .siamRPNPlusPlus, sequences, &tally)
    try compare(SiamRPNModel.self, .siamRPN, sequences, &tally)
    tally.finish()
  }

  private func compare<Model: TemplateModel & WeightedModel>(
    _ type: Model.Type, _ description: TrackerDescription, _ sequences: [Datasets.Sequence], _ tally: inout Tally
  ) throws {
    guard let path = BundledWeights.path(for: description.name) else {
      tally.excuse("\(description.name): no bundled weights")
      return
    }
    let weights = try Weights(contentsOf: path)
    let settings = try Model.Settings(preset: BundledWeights.preset, overrides: [])
    let (direct, winograd) = (
      try Model(weights: weights, settings: settings, engine: Engine(convolution: .direct)),
      try Model(weights: weights, settings: settings, engine: Engine(convolution: .winograd))
    )
    for sequence in sequences {
      let target = description.convention.toPixels(try #require(sequence.annotation.boxes.first))
      let (parting, frames) = try parting(
        TemplateTracker(direct), TemplateTracker(winograd), sequence.frames, target: target)
      if let parting { print("\(description.name) \(sequence.name): \(parting)") }
      for _ in 0..<frames { tally.expect(true, "") }
      if let parting { tally.expect(!parting.isUnexplained, "\(description.name) \(sequence.name): \(parting)") }
    }
  }

  /// The first frame whose boxes do not overlap by more than 0.999, and how many frames before it do.
  private func parting<Model: TemplateModel>(
    _ first: TemplateTracker<Model>, _ second: TemplateTracker<Model>, _ frames: Frames, target: Box
  ) throws -> (Parting?, agreeing: Int) {
    var (first, second) = (first, second)
    let start = try frames.image(at: 0)
    try first.start(on: start, target: target)
    try second.start(on: start, target: target)
    for index in 1..<frames.count {
      let frame = try frames.image(at: index)
      let (a, b) = (try first.step(frame), try second.step(frame))
      let overlap = Self.overlap(a.box, b.box)
      guard overlap <= 0.999 else { continue }
      return (
        Parting(
          frame: index, overlap: overlap, gap: abs(a.choice.value - b.choice.value),
          samePlace: a.choice.index == b.choice.index, samePixels: a.crop.nchw == b.crop.nchw), index - 1
      )
    }
    return (nil, frames.count - 1)
  }

  /// Intersection over union.
  private static func overlap(_ a: Box, _ b: Box) -> Double {
    let width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    let height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    let common = max(0, width) * max(0, height)
    return common / (a.width * a.height + b.width * b.height - common)
  }
}
