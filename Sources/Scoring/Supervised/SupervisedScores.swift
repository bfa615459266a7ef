import Foundation
import Parallel

/// How one tracker did in runs with resets on a data set, under one profile.
public struct SupervisedScores: Hashable, Sendable {
  /// The profile's name.
  public let profile: String
  /// Mean overlap while the tracker was tracking, 0...1, burn-in left out; what it is the mean of is the profile's
  /// ``SupervisedRules/averaging``. NaN where no frame counts (0 in the VOT toolkit).
  public let accuracy: Double
  /// The profile's robustness, smaller is better: failures per hundred frames divided by 100 (pysot), mean failures of a
  /// sequence weighted by length (vot, Q12), failures of the tags weighted by their frames (got10k).
  public let robustness: Double
  /// Failures on the whole data set, the mean over repetitions: pysot's "lost number".
  public let failures: Double
  /// Frames that have an answer or a code and an annotation.
  public let frames: Int
  /// The expected average overlap; nil where no interval was given or the profile has none.
  public let eao: ExpectedOverlap?
  /// Scores of the frames that carry a tag, in alphabetical order, then `empty`. With them `all`, first.
  public let tags: [TagScores]
  /// In the order given.
  public let sequences: [SupervisedSequenceScores]
  /// Sequences on which the profile's toolkit stops. They are in no number here, which the toolkit would not have.
  public let failed: [ScoringError]
  /// What ``accuracy`` and ``robustness`` are the mean of.
  let averaging: SupervisedRules.Averaging
  /// ``eao`` by sequence, for resampling.
  let expectation: ExpectationSample?
  /// ``tags`` but `all` by sequence, one array a tag; empty where the profile does not average over tags.
  let tagParts: [[TagPart]]

  /// True where every sequence has a score.
  public var isComplete: Bool { failed.isEmpty }
  /// Mean length of the scored sequences in frames; NaN for none.
  public var meanLength: Double { Double(frames) / Double(sequences.count) }

  /// The VOT toolkit's horizontal coordinate in the accuracy-robustness plot, `exp(-30 F / L)` with its robustness F and the
  /// mean length L: the chance to go through 30 frames without a failure. Meaningful under profile vot only.
  public var arRobustness: Double { exp(-SupervisedSequenceScores.sensitivity * robustness / meanLength) }
}

/// How one tracker did on one sequence in runs with resets.
public struct SupervisedSequenceScores: Hashable, Sendable {
  public let name: String
  /// Frames that have an answer or a code and an annotation.
  public let frames: Int
  /// Repetitions that count.
  public let repetitions: Int
  /// Mean overlap while tracking. NaN where no frame counts (0 in the VOT toolkit).
  public let accuracy: Double
  /// Failures, the mean over repetitions.
  public let failures: Double
  /// Frames that count for accuracy in at least one repetition.
  let counted: Int

  static let sensitivity = 30.0

  /// ``SupervisedScores/arRobustness`` of the sequence alone.
  public var arRobustness: Double { exp(-Self.sensitivity * failures / Double(frames)) }
}

/// How one tracker did on the frames that carry a tag.
public struct TagScores: Hashable, Sendable {
  /// The data set's name for it; `all` for every frame, `empty` for frames without any tag.
  public let name: String
  /// Annotated frames that carry it.
  public let frames: Int
  /// Mean overlap while tracking over those frames, each the mean of its repetitions; NaN where none counts.
  public let accuracy: Double
  /// Failures in those frames, the mean over repetitions.
  public let failures: Double
  /// Expected average overlap of fragments weighted by the tag; nil where the profile has none or stops.
  /// pysot's `empty` has no meaning (Q17).
  public let eao: Double?
}

/// An expected average overlap with the curve it was read from.
public struct ExpectedOverlap: Hashable, Sendable {
  /// Expected overlap by length in frames; index 0 is 1 in pysot and 0 in the VOT toolkit. NaN where no fragment has a
  /// weight.
  public let curve: [Double]
  /// The lengths of the mean.
  public let interval: EAOInterval
  /// The mean of the curve over the interval, as far as it goes; NaN where the curve has nothing there.
  public let value: Double
}

extension SupervisedScores {
  /// Scores every record.
  ///
  /// - Parameters:
  ///   - records: the sequences that have a result.
  ///   - profile: whose rules.
  ///   - interval: lengths for the expected average overlap, ``Profile/eaoInterval(of:)`` for a data set of a VOT year;
  ///     nil for none.
  /// - Returns: nil where the profile has no rules for runs with resets (``Profile/supervised``).
  public init?(_ records: [SupervisedRecord], profile: Profile, interval: EAOInterval?) {
    guard let rules = profile.supervised else { return nil }
    let overlaps = Parallel.map(records) { record in
      Result { () throws(ScoringError) in
        var meter = RegionMeter(rules.overlap)
        return try rules.overlaps(of: record, meter: &meter, profile: profile.name)
      }
    }
    var measured: [MeasuredSequence] = []
    var failed: [ScoringError] = []
    for (record, runs) in zip(records, overlaps) {
      do throws(ScoringError) {
        let runs = try runs.get()
        if rules.repetitions == .fifteenOrFirst, let wanted = measured.first?.runs.count, wanted != runs.count {
          throw ScoringError(
            sequence: record.name, profile: profile.name,
            reason: .repetitionMismatch(found: runs.count, others: wanted))
        }
        try rules.check(runs, of: record, profile: profile.name)
        measured.append(MeasuredSequence(record: record, runs: runs))
      } catch {
        failed.append(error)
      }
    }
    self.init(measured, failed: failed, profile: profile.name, rules: rules, interval: interval)
  }

