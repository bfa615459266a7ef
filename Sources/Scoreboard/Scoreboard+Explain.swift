public import Scoring
public import Store

extension Scoreboard {
  /// Why two profiles give different numbers for a one-pass run, each as its toolkit treats the run's data set.
  /// - Throws: ``StoreError`` where the store cannot be read, ``ExplanationError`` where a profile has no such number.
  public static func explain(
    _ run: StoredRun, in store: ResultStore, from: Profile, to: Profile, metric: Metric
  ) throws -> ProfileDifference {
    let dataset = try KnownDataset(run.identity.dataset, in: store)
    let material = try RunMaterial(run, of: dataset, in: store)
    return try ProfileDifference(
      material.onePassRecords(), from: from.adapted(to: dataset.name), to: to.adapted(to: dataset.name), metric: metric)
  }
}
