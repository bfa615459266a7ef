public import Dispatch
import GRDB

extension ResultStore {
  /// Moves what was written into the file itself, over a connection of its own, so that others can go on reading and writing.
  ///
  /// The last connection would do it when it closes, and whoever closes would wait for the disk. Nothing depends on it: where
  /// it fails, the last connection does it after all.
  public func settle() {
    guard let second = try? DatabaseQueue(path: path) else { return }
    _ = try? second.writeWithoutTransaction { db in try db.checkpoint(.passive) }
  }

  /// Begins to ``settle()`` on another thread; the group is done when that is.
  public func beginSettling() -> DispatchGroup {
    let group = DispatchGroup()
    DispatchQueue.global(qos: .utility).async(group: group) { self.settle() }
    return group
  }
}
