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
    reads: ReadableLayout(delimiters: [.comma], blankLines: false),
    cutsSequences: ["monkey-17"],
    supervised: SupervisedRules(
      overlap: .pysot, accuracyBounds: .edges, eaoBounds: .pixels, burnIn: 10, unequalLengths: .cut,
      repetitions: .fifteenOrFirst, averaging: .frames,
      eao: EAORules(
        curve: .fragments(repetitionOffset: 1e-10, zeroWeightStops: false),
        intervals: [
          "VOT2016": .vot2015, "VOT2017": .vot2017, "VOT2018": .vot2017, "VOT2019": .vot2019,
        ],
        shift: -1)),
    longTerm: .pysot)

  /// StrangerZhang/pysot-toolkit: pysot, but success leaves out annotations with x <= 0 or y <= 0 (Q5).
  ///
  /// The toolkit computes success and precision from a result of the wrong length and stops at normalised precision. A long
  /// one is scored likewise; a short one reads undefined memory there (Q6) and is refused here as a whole. It has no interval
  /// for VOT2019 (Q16).
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
    long: .cutWithoutNormalised,
    minimumRows: 1,
    denominator: .count,
    removesAbsent: true,
    dropsZeroCurves: false,
    minimumAttributeSequences: 1,
    reads: ReadableLayout(delimiters: [.comma], blankLines: false),
    cutsSequences: ["monkey-17"],
    supervised: SupervisedRules(
      overlap: .pysot, accuracyBounds: .edges, eaoBounds: .pixels, burnIn: 10, unequalLengths: .cut,
      repetitions: .fifteenOrFirst, averaging: .frames,
      eao: EAORules(
        curve: .fragments(repetitionOffset: 0, zeroWeightStops: true),
        intervals: ["VOT2016": .vot2015, "VOT2017": .vot2017, "VOT2018": .vot2017],
        shift: -1)),
    longTerm: .pysot)

  /// got-10k/toolkit, its OTB and VOT experiments; its GOT-10k report is ``GOT10kScores``. No normalised precision there.
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
    reads: ReadableLayout(delimiters: [.comma], blankLines: true),
    supervised: SupervisedRules(
      overlap: .exact, accuracyBounds: .edges, eaoBounds: .edges, burnIn: 10, unequalLengths: .refuse,
      repetitions: .all, averaging: .tags, eao: nil))

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

  /// HengLan/LaSOT_Evaluation_Toolkit: the OTB toolkit's arithmetic, with normalised precision and without the frames in
  /// which the target is absent, which still divide (Q2).
  public static let lasot: Profile = {
    var profile = otb
    profile.name = "lasot"
    profile.repair = .noSizeOrAnyNaN
    profile.normalised = NormalisedRule(sizeOffset: 0, truth: .positiveNumbers, invalidError: .hit)
    profile.removesAbsent = true
    return profile
  }()

  /// votchallenge/toolkit 0.8.0. It has no scores of the one-pass kind: ``scoresOnePass`` is false, and the fields for them
  /// say nothing.
  public static let vot: Profile = {
    var profile = otb
    profile.name = "vot"
    profile.scoresOnePass = false
    profile.supervised = SupervisedRules(
      overlap: .vot, accuracyBounds: .pixels, eaoBounds: .pixels, burnIn: 10, unequalLengths: .refuse,
      repetitions: .all, averaging: .sequencesByLength,
      eao: EAORules(
        curve: .runs,
        intervals: [
          "VOT2015": .vot2015, "VOT2016": .vot2015, "VOT2017": .vot2017, "VOT2018": .vot2017, "VOT2019": .vot2019,
        ],
        shift: 0))
    profile.unsupervised = .vot
    profile.multiStart = .vot
    profile.longTerm = .vot
    return profile
  }()

  /// The profiles that score one-pass runs, the OTB toolkit first.
  public static let all: [Profile] = [.otb, .lasot, .pysot, .pysotToolkit, .got10k, .pytracking]

  /// One profile for each toolkit, also those that score only other protocols.
  public static let toolkits: [Profile] = all + [.vot]

  /// The profile of that name, of ``toolkits`` or ``variants``; nil for an unknown one.
  public static func named(_ name: String) -> Profile? {
    toolkits.first { $0.name == name } ?? variants.first { $0.name == name }
  }
}
