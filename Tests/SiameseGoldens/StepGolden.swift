package import Geometry
package import Imaging
package import Siamese
package import Tensors
package import TestSupport
import Testing

/// A state as the goldens write it: `flag` is `longterm_state` or `fast_motion`, whichever the tracker has.
package struct GoldenState: Decodable {
  let centerPos: [Double]
  let size: [Double]
  let longtermState: Bool?
  let fastMotion: Bool?

  package var flag: Bool? { longtermState ?? fastMotion }

  package var target: TargetState {
    get throws {
      guard centerPos.count == 2, size.count == 2 else { throw ModelGoldens.Malformed("a state") }
      return TargetState(centerX: centerPos[0], centerY: centerPos[1], width: size[0], height: size[1])
    }
  }
}

extension GoldenState {
  package func state<State: GoldenTemplateState>(as type: State.Type) throws -> State {
    State(target: try target, flag: flag ?? false)
  }
}

/// What the original did in one frame, in steps and in post-processing alike.
package struct GoldenOutcome: Decodable {
  package struct Crop: Decodable {
    let left: Int
    let top: Int
    let side: Int
    let padLeft: Int
    let padTop: Int
    let padRight: Int
    let padBottom: Int
    let modelSize: Int
    let byteSum: Int?
    let fnv1a64: String?
  }

  package let instanceSize: Int
  package let scoreSize: Int
  let sZ: Double
  let scaleZ: Double
  let sX: Double
  let sXRounded: Int
  let bestIndex: Int
  let row: Int
  let col: Int
  let anchor: Int?
  let score: Double
  let penalty: Double
  let pscore: Double
  let argmaxGap: Double
  let pred: [Double]
  let lr: Double
  let box: [Double]
  let bestScore: Double
  let after: GoldenState
  let crop: Crop
}

/// What a tracker did in one frame.
package struct FoundOutcome {
  package var instanceSize: Int
  package var scoreSize: Int
  package var window: SearchWindow
  /// The crop as the network saw it, where there was one.
  package var crop: Tensor?
  package var choice: PenalizedChoice
  /// How far the size followed.
  package var rate: Double
  package var box: Box
  package var bestScore: Double
  package var after: TargetState
  package var flag: Bool?

  /// - Parameter before: the state that decided how far to search.
  package init<Model: TemplateModel>(
    _ model: Model, from before: Model.State, _ window: SearchWindow, crop: Tensor?, _ choice: PenalizedChoice,
    to after: Model.State, box: Box
  ) where Model.State: GoldenTemplateState {
    let response = model.response(of: before)
    instanceSize = response.instanceSize
    scoreSize = response.side
    self.window = window
    self.crop = crop
    self.choice = choice
    rate = choice.rate(model.search.learningRate)
    self.box = box
    bestScore = choice.score
    self.after = after.target
    flag = after.flag
  }
}

/// A state that goldens can set and read.
package protocol GoldenTemplateState: TemplateState {
  init(target: TargetState, flag: Bool)
  /// `longterm_state` or `fast_motion`, nil for a tracker that has neither.
  var flag: Bool? { get }
}

extension TargetState: GoldenTemplateState {
  package init(target: TargetState, flag: Bool) { self = target }

  package var flag: Bool? { nil }
}

