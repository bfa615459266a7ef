public import Geometry

/// How a toolkit scores long-term runs, as a value (metric reference, 2.11).
public struct LongTermRules: Hashable, Sendable {
  /// How two regions are compared.
  public let overlap: RegionRule
  /// Where overlaps are counted.
  public let bounds: SupervisedRules.ImageBounds
  /// Which confidences become thresholds.
  public let thresholds: ThresholdRule
  /// Thresholds in all, the two infinite ones included.
  public let resolution: Int

  /// Which of all confidences, in order, become thresholds.
  public enum ThresholdRule: Hashable, Sendable {
    /// pysot: evenly over the numbers, ascending; frames without a confidence are no numbers. Below the lowest threshold a
    /// frame needs a confidence above 0. Fewer confidences than thresholds stop it.
    case ascending
    /// The VOT toolkit: descending; a missing confidence is 0. Few confidences are all thresholds.
    case descending
  }

  /// STVIR/pysot and pysot-toolkit.
  public static let pysot = LongTermRules(overlap: .pysot, bounds: .edges, thresholds: .ascending, resolution: 100)
  /// votchallenge/toolkit.
  public static let vot = LongTermRules(overlap: .vot, bounds: .pixels, thresholds: .descending, resolution: 100)
}

/// What is needed to score one long-term run.
public struct LongTermRecord: Hashable, Sendable {
  public var name: String
  /// One region a frame; ``Region/absent`` where the target cannot be seen.
  public var truth: [Region]
  /// Size of the image in pixels.
  public var width: Int
  public var height: Int
  /// The tracker's answers, one a frame, the start first.
  public var frames: [FrameOutcome]
  /// How sure it was, one a frame; NaN where it did not say, as at the start.
  public var confidences: [Double]

  public init(
    name: String, truth: [Region], width: Int, height: Int, frames: [FrameOutcome], confidences: [Double]
  ) {
    self.name = name
    self.truth = truth
    self.width = width
    self.height = height
    self.frames = frames
    self.confidences = confidences
  }
}

/// Precision, recall and F of long-term runs, under one profile.
public struct LongTermScores: Hashable, Sendable {
  /// One sequence at the threshold that is best for the data set.
  public struct SequenceScores: Hashable, Sendable {
    public let name: String
    /// Annotated frames.
    public let frames: Int
    /// Mean overlap of the frames that are sure enough; 1 where none is.
    public let precision: Double
    /// Sum of those overlaps over the frames in which the target can be seen; NaN where it never can.
    public let recall: Double
    /// 2PR / (P + R); NaN where both are 0.
    public let f: Double
    /// Precision and recall at every threshold.
    let precisionCurve: [Double]
    let recallCurve: [Double]
  }

  /// The profile's name.
  public let profile: String
  /// Thresholds of confidence, descending, from infinity to minus infinity.
  public let thresholds: [Double]
  /// Mean precision over sequences at each threshold.
  public let precisionCurve: [Double]
  /// Mean recall over sequences at each threshold.
  public let recallCurve: [Double]
  /// 2PR / (P + R) of the two; NaN where both are 0.
  public let fCurve: [Double]
  /// The place of the best F on the curves.
  public let best: Int
  /// At the best threshold, in the order given.
  public let sequences: [SequenceScores]

  public var precision: Double { precisionCurve[best] }
  public var recall: Double { recallCurve[best] }
  public var f: Double { fCurve[best] }

  /// Scores all records together: their confidences share the thresholds, so one sequence without a score leaves no score.
  ///
  /// - Returns: nil where the profile has no such scores (``Profile/longTerm``).
  /// - Throws: ``ScoringError`` for the first sequence on which the toolkit stops.
  public init?(_ records: [LongTermRecord], profile: Profile) throws(ScoringError) {
    guard let rules = profile.longTerm else { return nil }
    var meter = RegionMeter(rules.overlap)
    var runs: [MeasuredRun] = []
    for record in records { runs.append(try rules.measure(record, meter: &meter, profile: profile.name)) }
    guard let first = records.first else {
      throw ScoringError(sequence: "data set", profile: profile.name, reason: .noRuns)
    }
    guard let thresholds = rules.thresholds(of: runs.flatMap(\.confidences)) else {
      throw ScoringError(sequence: first.name, profile: profile.name, reason: .nothingCounts)
    }
    let count = Double(runs.count)
    var precisionCurve: [Double] = []
    var recallCurve: [Double] = []
    var table: [[(precision: Double, recall: Double)]] = []
    for threshold in thresholds {
      let pairs = runs.map { $0.precisionAndRecall(above: threshold, rules) }
      table.append(pairs)
      precisionCurve.append(pairs.reduce(0) { $0 + $1.precision } / count)
      recallCurve.append(pairs.reduce(0) { $0 + $1.recall } / count)
    }
    let fCurve = zip(precisionCurve, recallCurve).map { harmonicMean($0, $1) }
    var best = 0
    for (index, f) in fCurve.enumerated() where f > fCurve[best] || fCurve[best].isNaN { best = index }
    self.profile = profile.name
    self.thresholds = thresholds
    self.precisionCurve = precisionCurve
    self.recallCurve = recallCurve
    self.fCurve = fCurve
    self.best = best
    sequences = records.enumerated().map { index, record in
      let pair = table[best][index]
      return SequenceScores(
        name: record.name, frames: record.truth.count, precision: pair.precision, recall: pair.recall,
        f: harmonicMean(pair.precision, pair.recall), precisionCurve: table.map { $0[index].precision },
        recallCurve: table.map { $0[index].recall })
    }
  }
}

