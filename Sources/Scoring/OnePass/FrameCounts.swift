import Geometry

/// How many frames reached each threshold: what all curves of a one-pass run are made of.
///
/// Runs may be added one after the other, as the robustness evaluations do, which score several runs as one.
struct FrameCounts {
  private var successHistogram: [Int]
  private var precisionHistogram: [Int]
  private var normalisedHistogram: [Int]
  private var overlapSum = 0.0
  private var overlapFrames = 0
  /// Rows added, those of absent targets included.
  private(set) var frames = 0

  init(_ profile: Profile) {
    successHistogram = [Int](repeating: 0, count: profile.successThresholds.count + 1)
    precisionHistogram = [Int](repeating: 0, count: profile.precisionThresholds.count + 1)
    normalisedHistogram = [Int](repeating: 0, count: profile.normalisedThresholds.count + 1)
  }

  /// Adds a run. `visible` has a flag for every frame of it at least; frames without a visible target divide and count for
  /// nothing else (Q2).
  mutating func add(_ prepared: Profile.Prepared, visible: [Bool]?, under profile: Profile) {
    var truth = prepared.truth
    var prediction = prepared.prediction
    frames += truth.count
    if visible != nil || profile.removesNaNTruth && truth.contains(where: \.hasNaN) {
      var kept: [Int] = []
      for frame in truth.indices {
        if profile.removesNaNTruth, truth[frame].hasNaN {
          frames -= 1
        } else if visible?[frame] ?? true {
          kept.append(frame)
        }
      }
      truth = kept.map { truth[$0] }
      prediction = kept.map { prediction[$0] }
    }
    truth.withUnsafeBufferPointer { truth in
      prediction.withUnsafeBufferPointer { prediction in
        addOverlaps(truth, prediction, under: profile)
        addErrors(truth, prediction, under: profile)
        if let rule = profile.normalised {
          addNormalised(truth, prediction, rule, thresholds: profile.normalisedThresholds)
        }
      }
    }
  }

  /// The curves: running sums of the histograms, divided.
  func scores(under profile: Profile, withNormalised: Bool) -> Scores {
    let divisor = profile.denominator.value(frames: frames, valid: overlapFrames)
    return Scores(
      success: shareAbove(successHistogram, of: divisor),
      precision: shareAtMost(precisionHistogram, of: divisor),
      normPrecision: profile.normalised == nil || !withNormalised ? nil : shareAtMost(normalisedHistogram, of: divisor),
      ao: overlapFrames == 0 ? .nan : overlapSum / Double(overlapFrames),
      normPrecisionIsMean: profile.normalised?.scoresMeanOfCurve ?? false)
  }

  /// Share of frames above each threshold, from the histogram of ranks: those whose rank is beyond the threshold's index.
  private func shareAbove(_ histogram: [Int], of divisor: Double) -> [Double] {
    var curve = [Double](repeating: 0, count: histogram.count - 1)
    var above = 0
    for index in curve.indices.reversed() {
      above += histogram[index + 1]
      curve[index] = Double(above) / divisor
    }
    return curve
  }

  /// Share of frames at most each threshold: those whose rank is not beyond the threshold's index.
  private func shareAtMost(_ histogram: [Int], of divisor: Double) -> [Double] {
    var curve = [Double](repeating: 0, count: histogram.count - 1)
    var atMost = 0
    for index in curve.indices {
      atMost += histogram[index]
      curve[index] = Double(atMost) / divisor
    }
    return curve
  }
}

// MARK: - The hot loops: one pass over the frames for each curve, the profile's rules read once before it

extension FrameCounts {
  private typealias Boxes = UnsafeBufferPointer<Box>

  private mutating func addOverlaps(_ truth: Boxes, _ prediction: Boxes, under profile: Profile) {
    let rule = profile.overlap
    let truthRule = profile.successTruth
    var sum = overlapSum
    var counted = 0
    profile.successThresholds.count(truth.count, into: &successHistogram) { frame in
      let gt = truth[frame]
      guard truthRule.counts(gt, centerX: .nan, centerY: .nan) else { return -1 }
      let value = rule.overlap(of: prediction[frame], with: gt)
      counted += 1
      if !value.isNaN { sum += value }
      return value
    }
    overlapSum = sum
    overlapFrames += counted
  }

  private mutating func addErrors(_ truth: Boxes, _ prediction: Boxes, under profile: Profile) {
    let truthRule = profile.precisionTruth
    let invalid = profile.invalidError.value
    profile.precisionThresholds.count(truth.count, into: &precisionHistogram) { frame in
      let gt = truth[frame]
      let box = prediction[frame]
      let gtX = gt.x + (gt.width - 1) / 2
      let gtY = gt.y + (gt.height - 1) / 2
      guard truthRule.counts(gt, centerX: gtX, centerY: gtY) else { return invalid }
      return distance(gtX - (box.x + (box.width - 1) / 2), gtY - (box.y + (box.height - 1) / 2))
    }
  }

  private mutating func addNormalised(
    _ truth: Boxes, _ prediction: Boxes, _ rule: Profile.NormalisedRule, thresholds: Thresholds
  ) {
    let truthRule = rule.truth
    let invalid = rule.invalidError.value
    let offset = rule.sizeOffset
    let dividesDifference = rule.dividesDifference
    thresholds.count(truth.count, into: &normalisedHistogram) { frame in
      let gt = truth[frame]
      let box = prediction[frame]
      let gtX = gt.x + (gt.width - 1) / 2
      let gtY = gt.y + (gt.height - 1) / 2
      let boxX = box.x + (box.width - 1) / 2
      let boxY = box.y + (box.height - 1) / 2
      if dividesDifference {
        guard truthRule.counts(gt, centerX: gtX, centerY: gtY) else { return invalid }
        // A NaN size stays one.
        return distance(
          (gtX - boxX) / (gt.width < 1 ? 1 : gt.width), (gtY - boxY) / (gt.height < 1 ? 1 : gt.height))
      }
      let width = gt.width + offset
      let height = gt.height + offset
      let normX = gtX / width
      let normY = gtY / height
      guard truthRule.counts(gt, centerX: normX, centerY: normY) else { return invalid }
      return distance(normX - boxX / width, normY - boxY / height)
    }
  }
}

@inline(__always)
private func distance(_ dx: Double, _ dy: Double) -> Double { (dx * dx + dy * dy).squareRoot() }

extension Profile.TruthRule {
  /// Whether an annotated box counts; the centre is looked at by ``positiveCentre`` only.
  @inline(__always)
  fileprivate func counts(_ truth: Box, centerX: Double, centerY: Double) -> Bool {
    switch self {
    case .any: true
    case .positiveSize: truth.width > 0 && truth.height > 0
    case .positiveNumbers: truth.x > 0 && truth.y > 0 && truth.width > 0 && truth.height > 0
    case .positiveCentre: centerX > 0 && centerY > 0
    }
  }
}

extension Thresholds {
  /// Adds `count` values to a histogram of ranks. A NaN is above no threshold and at most none: it falls into no bin.
  @inline(__always)
  fileprivate func count(_ count: Int, into histogram: inout [Int], value: (Int) -> Double) {
    _ = withRanks { ranks in
      histogram.withUnsafeMutableBufferPointer { bins in
        for index in 0..<count {
          let value = value(index)
          if !value.isNaN { bins[ranks.rank(of: value)] &+= 1 }
        }
      }
    }
  }
}