/// Holds a tracker's outcome beside the original's, number by number.
package struct OutcomeComparison {
  /// Of geometry, relative.
  private let geometryTolerance = 1e-12
  /// Of everything that depends on the network's numbers, of max(1, |value|).
  private let tolerance: Double
  /// The largest differences seen, of max(1, |value|).
  package private(set) var largestScore = 0.0
  package private(set) var largestBox = 0.0

  /// - Parameter tolerance: 1e-4 for a network in single precision, 1e-12 for post-processing alone (README sections 4 and 5).
  package init(tolerance: Double) { self.tolerance = tolerance }

  package mutating func compare(
    _ found: FoundOutcome, _ wanted: GoldenOutcome, imageSize: [Int], _ name: String, into tally: inout Tally
  ) throws {
    func exact<T: Equatable>(_ what: String, _ found: T, _ wanted: T) {
      tally.expect(found == wanted, "\(name): \(what) \(found), wanted \(wanted)")
    }
    func near(_ what: String, _ found: [Double], _ wanted: [Double], within tolerance: Double) -> Double {
      let worst =
        found.count == wanted.count
        ? zip(found, wanted).map { $0.isNaN ? .infinity : abs($0 - $1) / max(1, abs($1)) }.max() ?? 0 : .infinity
      tally.expect(worst <= tolerance, "\(name): \(what) \(found), wanted \(wanted)")
      return worst
    }
    compare(found.instanceSize, found.window, found.crop, wanted, imageSize, name, into: &tally)
    exact("score size", found.scoreSize, wanted.scoreSize)

    let cells = wanted.scoreSize * wanted.scoreSize
    tally.expect(
      found.choice.index == wanted.bestIndex,
      "\(name): best index \(found.choice.index), wanted \(wanted.bestIndex), which leads by \(wanted.argmaxGap)")
    exact("best row", found.choice.index % cells / wanted.scoreSize, wanted.row)
    exact("best column", found.choice.index % wanted.scoreSize, wanted.col)
    if let anchor = wanted.anchor { exact("best anchor", found.choice.index / cells, anchor) }
    let score = near(
      "score, penalty, pscore, best score",
      [found.choice.score, found.choice.penalty, found.choice.value, found.bestScore],
      [wanted.score, wanted.penalty, wanted.pscore, wanted.bestScore], within: tolerance)
    largestScore = max(largestScore, score)
    let pred = found.choice.box
    let state = found.after
    let target = try wanted.after.target
    for (what, here, there) in [
      ("pred", [pred.x, pred.y, pred.width, pred.height], wanted.pred), ("lr", [found.rate], [wanted.lr]),
      ("box", [found.box.x, found.box.y, found.box.width, found.box.height], wanted.box),
      (
        "state", [state.centerX, state.centerY, state.width, state.height],
        [target.centerX, target.centerY, target.width, target.height]
      ),
    ] {
      largestBox = max(largestBox, near(what, here, there, within: tolerance))
    }
    if let flag = wanted.after.flag { exact("flag", found.flag, flag) }
  }

  /// Where the tracker looks, and what it sees there.
  package func compare(
    _ instanceSize: Int, _ window: SearchWindow, _ crop: Tensor?, _ wanted: GoldenOutcome, _ imageSize: [Int],
    _ name: String, into tally: inout Tally
  ) {
    tally.expect(
      instanceSize == wanted.instanceSize, "\(name): instance size \(instanceSize), wanted \(wanted.instanceSize)")
    for (what, here, there) in [
      ("s_z", window.contextSide, wanted.sZ), ("scale_z", window.scale, wanted.scaleZ), ("s_x", window.side, wanted.sX),
    ] {
      tally.expect(abs(here - there) <= geometryTolerance * abs(there), "\(name): \(what) \(here), wanted \(there)")
    }
    tally.expect(
      window.square.side == wanted.sXRounded,
      "\(name): rounded s_x \(window.square.side), wanted \(wanted.sXRounded)")
    Self.compare(window.square, crop, wanted.crop, imageSize: imageSize, name, into: &tally)
  }

  /// Geometry, and where a picture was cut its bytes.
  package static func compare(
    _ square: Square, _ crop: Tensor?, _ wanted: GoldenOutcome.Crop, imageSize: [Int], _ name: String,
    into tally: inout Tally
  ) {
    let pads =
      imageSize.count == 2
      ? [
        max(0, -square.left), max(0, -square.top), max(0, square.left + square.side - imageSize[0]),
        max(0, square.top + square.side - imageSize[1]),
      ] : []
    let found = [square.left, square.top, square.side] + pads
    let goal = [
      wanted.left, wanted.top, wanted.side, wanted.padLeft, wanted.padTop, wanted.padRight, wanted.padBottom,
    ]
    tally.expect(found == goal, "\(name): left, top, side, pads of the crop \(found), wanted \(goal)")
    guard let crop, let sum = wanted.byteSum, let digest = wanted.fnv1a64 else { return }
    let bytes = crop.withUnsafePointer { floats in
      (0..<crop.shape.h * crop.shape.w * 3).map { UInt8(floats[$0]) }
    }
    let hex = String(GoldenStream.fnv1a64(bytes), radix: 16)
    tally.expect(crop.shape.h == wanted.modelSize, "\(name): crop of \(crop.shape.h), wanted \(wanted.modelSize)")
    tally.expect(
      bytes.reduce(0) { $0 + Int($1) } == sum && String(repeating: "0", count: 16 - hex.count) + hex == digest,
      "\(name): the crop's bytes differ")
  }
}
