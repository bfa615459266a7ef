import CKernels
import Geometry

/// How many frames reached each threshold: what all curves of a one-pass run are made of.
///
/// Runs may be added one after the other, as the robustness evaluations do, which score several runs as one.
struct FrameCounts {
  private var successHistogram: [Int]
  private var precisionHistogram: [Int]
  private var normalisedHistogram: [Int]
  private var overlaps = tb_overlap_total()
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
    count(truth, prediction, under: profile)
  }

  /// All curves block by block, so that a block's boxes are fetched once.
  private mutating func count(_ truth: [Box], _ prediction: [Box], under profile: Profile) {
    let isa = tb_isa_best()
    let overlapRule = profile.overlap.kernel(counting: profile.successTruth)
    let centreRule = profile.centreKernel
    let normalisedRule = profile.normalised?.kernel
    forEachBlock(of: truth, prediction) { truth, prediction, count, values in
      tb_overlaps_f64(isa, truth, prediction, count, overlapRule, values, &overlaps)
      profile.successThresholds.count(values, count, into: &successHistogram, isa: isa)
      tb_centre_errors_f64(isa, truth, prediction, count, centreRule, values)
      profile.precisionThresholds.count(values, count, into: &precisionHistogram, isa: isa)
      if let normalisedRule {
        tb_normalised_errors_f64(isa, truth, prediction, count, normalisedRule, values)
        profile.normalisedThresholds.count(values, count, into: &normalisedHistogram, isa: isa)
      }
    }
  }

  /// The curves: running sums of the histograms, divided.
  func scores(under profile: Profile, withNormalised: Bool) -> Scores {
    let divisor = profile.denominator.value(frames: frames, valid: overlaps.frames)
    return Scores(
      success: shareAbove(successHistogram, of: divisor),
      precision: shareAtMost(precisionHistogram, of: divisor),
      normPrecision: profile.normalised == nil || !withNormalised ? nil : shareAtMost(normalisedHistogram, of: divisor),
      ao: overlaps.frames == 0 ? .nan : overlaps.sum / Double(overlaps.frames),
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

/// Hands on the numbers of as many frames as the kernels take at a time, how many frames they are, and room for a value each.
private func forEachBlock(
  of truth: [Box], _ prediction: [Box],
  _ body: (UnsafePointer<Double>, UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>) -> Void
) {
  let block = Int(TB_CURVE_BLOCK)
  let frames = min(truth.count, prediction.count)
  truth.withUnsafeBytes { truth in
    prediction.withUnsafeBytes { prediction in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { values in
        // A box is its four doubles in the kernels' order; a test holds it to that.
        guard let truths = truth.assumingMemoryBound(to: Double.self).baseAddress,
          let predicted = prediction.assumingMemoryBound(to: Double.self).baseAddress, let room = values.baseAddress
        else { return }
        for first in stride(from: 0, to: frames, by: block) {
          body(truths + 4 * first, predicted + 4 * first, min(block, frames - first), room)
        }
      }
    }
  }
}
