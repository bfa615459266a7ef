import Foundation
public import Siamese
package import Tensors

/// How NanoTrack's maps become a choice: every place is a candidate, its box lies around its point.
///
/// Scores and boxes are single precision, penalties and all that follows double (section 6.11).
///
/// Source: `nanotrack/tracker/nano_tracker.py`; steps 2 to 7 of section 6.9 of the model reference.
public struct NanoTrackResponse: SearchResponse, Hashable {
  private let points: PointGrid
  /// Not normalised, its corners 0 (quirk N18).
  private let window: [Double]
  private let settings: NanoTrackSettings

  /// - Precondition: settings that give a map.
  public init(_ settings: NanoTrackSettings) {
    self.settings = settings
    // Quirk N11: with an even side the grid is half a cell off the middle.
    points = PointGrid(side: settings.outputSize, stride: settings.stride)
    window = HannWindow.square(settings.outputSize)
  }

  public var instanceSize: Int { settings.instanceSize }

  public var side: Int { points.side }

  /// The best place, row * side + column; nil where the maps hold no number.
  public func choice(_ maps: BoxAdaptiveMaps, from target: TargetState, scale: Double) -> PenalizedChoice? {
    let (classes, distances) = (maps.classes.shape, maps.distances.shape)
    precondition(classes.n == 1 && classes.h == side && classes.w == side && classes.c == 2)
    precondition(distances.n == 1 && distances.h == side && distances.w == side && distances.c == 4)
    // Quirk N18: against the size before the update.
    let penalty = SizePenalty(target, scale: scale, strength: settings.penaltyK, precision: .single)
    return maps.classes.withUnsafePointer { classValues in
      maps.distances.withUnsafePointer { distanceValues in
        PenalizedChoice.best(
          of: side * side, window: window, influence: settings.windowInfluence, penalty: penalty
        ) { index in
          let pair = classValues + index * classes.pixelStride
          let box = box(around: index, distanceValues + index * distances.pixelStride)
          return (Double(Self.share(of: pair[1], against: pair[0])), box)
        }
      }
    }
  }

  /// The score of every place before penalty and window, row by row, of class maps.
  package static func scores(_ classes: Tensor) -> [Float] {
    classes.withUnsafePointer { values in
      (0..<classes.shape.pixels).map {
        share(of: values[$0 * classes.shape.pixelStride + 1], against: values[$0 * classes.shape.pixelStride])
      }
    }
  }

  /// The softmax of two, the first one's share.
  private static func share(of target: Float, against background: Float) -> Float {
    let largest = max(target, background)
    let (e1, e0) = (exp(target - largest), exp(background - largest))
    return e1 / (e0 + e1)
  }

  /// The box whose left, top, right and bottom sides lie at these distances from a point.
  private func box(around index: Int, _ distances: UnsafePointer<Float>) -> CropBox {
    let (row, column) = index.quotientAndRemainder(dividingBy: points.side)
    let (x, y) = (Float(points.offset(column)), Float(points.offset(row)))
    let (x1, y1, x2, y2) = (x - distances[0], y - distances[1], x + distances[2], y + distances[3])
    return CropBox(
      x: Double((x1 + x2) * 0.5), y: Double((y1 + y2) * 0.5), width: Double(x2 - x1), height: Double(y2 - y1))
  }
}