  private init(
    _ measured: [MeasuredSequence], failed: [ScoringError], profile: String, rules: SupervisedRules,
    interval: EAOInterval?
  ) {
    self.profile = profile
    self.failed = failed
    sequences = measured.map { $0.scores(rules) }
    frames = sequences.reduce(0) { $0 + $1.frames }
    failures = sequences.reduce(0) { $0 + $1.failures }

    let names = Set(measured.flatMap { $0.record.tags.keys }).sorted()
    let expected = interval.map { measured.expectedOverlaps(tags: names, rules: rules, interval: $0) }
    eao = expected?.overall
    averaging = rules.averaging
    expectation = interval.flatMap { measured.expectationSample(rules: rules, interval: $0) }
    tagParts =
      rules.averaging == .tags && !names.isEmpty
      ? (names + ["empty"]).map { tag in measured.map { $0.tagPart(tag, among: names) } } : []
    tags =
      names.isEmpty || measured.isEmpty
      ? [] : (["all"] + names + ["empty"]).map { measured.tagScores($0, among: names, eao: expected?.tags[$0]) }

    let length = Double(frames)
    switch rules.averaging {
    case .frames:
      var mean = MeanOfNumbers()
      for sequence in measured {
        for value in sequence.frameMeans { mean.add(value) }
      }
      accuracy = mean.value
      robustness = failures / length * 100
    case .sequencesByLength:
      accuracy = sequences.reduce(0) { $0 + $1.accuracy * Double($1.frames) } / length
      robustness = sequences.reduce(0) { $0 + $1.failures * Double($1.frames) } / length
    case .tags:
      let tags = tags.filter { $0.name != "all" }
      let weight = Double(tags.reduce(0) { $0 + $1.frames })
      // A tag without a counting frame has accuracy 0 there.
      accuracy = tags.reduce(0) { $0 + ($1.accuracy.isNaN ? 0 : $1.accuracy) * Double($1.frames) } / weight
      robustness = tags.reduce(0) { $0 + $1.failures * Double($1.frames) } / weight
    }
  }
}

/// A record with its overlaps.
struct MeasuredSequence {
  let record: SupervisedRecord
  let runs: [RunOverlaps]
  /// Counted overlap of each frame, the mean over the repetitions in which it counts; NaN where it counts in none.
  let frameMeans: [Double]

  init(record: SupervisedRecord, runs: [RunOverlaps]) {
    self.record = record
    self.runs = runs
    if runs.count == 1 {
      frameMeans = runs[0].counted
    } else {
      let length = runs.map(\.counted.count).max() ?? 0
      frameMeans = (0..<length).map { frame in
        MeanOfNumbers(runs.lazy.map { frame < $0.counted.count ? $0.counted[frame] : .nan }).value
      }
    }
  }

  func scores(_ rules: SupervisedRules) -> SupervisedSequenceScores {
    let accuracy: Double
    if rules.averaging == .sequencesByLength {
      // A repetition in which nothing counts has accuracy 0.
      let means = runs.map { run -> Double in
        let mean = MeanOfNumbers(run.counted)
        return mean.count == 0 ? 0 : mean.value
      }
      accuracy = means.reduce(0, +) / Double(runs.count)
    } else {
      accuracy = MeanOfNumbers(frameMeans).value
    }
    return SupervisedSequenceScores(
      name: record.name, frames: frameMeans.count, repetitions: runs.count, accuracy: accuracy,
      failures: Double(runs.reduce(0) { $0 + $1.failures.count }) / Double(runs.count),
      counted: frameMeans.count { !$0.isNaN })
  }

  /// Which of the annotated frames that have an outcome carry a tag; `empty` are those without any.
  func frames(carrying tag: String, among names: [String]) -> [Bool] {
    let count = frameMeans.count
    switch tag {
    case "all": return [Bool](repeating: true, count: count)
    case "empty":
      var empty = [Bool](repeating: true, count: count)
      for list in names.compactMap({ record.tags[$0] }) {
        for frame in 0..<min(count, list.count) where list[frame] { empty[frame] = false }
      }
      return empty
    default:
      let list = (record.tags[tag] ?? []).prefix(count)
      return list + [Bool](repeating: false, count: count - list.count)
    }
  }
}

extension MeasuredSequence {
  /// Adds this sequence's frames that carry a tag to a running mean.
  fileprivate func addTag(
    _ tag: String, among names: [String], mean: inout MeanOfNumbers, frames: inout Int, failures: inout Double
  ) {
    let carried = self.frames(carrying: tag, among: names)
    for frame in carried.indices where carried[frame] {
      frames += 1
      mean.add(frameMeans[frame])
    }
    let failed = runs.reduce(0) { sum, run in sum + run.failures.count { $0 < carried.count && carried[$0] } }
    failures += Double(failed) / Double(runs.count)
  }

  fileprivate func tagPart(_ tag: String, among names: [String]) -> TagPart {
    var mean = MeanOfNumbers()
    var frames = 0
    var failures = 0.0
    addTag(tag, among: names, mean: &mean, frames: &frames, failures: &failures)
    return TagPart(overlapSum: mean.sum, counted: Double(mean.count), frames: Double(frames), failures: failures)
  }
}

extension [MeasuredSequence] {
  func tagScores(_ tag: String, among names: [String], eao: Double?) -> TagScores {
    var mean = MeanOfNumbers()
    var frames = 0
    var failures = 0.0
    for sequence in self { sequence.addTag(tag, among: names, mean: &mean, frames: &frames, failures: &failures) }
    return TagScores(name: tag, frames: frames, accuracy: mean.value, failures: failures, eao: eao)
  }
}
