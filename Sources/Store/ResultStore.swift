import Faults
import Foundation
import GRDB

/// One SQLite file that holds every run: the truth from which all reports are made.
///
/// A trajectory is written in one transaction, so a killed run leaves whole trajectories and nothing else. Several processes
/// may write to one store. Safe from any thread; writes are serialised.
public final class ResultStore: Sendable {
  public let path: String
  let queue: DatabaseQueue

  /// Opens a store.
  /// - Parameter create: make the file when it is not there; otherwise its absence is an error.
  /// - Throws: ``StoreError``; a file that is not a store is left as it is.
  public init(path: String, create: Bool) throws(StoreError) {
    self.path = path
    if !create && !FileManager.default.fileExists(atPath: path) { throw .noSuchStore(path) }
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { db in
      // Readers do not wait for a writer, and a killed writer leaves nothing half done. NORMAL is enough for that: only a
      // loss of power can take back the last transactions, and it takes them whole.
      //
      // A trajectory is 5 to 20 KB of boxes, which would be several pages of the usual size, each written twice. The page
      // size is that of new files only.
      try db.execute(
        sql: """
          PRAGMA page_size = 32768; PRAGMA cache_size = -65536; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL
          """)
    }
    do {
      try Self.refuseForeignFiles(path)
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let migrator = Schema.migrator
      let isNewer = try queue.read { db in try migrator.hasBeenSuperseded(db) }
      if isNewer { throw StoreError.newer(path) }
      try migrator.migrate(queue)
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw .unusable(path, reason: error.message ?? "\(error)")
    } catch {
      throw .unusable(path, reason: error.localizedDescription)
    }
  }

  /// SQLite would happily add our tables to somebody's other database, or fail late on a text file.
  private static func refuseForeignFiles(_ path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    if isFolder.boolValue { throw StoreError.unusable(path, reason: "it is a folder") }
    var reading = Configuration()
    reading.readonly = true
    reading.busyMode = .timeout(30)
    let tables = try DatabaseQueue(path: path, configuration: reading).read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if !tables.isEmpty && !tables.contains("grdb_migrations") {
      throw StoreError.unusable(path, reason: "it is another program's database")
    }
  }

  /// Runs `body` in one transaction and turns SQLite's errors into ``StoreError``.
  func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.write(body) } catch { throw fault(error) }
  }

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.read(body) } catch { throw fault(error) }
  }

  private func fault(_ error: any Error) -> StoreError {
    if let error = error as? StoreError { return error }
    let reason = (error as? DatabaseError)?.message ?? error.localizedDescription
    return .unusable(path, reason: reason)
  }

  static func now() -> String { Date().formatted(.iso8601) }
}
