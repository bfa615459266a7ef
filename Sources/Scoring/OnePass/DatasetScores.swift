/// How one tracker did on a data set under one profile: as a whole, by attribute, by subset, by sequence.
public struct DatasetScores: Hashable, Sendable {
  /// The profile's name; a number is comparable only with its definition.
  public let profile: String
  /// The mean over all scored sequences, nil where there is none.
  public let overall: GroupScores?
  /// In the order given.
  public let sequences: [SequenceScores]
  /// One for each attribute with enough scored sequences (two in otb, one elsewhere), in the order asked for.
  public let attributes: [GroupScores]
  /// One for each subset with a scored sequence, by name.
  public let subsets: [GroupScores]
  /// Sequences on which the profile's toolkit stops. They are in no mean, so every mean is then over fewer sequences.
  public let failed: [ScoringError]
  /// ``Profile/dropsZeroCurves``.
  let dropsZeroCurves: Bool

  /// True where every sequence has a score.
  public var isComplete: Bool { failed.isEmpty }

  /// Scores every record and averages.
  ///
  /// A mean over sequences takes the mean of each curve, threshold by threshold, and reads its numbers off that; every
  /// sequence weighs the same, however long. ``Profile/dropsZeroCurves`` leaves sequences out of a curve's mean (Q1), not
  /// out of the counts here.
  ///
  /// - Parameters:
  ///   - records: the sequences that have a result; those without are the caller's to report.
  ///   - attributes: attribute names in the order wanted; nil for all that occur, sorted.
  ///   - subsets: subset name to sequence names; names that no record has are passed over.
  public init(
    _ records: [SequenceRecord], profile: Profile, attributes: [String]? = nil, subsets: [String: [String]] = [:]
  ) {
    self.init(records, profile: profile, attributes: attributes, subsets: subsets) {
      record throws(ScoringError) in try SequenceScores(record, profile: profile)
    }
  }

  /// As above, for any kind of record.
  init<Record>(
    _ records: [Record], profile: Profile, attributes: [String]?, subsets: [String: [String]],
    score: (Record) throws(ScoringError) -> SequenceScores
  ) {
    var scored: [SequenceScores] = []
    var failed: [ScoringError] = []
    scored.reserveCapacity(records.count)
    for record in records {
      do throws(ScoringError) {
        scored.append(try score(record))
      } catch {
        failed.append(error)
      }
    }
    let wanted = attributes ?? Set(scored.flatMap(\.attributes)).sorted()
    self.profile = profile.name
    self.dropsZeroCurves = profile.dropsZeroCurves
    self.sequences = scored
    self.failed = failed
    self.overall = GroupScores("all", of: scored, profile: profile)
    self.attributes = wanted.compactMap { attribute in
      let members = scored.filter { $0.attributes.contains(attribute) }
      guard members.count >= profile.minimumAttributeSequences else { return nil }
      return GroupScores(attribute, of: members, profile: profile)
    }
    self.subsets = subsets.sorted { $0.key < $1.key }.compactMap { subset in
      let names = Set(subset.value)
      return GroupScores(subset.key, of: scored.filter { names.contains($0.name) }, profile: profile)
    }
  }
}

/// The mean over some sequences.
public struct GroupScores: Hashable, Sendable {
  /// `all`, an attribute or a subset.
  public let name: String
  /// How many sequences the mean is over.
  public let sequences: Int
  /// Their annotated frames together.
  public let frames: Int
  /// The mean curves, and the numbers read off them.
  public let scores: Scores

  init?(_ name: String, of members: [SequenceScores], profile: Profile) {
    guard let mean = Scores.mean(of: members.map(\.scores), profile: profile) else { return nil }
    self.name = name
    sequences = members.count
    frames = members.reduce(0) { $0 + $1.frames }
    scores = mean
  }
}
