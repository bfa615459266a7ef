package import Geometry
package import Imaging
package import Siamese

/// What SiamFC remembers of its target from frame to frame, in the precisions of the original.
package struct SiamFCState: Hashable, Sendable {
  /// The target's middle, in pixels counted from 0 (`center`).
  package var centerX: Float
  package var centerY: Float
  /// The target's size (`target_sz`).
  package var width: Float
  package var height: Float
  /// Sides of the squares that exemplar and middle search crop read (`z_sz`, `x_sz`). Quirk S10: they begin as values of single
  /// precision and are doubles after the first update, while centre and size stay single.
  package var exemplarSide: Double
  package var searchSide: Double

  package init(
    centerX: Float, centerY: Float, width: Float, height: Float, exemplarSide: Double, searchSide: Double
  ) {
    self.centerX = centerX
    self.centerY = centerY
    self.width = width
    self.height = height
    self.exemplarSide = exemplarSide
    self.searchSide = searchSide
  }

  /// The state that a first box gives: centre and size in double, then kept in single; all else in single.
  /// - Parameter target: pixels counted from 0; the original subtracts that 1 itself (quirk S6).
  package init(target: Box, settings: SiamFCSettings) {
    centerY = Float(target.y + (target.height - 1) / 2)
    centerX = Float(target.x + (target.width - 1) / 2)
    width = Float(target.width)
    height = Float(target.height)
    let context = Float(settings.context) * (height + width)
    let exemplar = ((height + context) * (width + context)).squareRoot()
    exemplarSide = Double(exemplar)
    // Multiplied first; NanoTrack forms the quotient first (quirk N10).
    searchSide = Double(exemplar * Float(settings.instanceSize) / Float(settings.exemplarSize))
  }

  var isFinite: Bool {
    centerX.isFinite && centerY.isFinite && width.isFinite && height.isFinite && searchSide.isFinite
  }

  /// The square the exemplar is read from.
  package var exemplarSquare: Square { .siamFC(centerX: centerX, centerY: centerY, size: exemplarSide) }

  /// The target's size in pixels of the exemplar's crop; SiamFC-ACM's prior, by SiamBAN-ACM's rule.
  package func sizeInExemplar(_ settings: SiamFCSettings) -> TargetSize {
    let scale = Float(settings.exemplarSize) / Float(max(1, exemplarSquare.side))
    return TargetSize(width: width * scale, height: height * scale)
  }

  /// The squares of the search crops, smaller first.
  package func searchSquares(_ settings: SiamFCSettings) -> [Square] {
    settings.scaleFactors.map { .siamFC(centerX: centerX, centerY: centerY, size: searchSide * $0) }
  }

  /// Moves to the peak and follows the best scale (steps 6 to 8 of section 1.6).
  ///
  /// The centre may leave the image (quirk S9), and the size has no bounds (quirk S11).
  package mutating func follow(_ decision: SiamFCDecision, settings: SiamFCSettings) {
    let factor = settings.scaleFactors[decision.scale]
    func displacement(_ position: Int) -> Double {
      // Quirk S8: the middle, 135.5, lies between two cells, so no peak stands for "it did not move".
      let cells = Double(position) - Double(settings.enlargedSize - 1) / 2
      return cells * Double(settings.totalStride) / Double(settings.responseUp) * searchSide * factor
        / Double(settings.instanceSize)
    }
    centerY = Float(Double(centerY) + displacement(decision.index / settings.enlargedSize))
    centerX = Float(Double(centerX) + displacement(decision.index % settings.enlargedSize))
    let growth = (1 - settings.scaleRate) + settings.scaleRate * factor
    width = Float(Double(width) * growth)
    height = Float(Double(height) * growth)
    exemplarSide *= growth
    searchSide *= growth
  }

  /// The box in pixels counted from 0. The original's own box counts from 1 and is made in single precision; this is that box,
  /// less 1 in double, so that adding the 1 again gives the original's numbers to the bit.
  package var box: Box {
    Box(
      x: Double(centerX + 1 - (width - 1) / 2) - 1, y: Double(centerY + 1 - (height - 1) / 2) - 1,
      width: Double(width), height: Double(height))
  }
}
