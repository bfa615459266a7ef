public import Geometry
public import Imaging

/// Where pysot's trackers (SiamRPN, SiamRPN++, SiamBAN and what came of them) believe their target is: all that they carry
/// from frame to frame besides the template. In double precision, pixels counted from 0.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py`; sections 2.3 and 2.6 of the model reference.
public struct TargetState: Sendable, Hashable {
  /// The target's middle (`center_pos`).
  public var centerX: Double
  public var centerY: Double
  /// The target's size (`size`).
  public var width: Double
  public var height: Double

  public init(centerX: Double, centerY: Double, width: Double, height: Double) {
    self.centerX = centerX
    self.centerY = centerY
    self.width = width
    self.height = height
  }

  /// The state a first box gives. Quirk Q2.9: its middle is half a pixel less than the middle of the box that comes back.
  public init(target: Box) {
    self.init(
      centerX: target.x + (target.width - 1) / 2, centerY: target.y + (target.height - 1) / 2, width: target.width,
      height: target.height)
  }

  /// The box of this state, which may leave the image.
  public var box: Box { Box(x: centerX - width / 2, y: centerY - height / 2, width: width, height: height) }

  /// The side of the square with the target and its surroundings (s_z), not rounded (quirk Q2.14); infinite or NaN where
  /// the numbers are beyond double precision.
  /// - Parameter context: margin on each side, as a share of width plus height.
  public func contextSide(_ context: Double) -> Double {
    let margin = context * (width + height)
    return ((width + margin) * (height + margin)).squareRoot()
  }

  /// The square the template is read from; its side is rounded half to even and at least one pixel, where the original would
  /// fail.
  public func templateSquare(context: Double) -> Square {
    .pysot(centerX: centerX, centerY: centerY, side: max(1, wholeNumber(contextSide(context))))
  }

  /// The state at a prediction, not clipped (step 8 of section 2.6).
  ///
  /// - Parameters:
  ///   - prediction: middle, relative to this state's, and size of the box found, in pixels of the image.
  ///   - rate: how far the size follows, 0...1. The position is not smoothed (quirk Q2.18).
  public func moved(to prediction: CropBox, rate: Double) -> TargetState {
    TargetState(
      centerX: prediction.x + centerX, centerY: prediction.y + centerY,
      width: width * (1 - rate) + prediction.width * rate, height: height * (1 - rate) + prediction.height * rate)
  }

  /// The middle brought within the image, whose far edge counts as inside (quirk Q2.19), the size to 10 pixels or more and at
  /// most the image's, where 10 pixels win.
  public func clipped(to image: Image) -> TargetState {
    let (imageWidth, imageHeight) = (Double(image.width), Double(image.height))
    return TargetState(
      centerX: max(0, min(centerX, imageWidth)), centerY: max(0, min(centerY, imageHeight)),
      width: max(10, min(width, imageWidth)), height: max(10, min(height, imageHeight)))
  }

  /// False where a number is infinite or NaN.
  public var isFinite: Bool { centerX.isFinite && centerY.isFinite && width.isFinite && height.isFinite }
}

/// A box around a point relative to the middle of a search crop, in pixels of the crop or of the image.
public struct CropBox: Sendable, Hashable {
  /// Its middle, to the right of the crop's.
  public var x: Double
  /// Its middle, below the crop's.
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Every number divided by `scale`: from pixels of the crop to pixels of the image.
  public func divided(by scale: Double) -> CropBox {
    CropBox(x: x / scale, y: y / scale, width: width / scale, height: height / scale)
  }
}

/// What a tracker looks at in one frame (step 1 of section 2.6).
public struct SearchWindow: Sendable, Hashable {
  /// The side of the square with the target and its surroundings (s_z).
  public let contextSide: Double
  /// Pixels of the crop for one of the image (scale_z); not corrected for the rounding of ``side`` (quirk Q2.15).
  public let scale: Double
  /// The side of the square that is searched, before it is rounded (s_x).
  public let side: Double
  /// That square, its side rounded half to even.
  public let square: Square

  /// - Parameters:
  ///   - exemplar: side of the template crop.
  ///   - instance: side of the search crop.
  ///   - context: as in ``TargetState/contextSide(_:)``.
  public init(around state: TargetState, exemplar: Int, instance: Int, context: Double) {
    contextSide = state.contextSide(context)
    scale = Double(exemplar) / contextSide
    side = contextSide * (Double(instance) / Double(exemplar))
    square = .pysot(centerX: state.centerX, centerY: state.centerY, side: wholeNumber(side))
  }
}

/// Rounded half to even, without trapping: NaN is 0, and what no picture reaches is cut to 2^40.
func wholeNumber(_ value: Double) -> Int {
  let limit = 0x1p40
  return value.isNaN ? 0 : Int(min(max(value.rounded(.toNearestOrEven), -limit), limit))
}
