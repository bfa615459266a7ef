import Foundation
import Tensors

/// How a ``BoxAdaptiveHead``'s maps become a choice: every place is a candidate, its box lies around its point.
///
/// Source: `hqucv/siamban: siamban/tracker/siamban_tracker.py`; section 4.3 of the model reference.
public struct BoxAdaptiveResponse: SearchResponse, Hashable {
  private let search: SearchSettings
  private let points: PointGrid
  private let window: [Double]

  /// - Precondition: settings that give a map.
  public init(_ search: SearchSettings) {
    self.search = search
    points = PointGrid(side: search.scoreSize, stride: ResNet50.stride)
    window = HannWindow.square(search.scoreSize)
  }

  public var instanceSize: Int { search.instanceSize }

  public var side: Int { points.side }

  /// The best place, its number row * side + column; nil where the maps hold no number.
  public func choice(_ maps: BoxAdaptiveMaps, from target: TargetState, scale: Double) -> PenalizedChoice? {
    let (classes, distances) = (maps.classes.shape, maps.distances.shape)
    precondition(classes.n == 1 && classes.h == side && classes.w == side && classes.c == 2)
    precondition(distances.n == 1 && distances.h == side && distances.w == side && distances.c == 4)
    let penalty = SizePenalty(target, scale: scale, strength: search.penaltyK)
    return maps.classes.withUnsafePointer { classValues in
      maps.distances.withUnsafePointer { distanceValues in
        PenalizedChoice.best(
          of: side * side, window: window, influence: search.windowInfluence, penalty: penalty
        ) { index in
          let pair = classValues + index * classes.pixelStride
          // The softmax of two: where the exponential is infinite the score is 0.
          let score = 1 / (1 + exp(Double(pair[0]) - Double(pair[1])))
          return (score, box(around: index, distanceValues + index * distances.pixelStride))
        }
      }
    }
  }

  /// The box whose left, top, right and bottom sides lie at these distances from a point.
  private func box(around index: Int, _ distances: UnsafePointer<Float>) -> CropBox {
    let (x, y) = (points.offset(index % points.side), points.offset(index / points.side))
    let (left, top) = (x - Double(distances[0]), y - Double(distances[1]))
    let (right, bottom) = (x + Double(distances[2]), y + Double(distances[3]))
    return CropBox(x: (left + right) * 0.5, y: (top + bottom) * 0.5, width: right - left, height: bottom - top)
  }
}
