import Synchronization

/// What is one for the whole process (idle threads, counted allocations) and so must not be looked at by two tests at once:
/// a serialized suite keeps only its own tests apart.
public enum ProcessWide {
  private static let turn = Mutex(())

  /// Runs `body` while no other test runs one.
  public static func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
    try turn.withLock { _ in try body() }
  }
}
