/// The numbers a report prints for one-pass runs, named as its columns are.
public enum Metric: String, Hashable, Sendable, CaseIterable {
  /// Area under the success curve.
  case success
  /// Share of frames with overlap > 0.5.
  case success50
  /// Share of frames with centre error <= 20 pixels.
  case precision
  /// ``Scores/normPrecisionScore``.
  case normPrecision = "norm_precision"
  /// Average overlap.
  case ao

  /// The number; nil where the profile has no normalised precision. NaN for an average overlap where no annotation counts.
  public func value(of scores: Scores) -> Double? {
    switch self {
    case .success: scores.auc
    case .success50: scores.success50
    case .precision: scores.precision20
    case .normPrecision: scores.normPrecisionScore
    case .ao: scores.ao
    }
  }

  /// False where the mean over sequences leaves this one out: a curve of zeros under ``Profile/dropsZeroCurves`` (Q1), an
  /// average overlap of no frame.
  func counts(_ scores: Scores, dropsZeroCurves: Bool) -> Bool {
    func isKept(_ curve: [Double]) -> Bool { !dropsZeroCurves || curve.reduce(0, +) > Double.ulpOfOne }
    return switch self {
    case .success, .success50: isKept(scores.success)
    case .precision: isKept(scores.precision)
    case .normPrecision: scores.normPrecision.map(isKept) ?? false
    case .ao: !scores.ao.isNaN
    }
  }
}
