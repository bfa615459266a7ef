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

  /// The hot loop: one pass, three histograms of ranks.
  mutating func add(_ prepared: Profile.Prepared, visible: [Bool]?, under profile: Profile) {
    let successThresholds = profile.successThresholds
    let precisionThresholds = profile.precisionThresholds
    let normalisedThresholds = profile.normalisedThresholds
    let count = prepared.truth.count
    prepared.truth.withUnsafeBufferPointer { truth in
      prepared.prediction.withUnsafeBufferPointer { prediction in
        successThresholds.values.withUnsafeBufferPointer { successValues in
          precisionThresholds.values.withUnsafeBufferPointer { precisionValues in
            normalisedThresholds.values.withUnsafeBufferPointer { normalisedValues in
              for frame in 0..<count {
                let gt = truth[frame]
                if profile.removesNaNTruth, gt.hasNaN { continue }
                frames += 1
                if let visible, !visible[frame] { continue }
                let box = prediction[frame]

                var value = -1.0
                if counts(gt, under: profile.successTruth, centerX: .nan, centerY: .nan) {
                  value = profile.overlap.overlap(of: box, with: gt)
                  overlapFrames += 1
                  if !value.isNaN { overlapSum += value }
                }
                successHistogram[successThresholds.rank(of: value, in: successValues)] += 1

                let gtX = gt.x + (gt.width - 1) / 2
                let gtY = gt.y + (gt.height - 1) / 2
                let boxX = box.x + (box.width - 1) / 2
                let boxY = box.y + (box.height - 1) / 2
                var error = profile.invalidError.value
                if counts(gt, under: profile.precisionTruth, centerX: gtX, centerY: gtY) {
                  error = distance(gtX - boxX, gtY - boxY)
                }
                // A NaN error is at most no threshold: it falls into no bin.
                if !error.isNaN {
                  precisionHistogram[precisionThresholds.rank(of: error, in: precisionValues)] += 1
                }

                guard let rule = profile.normalised else { continue }
                var normalisedError = rule.invalidError.value
                if rule.dividesDifference {
                  if counts(gt, under: rule.truth, centerX: gtX, centerY: gtY) {
                    // A NaN size stays one.
                    normalisedError = distance(
                      (gtX - boxX) / (gt.width < 1 ? 1 : gt.width), (gtY - boxY) / (gt.height < 1 ? 1 : gt.height))
                  }
                } else {
                  let width = gt.width + rule.sizeOffset
                  let height = gt.height + rule.sizeOffset
                  let normX = gtX / width
                  let normY = gtY / height
                  if counts(gt, under: rule.truth, centerX: normX, centerY: normY) {
                    normalisedError = distance(normX - boxX / width, normY - boxY / height)
                  }
                }
                if !normalisedError.isNaN {
                  normalisedHistogram[normalisedThresholds.rank(of: normalisedError, in: normalisedValues)] += 1
                }
              }
            }
          }
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

  @inline(__always)
  private func counts(_ truth: Box, under rule: Profile.TruthRule, centerX: Double, centerY: Double) -> Bool {
    switch rule {
    case .any: true
    case .positiveSize: truth.width > 0 && truth.height > 0
    case .positiveNumbers: truth.x > 0 && truth.y > 0 && truth.width > 0 && truth.height > 0
    case .positiveCentre: centerX > 0 && centerY > 0
    }
  }

  @inline(__always)
  private func distance(_ dx: Double, _ dy: Double) -> Double { (dx * dx + dy * dy).squareRoot() }

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
