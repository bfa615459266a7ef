public import Geometry

/// How a toolkit scores runs from several anchors, as a value (metric reference, 2.9; VOT2020 to VOT2022).
public struct MultiStartRules: Hashable, Sendable {
  /// How two regions are compared.
  public let overlap: RegionRule
  /// An overlap up to this one counts as lost.
  public let lost: Double
  /// Lost frames in a row that end a run's progress. The frame of the start is one of them (Q20).
  public let grace: Int
  /// First and last length of the expected average overlap, by data set.
  public let intervals: [String: EAOInterval]

  /// votchallenge/toolkit.
  public static let vot = MultiStartRules(
    overlap: .vot, lost: 0.1, grace: 10,
    intervals: ["VOT2020": .vot2020, "VOT2021": .vot2020, "VOT2022": .vot2020])
}

/// One run from an anchor to an end of the sequence.
public struct AnchoredRun: Hashable, Sendable {
  /// The frame it starts in, from 0.
  public var anchor: Int
  /// True where it runs to the last frame, false where it runs back to frame 0.
  public var isForward: Bool
  /// In the order the tracker saw the frames, the anchor first.
  public var frames: [FrameOutcome]

  public init(anchor: Int, isForward: Bool, frames: [FrameOutcome]) {
    self.anchor = anchor
    self.isForward = isForward
    self.frames = frames
  }
}

/// What is needed to score one sequence with anchors.
public struct MultiStartRecord: Hashable, Sendable {
  public var name: String
  /// One region a frame; ``Region/absent`` where there is no target.
  public var truth: [Region]
  /// Pixels that count for nothing, one entry a frame; nil, or a missing entry, for none.
  public var ignored: [Mask?]
  /// Size of the image in pixels.
  public var width: Int
  public var height: Int
  /// Above 0 a run forward from that frame, below 0 one backward, 0 none: the sequence's `anchor.value`.
  public var anchors: [Int]
  /// One for each anchor, in any order.
  public var runs: [AnchoredRun]

  public init(
    name: String, truth: [Region], ignored: [Mask?] = [], width: Int, height: Int, anchors: [Int], runs: [AnchoredRun]
  ) {
    self.name = name
    self.truth = truth
    self.ignored = ignored
    self.width = width
    self.height = height
    self.anchors = anchors
    self.runs = runs
  }
}

/// How one tracker did from several anchors, under one profile.
public struct MultiStartScores: Hashable, Sendable {
  /// One sequence.
  public struct SequenceScores: Hashable, Sendable {
    public let name: String
    /// Annotated frames.
    public let frames: Int
    /// Frames before the tracker was lost, over all anchors: the weight of ``accuracy``.
    public let progress: Int
    /// Mean overlap over those frames, the starts with overlap 0 (Q20); 0 where there are none.
    public let accuracy: Double
    /// ``progress`` divided by the frames of all runs.
    public let robustness: Double
    /// Mean overlap of the first j frames after a start, over the runs that reach so far or were lost before.
    public let curve: [Double]
    /// How many runs those are.
    public let active: [Double]
  }

  /// The profile's name.
  public let profile: String
  /// Mean of the sequences' accuracies weighted by their progress; NaN for no progress.
  public let accuracy: Double
  /// Mean of the sequences' robustness weighted by their length; NaN for no sequence.
  public let robustness: Double
  /// Expected overlap by length, the sequences weighted by their active runs; its mean is over the lengths that the curve
  /// has, which ends before `high`.
  public let eao: ExpectedOverlap
  /// In the order given.
  public let sequences: [SequenceScores]
  /// Sequences on which the toolkit stops; they are in no number.
  public let failed: [ScoringError]

  /// True where every sequence has a score.
  public var isComplete: Bool { failed.isEmpty }

  /// Scores every record; nil where the profile has no such scores (``Profile/multiStart``).
  ///
  /// - Parameter interval: ``Profile/eaoInterval(of:)`` for a data set of a VOT year.
  public init?(_ records: [MultiStartRecord], profile: Profile, interval: EAOInterval) {
    guard let rules = profile.multiStart else { return nil }
    var meter = RegionMeter(rules.overlap)
    var sequences: [SequenceScores] = []
    var failed: [ScoringError] = []
    for record in records {
      do throws(ScoringError) {
        sequences.append(try rules.scores(of: record, length: interval.high, meter: &meter, profile: profile.name))
      } catch {
        failed.append(error)
      }
    }
    self.profile = profile.name
    self.sequences = sequences
    self.failed = failed
    accuracy =
      sequences.reduce(0) { $0 + $1.accuracy * Double($1.progress) } / Double(sequences.reduce(0) { $0 + $1.progress })
    robustness =
      sequences.reduce(0) { $0 + $1.robustness * Double($1.frames) } / Double(sequences.reduce(0) { $0 + $1.frames })
    let curve = (0..<interval.high).map { j in
      let active = sequences.reduce(0) { $0 + $1.active[j] }
      return active == 0 ? 0 : sequences.reduce(0) { $0 + $1.curve[j] * $1.active[j] } / active
    }
    eao = ExpectedOverlap(curve: curve, interval: interval, shift: 0)
  }
}

