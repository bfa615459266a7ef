import Geometry
import Imaging
import NanoTrack
import Siamese
import SiameseGoldens
import TestSupport
import Testing
import Tracking

/// Single steps of the original tracker, from states set by hand.
struct StepGoldenTests {
  struct State: Decodable {
    let center: [Double]
    let size: [Double]

    var state: TargetState {
      get throws {
        guard center.count == 2, size.count == 2 else { throw ModelGoldens.Malformed("a state") }
        return TargetState(centerX: center[0], centerY: center[1], width: size[0], height: size[1])
      }
    }
  }

  struct Step: Decodable {
    let templateFrame: String
    let templateBox: [Double]
    let templateSide: Int
    let frame: String
    let averageBGR: [Double]
    let before: State
    let contextSide: Double
    let scale: Double
    let searchSide: Int
    let corner: [Int]
    let digest: String
    let bestIndex: Int
    let score: Double
    let penalty: Double
    let value: Double
    let rate: Double
    let gap: Double
    let after: State
    let box: [Double]

    enum CodingKeys: String, CodingKey {
      case frame, score, penalty, box
      case templateFrame = "template_frame"
      case templateBox = "template_box"
      case templateSide = "template_side"
      case averageBGR = "average_bgr"
      case before = "state_before"
      case contextSide = "s_z"
      case scale = "scale_z"
      case searchSide = "search_side"
      case corner = "search_left_top"
      case digest = "md5_search_crop"
      case bestIndex = "best_index"
      case value = "pscore"
      case rate = "lr"
      case gap = "argmax_gap"
      case after = "state_after"
    }
  }

  struct Steps: Decodable {
    let steps: [Step]
  }

  static let versions = Golden.versions(with: "steps.json")

  @Test(
    "Each step of the original is repeated: squares, crops and best place exactly, the rest within rounding",
    .enabled(if: !versions.isEmpty, "needs ../shared/golden/models/nanotrack-* and ../shared/data"),
    arguments: versions)
  func steps(version: NanoTrackVersion) throws {
    let steps = try Shared.json("\(Golden.folder(version))/steps.json", as: Steps.self).steps
    let model = try Golden.model(version)
    var tally = Tally("nanotrack-\(version.rawValue) steps")
    var (largestBox, largestScore) = (0.0, 0.0)
    for step in steps {
      let name = "\(step.frame) from \(step.before.center)"
      guard Shared.has("data/\(step.templateFrame)"), Shared.has("data/\(step.frame)") else {
        tally.excuse("\(name): no frame here")
        continue
      }
      func near(_ what: String, _ found: [Double], _ wanted: [Double], within tolerance: Double, relative: Bool)
        -> Double
      {
        let worst =
          found.count == wanted.count
          ? zip(found, wanted).map { $0.isNaN ? .infinity : abs($0 - $1) / (relative ? max(1, abs($1)) : 1) }.max() ?? 0
          : .infinity
        tally.expect(worst <= tolerance, "\(name): \(what) \(found), wanted \(wanted)")
        return worst
      }
      let first = try Golden.frame(step.templateFrame)
      let box = try ModelGoldens.box(step.templateBox)
      var tracker = NanoTrackTracker(model)
      try tracker.start(on: first, target: box)
      let means = first.channelMeans
      _ = near("mean", [means.blue, means.green, means.red], step.averageBGR, within: 1e-9, relative: true)
      let side = TargetState(target: box).templateSquare(context: model.settings.contextAmount).side
      tally.expect(side == step.templateSide, "\(name): template of \(side), wanted \(step.templateSide)")
      tracker.state = try step.before.state
      let result = try tracker.step(try Golden.frame(step.frame))

      let (window, choice) = (result.window, result.choice)
      _ = near(
        "s_z, scale_z", [window.contextSide, window.scale], [step.contextSide, step.scale], within: 1e-12,
        relative: true)
      let square = [window.square.side, window.square.left, window.square.top]
      tally.expect(
        square == [step.searchSide] + step.corner,
        "\(name): side, left, top \(square), wanted \([step.searchSide] + step.corner)")
      tally.expect(Golden.digest(result.crop) == step.digest, "\(name): the crop differs")
      tally.expect(
        choice.index == step.bestIndex,
        "\(name): place \(choice.index), wanted \(step.bestIndex), which leads by \(step.gap)")
      largestScore = max(
        largestScore,
        near(
          "score, penalty, pscore, lr",
          [choice.score, choice.penalty, choice.value, choice.rate(model.settings.learningRate)],
          [step.score, step.penalty, step.value, step.rate], within: 1e-4, relative: true))
      func numbers(_ state: TargetState) -> [Double] { [state.centerX, state.centerY, state.width, state.height] }
      _ = near("state", numbers(result.state), numbers(try step.after.state), within: 1e-2, relative: false)
      let found = result.state.box
      largestBox = max(
        largestBox,
        near("box", [found.x, found.y, found.width, found.height], step.box, within: 1e-2, relative: false))
    }
    print("golden \(tally.title): largest deviation of a score \(largestScore), of a box \(largestBox) pixels")
    tally.finish()
  }
}
