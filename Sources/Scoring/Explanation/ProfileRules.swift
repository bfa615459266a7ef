extension Profile {
  /// All rules, in the order in which an explanation switches them: first what decides which sequences and frames count,
  /// then what stands in a frame, then how two boxes are compared, then how frames become a number; at last what one-pass
  /// scores do not depend on.
  public static let rules: [Rule] = sequenceRules + frameRules + comparisonRules + averagingRules + otherRules

  private static let sequenceRules = [
    Rule("result too long", Field("long", \.long), Field("cutsSequences", \.cutsSequences)) { profile in
      let names = profile.cutsSequences.sorted().joined(separator: ", ")
      let exception = names.isEmpty || profile.long != .refuse ? "" : ", except \(names), which it cuts"
      return switch profile.long {
      case .refuse: "stops at a result with more boxes than annotated frames\(exception)"
      case .cut: "cuts a result with more boxes than annotated frames"
      case .cutWithoutNormalised:
        "cuts a result with more boxes than annotated frames and has no normalised precision then"
      }
    },
    Rule("result too short", Field("short", \.short)) { profile in
      switch profile.short {
      case .refuse: "stops at a result with fewer boxes than annotated frames"
      case .cutTruth: "scores a result with fewer boxes than annotated frames on its own length (Q7)"
      case .padWithZeros: "fills a result with fewer boxes than annotated frames up with misses"
      }
    },
    Rule("fewest rows", Field("minimumRows", \.minimumRows)) { profile in
      profile.minimumRows > 1
        ? "cannot read a file with fewer than \(profile.minimumRows) rows" : "reads files of one row"
    },
    Rule(
      "numbers refused", Field("refusesInvalidNumbers", \.refusesInvalidNumbers),
      Field("acceptsNaNTruth", \.acceptsNaNTruth)
    ) { profile in
      profile.refusesInvalidNumbers
        ? "stops at a NaN or a negative size in a prediction"
          + (profile.acceptsNaNTruth ? "" : ", at a NaN in an annotation")
        : "takes any number"
    },
  ]

  private static let frameRules = [
    Rule("NaN annotation", Field("removesNaNTruth", \.removesNaNTruth)) { profile in
      profile.removesNaNTruth
        ? "takes frames whose annotation has a NaN out of everything" : "keeps frames whose annotation has a NaN"
    },
    Rule("absent target", Field("removesAbsent", \.removesAbsent)) { profile in
      profile.removesAbsent
        ? "lets frames count for nothing in which the target is marked absent, and divides by them all the same (Q2)"
        : "scores frames in which the target is marked absent like all others"
    },
    Rule("first frame", Field("firstFrame", \.firstFrame)) { profile in
      switch profile.firstFrame {
      case .predicted: "scores the first frame as predicted"
      case .truth: "puts the annotation in place of the first predicted box"
      }
    },
    Rule("repair of predictions", Field("repair", \.repair)) { profile in
      switch profile.repair {
      case .none: "scores every predicted box as it is"
      case .zeroSize: "repeats the box before one whose width or height is 0"
      case .noSizeOrAllNaN: "repeats the box before one whose width or height is not above 0, or that is all NaN"
      case .noSizeOrAnyNaN: "repeats the box before one whose width or height is not above 0, or that has a NaN"
      }
    },
  ]

  private static let comparisonRules = [
    Rule("overlap", Field("overlap", \.overlap)) { $0.overlap.words },
    Rule("annotations for success", Field("successTruth", \.successTruth)) { profile in
      "counts for success \(profile.successTruth.words)"
    },
    Rule("annotations for precision", Field("precisionTruth", \.precisionTruth)) { profile in
      "counts for precision \(profile.precisionTruth.words)"
    },
    Rule("error of other annotations", Field("invalidError", \.invalidError)) { profile in
      "takes a frame whose annotation does not count for precision as \(profile.invalidError.words)"
    },
    Rule("normalised precision", Field("normalised", \.normalised)) { profile in
      profile.normalised?.words ?? "has no normalised precision"
    },
  ]

  private static let averagingRules = [
    Rule(
      "thresholds", Field("successThresholds", \.successThresholds),
      Field("precisionThresholds", \.precisionThresholds), Field("normalisedThresholds", \.normalisedThresholds)
    ) { profile in
      "has \(profile.successThresholds.words), \(profile.precisionThresholds.words) and "
        + "\(profile.normalisedThresholds.words) as thresholds of success, precision and normalised precision"
    },
    Rule("divisor", Field("denominator", \.denominator)) { profile in
      switch profile.denominator {
      case .count: "divides by the number of frames"
      case .countPlusEpsilon: "divides by the number of frames plus 2^-52"
      case .validCount: "divides by the number of frames that count for success"
      }
    },
    Rule("sequences without a hit", Field("dropsZeroCurves", \.dropsZeroCurves)) { profile in
      profile.dropsZeroCurves
        ? "leaves a sequence whose whole curve is 0 out of the mean (Q1)" : "averages over all sequences"
    },
  ]

  private static let otherRules = [
    Rule(
      "attributes of few sequences", Field("minimumAttributeSequences", \.minimumAttributeSequences),
      concernsOnePass: false
    ) { profile in
      "scores attributes of at least \(profile.minimumAttributeSequences) "
        + (profile.minimumAttributeSequences == 1 ? "sequence" : "sequences")
    },
    Rule("layout of files", Field("reads", \.reads), concernsOnePass: false) { profile in
      "reads files separated by "
        + profile.reads.delimiters.map(\.rawValue).sorted().joined(separator: " or ")
        + (profile.reads.blankLines ? "" : ", without blank lines")
    },
    // Where it is false there is no number to explain.
    Rule("one-pass scores", Field("scoresOnePass", \.scoresOnePass), concernsOnePass: false) { profile in
      profile.scoresOnePass ? "scores one-pass runs" : "has no scores for one-pass runs"
    },
    Rule("runs with resets", Field("supervised", \.supervised), concernsOnePass: false) { profile in
      profile.supervised == nil ? "has no scores for runs with resets" : "scores runs with resets by rules of its own"
    },
    Rule("runs without resets", Field("unsupervised", \.unsupervised), concernsOnePass: false) { profile in
      profile.unsupervised == nil
        ? "has no scores for runs without resets over regions" : "scores runs without resets over regions"
    },
    Rule("runs from anchors", Field("multiStart", \.multiStart), concernsOnePass: false) { profile in
      profile.multiStart == nil ? "has no scores for runs from several anchors" : "scores runs from several anchors"
    },
    Rule("long-term runs", Field("longTerm", \.longTerm), concernsOnePass: false) { profile in
      profile.longTerm == nil ? "has no scores for long-term runs" : "scores long-term runs by rules of its own"
    },
  ]
}

