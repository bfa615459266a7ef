import Geometry

/// How a toolkit scores runs without resets over regions, as a value (metric reference, 2.8).
public struct UnsupervisedRules: Hashable, Sendable {
  /// How two regions are compared.
  public let overlap: RegionRule
  /// Success thresholds, evenly from 0 to 1, both included. Above each counts, at the last "at least".
  public let thresholds: Int

  /// votchallenge/toolkit.
  public static let vot = UnsupervisedRules(overlap: .vot, thresholds: 100)
}

/// Average overlap and success of runs without resets, under one profile.
public struct UnsupervisedScores: Hashable, Sendable {
  /// What may be chosen, as in the VOT toolkit's stacks.
  public struct Options: Hashable, Sendable {
    /// Frames from each start on, the start included, that do not count: 10 in the stacks of 2016 to 2019, 1 from 2020 on
    /// and for OTB.
    public var burnIn: Int
    /// Overlaps up to this one do not count; nil where all do.
    public var threshold: Double?

    public init(burnIn: Int = 10, threshold: Double? = nil) {
      self.burnIn = burnIn
      self.threshold = threshold
    }
  }

  /// One sequence.
  public struct SequenceOverlap: Hashable, Sendable {
    public let name: String
    /// Annotated frames.
    public let frames: Int
    /// Mean overlap of the frames that count, then over repetitions; 0 where none counts.
    public let averageOverlap: Double
  }

  /// The profile's name.
  public let profile: String
  /// The mean over sequences weighted by length. NaN for no sequence.
  public let averageOverlap: Double
  /// The mean over sequences, all alike.
  public let unweightedOverlap: Double
  /// Thresholds of ``success``.
  public let thresholds: [Double]
  /// Share of frames above each threshold, at least for the last; mean over repetitions, then over sequences. Without
  /// burn-in: the start is a frame of overlap 0. Empty for no sequence.
  public let success: [Double]
  /// In the order given.
  public let sequences: [SequenceOverlap]
  /// Sequences on which the toolkit stops; they are in no mean.
  public let failed: [ScoringError]

  /// True where every sequence has a score.
  public var isComplete: Bool { failed.isEmpty }

  /// Scores every record; nil where the profile has no such scores (``Profile/unsupervised``).
  public init?(_ records: [SupervisedRecord], profile: Profile, options: Options = Options()) {
    guard let rules = profile.unsupervised else { return nil }
    var meter = RegionMeter(rules.overlap)
    let thresholds = (0..<rules.thresholds).map {
      $0 == rules.thresholds - 1 ? 1 : Double($0) * (1 / Double(rules.thresholds - 1))
    }
    var sequences: [SequenceOverlap] = []
    var failed: [ScoringError] = []
    var success = [Double](repeating: 0, count: thresholds.count)
    for record in records {
      do throws(ScoringError) {
        var average = 0.0
        var curve = [Double](repeating: 0, count: thresholds.count)
        guard !record.runs.isEmpty else {
          throw ScoringError(sequence: record.name, profile: profile.name, reason: .noRuns)
        }
        for run in record.runs {
          let frames = try Self.frames(of: run, record, meter: &meter, profile: profile.name)
          average += Self.average(frames, options)
          Self.add(frames, to: &curve, thresholds)
        }
        let repetitions = Double(record.runs.count)
        sequences.append(
          SequenceOverlap(
            name: record.name, frames: record.truth.count, averageOverlap: average / repetitions))
        for index in curve.indices { success[index] += curve[index] / repetitions }
      } catch {
        failed.append(error)
      }
    }
    let count = Double(sequences.count)
    let frames = Double(sequences.reduce(0) { $0 + $1.frames })
    self.profile = profile.name
    self.thresholds = thresholds
    self.success = sequences.isEmpty ? [] : success.map { $0 / count }
    self.sequences = sequences
    self.failed = failed
    averageOverlap = sequences.reduce(0) { $0 + $1.averageOverlap * Double($1.frames) } / frames
    unweightedOverlap = sequences.reduce(0) { $0 + $1.averageOverlap } / count
  }

  /// A frame: what the line said, its overlap, and whether the annotation is a region and not a code (a NaN).
  private struct Frame {
    var index: Int
    var counts: Bool
    var outcome: FrameOutcome
    var overlap: Double
  }

  private static func frames(
    of run: SupervisedRun, _ record: SupervisedRecord, meter: inout RegionMeter, profile: String
  ) throws(ScoringError) -> [Frame] {
    guard !record.truth.isEmpty else { throw ScoringError(sequence: record.name, profile: profile, reason: .noFrames) }
    guard run.frames.count == record.truth.count else {
      throw ScoringError(
        sequence: record.name, profile: profile,
        reason: .lengthMismatch(truth: record.truth.count, predicted: run.frames.count))
    }
    var frames: [Frame] = []
    frames.reserveCapacity(run.frames.count)
    let bounds = RasterBounds.pixels(width: record.width, height: record.height)
    for (index, line) in run.frames.enumerated() {
      let outcome = meter.read(line)
      let overlap: Double
      do {
        overlap = try meter.overlap(of: outcome, with: record.truth[index], in: bounds)
      } catch {
        throw ScoringError(
          sequence: record.name, profile: profile, reason: .invalidRegion(frame: index, problem: error))
      }
      // An empty mask is a region; it overlaps nothing, or all where the answer is empty too.
      var counts = true
      if case .mask = record.truth[index] {} else { counts = !record.truth[index].isAbsent }
      let answered = outcome != .skipped && outcome != .failed
      frames.append(Frame(index: index, counts: counts && answered, outcome: outcome, overlap: overlap))
    }
    return frames
  }

  private static func average(_ frames: [Frame], _ options: Options) -> Double {
    var open = 0
    var mean = MeanOfNumbers()
    for frame in frames {
      if frame.outcome == .initialized { open = max(open, frame.index + options.burnIn) }
      guard frame.index >= open, frame.counts else { continue }
      if let threshold = options.threshold, frame.overlap <= threshold { continue }
      mean.add(frame.overlap)
    }
    return mean.count == 0 ? 0 : mean.value
  }

  private static func add(_ frames: [Frame], to curve: inout [Double], _ thresholds: [Double]) {
    let sorted = frames.lazy.filter(\.counts).map(\.overlap).sorted()
    guard !sorted.isEmpty else { return }
    var below = 0
    for (index, threshold) in thresholds.enumerated() {
      let isLast = index == thresholds.count - 1
      while below < sorted.count, isLast ? sorted[below] < threshold : sorted[below] <= threshold { below += 1 }
      curve[index] += Double(sorted.count - below) / Double(sorted.count)
    }
  }
}
