import Foundation

/// How much a box is distrusted because its size or its shape differs from the last frame's target, in either direction.
///
///     S(w, h)   = sqrt((w + p) (h + p)), p = (w + h) / 2
///     change(r) = max(r, 1 / r)
///     penalty   = exp(-(change(S(box) / S(target)) * change(ratio of target / ratio of box) - 1) * factor)
///
/// 1 for a box of the target's size and shape, less for any other. NaN where a box has no area or no finite size.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py`; step 5 of sections 2.6 and 6.9 of the model references.
public struct SizePenalty: Sendable, Hashable {
  /// In which precision a box's own size and ratio are computed; everything else is double.
  public enum Precision: Sendable, Hashable {
    /// NanoTrack's rule (section 6.11).
    case single
    /// pysot's canonical rule (section 2.7).
    case double
  }

  private let targetSize: Double
  private let targetRatio: Double
  private let factor: Double
  private let precision: Precision

  /// - Parameters:
  ///   - width: of the target before the frame, height alike.
  ///   - scale: pixels of the search crop for one of `width` and `height`.
  ///   - factor: K, the authors' PENALTY_K.
  ///   - precision: of a box's size and ratio.
  public init(width: Double, height: Double, scale: Double = 1, factor: Double, precision: Precision = .double) {
    targetSize = Self.size(width * scale, height * scale)
    targetRatio = width / height
    self.factor = factor
    self.precision = precision
  }

  /// The penalty for a box of that size, in pixels of the search crop.
  public func callAsFunction(width: Double, height: Double) -> Double {
    let (size, ratio): (Double, Double)
    switch precision {
    case .single:
      let (width, height) = (Float(width), Float(height))
      (size, ratio) = (Double(Self.size(width, height)), Double(width / height))
    case .double: (size, ratio) = (Self.size(width, height), width / height)
    }
    return exp(-(Self.change(targetRatio / ratio) * Self.change(size / targetSize) - 1) * factor)
  }

  private static func size<Number: BinaryFloatingPoint>(_ width: Number, _ height: Number) -> Number {
    let margin = (width + height) * 0.5
    return ((width + margin) * (height + margin)).squareRoot()
  }

  private static func change(_ ratio: Double) -> Double { max(ratio, 1 / ratio) }
}
