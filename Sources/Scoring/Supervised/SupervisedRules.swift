public import Geometry

/// How a toolkit scores runs with resets: accuracy, robustness and expected average overlap, as a value
/// (metric reference, 2.2 and 2.3).
public struct SupervisedRules: Hashable, Sendable {
  /// How two regions are compared.
  public let overlap: RegionRule
  /// Where overlaps are counted for accuracy.
  public let accuracyBounds: ImageBounds
  /// Where overlaps are counted for the expected average overlap (Q14: pysot's are not those of its accuracy).
  public let eaoBounds: ImageBounds
  /// Frames from each start on, the start included, that do not count for accuracy.
  public let burnIn: Int
  /// What happens when a run and the annotation differ in length.
  public let unequalLengths: UnequalLengths
  /// Which of the repetitions count.
  public let repetitions: Repetitions
  /// What accuracy and robustness are the mean of.
  public let averaging: Averaging
  /// The expected average overlap, nil where the toolkit has none.
  public let eao: EAORules?

  /// Where overlaps are counted.
  public enum ImageBounds: Hashable, Sendable {
    /// ``RasterBounds/edges(width:height:)``: one pixel beyond the image.
    case edges
    /// ``RasterBounds/pixels(width:height:)``.
    case pixels
  }

  /// What happens when a run and the annotation differ in length.
  public enum UnequalLengths: Hashable, Sendable {
    /// Frames beyond the shorter do not count.
    case cut
    /// The toolkit stops.
    case refuse
  }

  /// Which of the repetitions count.
  public enum Repetitions: Hashable, Sendable {
    case all
    /// All where there are exactly 15, else one. The toolkit takes any one, the first in directory order; here it is the
    /// first (Q10). Sequences must then agree in their number (Q11).
    case fifteenOrFirst
  }

  /// What accuracy and robustness are the mean of.
  public enum Averaging: Hashable, Sendable {
    /// Accuracy: all frames of all sequences alike, each the mean of its repetitions. Robustness: failures in a hundred
    /// frames (as a fraction of 100).
    case frames
    /// Both: sequences, by their length. Failures are totals of a sequence and are weighted all the same (Q12).
    case sequencesByLength
    /// Both: tags, by the number of frames that carry them. Frames with several tags count several times.
    case tags
  }
}

/// How a toolkit compares two regions, and what it makes of a frame without one.
public struct RegionRule: Hashable, Sendable {
  /// How the area is found.
  public enum Area: Hashable, Sendable {
    /// In pixels.
    case raster(RasterRule)
    /// From the coordinates (got-10k/toolkit).
    case exact
  }

  public let area: Area
  /// True where an answer with a NaN is read as code 0; otherwise it is a region that overlaps nothing.
  public let readsNaNAsSkipped: Bool
  /// True where a code has the overlap of nothing with the truth, 0 where there is a target; otherwise it has none (NaN).
  public let comparesCodes: Bool

  /// STVIR/pysot and pysot-toolkit.
  public static let pysot = RegionRule(area: .raster(.pysot), readsNaNAsSkipped: false, comparesCodes: false)
  /// votchallenge/toolkit.
  public static let vot = RegionRule(area: .raster(.vot), readsNaNAsSkipped: true, comparesCodes: true)
  /// got-10k/toolkit.
  public static let exact = RegionRule(area: .exact, readsNaNAsSkipped: false, comparesCodes: false)
}

/// How a toolkit computes the expected average overlap (metric reference, 2.3).
public struct EAORules: Hashable, Sendable {
  public let curve: Curve
  /// First and last length of the mean, by data set. A year that is not here has none: the toolkit stops (Q16).
  public let intervals: [String: EAOInterval]
  /// Where the mean begins and ends in the curve, relative to the interval: -1 in pysot, 0 in the VOT toolkit (Q15).
  public let shift: Int

  /// How the curve is made.
  public enum Curve: Hashable, Sendable {
    /// pysot: fragments between failures, weighted by how much of them a tag covers. `repetitionOffset` is added to the
    /// number of repetitions before it divides the weights; `zeroWeightStops` where a length at which no fragment has a
    /// weight ends the toolkit instead of leaving a gap.
    case fragments(repetitionOffset: Double, zeroWeightStops: Bool)
    /// The VOT toolkit: runs from start to failure, all alike. It has no tags.
    case runs
  }
}

/// The lengths over which an expected average overlap is averaged.
public struct EAOInterval: Hashable, Sendable {
  /// Shortest length in frames.
  public let low: Int
  /// Longest length in frames.
  public let high: Int

  public init(low: Int, high: Int) {
    self.low = low
    self.high = high
  }

  static let vot2015 = EAOInterval(low: 108, high: 371)
  static let vot2017 = EAOInterval(low: 100, high: 356)
  static let vot2019 = EAOInterval(low: 46, high: 291)
  /// Multi-start data sets, 2020 to 2022.
  static let vot2020 = EAOInterval(low: 115, high: 755)
}

extension Profile {
  /// The interval of a data set's expected average overlap, `vot2018` or `VOT2018`; nil where the profile has none.
  public func eaoInterval(of dataset: String) -> EAOInterval? {
    let name = dataset.uppercased()
    return supervised?.eao?.intervals[name] ?? multiStart?.intervals[name]
  }
}
