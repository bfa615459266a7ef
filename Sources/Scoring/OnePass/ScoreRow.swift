/// One line of a score table, free of curves: what a report formats.
public struct ScoreRow: Hashable, Sendable {
  /// What a row is about.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    case dataset, subset, attribute, sequence
  }

  public var scope: Scope
  /// Name of the data set, subset, attribute or sequence.
  public var name: String
  /// The profile's name.
  public var profile: String
  /// Area under the success curve, 0...1. NaN only where the profile leaves out every sequence (Q1).
  public var success: Double
  /// Share of frames with overlap > 0.5.
  public var success50: Double
  /// Share of frames with centre error <= 20 pixels.
  public var precision: Double
  /// Share of frames with normalised centre error <= 0.20, or ``Scores/normPrecisionScore`` where that differs; nil where the
  /// profile has none.
  public var normPrecision: Double?
  /// Average overlap (``Scores/ao``); NaN where no annotation counts.
  public var ao: Double
  /// Sequences the row is the mean of; 1 for a sequence.
  public var sequences: Int
  /// Annotated frames of those sequences.
  public var frames: Int

  public init(
    scope: Scope, name: String, profile: String, success: Double, success50: Double, precision: Double,
    normPrecision: Double?, ao: Double, sequences: Int, frames: Int
  ) {
    self.scope = scope
    self.name = name
    self.profile = profile
    self.success = success
    self.success50 = success50
    self.precision = precision
    self.normPrecision = normPrecision
    self.ao = ao
    self.sequences = sequences
    self.frames = frames
  }

  /// The row of some scores.
  public init(scope: Scope, name: String, profile: String, scores: Scores, sequences: Int, frames: Int) {
    self.init(
      scope: scope, name: name, profile: profile, success: scores.auc, success50: scores.success50,
      precision: scores.precision20, normPrecision: scores.normPrecisionScore, ao: scores.ao, sequences: sequences,
      frames: frames)
  }
}

extension DatasetScores {
  /// The table rows of one scope; `dataset` names the row of the whole. Empty where nothing was scored.
  public func rows(_ scope: ScoreRow.Scope, dataset: String) -> [ScoreRow] {
    func row(_ group: GroupScores, name: String) -> ScoreRow {
      ScoreRow(
        scope: scope, name: name, profile: profile, scores: group.scores, sequences: group.sequences,
        frames: group.frames)
    }
    switch scope {
    case .dataset: return overall.map { [row($0, name: dataset)] } ?? []
    case .subset: return subsets.map { row($0, name: $0.name) }
    case .attribute: return attributes.map { row($0, name: $0.name) }
    case .sequence:
      return sequences.map {
        ScoreRow(
          scope: .sequence, name: $0.name, profile: profile, scores: $0.scores, sequences: 1, frames: $0.frames)
      }
    }
  }
}
