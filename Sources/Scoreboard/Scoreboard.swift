import Parallel
public import Scoring
public import Store

/// What a store holds, scored. The store never computes a score and a report never does either: this room brings them together.
public enum Scoreboard {
  /// How scores are asked for beyond the profile.
  public struct Options: Sendable {
    /// The lengths of the expected average overlap; nil for the data set's own, where its year has one.
    public var interval: EAOInterval?

    public init(interval: EAOInterval? = nil) {
      self.interval = interval
    }
  }

  /// Scores the given runs under each profile that has scores for their protocol, in order of runs, then profiles.
  ///
  /// A run with a frame limit is scored on the frames it tracked. Several are scored side by side.
  /// - Throws: ``StoreError`` where the store cannot be read.
  public static func scores(
    of runs: [StoredRun], in store: ResultStore, profiles: ProfileChoice = .usual, options: Options = Options()
  ) throws(StoreError) -> [RunScores] {
    var known = KnownDatasets()
    var work: [(material: RunMaterial, profile: Profile)] = []
    for run in runs {
      let material = try RunMaterial(run, of: try known.dataset(run.identity.dataset, in: store), in: store)
      for profile in material.profiles(profiles) { work.append((material, profile)) }
    }
    return Parallel.map(work) { score($0.material, profile: $0.profile, options: options) }.compactMap(\.self)
  }

  /// nil where the profile has no scores for the run's protocol.
  static func score(_ material: RunMaterial, profile: Profile, options: Options) -> RunScores? {
    guard let results = results(material, profile: profile, options: options) else { return nil }
    let speed = material.speed()
    var failures = material.failures
    if results.needsSizes { failures += material.unsized }
    return RunScores(
      run: material.run, profile: profile.name, isUsual: profile.name == material.usualProfile.name, results: results,
      fps: speed.all, sequenceFPS: speed.sequences,
      failures: failures, missing: material.missing(), withheld: material.withheld,
      known: material.dataset.names.count, benchmark: material.dataset.count)
  }

  private static func results(_ material: RunMaterial, profile: Profile, options: Options) -> Results? {
    let subsets = material.dataset.subsets
    let interval = options.interval ?? profile.eaoInterval(of: material.dataset.name)
    switch material.baseProtocol {
    case "tre", "sre":
      guard profile.name == Profile.otb.name else { return nil }
      return .onePass(DatasetScores(perturbed: material.perturbedRecords(), profile: profile, subsets: subsets))
    case "supervised":
      return SupervisedScores(material.supervisedRecords(), profile: profile, interval: interval)
        .map(Results.supervised)
    case "unsupervised":
      return UnsupervisedScores(material.supervisedRecords(), profile: profile).map(Results.unsupervised)
    case "multistart":
      guard let interval = interval ?? profile.eaoInterval(of: "vot2020") else { return nil }
      return MultiStartScores(material.multiStartRecords(), profile: profile, interval: interval)
        .map(Results.multiStart)
    case "longterm":
      do throws(ScoringError) {
        return try LongTermScores(material.longTermRecords(), profile: profile).map(Results.longTerm)
      } catch {
        return .refused(error)
      }
    default:
      guard profile.scoresOnePass else { return nil }
      if profile.name == Profile.got10k.name, material.hasCover {
        return .got10k(GOT10kScores(material.got10kRecords()))
      }
      return .onePass(DatasetScores(material.onePassRecords(), profile: profile, subsets: subsets))
    }
  }
}

extension Results {
  /// True where overlaps are counted inside the picture.
  fileprivate var needsSizes: Bool {
    switch self {
    case .onePass, .got10k, .refused: false
    case .supervised, .unsupervised, .multiStart, .longTerm: true
    }
  }
}

extension Scoreboard {
  /// Writes each sequence's one-pass scores beside its trajectory, for people who query the store by hand.
  public static func writeScores(_ scored: [RunScores], in store: ResultStore) throws(StoreError) {
    var rows: [StoredScore] = []
    for run in scored {
      guard let scores = run.results.onePass else { continue }
      let ids = try store.firstTrajectories(run: run.run.id)
      for sequence in scores.sequences {
        guard let id = ids[sequence.name] else { continue }
        rows.append(
          StoredScore(
            trajectory: id, profile: run.profile, success: sequence.scores.auc, success50: sequence.scores.success50,
            precision: sequence.scores.precision20, normPrecision: sequence.scores.normPrecision20,
            averageOverlap: sequence.scores.ao))
      }
    }
    try store.replaceScores(rows)
  }
}
