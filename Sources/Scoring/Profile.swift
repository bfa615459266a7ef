/// Whose rules count: one evaluation toolkit's way of turning boxes into scores, as a value.
///
/// Toolkits disagree about a handful of things, and every one of them is a field here; each metric has one implementation
/// that takes the profile. What all of them share is not a field: success is strict (`overlap > threshold`), precision is
/// not (`error <= threshold`), a box's centre is `(x + (w - 1) / 2, y + (h - 1) / 2)`, and every comparison with NaN fails.
///
/// The ready-made values are in `Profile+Toolkits.swift`; ``all`` lists those that score one-pass runs, ``toolkits`` every
/// one, and `Profile+Variants.swift` has what a toolkit changes for one data set. The fields up to the thresholds are the
/// rules of one-pass runs (section 1 of the metric reference), the others those of other protocols, each a value of its own;
/// the Q numbers are from section 7.
public struct Profile: Hashable, Sendable {
  /// As typed on the command line and written beside every score: `otb`, `pysot`.
  public internal(set) var name: String
  /// Where a box ends and what follows the division.
  public internal(set) var overlap: OverlapRule
  /// Annotated boxes that success counts; a frame with any other has overlap -1, a miss at every threshold.
  public internal(set) var successTruth: TruthRule
  /// Annotated boxes that precision counts.
  public internal(set) var precisionTruth: TruthRule
  /// The centre error of a frame whose annotation precision does not count.
  public internal(set) var invalidError: InvalidError
  /// How centres are divided for normalised precision; nil where the toolkit has no such score.
  public internal(set) var normalised: NormalisedRule?
  /// What stands in frame 0.
  public internal(set) var firstFrame: FirstFrame
  /// Which predicted rows are replaced by the row before them.
  public internal(set) var repair: RepairRule
  /// True where a NaN or a negative size in a prediction, or a NaN in an annotation, stops the toolkit.
  public internal(set) var refusesInvalidNumbers: Bool
  /// What happens when there are fewer predicted than annotated boxes.
  public internal(set) var short: ShortRule
  /// What happens when there are more predicted than annotated boxes.
  public internal(set) var long: LongRule
  /// Fewest rows the toolkit can read: 2 where a file of one row is read as a vector, and fails.
  public internal(set) var minimumRows: Int
  /// By what counts are divided.
  public internal(set) var denominator: Denominator
  /// True where frames without a visible target are taken out of the counts, though not out of the divisor (Q2).
  public internal(set) var removesAbsent: Bool
  /// True where a sequence whose whole curve is zero is left out of the mean, so that losing it entirely costs nothing (Q1).
  public internal(set) var dropsZeroCurves: Bool
  /// Attributes carried by fewer sequences get no score.
  public internal(set) var minimumAttributeSequences: Int
  /// Which result files the toolkit can read at all.
  public internal(set) var reads: ReadableLayout

  /// Success: the share of frames with overlap > threshold. 0, 0.05, ..., 1 in every profile of section 1.
  public internal(set) var successThresholds = Thresholds.success
  /// Precision: the share of frames with centre error <= threshold, in pixels. 0, 1, ..., 50.
  public internal(set) var precisionThresholds = Thresholds.pixels
  /// Normalised precision: the same for centres divided by the annotated size. 0, 0.01, ..., 0.50.
  public internal(set) var normalisedThresholds = Thresholds.normalised

  /// Sequences whose result is cut to the annotation where others of a wrong length stop the toolkit.
  public internal(set) var cutsSequences: Set<String> = []
  /// True where frames whose annotation has a NaN are taken out of everything, the divisor included.
  public internal(set) var removesNaNTruth = false
  /// True where a NaN in an annotation is accepted although ``refusesInvalidNumbers``.
  public internal(set) var acceptsNaNTruth = false
  /// False where the toolkit has no scores for one-pass runs of boxes at all; none is computed then.
  public internal(set) var scoresOnePass = true

