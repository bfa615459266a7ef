import Foundation
import Tensors

/// How a ``RegionProposalHead``'s maps become a decision: every anchor of every place is a candidate.
public struct RegionProposals: SearchResponse, Hashable {
  private let search: SearchSettings
  public let anchors: Anchors
  private let window: [Double]

  /// - Precondition: settings that give a map.
  public init(_ search: SearchSettings) {
    self.search = search
    anchors = Anchors(side: search.scoreSize)
    window = HannWindow.square(search.scoreSize)
  }

  public var instanceSize: Int { search.instanceSize }

  public var side: Int { anchors.grid.side }

  /// The best candidate, nil where the maps hold no number. Its index is (anchor * side + row) * side + column (section 2.5 of the model reference).
  public func choice(_ maps: RegionProposalMaps, from target: TargetState, scale: Double) -> PenalizedChoice? {
    let (classes, offsets) = (maps.classes.shape, maps.boxes.shape)
    let (cells, shapes, side) = (side * side, Anchors.count, side)
    precondition(classes.n == 1 && classes.h == side && classes.w == side && classes.c == 2 * shapes)
    precondition(offsets.n == 1 && offsets.h == side && offsets.w == side && offsets.c == 4 * shapes)
    let sizes = Anchors.sizes
    let penalty = SizePenalty(target, scale: scale, strength: search.penaltyK)
    return maps.classes.withUnsafePointer { classValues in
      maps.boxes.withUnsafePointer { boxValues in
        PenalizedChoice.best(
          of: shapes * cells, window: window, influence: search.windowInfluence, penalty: penalty
        ) { index in
          let (shape, cell) = index.quotientAndRemainder(dividingBy: cells)
          let pair = classValues + cell * classes.pixelStride + shape
          let offset = boxValues + cell * offsets.pixelStride + shape
          let (width, height) = sizes[shape]
          // No limit on the exponents (quirk Q2.16).
          let box = CropBox(
            x: Double(offset[0]) * width + anchors.grid.offset(cell % side),
            y: Double(offset[shapes]) * height + anchors.grid.offset(cell / side),
            width: exp(Double(offset[2 * shapes])) * width, height: exp(Double(offset[3 * shapes])) * height)
          return (Self.share(of: pair[shapes], against: pair[0]), box)
        }
      }
    }
  }

  /// The softmax of two, the first one's share, without overflow.
  private static func share(of target: Float, against background: Float) -> Double {
    let difference = Double(background) - Double(target)
    guard difference > 0 else { return 1 / (1 + exp(difference)) }
    let power = exp(-difference)
    return power / (1 + power)
  }
}
