public import Geometry

/// Intersection over union of two boxes, in one toolkit's order of operations.
///
/// Rules that agree on paper differ in the last bit, and a last bit decides whether an overlap lies above a threshold
/// it was meant to equal. So nothing is reassociated: sums run from left to right as written (metric reference, 1.1).
/// Whole runs go through a kernel that gives the same bits (`tb_curves.h`); here is what it is tested against.
public struct OverlapRule: Hashable, Sendable {
  /// What is done with the quotient of intersection and union.
  public enum Quotient: Hashable, Sendable {
    /// Left as it is: NaN for two boxes without area, outside 0...1 for negative sizes.
    case plain
    /// Clipped to 0...1; NaN for two boxes without area.
    case clipped
    /// The union grows by 2^-52 first, then clipped to 0...1; 0 for two boxes without area.
    case epsilonThenClipped
  }

  /// What minimum and maximum make of a NaN.
  public enum NaNRule: Hashable, Sendable {
    /// The result is NaN, as in numpy, numba and torch.
    case propagates
    /// The other operand wins, as in MATLAB and Octave; a NaN size still makes the union NaN.
    case ignoredByMinMax
  }

  /// True where the right edge is the last pixel, `x + w - 1`, and the extent gets its 1 back.
  /// In exact arithmetic that changes nothing.
  public let lastPixel: Bool
  public let quotient: Quotient
  public let nan: NaNRule

  public init(lastPixel: Bool, quotient: Quotient, nan: NaNRule) {
    self.lastPixel = lastPixel
    self.quotient = quotient
    self.nan = nan
  }

  /// Overlap of a predicted with an annotated box: 0...1 for boxes with an area, NaN as the rule says.
  /// Negative sizes go through the formula unrepaired.
  public func overlap(of predicted: Box, with truth: Box) -> Double {
    let width: Double
    let height: Double
    if lastPixel {
      width = extent(
        predicted.x, predicted.x + predicted.width - 1, truth.x, truth.x + truth.width - 1, plus: 1)
      height = extent(
        predicted.y, predicted.y + predicted.height - 1, truth.y, truth.y + truth.height - 1, plus: 1)
    } else {
      width = extent(predicted.x, predicted.x + predicted.width, truth.x, truth.x + truth.width, plus: 0)
      height = extent(predicted.y, predicted.y + predicted.height, truth.y, truth.y + truth.height, plus: 0)
    }
    let intersection = width * height
    let union = predicted.width * predicted.height + truth.width * truth.height - intersection
    switch quotient {
    case .plain: return intersection / union
    case .clipped: return clip(intersection / union)
    case .epsilonThenClipped: return clip(intersection / (union + Double.ulpOfOne))
    }
  }

  /// Length of the common part of two intervals, 0 where there is none.
  private func extent(_ a0: Double, _ a1: Double, _ b0: Double, _ b1: Double, plus one: Double) -> Double {
    switch nan {
    case .propagates:
      let right = a1 < b1 || a1.isNaN ? a1 : b1
      let left = a0 > b0 || a0.isNaN ? a0 : b0
      let length = right - left + one
      return length > 0 || length.isNaN ? length : 0
    case .ignoredByMinMax:
      let right = a1 < b1 || b1.isNaN ? a1 : b1
      let left = a0 > b0 || b0.isNaN ? a0 : b0
      let length = right - left + one
      return length > 0 ? length : 0
    }
  }

  /// To 0...1, NaN staying NaN.
  private func clip(_ value: Double) -> Double {
    let upper = value > 1 ? 1 : value
    return upper < 0 ? 0 : upper
  }
}
