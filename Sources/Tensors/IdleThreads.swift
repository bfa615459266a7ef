import Synchronization

/// Threads that had sequences of their own and have none left: the layers of those still under way are shared with them. One number
/// for the process, as its cores are; results do not depend on it, to the bit.
public enum IdleThreads {
  private static let shared = Atomic(0)

  /// - Parameters:
  ///   - idle: threads without work.
  ///   - jobs: trackers still at work, which get equal parts; where there are none, nobody gets any.
  public static func share(_ idle: Int, among jobs: Int) {
    shared.store(jobs > 0 ? idle / jobs : 0, ordering: .relaxed)
  }

  /// What each workspace has beyond its engine's threads.
  static var each: Int { shared.load(ordering: .relaxed) }
}
