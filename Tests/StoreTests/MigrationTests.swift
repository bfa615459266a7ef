import Evaluation
import Foundation
import GRDB
import Geometry
import Store
import TestSupport
import Testing

@Suite("Stores of earlier versions")
struct MigrationTests {
  @Test("A store of the first version opens with everything in it, and takes more")
  func firstVersion() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("old.sqlite")
    let numbers = [1, 2, 3, 4].map(Double.init).withUnsafeBytes { Data($0) }
    let region = withUnsafeBytes(of: UInt32(4).littleEndian) { Data($0) } + numbers
    do {
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "1 runs, trajectories, scores")
      try queue.write { db in
        try db.execute(
          sql: """
            INSERT INTO run VALUES (7, 'key', 't', 'd', 'ope', 'run', '{}', NULL, NULL, NULL, 'then');
            INSERT INTO session VALUES (3, 7, 'then', 'v', 'c', 'k', 'b', 1, 1, 'x');
            INSERT INTO sequence VALUES (5, 'd', 's', 0, 'hash', 1, '["SV"]', :region);
            INSERT INTO trajectory VALUES (9, 7, 5, 3, 1, :boxes, x'', x'', NULL, 'then');
            INSERT INTO score VALUES (9, 'otb', 0.5, 0.5, 0.5, NULL, 0.5);
            """, arguments: ["region": region, "boxes": numbers])
      }
      try queue.close()
    }
    let store = try ResultStore(path: path, create: false)
    let box = Box(x: 1, y: 2, width: 3, height: 4)
    let read = try store.trajectories(run: 7)
    #expect(read.map(\.id) == [9])
    #expect(read.first?.trajectory.boxes == [box])
    #expect(read.first?.trajectory.pass == .whole)
    let sequences = try store.sequences(dataset: "d")
    #expect(sequences.map(\.boxes) == [[box]])
    #expect(sequences.first?.attributes == ["SV"])
    #expect(sequences.first?.size == nil)
    #expect(try store.finished(run: 7) == [FinishedPass(sequence: "s", annotation: "hash")])
    let queue = try DatabaseQueue(path: path)
    try queue.read { db in
      let dangling = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
      #expect(dangling.isEmpty)
      let success = try Double.fetchOne(db, sql: "SELECT success FROM results WHERE tracker = 't'")
      #expect(success == 0.5)
    }
  }
}
