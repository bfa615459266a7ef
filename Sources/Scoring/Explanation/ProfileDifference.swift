public import Faults

/// Why two profiles disagree about the same boxes: which rules move a data set's number from one to the other, by how much,
/// on which sequences.
///
/// The rules in which the profiles differ are switched one at a time, in the order of ``Profile/rules``; a rule's share is
/// the number after minus the number before, each that of a whole run under the mixture, so the shares add up to the
/// difference and nothing is left over. What one rule does can depend on those switched before it, so the reverse order is
/// there too: where both give a rule the same share, it has that share in any company.
///
/// A profile can refuse a sequence that the other scores. The rule that decides it then moves the number by changing which
/// sequences count, and its step names them.
public struct ProfileDifference: Hashable, Sendable {
  /// Names of the profiles.
  public let from: String
  public let to: String
  public let metric: Metric
  /// The data set's number under the first profile.
  public let fromValue: Double
  /// The data set's number under the second.
  public let toValue: Double
  /// One step for each rule in which the profiles differ and on which one-pass scores depend, in the order of
  /// ``Profile/rules``; many move nothing.
  public let steps: [Step]
  /// The same rules in the reverse order.
  public let reverseSteps: [Step]
  /// What each sequence adds to the whole difference, largest first; sequences that move nothing are left out.
  public let moves: [Move]

  /// What there is to explain.
  public var difference: Double { toValue - fromValue }
  /// The steps that move the number, in order.
  public var movingSteps: [Step] { steps.filter { $0.share != 0 || !$0.moves.isEmpty } }
  /// The sequence that moves most, nil where none does.
  public var largestMove: Move? { moves.first }

  /// One rule switched.
  public struct Step: Hashable, Sendable {
    /// The rule's name.
    public let rule: String
    /// What the two profiles do, a sentence: `first frame: pysot scores ..., got10k puts ...`.
    public let explanation: String
    /// The data set's number before and after.
    public let before: Double
    public let after: Double
    /// Sequences it moves, largest first. Their changes add up to the share.
    public let moves: [Move]
    /// Sequences that are scored only after the step, and why they were refused before.
    public let gained: [ScoringError]
    /// Sequences that are scored only before the step, and why they are refused after.
    public let lost: [ScoringError]

    /// By how much the rule moves the number.
    public var share: Double { after - before }

    /// Which sequences count on one side only, and why, a sentence; nil where the same ones count.
    public var membership: String? {
      func list(_ errors: [ScoringError]) -> String {
        errors.map { "\($0.sequence): \($0.cause)" }.joined(separator: "; ")
      }
      let parts = [
        gained.isEmpty
          ? nil
          : "\(gained.count) \(gained.count == 1 ? "sequence counts" : "sequences count") only after it (\(list(gained)))",
        lost.isEmpty
          ? nil
          : "\(lost.count) \(lost.count == 1 ? "sequence counts" : "sequences count") only before it (\(list(lost)))",
      ].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
  }

  /// What one sequence does to the data set's number.
  public struct Move: Hashable, Sendable {
    public let sequence: String
    /// Its own number before and after; nil where it does not count.
    public let before: Double?
    public let after: Double?
    /// By how much it moves the data set's number. A sequence that starts or ceases to count moves it by its distance to the
    /// old mean.
    public let change: Double
  }

