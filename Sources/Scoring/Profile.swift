/// Whose rules count: one evaluation toolkit's way of turning boxes into scores, as a value.
///
/// Toolkits disagree about a handful of things, and every one of them is a field here; each metric has one implementation
/// that takes the profile. What all of them share is not a field: success is strict (`overlap > threshold`), precision is
/// not (`error <= threshold`), a box's centre is `(x + (w - 1) / 2, y + (h - 1) / 2)`, and every comparison with NaN fails.
///
/// The ready-made values are in `Profile+Toolkits.swift`; ``all`` lists them. The rules come from section 1 of the metric
/// reference, the Q numbers from its section 7.
public struct Profile: Hashable, Sendable {
  /// As typed on the command line and written beside every score: `otb`, `pysot`.
  public let name: String
  /// Where a box ends and what follows the division.
  public let overlap: OverlapRule
  /// Annotated boxes that success counts; a frame with any other has overlap -1, a miss at every threshold.
  public let successTruth: TruthRule
  /// Annotated boxes that precision counts.
  public let precisionTruth: TruthRule
  /// The centre error of a frame whose annotation precision does not count.
  public let invalidError: InvalidError
  /// How centres are divided for normalised precision; nil where the toolkit has no such score.
  public let normalised: NormalisedRule?
  /// What stands in frame 0.
  public let firstFrame: FirstFrame
  /// Which predicted rows are replaced by the row before them.
  public let repair: RepairRule
  /// True where a NaN or a negative size in a prediction, or a NaN in an annotation, stops the toolkit.
  public let refusesInvalidNumbers: Bool
  /// What happens when there are fewer predicted than annotated boxes.
  public let short: ShortRule
  /// What happens when there are more predicted than annotated boxes.
  public let long: LongRule
  /// Fewest rows the toolkit can read: 2 where a file of one row is read as a vector, and fails.
  public let minimumRows: Int
  /// By what counts are divided.
  public let denominator: Denominator
  /// True where frames without a visible target are taken out of the counts, though not out of the divisor (Q2).
  public let removesAbsent: Bool
  /// True where a sequence whose whole curve is zero is left out of the mean, so that losing it entirely costs nothing (Q1).
  public let dropsZeroCurves: Bool
  /// Attributes carried by fewer sequences get no score.
  public let minimumAttributeSequences: Int
  /// Which result files the toolkit can read at all.
  public let reads: ReadableLayout

  /// Success: the share of frames with overlap > threshold. 0, 0.05, ..., 1 in every profile of section 1.
  public private(set) var successThresholds = Thresholds.success
  /// Precision: the share of frames with centre error <= threshold, in pixels. 0, 1, ..., 50.
  public private(set) var precisionThresholds = Thresholds.pixels
  /// Normalised precision: the same for centres divided by the annotated size. 0, 0.01, ..., 0.50.
  public private(set) var normalisedThresholds = Thresholds.normalised
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
  }

  /// By what counts are divided.
  public enum Denominator: Hashable, Sendable {
    /// The number of frames.
    case count
    /// The number of frames plus 2^-52, which changes a one-frame sequence only.
    case countPlusEpsilon

    func value(frames: Int) -> Double {
      self == .count ? Double(frames) : Double(frames) + Double.ulpOfOne
    }
  }
}
