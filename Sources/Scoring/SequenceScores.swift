public import Geometry

/// How one tracker did on one sequence under one profile.
public struct SequenceScores: Hashable, Sendable {
  /// The record's name.
  public let name: String
  /// Attributes the sequence carries.
  public let attributes: [String]
  /// Annotated frames.
  public let frames: Int
  /// Curves, and the numbers read off them.
  public let scores: Scores

  /// Scores a sequence.
  ///
  /// - Parameters:
  ///   - record: annotated and predicted boxes in the same numbers (pixels counted from the same origin).
  ///   - profile: whose rules.
  /// - Throws: ``ScoringError`` where the profile's toolkit would stop, most often because the lengths differ.
  /// - Complexity: one pass over the frames; memory for one copy of the boxes.
  public init(_ record: SequenceRecord, profile: Profile) throws(ScoringError) {
    let truth = record.truth
    if let flags = record.visible, flags.count != truth.count {
      throw ScoringError(
        sequence: record.name, profile: profile.name,
        reason: .visibilityMismatch(truth: truth.count, flags: flags.count))
    }
    let prepared = try profile.prepare(truth: truth, prediction: record.prediction, sequence: record.name)
    let visible = profile.removesAbsent ? record.visible : nil
    name = record.name
    attributes = record.attributes
    frames = truth.count
    scores = profile.scores(of: prepared, visible: visible)
  }
}

/// What is needed to score one sequence.
public struct SequenceRecord: Hashable, Sendable {
  /// As the data set calls the sequence.
  public var name: String
  /// One box a frame; NaN or zeros where the target is absent, as the annotation has it.
  public var truth: [Box]
  /// The tracker's boxes, in the numbers of the annotation.
  public var prediction: [Box]
  /// Attributes the sequence carries, by any names the caller will ask for.
  public var attributes: [String]
  /// Whether the target can be seen, one flag a frame; nil where the data set does not say. Only profiles that take absent
  /// frames out of the counts look at it (Q2).
  public var visible: [Bool]?

  public init(
    name: String, truth: [Box], prediction: [Box], attributes: [String] = [], visible: [Bool]? = nil
  ) {
    self.name = name
    self.truth = truth
    self.prediction = prediction
    self.attributes = attributes
    self.visible = visible
  }
}

extension Profile {
  /// The hot loop: one pass, three histograms of ranks, then the curves as their running sums.
  func scores(of prepared: Prepared, visible: [Bool]?) -> Scores {
    let frames = prepared.truth.count
    var successHistogram = [Int](repeating: 0, count: successThresholds.count + 1)
    var precisionHistogram = [Int](repeating: 0, count: precisionThresholds.count + 1)
    var normalisedHistogram = [Int](repeating: 0, count: normalisedThresholds.count + 1)
    var overlapSum = 0.0
    var overlapFrames = 0

    prepared.truth.withUnsafeBufferPointer { truth in
      prepared.prediction.withUnsafeBufferPointer { prediction in
        successThresholds.values.withUnsafeBufferPointer { successValues in
          precisionThresholds.values.withUnsafeBufferPointer { precisionValues in
            normalisedThresholds.values.withUnsafeBufferPointer { normalisedValues in
              for frame in 0..<frames {
                if let visible, !visible[frame] { continue }
                let gt = truth[frame]
                let box = prediction[frame]

                var value = -1.0
                if counts(gt, under: successTruth, centerX: .nan, centerY: .nan) {
                  value = overlap.overlap(of: box, with: gt)
                  overlapFrames += 1
                  if !value.isNaN { overlapSum += value }
                }
                successHistogram[successThresholds.rank(of: value, in: successValues)] += 1

                let gtX = gt.x + (gt.width - 1) / 2
                let gtY = gt.y + (gt.height - 1) / 2
                let boxX = box.x + (box.width - 1) / 2
                let boxY = box.y + (box.height - 1) / 2
                var error = invalidError.value
                if counts(gt, under: precisionTruth, centerX: gtX, centerY: gtY) {
                  error = distance(gtX - boxX, gtY - boxY)
                }
                // A NaN error is at most no threshold: it falls into no bin.
                if !error.isNaN {
                  precisionHistogram[precisionThresholds.rank(of: error, in: precisionValues)] += 1
                }

                guard let rule = normalised else { continue }
                let width = gt.width + rule.sizeOffset
                let height = gt.height + rule.sizeOffset
                let normX = gtX / width
                let normY = gtY / height
                var normalisedError = rule.invalidError.value
                if counts(gt, under: rule.truth, centerX: normX, centerY: normY) {
                  normalisedError = distance(normX - boxX / width, normY - boxY / height)
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

    let divisor = denominator.value(frames: frames)
    return Scores(
      success: shareAbove(successHistogram, of: divisor),
      precision: shareAtMost(precisionHistogram, of: divisor),
      normPrecision: normalised == nil ? nil : shareAtMost(normalisedHistogram, of: divisor),
      ao: overlapFrames == 0 ? .nan : overlapSum / Double(overlapFrames))
  }

  @inline(__always)
  private func counts(_ truth: Box, under rule: TruthRule, centerX: Double, centerY: Double) -> Bool {
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
