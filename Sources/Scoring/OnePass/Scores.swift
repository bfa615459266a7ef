/// The curves of one sequence, or their mean over several, and the numbers papers quote from them.
public struct Scores: Hashable, Sendable {
  /// Share of frames whose overlap is above each success threshold, 0...1; 21 values. Ground truth against itself has 0 at
  /// threshold 1, since the comparison is strict.
  public let success: [Double]
  /// Share of frames whose centre error is at most 0, 1, ..., 50 pixels, 0...1; 51 values.
  public let precision: [Double]
  /// Share of frames whose normalised centre error is at most 0, 0.01, ..., 0.50; 51 values. nil where the profile has none,
  /// and where its toolkit stops there (pysot-toolkit on a result that is too long, and on any data set with one).
  public let normPrecision: [Double]?
  /// Average overlap: the mean overlap over the frames whose annotation counts for success, with the profile's overlap and
  /// first frame and a NaN overlap as 0. No toolkit of section 1 reports it for OTB except pytracking, as `avg_overlap`;
  /// under got10k all frames count, the first included, unlike that toolkit's own GOT-10k experiment.
  /// NaN where no annotation counts. For several sequences: the mean over those that have one.
  public let ao: Double
  /// True where the score of the normalised curve is its mean (got10k on LaSOT, Q4).
  private let normPrecisionIsMean: Bool

  /// Curves of the lengths named above.
  package init(
    success: [Double], precision: [Double], normPrecision: [Double]?, ao: Double, normPrecisionIsMean: Bool = false
  ) {
    self.normPrecisionIsMean = normPrecisionIsMean
    self.success = success
    self.precision = precision
    self.normPrecision = normPrecision
    self.ao = ao
  }

  /// Area under the success curve: the plain mean of its samples, no trapezoid rule, so a perfect tracker has 20/21.
  public var auc: Double { success.reduce(0, +) / Double(success.count) }
  /// Success rate, OP50: share of frames with overlap > 0.5.
  public var success50: Double { success[10] }
  /// Share of frames with overlap > 0.75.
  public var success75: Double { success[15] }
  /// Precision at 20 pixels.
  public var precision20: Double { precision[20] }
  /// Normalised precision at 0.20; nil where the profile has none.
  public var normPrecision20: Double? { normPrecision.map { $0[20] } }
  /// The number the profile quotes for normalised precision: at 0.20, or the mean of the curve (Q4).
  public var normPrecisionScore: Double? {
    normPrecision.map { normPrecisionIsMean ? $0.reduce(0, +) / Double($0.count) : $0[20] }
  }
}

extension Scores {
  /// The mean of each curve over sequences, under a profile's dropping rule.
  ///
  /// With ``Profile/dropsZeroCurves`` a curve that sums to no more than 2^-52 is left out (Q1), each kind of curve by its
  /// own sum; where all are left out the mean is NaN, as the toolkit's is. nil for no sequences.
  static func mean(of scores: [Scores], profile: Profile) -> Scores? {
    guard let first = scores.first else { return nil }
    func mean(_ curves: [[Double]]) -> [Double] {
      let kept = profile.dropsZeroCurves ? curves.filter { $0.reduce(0, +) > Double.ulpOfOne } : curves
      var sums = [Double](repeating: 0, count: curves[0].count)
      for curve in kept {
        for index in sums.indices { sums[index] += curve[index] }
      }
      return sums.map { $0 / Double(kept.count) }
    }
    let overlaps = scores.map(\.ao).filter { !$0.isNaN }
    return Scores(
      success: mean(scores.map(\.success)),
      precision: mean(scores.map(\.precision)),
      normPrecision: scores.allSatisfy { $0.normPrecision != nil } ? mean(scores.compactMap(\.normPrecision)) : nil,
      ao: overlaps.isEmpty ? .nan : overlaps.reduce(0, +) / Double(overlaps.count),
      normPrecisionIsMean: first.normPrecisionIsMean)
  }
}
