import Foundation
public import Tensors

/// Which place of a box-adaptive response is the target, and which box it has (steps 3 to 7 of section 2.6 with the points of
/// section 4.3). In double precision from the network's single-precision maps.
public struct BoxAdaptiveDecision: Sendable, Hashable {
  /// Row times side plus column of the best place.
  public let index: Int
  /// The target's share of the class pair there, 0...1: what the tracker reports (step 10).
  public let score: Double
  /// The penalty there, 0...1.
  public let penalty: Double
  /// The largest of score * penalty mixed with the window: what made the place the best.
  public let windowedScore: Double
  /// The box there, in pixels of the search crop.
  public let box: CropBox

  /// How far the size follows: penalty * score * `rate`, without the window (quirk Q2.17).
  public func rate(_ rate: Double) -> Double { penalty * score * rate }

  /// - Parameters:
  ///   - maps: of one search crop.
  ///   - points: where the maps' places lie; its side is theirs.
  ///   - window: the cosine window, side * side values.
  ///   - state: the target before this frame.
  ///   - scale: pixels of the search crop for one of the image.
  ///   - penaltyFactor: how hard changes of size and shape are punished (K).
  ///   - windowInfluence: the window's share (WI), 0...1.
  /// - Precondition: one image, sides as said.
  public init(
    _ maps: BoxAdaptiveMaps, points: PointGrid, window: [Double], state: TargetState, scale: Double,
    penaltyFactor: Double, windowInfluence: Double
  ) {
    let side = points.side
    let (classes, distances) = (maps.classes.shape, maps.distances.shape)
    precondition(classes.pixels == side * side && classes.h == side && classes.c == 2 && window.count == side * side)
    precondition(distances.pixels == side * side && distances.h == side && distances.c == 4)
    let change = ChangePenalty(state, scale: scale, factor: penaltyFactor)
    let best = maps.classes.withUnsafePointer { classValues in
      maps.distances.withUnsafePointer { distanceValues -> BoxAdaptiveDecision in
        func candidate(_ index: Int) -> BoxAdaptiveDecision {
          let pair = classValues + index * classes.pixelStride
          // The softmax of two without overflow: exp of a large difference is infinite, and the score 0.
          let score = 1 / (1 + exp(Double(pair[0]) - Double(pair[1])))
          let box = Self.box(distanceValues + index * distances.pixelStride, at: index, points)
          let penalty = change(box)
          return BoxAdaptiveDecision(
            index: index, score: score, penalty: penalty,
            windowedScore: penalty * score * (1 - windowInfluence) + window[index] * windowInfluence, box: box)
        }
        var best = candidate(0)
        for index in 1..<max(1, side * side) {
          let other = candidate(index)
          // The first maximum; a NaN never wins against a number.
          if other.windowedScore > best.windowedScore || best.windowedScore.isNaN { best = other }
        }
        return best
      }
    }
    self = best
  }

  private init(index: Int, score: Double, penalty: Double, windowedScore: Double, box: CropBox) {
    self.index = index
    self.score = score
    self.penalty = penalty
    self.windowedScore = windowedScore
    self.box = box
  }

  /// The box whose sides lie at the distances left, top, right and bottom from the place.
  private static func box(_ distances: UnsafePointer<Float>, at index: Int, _ points: PointGrid) -> CropBox {
    let (x, y) = (points.offset(index % points.side), points.offset(index / points.side))
    let (left, top) = (x - Double(distances[0]), y - Double(distances[1]))
    let (right, bottom) = (x + Double(distances[2]), y + Double(distances[3]))
    return CropBox(x: (left + right) * 0.5, y: (top + bottom) * 0.5, width: right - left, height: bottom - top)
  }
}

/// The penalty of step 5: changes of size and of shape against the last frame, in either direction.
private struct ChangePenalty {
  private let size: Double
  private let ratio: Double
  private let factor: Double

  init(_ state: TargetState, scale: Double, factor: Double) {
    size = Self.size(state.width * scale, state.height * scale)
    ratio = state.width / state.height
    self.factor = factor
  }

  func callAsFunction(_ box: CropBox) -> Double {
    let sizeChange = Self.change(Self.size(box.width, box.height) / size)
    let ratioChange = Self.change(ratio / (box.width / box.height))
    return exp(-(ratioChange * sizeChange - 1) * factor)
  }

  private static func size(_ width: Double, _ height: Double) -> Double {
    let margin = (width + height) * 0.5
    return ((width + margin) * (height + margin)).squareRoot()
  }

  private static func change(_ ratio: Double) -> Double { max(ratio, 1 / ratio) }
}
