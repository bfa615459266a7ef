import Dispatch
import Parallel
import Scoring
public import Store
import Synchronization

/// Scores runs while the caller goes on to store others: an import waits for the longer of the two and not for their sum.
public final class ScoringAlongside: Sendable {
  private struct Progress {
    var datasets = KnownDatasets()
    /// One for each run begun, in that order; empty until it is scored.
    var scores: [[RunScores]] = []
    /// The first one; nothing is scored after it.
    var error: StoreError?
  }

  private let store: ResultStore
  private let profiles: ProfileChoice
  private let options: Scoreboard.Options
  /// Runs side by side: while one is read from the store, another is scored under all its profiles.
  private let queue = DispatchQueue(label: "trackbench.scoring", qos: .userInitiated, attributes: .concurrent)
  private let progress = Mutex(Progress())

  public init(in store: ResultStore, profiles: ProfileChoice, options: Scoreboard.Options = .init()) {
    self.store = store
    self.profiles = profiles
    self.options = options
  }

  /// Begins to score a run that is wholly stored.
  public func begin(_ run: StoredRun) {
    let place = progress.withLock { progress in
      progress.scores.append([])
      return progress.scores.count - 1
    }
    queue.async { [self] in
      do throws(StoreError) {
        let dataset = try progress.withLock { progress throws(StoreError) in
          progress.error == nil ? try progress.datasets.dataset(run.identity.dataset, in: store) : nil
        }
        guard let dataset else { return }
        let material = try RunMaterial(run, of: dataset, in: store)
        let options = options
        let scores = Parallel.map(material.profiles(profiles)) {
          Scoreboard.score(material, profile: $0, options: options)
        }.compactMap(\.self)
        progress.withLock { $0.scores[place] = scores }
      } catch {
        progress.withLock { $0.error = $0.error ?? error }
      }
    }
  }

  /// The scores as ``Scoreboard/scores(of:in:profiles:options:)`` gives them, in the order in which runs were begun. Waits.
  public func finish() throws(StoreError) -> [RunScores] {
    queue.sync(flags: .barrier) {}
    return try progress.withLock { progress throws(StoreError) in
      if let error = progress.error { throw error }
      return progress.scores.flatMap(\.self)
    }
  }
}
