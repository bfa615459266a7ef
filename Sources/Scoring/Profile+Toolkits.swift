extension Profile {
  /// The MATLAB toolkit of the Online Tracking Benchmark (1.0, numbers as Octave computes them). No normalised precision.
  public static let otb = Profile(
    name: "otb",
    overlap: OverlapRule(lastPixel: true, quotient: .plain, nan: .ignoredByMinMax),
    successTruth: .positiveNumbers,
    precisionTruth: .positiveNumbers,
    invalidError: .hit,
    normalised: nil,
    firstFrame: .truth,
    repair: .noSizeOrAllNaN,
    refusesInvalidNumbers: false,
    short: .refuse,
    long: .cut,
    minimumRows: 1,
    denominator: .countPlusEpsilon,
    removesAbsent: false,
    dropsZeroCurves: true,
    minimumAttributeSequences: 2,
    reads: ReadableLayout(delimiters: Set(ResultLayout.Delimiter.allCases), blankLines: true))

  /// STVIR/pysot, folder `toolkit/`.
  public static let pysot = Profile(
    name: "pysot",
    overlap: OverlapRule(lastPixel: false, quotient: .clipped, nan: .propagates),
    successTruth: .positiveSize,
    precisionTruth: .positiveCentre,
    invalidError: .hit,
    normalised: NormalisedRule(sizeOffset: 1e-16, truth: .positiveCentre, invalidError: .hit),
    firstFrame: .predicted,
    repair: .none,
    refusesInvalidNumbers: false,
    short: .refuse,
    long: .refuse,
    minimumRows: 1,
    denominator: .count,
    removesAbsent: true,
    dropsZeroCurves: false,
    minimumAttributeSequences: 1,
    reads: ReadableLayout(delimiters: [.comma], blankLines: false))

  /// StrangerZhang/pysot-toolkit: pysot, but success leaves out annotations with x <= 0 or y <= 0 (Q5).
  ///
  /// The toolkit computes success from a result of the wrong length (Q6, undefined memory where it is short) and stops at
  /// normalised precision; here such a result is refused as a whole.
  public static let pysotToolkit = Profile(
    name: "pysot-toolkit",
    overlap: OverlapRule(lastPixel: false, quotient: .clipped, nan: .propagates),
    successTruth: .positiveNumbers,
    precisionTruth: .positiveCentre,
    invalidError: .hit,
    normalised: NormalisedRule(sizeOffset: 1e-16, truth: .positiveCentre, invalidError: .hit),
    firstFrame: .predicted,
    repair: .none,
    refusesInvalidNumbers: false,
    short: .refuse,
    long: .refuse,
    minimumRows: 1,
    denominator: .count,
    removesAbsent: true,
    dropsZeroCurves: false,
    minimumAttributeSequences: 1,
    reads: ReadableLayout(delimiters: [.comma], blankLines: false))

  /// got-10k/toolkit, its OTB experiment. No normalised precision there.
  public static let got10k = Profile(
    name: "got10k",
    overlap: OverlapRule(lastPixel: false, quotient: .epsilonThenClipped, nan: .propagates),
    successTruth: .any,
    precisionTruth: .any,
    invalidError: .miss,
    normalised: nil,
    firstFrame: .truth,
    repair: .none,
    refusesInvalidNumbers: false,
    short: .cutTruth,
    long: .cut,
    minimumRows: 2,
    denominator: .count,
    removesAbsent: false,
    dropsZeroCurves: false,
    minimumAttributeSequences: 1,
    reads: ReadableLayout(delimiters: [.comma], blankLines: true))

  /// visionml/pytracking, folder `analysis/`, for data sets other than UAV123 and LaSOT and with its default options.
  ///
  /// Computed in float64 and as fractions; the toolkit prints percent and keeps float32 curves.
  public static let pytracking = Profile(
    name: "pytracking",
    overlap: OverlapRule(lastPixel: true, quotient: .plain, nan: .propagates),
    successTruth: .positiveNumbers,
    precisionTruth: .positiveNumbers,
    invalidError: .miss,
    normalised: NormalisedRule(sizeOffset: 0, truth: .positiveNumbers, invalidError: .hit),
    firstFrame: .truth,
    repair: .zeroSize,
    refusesInvalidNumbers: true,
    short: .padWithZeros,
    long: .cut,
    minimumRows: 2,
    denominator: .count,
    removesAbsent: false,
    dropsZeroCurves: false,
    minimumAttributeSequences: 1,
    reads: ReadableLayout(delimiters: [.comma, .tab], blankLines: true))

  /// Every ready-made profile, the OTB toolkit first.
  public static let all: [Profile] = [.otb, .pysot, .pysotToolkit, .got10k, .pytracking]

  /// The profile of that name, nil for an unknown one.
  public static func named(_ name: String) -> Profile? { all.first { $0.name == name } }
}
