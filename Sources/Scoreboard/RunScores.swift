public import Scoring
public import Store

/// One run of the store, scored under one profile.
public struct RunScores: Sendable {
  public let run: StoredRun
  /// The profile's name, with what its toolkit changes for the data set (`got10k.lasot`); a number is comparable only with
  /// its definition.
  public let profile: String
  /// True under the profile that people quote for the run's protocol.
  public let isUsual: Bool
  public let results: Results
  /// Frames per second over all tracked frames, the first of each sequence not counted; nil where no times were recorded.
  public let fps: Double?
  /// The same for each sequence by name.
  public let sequenceFPS: [String: Double]
  /// Sequences that failed while running, and those that lack what the profile's protocol needs.
  public let failures: [StoredFailure]
  /// Sequences of the data set that have neither a trajectory nor a failure, in its order.
  public let missing: [String]
  /// Sequences with results that have no score, because only the first box of their truth is published.
  public let withheld: [String]
  /// Sequences of the data set that the store knows of.
  public let known: Int
  /// Sequences of the whole benchmark, also those whose annotation is not here.
  public let benchmark: Int

  /// True where every sequence of the data set has a score.
  public var isComplete: Bool { results.sequenceCount == known && results.failed.isEmpty }

  /// True where the scores are under a profile, also where its toolkit changes something for the data set.
  public func isUnder(_ profile: Profile) -> Bool { self.profile == profile.adapted(to: run.identity.dataset).name }
}

/// What scoring a run gives: each kind of protocol has its own numbers.
public enum Results: Sendable {
  /// Success and precision: one pass, and the robustness evaluations TRE and SRE, which pool their passes.
  case onePass(DatasetScores)
  /// Accuracy, robustness, expected average overlap.
  case supervised(SupervisedScores)
  /// Average overlap without resets.
  case unsupervised(UnsupervisedScores)
  /// Accuracy, robustness, expected average overlap from anchors.
  case multiStart(MultiStartScores)
  /// Precision, recall, F.
  case longTerm(LongTermScores)
  /// AO, SR50, SR75 over the frames of GOT-10k.
  case got10k(GOT10kScores)
  /// The profile's toolkit stops here, on the whole run.
  case refused(ScoringError)

  /// Sequences that have a score.
  public var sequenceCount: Int {
    switch self {
    case .onePass(let scores): scores.sequences.count
    case .supervised(let scores): scores.sequences.count
    case .unsupervised(let scores): scores.sequences.count
    case .multiStart(let scores): scores.sequences.count
    case .longTerm(let scores): scores.sequences.count
    case .got10k(let scores): scores.sequences.count
    case .refused: 0
    }
  }

  /// Sequences on which the profile's toolkit stops; they are in no number.
  public var failed: [ScoringError] {
    switch self {
    case .onePass(let scores): scores.failed
    case .supervised(let scores): scores.failed
    case .unsupervised(let scores): scores.failed
    case .multiStart(let scores): scores.failed
    case .longTerm: []
    case .got10k(let scores): scores.failed
    case .refused(let error): [error]
    }
  }

  /// The scores of boxes; nil for the other kinds.
  public var onePass: DatasetScores? {
    if case .onePass(let scores) = self { scores } else { nil }
  }
}
