public import Geometry

/// How the first box of a run of a spatial robustness evaluation (SRE) is moved or scaled, in the order of the toolkit's files
/// (metric reference, 5.2).
public enum SpatialShift: String, Hashable, Sendable, CaseIterable {
  case left, right, up, down, topLeft, topRight, bottomLeft, bottomRight
  case scale8 = "scale_8"
  case scale9 = "scale_9"
  case scale11 = "scale_11"
  case scale12 = "scale_12"

  /// By what the size is multiplied; 1 for moves.
  public var ratio: Double {
    switch self {
    case .scale8: 0.8
    case .scale9: 0.9
    case .scale11: 1.1
    case .scale12: 1.2
    default: 1
    }
  }

  /// The shifted box, inside an image whose pixels count from 1.
  ///
  /// Moves go a tenth of the size, corners are pulled out by a tenth with the opposite corner fixed; `round` is half away
  /// from zero. At last the corner is brought into the image with the size kept, then the size is cut at its far edges.
  public func box(from box: Box, imageWidth: Int, imageHeight: Int) -> Box {
    var shifted = box
    let stepX = 0.1 * box.width
    let stepY = 0.1 * box.height
    var right = box.x + box.width - 1
    var bottom = box.y + box.height - 1
    switch self {
    case .left: shifted.x -= stepX.rounded(.up)
    case .right: shifted.x += stepX.rounded(.up)
    case .up: shifted.y -= stepY.rounded(.up)
    case .down: shifted.y += stepY.rounded(.up)
    case .topLeft, .topRight, .bottomLeft, .bottomRight:
      if self == .topLeft || self == .bottomLeft {
        shifted.x = (box.x - stepX).rounded(.toNearestOrAwayFromZero)
      } else {
        right = (right + stepX).rounded(.toNearestOrAwayFromZero)
      }
      if self == .topLeft || self == .topRight {
        shifted.y = (box.y - stepY).rounded(.toNearestOrAwayFromZero)
      } else {
        bottom = (bottom + stepY).rounded(.toNearestOrAwayFromZero)
      }
      shifted.width = right - shifted.x + 1
      shifted.height = bottom - shifted.y + 1
    case .scale8, .scale9, .scale11, .scale12:
      let width = box.width * ratio
      let height = box.height * ratio
      shifted =
        Box(
          x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - height / 2, width: width, height: height
        ).rounded
    }
    return shifted.inside(imageWidth: Double(imageWidth), imageHeight: Double(imageHeight))
  }
}

extension Box {
  fileprivate func inside(imageWidth: Double, imageHeight: Double) -> Box {
    var box = self
    if box.x < 1 { box.x = 1 }
    if box.y < 1 { box.y = 1 }
    if box.x + box.width - 1 > imageWidth { box.width = imageWidth - box.x + 1 }
    if box.y + box.height - 1 > imageHeight { box.height = imageHeight - box.y + 1 }
    return box
  }

  fileprivate var rounded: Box {
    Box(
      x: x.rounded(.toNearestOrAwayFromZero), y: y.rounded(.toNearestOrAwayFromZero),
      width: width.rounded(.toNearestOrAwayFromZero), height: height.rounded(.toNearestOrAwayFromZero))
  }

  /// A prediction of a shifted run, scaled back about its centre and rounded, also where nothing was scaled (Q25).
  func scaledBack(by ratio: Double) -> Box {
    let centerX = x + (width - 1) / 2
    let centerY = y + (height - 1) / 2
    let newWidth = width / ratio
    let newHeight = height / ratio
    return Box(x: centerX - newWidth / 2, y: centerY - newHeight / 2, width: newWidth, height: newHeight).rounded
  }
}
