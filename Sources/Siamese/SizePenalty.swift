import Foundation

/// How much a box is distrusted because its size or its shape differs from the last frame's target, in either direction.
///
///     S(w, h)   = sqrt((w + p) (h + p)), p = (w + h) / 2
///     change(r) = max(r, 1 / r)
///     penalty   = exp(-(change(S(box) / S(target)) * change(ratio of target / ratio of box) - 1) * strength)
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
  private let strength: Double
  private let precision: Precision

  /// - Parameters:
  ///   - state: the target before the frame.
  ///   - scale: pixels of the search crop for one of the image.
  ///   - strength: K, the authors' PENALTY_K.
  public init(_ state: TargetState, scale: Double, strength: Double, precision: Precision = .double) {
    targetSize = Self.size(state.width * scale, state.height * scale)
    targetRatio = state.width / state.height
    self.strength = strength
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
    return exp(-(Self.change(targetRatio / ratio) * Self.change(size / targetSize) - 1) * strength)
  }

  private static func size<Number: BinaryFloatingPoint>(_ width: Number, _ height: Number) -> Number {
    let margin = (width + height) * 0.5
    return ((width + margin) * (height + margin)).squareRoot()
  }

  private static func change(_ ratio: Double) -> Double { max(ratio, 1 / ratio) }
}

/// The candidate that a frame decides for: the best of score times penalty, with the cosine window mixed in.
///
/// Source: steps 6 and 7 of sections 2.6 and 6.9 of the model references.
public struct PenalizedChoice: Sendable, Hashable {
  /// Which candidate.
  public let index: Int
  /// Its score, before penalty and window: what the tracker reports.
  public let score: Double
  /// Its penalty, 0...1.
  public let penalty: Double
  /// penalty * score * (1 - influence) + window * influence: what made it the best.
  public let value: Double
  /// Its box around the middle of the search crop, in pixels of the crop.
  public let box: CropBox

  /// How far the size follows: penalty * score * `rate`, without the window (quirk Q2.17).
  public func rate(_ rate: Double) -> Double { penalty * score * rate }

  /// Looks at `count` candidates and takes the first one of the largest value; nil where no value is a number.
  ///
  /// - Parameters:
  ///   - window: the cosine window; candidate i stands at its place i modulo its length, so that anchors share it.
  ///   - influence: the window's share, 0...1.
  ///   - candidate: score and box of candidate i, the box in pixels of the search crop.
  /// - Precondition: `window` is not empty.
  public static func best(
    of count: Int, window: [Double], influence: Double, penalty: SizePenalty,
    candidate: (_ index: Int) -> (score: Double, box: CropBox)
  ) -> PenalizedChoice? {
    precondition(!window.isEmpty)
    var best: PenalizedChoice?
    var largest = -Double.infinity
    for index in 0..<count {
      let (score, box) = candidate(index)
      let factor = penalty(width: box.width, height: box.height)
      let value = factor * score * (1 - influence) + window[index % window.count] * influence
      guard value > largest else { continue }
      largest = value
      best = PenalizedChoice(index: index, score: score, penalty: factor, value: value, box: box)
    }
    return best
  }
}