func harmonicMean(_ precision: Double, _ recall: Double) -> Double {
  2 * precision * recall / (precision + recall)
}

/// Overlaps and confidences of one run, both without NaN where the toolkit has none.
private struct MeasuredRun {
  var overlaps: [Double]
  var confidences: [Double]
  var visible: Int

  func precisionAndRecall(
    above threshold: Double, _ rules: LongTermRules
  ) -> (precision: Double, recall: Double) {
    var sum = 0.0
    var count = 0
    let isOpen = rules.thresholds == .ascending && threshold == -.infinity
    for (overlap, confidence) in zip(overlaps, confidences) {
      // A frame without a confidence has 0.
      let sure = confidence.isNaN ? 0 : confidence
      guard isOpen ? sure > 0 : sure >= threshold else { continue }
      sum += overlap
      count += 1
    }
    return count == 0 ? (1, 0) : (sum / Double(count), sum / Double(visible))
  }
}

extension LongTermRules {
  fileprivate func measure(
    _ record: LongTermRecord, meter: inout RegionMeter, profile: String
  ) throws(ScoringError) -> MeasuredRun {
    func refuse(_ reason: ScoringError.Reason) -> ScoringError {
      ScoringError(sequence: record.name, profile: profile, reason: reason)
    }
    guard !record.truth.isEmpty else { throw refuse(.noFrames) }
    guard record.frames.count == record.truth.count else {
      throw refuse(.lengthMismatch(truth: record.truth.count, predicted: record.frames.count))
    }
    guard record.confidences.count == record.frames.count else {
      throw refuse(.confidenceMismatch(frames: record.frames.count, confidences: record.confidences.count))
    }
    let bounds = bounds.bounds(width: record.width, height: record.height)
    var overlaps: [Double] = []
    overlaps.reserveCapacity(record.frames.count)
    for (frame, line) in record.frames.enumerated() {
      do {
        let overlap = try meter.overlap(of: meter.read(line), with: record.truth[frame], in: bounds)
        overlaps.append(overlap.isNaN ? 0 : overlap)
      } catch {
        throw refuse(.invalidRegion(frame: frame, problem: error))
      }
    }
    return MeasuredRun(
      overlaps: overlaps,
      confidences: thresholds == .descending ? record.confidences.map { $0.isNaN ? 0 : $0 } : record.confidences,
      visible: record.truth.count { !$0.isAbsent })
  }

  /// The thresholds, descending; nil where there are too few confidences.
  fileprivate func thresholds(of confidences: [Double]) -> [Double]? {
    let wanted = resolution - 2
    let sorted = confidences.filter { !$0.isNaN }.sorted()
    let count = sorted.count
    let delta = count / wanted
    switch thresholds {
    case .ascending:
      guard delta > 0 else { return nil }
      let places = evenly(from: Double(delta) - 1, to: Double(count - delta), count: wanted)
      let chosen = places.map { sorted[min(max(Int(($0 + 0.5).rounded(.down)), 0), count - 1)] }
      return [.infinity] + Array(chosen.reversed()) + [-.infinity]
    case .descending:
      let descending = Array(sorted.reversed())
      guard count > wanted else { return [.infinity] + descending + [-.infinity] }
      let places = evenly(from: Double(delta), to: Double(count - delta), count: wanted)
      let chosen = places.map { descending[min(max(Int($0.rounded(.toNearestOrEven)), 0), count - 1)] }
      return [.infinity] + chosen + [-.infinity]
    }
  }

  /// numpy's `linspace`.
  private func evenly(from first: Double, to last: Double, count: Int) -> [Double] {
    let step = (last - first) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? last : first + Double($0) * step }
  }
}
