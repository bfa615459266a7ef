import Dispatch
import Parallel
import Scoring
public import Store
import Synchronization

/// Scores runs while the caller goes on to store others: an import waits for the longer of the two and not for their sum.
public final class ScoringAlongside: Sendable {
  private struct Progress {
    var datasets = KnownDatasets()
    var scores: [RunScores] = []
    /// The first one; nothing is scored after it.
    var error: StoreError?
  }

  private let store: ResultStore
  private let profiles: ProfileChoice
  private let options: Scoreboard.Options
  /// One run after the other, each under all its profiles side by side.
  private let queue = DispatchQueue(label: "trackbench.scoring", qos: .userInitiated)
  private let progress = Mutex(Progress())

  public init(in store: ResultStore, profiles: ProfileChoice, options: Scoreboard.Options = .init()) {
    self.store = store
    self.profiles = profiles
    self.options = options
  }

  /// Begins to score a run that is wholly stored.
  public func begin(_ run: StoredRun) {
    queue.async { [self] in
      progress.withLock { progress in
        guard progress.error == nil else { return }
        do throws(StoreError) {
          let dataset = try progress.datasets.dataset(run.identity.dataset, in: store)
          let material = try RunMaterial(run, of: dataset, in: store)
          let options = options
          progress.scores += Parallel.map(material.profiles(profiles)) {
            Scoreboard.score(material, profile: $0, options: options)
          }.compactMap(\.self)
        } catch {
          progress.error = error
        }
      }
    }
  }

  /// The scores as ``Scoreboard/scores(of:in:profiles:options:)`` gives them, in the order in which runs were begun. Waits.
  public func finish() throws(StoreError) -> [RunScores] {
    queue.sync {}
    return try progress.withLock { progress throws(StoreError) in
      if let error = progress.error { throw error }
      return progress.scores
    }
  }
}