  /// Explains the difference.
  ///
  /// - Parameters:
  ///   - records: what both profiles score.
  ///   - metric: which number.
  /// - Throws: ``ExplanationError`` where one of the profiles has no such number.
  /// - Complexity: the records are scored twice for each rule in which the profiles differ.
  public init(
    _ records: [SequenceRecord], from: Profile, to: Profile, metric: Metric = .success
  ) throws(ExplanationError) {
    let first = try Reading(records, profile: from, metric: metric)
    let last = try Reading(records, profile: to, metric: metric)
    let rules = Profile.rules.filter { $0.concernsOnePass && !$0.isSame(from, to) }
    func walk(_ rules: [Profile.Rule]) throws(ExplanationError) -> [Step] {
      var mixture = from
      mixture.name = "\(from.name) with rules of \(to.name)"
      var before = first
      var steps: [Step] = []
      for (index, rule) in rules.enumerated() {
        mixture = rule.taken(from: to, into: mixture)
        let after = index == rules.count - 1 ? last : try Reading(records, profile: mixture, metric: metric)
        steps.append(
          Step(
            rule: rule.name, explanation: rule.contrast(from, to), before: before.value, after: after.value,
            moves: before.moves(to: after), gained: before.failures(missingIn: after, under: from),
            lost: after.failures(missingIn: before, under: to)))
        before = after
      }
      return steps
    }
    self.from = from.name
    self.to = to.name
    self.metric = metric
    fromValue = first.value
    toValue = last.value
    steps = try walk(rules)
    reverseSteps = try walk(rules.reversed())
    moves = first.moves(to: last)
  }
}

extension Profile.Rule {
  /// `first frame: pysot scores the first frame as predicted, got10k puts the annotation in place of the first predicted box`.
  public func contrast(_ one: Profile, _ other: Profile) -> String {
    "\(name): \(one.name) \(setting(of: one)); \(other.name) \(setting(of: other))"
  }
}

/// Why a difference cannot be explained.
public struct ExplanationError: Fault, Hashable {
  public enum Reason: Hashable, Sendable {
    /// The profile has no such number.
    case noSuchMetric
    /// The profile scores no sequence.
    case nothingScored
    /// The number is not a number: every sequence is left out of the mean, or one divides by no frame.
    case notANumber
  }

  /// The profile's name.
  public let profile: String
  public let metric: Metric
  public let reason: Reason

  public var place: String { "profile \(profile)" }

  public var cause: String {
    switch reason {
    case .noSuchMetric: "has no \(metric.rawValue) here, so there is no difference to explain"
    case .nothingScored: "scores not one of the sequences, so there is no difference to explain"
    case .notANumber: "gives no number for \(metric.rawValue) here, so there is no difference to explain"
    }
  }

  public var remedy: String? {
    switch reason {
    case .noSuchMetric: "choose a metric that both profiles have: success, success50, precision or ao"
    case .nothingScored: "run the tracker again, or choose a profile that accepts its results"
    case .notANumber: "choose another metric or profile"
    }
  }
}

/// A data set under one profile, as far as one metric goes.
private struct Reading {
  let value: Double
  /// Numbers of the sequences that count.
  let counted: [String: Double]
  let failures: [String: ScoringError]

  init(_ records: [SequenceRecord], profile: Profile, metric: Metric) throws(ExplanationError) {
    let scores = DatasetScores(records, profile: profile, attributes: [])
    func refuse(_ reason: ExplanationError.Reason) -> ExplanationError {
      ExplanationError(profile: profile.name, metric: metric, reason: reason)
    }
    guard let overall = scores.overall else { throw refuse(.nothingScored) }
    guard let value = metric.value(of: overall.scores), let sample = scores.sample(metric) else {
      throw refuse(.noSuchMetric)
    }
    guard value.isFinite else { throw refuse(.notANumber) }
    self.value = value
    counted = Dictionary(
      sample.entries.lazy.filter { $0.weight > 0 }.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    failures = Dictionary(scores.failed.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// With m the old mean and n the new count, a sequence that stays adds (after - before) / n, one that comes (after - m) / n
  /// and one that goes (m - before) / n: together exactly the new mean minus the old.
  func moves(to after: Reading) -> [ProfileDifference.Move] {
    let count = Double(after.counted.count)
    let mean = counted.values.reduce(0, +) / Double(counted.count)
    let names = Set(counted.keys).union(after.counted.keys)
    return names.compactMap { name -> ProfileDifference.Move? in
      let old = counted[name]
      let new = after.counted[name]
      guard old != new else { return nil }
      return ProfileDifference.Move(
        sequence: name, before: old, after: new, change: ((new ?? mean) - (old ?? mean)) / count)
    }.sorted { (abs($0.change), $1.sequence) > (abs($1.change), $0.sequence) }
  }

  /// Sequences refused here and not there, in the name of the profile whose rule it is.
  func failures(missingIn other: Reading, under profile: Profile) -> [ScoringError] {
    failures.values.filter { other.failures[$0.sequence] == nil }
      .map { ScoringError(sequence: $0.sequence, profile: profile.name, reason: $0.reason) }
      .sorted { $0.sequence < $1.sequence }
  }
}