// MARK: - Words for settings

extension OverlapRule {
  fileprivate var words: String {
    let edge = lastPixel ? "ends a box at its last pixel, x + w - 1" : "ends a box at x + w"
    let division =
      switch quotient {
      case .plain: "leaves the quotient as it is"
      case .clipped: "clips the quotient to 0...1"
      case .epsilonThenClipped: "adds 2^-52 to the union and clips the quotient to 0...1"
      }
    return "\(edge), \(division)" + (nan == .ignoredByMinMax ? ", and passes over a NaN in minimum and maximum" : "")
  }
}

extension Profile.TruthRule {
  fileprivate var words: String {
    switch self {
    case .any: "every annotated box"
    case .positiveSize: "annotated boxes with width and height above 0"
    case .positiveNumbers: "annotated boxes with all four numbers above 0 (Q5)"
    case .positiveCentre: "annotated boxes with a centre above 0"
    }
  }
}

extension Profile.InvalidError {
  fileprivate var words: String { self == .hit ? "a hit (Q3)" : "a miss" }
}

extension Profile.NormalisedRule {
  fileprivate var words: String {
    let divides =
      dividesDifference
      ? "divides the difference of the centres by a size of at least one pixel"
      : "divides each centre by the annotated size" + (sizeOffset > 0 ? " plus \(sizeOffset)" : "")
    let score = scoresMeanOfCurve ? "quotes the mean of the curve (Q4)" : "quotes the curve at 0.20"
    return "\(divides), counts \(truth.words), takes others as \(invalidError.words) and \(score)"
  }
}

extension Thresholds {
  fileprivate var words: String {
    let name: [Thresholds: String] = [
      .success: "0, 0.05, ..., 1", .pixels: "0, 1, ..., 50 pixels", .normalised: "0, 0.01, ..., 0.50 (as i / 100)",
      .normalisedProducts: "0, 0.01, ..., 0.50 (as i * 0.01)", .hundredths: "0, 0.01, ..., 1",
    ]
    return name[self] ?? "\(count) values from \(values[0]) to \(values[count - 1])"
  }
}
