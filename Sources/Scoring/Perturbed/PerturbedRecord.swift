public import Geometry

/// One run of a robustness evaluation: from a later frame (TRE) or from a shifted box (SRE).
public struct PerturbedRun: Hashable, Sendable {
  /// The frame it started in, from 0.
  public var start: Int
  /// How its first box was shifted; nil where it was not.
  public var shift: SpatialShift?
  /// The tracker's boxes from that frame on.
  public var boxes: [Box]

  public init(start: Int, shift: SpatialShift? = nil, boxes: [Box]) {
    self.start = start
    self.shift = shift
    self.boxes = boxes
  }
}

/// What is needed to score the perturbed runs over one sequence.
public struct PerturbedRecord: Hashable, Sendable {
  public var name: String
  /// One box a frame, of the whole sequence.
  public var truth: [Box]
  public var runs: [PerturbedRun]
  /// Attributes the sequence carries.
  public var attributes: [String]

  public init(name: String, truth: [Box], runs: [PerturbedRun], attributes: [String] = []) {
    self.name = name
    self.truth = truth
    self.runs = runs
    self.attributes = attributes
  }
}

extension SequenceScores {
  /// Scores the runs of a sequence as one: hits of all runs over frames of all runs, so long segments weigh more.
  ///
  /// Made for profile otb, whose toolkit defines TRE and SRE; others apply their own rules to each run.
  /// ``frames`` counts the frames of all runs.
  /// - Throws: ``ScoringError`` where the profile's toolkit would stop.
  public init(_ record: PerturbedRecord, profile: Profile) throws(ScoringError) {
    var counts = FrameCounts(profile)
    var hasNormalised = true
    for run in record.runs {
      guard record.truth.indices.contains(run.start) else {
        throw ScoringError(
          sequence: record.name, profile: profile.name,
          reason: .lengthMismatch(truth: record.truth.count, predicted: run.start + run.boxes.count))
      }
      let prepared = try profile.prepare(
        truth: Array(record.truth[run.start...]), prediction: run.boxes, sequence: record.name, shift: run.shift?.ratio)
      counts.add(prepared, visible: nil, under: profile)
      hasNormalised = hasNormalised && prepared.hasNormalised
    }
    guard counts.frames > 0 else {
      throw ScoringError(sequence: record.name, profile: profile.name, reason: .noRuns)
    }
    self.init(
      name: record.name, attributes: record.attributes, frames: counts.frames,
      scores: counts.scores(under: profile, withNormalised: hasNormalised))
  }
}

extension DatasetScores {
  /// Scores every perturbed record and averages over sequences, as for one-pass runs.
  public init(
    perturbed records: [PerturbedRecord], profile: Profile, attributes: [String]? = nil,
    subsets: [String: [String]] = [:]
  ) {
    self.init(records, profile: profile, attributes: attributes, subsets: subsets) {
      record throws(ScoringError) in try SequenceScores(record, profile: profile)
    }
  }
}
