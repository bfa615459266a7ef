import Geometry
import Imaging
import SiamFC
import Siamese
import SiameseGoldens
import TestSupport
import Testing
import Tracking

/// Single steps of the original tracker, from states set by hand.
@Suite(.enabled(if: Golden.has("steps.json"), "needs ../shared/golden/models/siamfc/steps.json and ../shared/data"))
struct StepGoldenTests {
  struct State: Decodable {
    let centerYX: [Double]
    let targetHW: [Double]
    let exemplarSide: Double
    let searchSide: Double

    enum CodingKeys: String, CodingKey {
      case centerYX = "center_yx"
      case targetHW = "target_hw"
      case exemplarSide = "z_sz"
      case searchSide = "x_sz"
    }

    var state: SiamFCState {
      get throws {
        guard centerYX.count == 2, targetHW.count == 2 else { throw ModelGoldens.Malformed("a state") }
        return SiamFCState(
          centerX: Float(centerYX[1]), centerY: Float(centerYX[0]), width: Float(targetHW[1]),
          height: Float(targetHW[0]), exemplarSide: exemplarSide, searchSide: searchSide)
      }
    }
  }

  struct Step: Decodable {
    let sequence: String
    let templateFrame: String
    let templateBox: [Double]
    let frame: String
    let averageRGB: [Double]
    let before: State
    let squares: [[Int]]
    let digests: [String]
    let peaks: [Double]
    let bestScale: Int
    let bestIndex: Int
    let score: Double
    let value: Double
    let after: State
    let box: [Double]

    enum CodingKeys: String, CodingKey {
      case sequence, frame, peaks, score, box
      case templateFrame = "template_frame"
      case templateBox = "template_box"
      case averageRGB = "average_rgb"
      case before = "state_before"
      case squares = "search_side_left_top"
      case digests = "md5_search_crops"
      case bestScale = "best_scale"
      case bestIndex = "best_index"
      case value = "argmax_value"
      case after = "state_after"
    }

    /// A crop of border colour only: what follows from its constant responses is rounding noise, stretched to full height.
    var isBorderOnly: Bool { digests.count > 1 && Set(digests).count == 1 }
  }

  struct Steps: Decodable {
    let steps: [Step]
  }

  @Test("Each step of the original is repeated: squares, crops, best scale and place exactly, the rest within rounding")
  func steps() throws {
    let steps = try Shared.json("\(Golden.folder)/steps.json", as: Steps.self).steps
    let model = try Golden.model()
    var tally = Tally("siamfc steps")
    var (largestBox, largestPeak) = (0.0, 0.0)
    for step in steps {
      let name = "\(step.frame)"
      guard Shared.has("data/\(step.templateFrame)"), Shared.has("data/\(step.frame)") else {
        tally.excuse("\(name): no frame here")
        continue
      }
      func near(_ what: String, _ found: [Double], _ wanted: [Double], within tolerance: Double, relative: Bool)
        -> Double
      {
        guard found.count == wanted.count else {
          tally.expect(false, "\(name): \(what) \(found), wanted \(wanted)")
          return .infinity
        }
        let worst = zip(found, wanted).map { abs($0 - $1) / (relative ? max(1, abs($1)) : 1) }.max() ?? 0
        tally.expect(worst <= tolerance, "\(name): \(what) \(found), wanted \(wanted)")
        return worst
      }
      let first = try Golden.frame(step.templateFrame)
      var tracker = SiamFCTracker(model)
      try tracker.start(on: first, target: try Golden.target(step.templateBox))
      let means = first.channelMeans
      _ = near("mean", [means.red, means.green, means.blue], step.averageRGB, within: 1e-9, relative: true)
      tracker.state = try step.before.state
      let result = try tracker.step(try Golden.frame(step.frame))

      let squares = result.squares.map { [$0.side, $0.left, $0.top] }
      tally.expect(squares == step.squares, "\(name): squares \(squares), wanted \(step.squares)")
      let digests = result.squares.indices.map { MD5.hex(Golden.bytes(result.crops, $0)) }
      tally.expect(digests == step.digests, "\(name): the crops differ")
      largestPeak = max(
        largestPeak, near("peaks", result.decision.peaks.map { Double($0) }, step.peaks, within: 1e-4, relative: true))
      tally.expect(
        result.decision.scale == step.bestScale, "\(name): scale \(result.decision.scale), wanted \(step.bestScale)")
      _ = near("score", [result.decision.score], [step.score], within: 1e-4, relative: true)
      if step.isBorderOnly {
        tally.excuse("\(name) from \(step.before.centerYX): border colour only, compared up to its score")
        continue
      }
      tally.expect(
        result.decision.index == step.bestIndex, "\(name): place \(result.decision.index), wanted \(step.bestIndex)")
      _ = near("value", [result.decision.value * 1e4], [step.value * 1e4], within: 1e-4, relative: true)
      let wanted = try step.after.state
      let found = result.state
      _ = near(
        "state", [found.centerX, found.centerY, found.width, found.height].map { Double($0) },
        [wanted.centerX, wanted.centerY, wanted.width, wanted.height].map { Double($0) }, within: 1e-2, relative: false)
      _ = near(
        "sides", [found.exemplarSide, found.searchSide], [wanted.exemplarSide, wanted.searchSide], within: 1e-2,
        relative: false)
      let box = BoxConvention.oneBased.fromPixels(found.box)
      largestBox = max(
        largestBox, near("box", [box.x, box.y, box.width, box.height], step.box, within: 1e-2, relative: false))
    }
    print("golden siamfc steps: largest deviation of a peak \(largestPeak), of a box \(largestBox) pixels")
    tally.finish()
  }
}