  /// Runs with resets (accuracy, robustness, expected average overlap); nil where the toolkit has no such scores.
  public internal(set) var supervised: SupervisedRules?
  /// Runs without resets over regions (average overlap, success plot); nil where the toolkit has no such scores.
  public internal(set) var unsupervised: UnsupervisedRules?
  /// Runs from several anchors (accuracy, robustness, expected average overlap); nil where the toolkit has no such scores.
  public internal(set) var multiStart: MultiStartRules?
  /// Long-term runs with confidences (precision, recall, F); nil where the toolkit has no such scores.
  public internal(set) var longTerm: LongTermRules?
}

extension Profile {
  /// Which annotated boxes count. A box with a NaN never does, except under ``any``.
  public enum TruthRule: Hashable, Sendable {
    /// Every frame, whatever its numbers.
    case any
    /// Width and height above 0.
    case positiveSize
    /// All four numbers above 0, so a box at the left or upper border of the image does not count (Q5).
    case positiveNumbers
    /// Both coordinates of the centre above 0; for normalised precision after the division.
    case positiveCentre
  }

  /// The centre error of a frame whose annotation does not count.
  public enum InvalidError: Hashable, Sendable {
    /// -1, which is at most every threshold: the frame counts as a hit (Q3).
    case hit
    /// Infinite: a miss at every threshold.
    case miss

    var value: Double { self == .hit ? -1 : .infinity }
  }

  /// Normalised precision: both centres are divided, per axis, by the annotated size before their distance is taken.
  public struct NormalisedRule: Hashable, Sendable {
    /// Added to the annotated width and height: 1e-16 in pysot, else 0.
    public let sizeOffset: Double
    /// True where the difference of the centres is divided, by a size of at least one pixel, instead of each centre.
    public var dividesDifference = false
    /// True where the score is the mean of the curve instead of its value at 0.20 (Q4).
    public var scoresMeanOfCurve = false
    /// Annotated boxes that count.
    public let truth: TruthRule
    /// The error of a frame whose annotation does not count.
    public let invalidError: InvalidError
  }

  /// What stands in frame 0.
  public enum FirstFrame: Hashable, Sendable {
    /// What the tracker reported.
    case predicted
    /// The annotation, whatever was predicted.
    case truth
  }

  /// Which predicted rows, from the second on, become a copy of the (already repaired) row before them.
  /// None does where its annotation has a NaN.
  public enum RepairRule: Hashable, Sendable {
    /// No row: every prediction is scored as it is.
    case none
    /// Width or height 0.
    case zeroSize
    /// Width or height 0 or below, or all four numbers NaN; a partly NaN row stays.
    case noSizeOrAllNaN
    /// Width or height 0 or below, or any number NaN.
    case noSizeOrAnyNaN
  }

  /// What happens when there are fewer predicted than annotated boxes.
  public enum ShortRule: Hashable, Sendable {
    /// The toolkit stops.
    case refuse
    /// Score what is there, on its own length: stopping early raises the score (Q7).
    case cutTruth
    /// Boxes 0,0,0,0 stand for the missing ones: misses.
    case padWithZeros
  }

  /// What happens when there are more predicted than annotated boxes.
  public enum LongRule: Hashable, Sendable {
    /// The toolkit stops.
    case refuse
    /// Only the first rows count.
    case cut
    /// Only the first rows count, and there is no normalised precision: the toolkit stops there (pysot-toolkit).
    case cutWithoutNormalised
  }

  /// By what counts are divided.
  public enum Denominator: Hashable, Sendable {
    /// The number of frames.
    case count
    /// The number of frames plus 2^-52, which changes a one-frame sequence only.
    case countPlusEpsilon
    /// The number of frames whose annotation success counts and whose target can be seen.
    case validCount

    func value(frames: Int, valid: Int) -> Double {
      switch self {
      case .count: Double(frames)
      case .countPlusEpsilon: Double(frames) + Double.ulpOfOne
      case .validCount: Double(valid)
      }
    }
  }
}