extension MultiStartRules {
  fileprivate func scores(
    of record: MultiStartRecord, length: Int, meter: inout RegionMeter, profile: String
  ) throws(ScoringError) -> MultiStartScores.SequenceScores {
    func refuse(_ reason: ScoringError.Reason) -> ScoringError {
      ScoringError(sequence: record.name, profile: profile, reason: reason)
    }
    let count = record.truth.count
    guard count > 0 else { throw refuse(.noFrames) }
    guard record.anchors.count == count else {
      throw refuse(.listMismatch(list: "anchors", frames: count, found: record.anchors.count))
    }
    for (frame, anchor) in record.anchors.enumerated() where anchor != 0 {
      let expected = anchor > 0 ? count - frame : frame + 1
      guard
        let run = record.runs.first(where: { $0.anchor == frame && $0.isForward == (anchor > 0) }),
        run.frames.count == expected
      else { throw refuse(.anchorMismatch(frame: frame)) }
    }
    guard !record.runs.isEmpty else { throw refuse(.noRuns) }

    var progressSum = 0
    var lengthSum = 0
    var overlapSum = 0.0
    var curve = [Double](repeating: 0, count: length)
    var active = [Double](repeating: 0, count: length)
    for run in record.runs {
      guard record.anchors.indices.contains(run.anchor), record.anchors[run.anchor].signum() == (run.isForward ? 1 : -1)
      else { throw refuse(.anchorMismatch(frame: run.anchor)) }
      var overlaps = try measure(run, record, meter: &meter, profile: profile)
      let progress = progress(overlaps) { !record.truth[run.frame($0)].isAbsent }
      progressSum += progress
      lengthSum += overlaps.count
      for index in 0..<progress { overlapSum += overlaps[index] }
      for index in progress..<overlaps.count { overlaps[index] = 0 }
      add(overlaps, lost: progress < overlaps.count, to: &curve, &active)
    }
    return MultiStartScores.SequenceScores(
      name: record.name, frames: count, progress: progressSum,
      accuracy: progressSum == 0 ? 0 : overlapSum / Double(progressSum),
      robustness: Double(progressSum) / Double(lengthSum),
      curve: zip(curve, active).map { $1 == 0 ? 0 : $0 / $1 }, active: active)
  }

  private func measure(
    _ run: AnchoredRun, _ record: MultiStartRecord, meter: inout RegionMeter, profile: String
  ) throws(ScoringError) -> [Double] {
    let bounds = RasterBounds.pixels(width: record.width, height: record.height)
    var overlaps: [Double] = []
    overlaps.reserveCapacity(run.frames.count)
    for (index, line) in run.frames.enumerated() {
      let frame = run.frame(index)
      let ignored = frame < record.ignored.count ? record.ignored[frame] : nil
      do {
        overlaps.append(
          try meter.overlap(of: meter.read(line), with: record.truth[frame], in: bounds, ignoring: ignored))
      } catch {
        throw ScoringError(
          sequence: record.name, profile: profile, reason: .invalidRegion(frame: frame, problem: error))
      }
    }
    return overlaps
  }

  /// Frames before the first stretch in which the target was there and the tracker was not.
  private func progress(_ overlaps: [Double], hasTarget: (Int) -> Bool) -> Int {
    var left = grace
    for (index, overlap) in overlaps.enumerated() {
      if overlap <= lost, hasTarget(index) {
        left -= 1
        if left == 0 { return max(0, index + 1 - grace) }
      } else {
        left = grace
      }
    }
    return overlaps.count
  }

  private func add(_ overlaps: [Double], lost: Bool, to curve: inout [Double], _ active: inout [Double]) {
    var sum = 0.0
    for j in 1..<max(curve.count, 1) {
      if j < overlaps.count {
        sum += overlaps[j]
        curve[j] += sum / Double(j)
        active[j] += 1
      } else if lost {
        // One less than the number of frames: Q21.
        curve[j] += sum / Double(j - 1)
        active[j] += 1
      } else {
        break
      }
    }
  }
}

extension AnchoredRun {
  /// The sequence's frame that the run's `index`-th entry is about.
  fileprivate func frame(_ index: Int) -> Int { isForward ? anchor + index : anchor - index }
}
