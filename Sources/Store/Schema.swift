package import GRDB

/// The tables of a store, as named migrations that are only ever appended.
///
/// SQLite keeps the comments, so `sqlite3 FILE .schema` explains the file to whoever opens it by hand.
package enum Schema {
  package static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 runs, trajectories, scores") { db in
      try db.execute(sql: firstVersion)
    }
    migrator.registerMigration("2 several passes, frames that are more than boxes") { db in
      try db.execute(sql: secondVersion)
    }
    migrator.registerMigration("3 boxes as whole numbers") { db in
      try db.execute(sql: thirdVersion)
    }
    return migrator
  }

  private static let firstVersion = """
    CREATE TABLE run (                      -- one tracker with one set of settings on one data set
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,             -- SHA-256 of all that decides the boxes: what `run` resumes by
      tracker TEXT NOT NULL,
      dataset TEXT NOT NULL,
      protocol TEXT NOT NULL,               -- ope
      origin TEXT NOT NULL,                 -- 'run' here, or 'import' from another toolkit's result folder
      settings TEXT NOT NULL,               -- JSON object, everything the tracker used
      weights TEXT,                         -- file name, NULL without weights
      weights_sha256 TEXT,
      frame_limit INTEGER,                  -- --frames; NULL = whole sequences
      created_at TEXT NOT NULL
    );
    CREATE TABLE session (                  -- one invocation that added to a run: on which machine, with which kernels
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
      started_at TEXT NOT NULL,
      version TEXT NOT NULL,                -- of trackbench
      cpu TEXT NOT NULL,
      kernels TEXT NOT NULL,                -- instruction set of the kernels
      blas TEXT NOT NULL,                   -- library and core chosen
      jobs INTEGER NOT NULL,                -- sequences side by side
      threads INTEGER NOT NULL,             -- inside a frame
      command TEXT NOT NULL
    );
    CREATE TABLE sequence (                 -- the truth a trajectory is scored against
      id INTEGER PRIMARY KEY,
      dataset TEXT NOT NULL,
      name TEXT NOT NULL,
      place INTEGER NOT NULL,               -- order in the data set's own list
      annotation_sha256 TEXT NOT NULL,
      frames INTEGER NOT NULL,
      attributes TEXT NOT NULL,             -- JSON array of short names
      regions BLOB NOT NULL,                -- per frame: uint32 n, then n float64 (4: x y w h; 6 or more: a polygon; bit 31 of n: a mask x y w h, runs)
      UNIQUE (dataset, name, annotation_sha256)
    );
    CREATE TABLE subset (                   -- named parts of a data set: otb50 within otb100
      dataset TEXT NOT NULL,
      name TEXT NOT NULL,
      sequence TEXT NOT NULL,
      PRIMARY KEY (dataset, name, sequence)
    ) WITHOUT ROWID;
    CREATE TABLE trajectory (               -- one tracker's boxes over one sequence
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL REFERENCES sequence(id),
      session INTEGER NOT NULL REFERENCES session(id),
      frames INTEGER NOT NULL,
      boxes BLOB NOT NULL,                  -- per frame 4 float64: x y w h in the annotation's own numbers, little-endian
      scores BLOB NOT NULL,                 -- per frame 1 float64, NaN = none; empty = none recorded
      seconds BLOB NOT NULL,                -- per frame 1 float64, time in the tracker; empty = none recorded
      tracking_seconds REAL,                -- sum over frames 2..n, what fps is made of
      stored_at TEXT NOT NULL,
      UNIQUE (run, sequence)
    );
    CREATE TABLE failure (                  -- sequences the tracker or the frames made impossible; gone once one succeeds
      run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
      sequence TEXT NOT NULL,
      message TEXT NOT NULL,
      failed_at TEXT NOT NULL,
      PRIMARY KEY (run, sequence)
    ) WITHOUT ROWID;
    CREATE TABLE score (                    -- numbers for people who query by hand; reports score the trajectories anew
      trajectory INTEGER NOT NULL REFERENCES trajectory(id) ON DELETE CASCADE,
      profile TEXT NOT NULL,                -- whose rules: otb, pysot, ...
      success REAL, success50 REAL, precision REAL, norm_precision REAL, ao REAL,
      PRIMARY KEY (trajectory, profile)
    ) WITHOUT ROWID;
    CREATE VIEW results AS                  -- SELECT * FROM results WHERE profile = 'otb' ORDER BY success;
      SELECT r.id AS run, r.tracker, r.dataset, q.name AS sequence, s.profile, s.success, s.success50, s.precision,
             s.norm_precision, s.ao, round((t.frames - 1) / t.tracking_seconds, 2) AS fps, t.frames, t.stored_at
      FROM trajectory t JOIN run r ON r.id = t.run JOIN sequence q ON q.id = t.sequence
      LEFT JOIN score s ON s.trajectory = t.id
      ORDER BY r.id, q.place, s.profile;
    """

  /// Tables are made anew and not altered, so that `.schema` keeps its comments.
  private static let secondVersion = """
    DROP VIEW results;
    CREATE TABLE sequence_2 (               -- the truth a trajectory is scored against
      id INTEGER PRIMARY KEY,
      dataset TEXT NOT NULL,
      name TEXT NOT NULL,
      place INTEGER NOT NULL,               -- order in the data set's own list
      annotation_sha256 TEXT NOT NULL,
      frames INTEGER NOT NULL,
      attributes TEXT NOT NULL,             -- JSON array of short names
      regions BLOB NOT NULL,                -- per frame: uint32 n, then n float64 (4: x y w h; 6 or more: a polygon; bit 31 of n: a mask x y w h, runs)
      width INTEGER, height INTEGER,        -- of the pictures, in pixels; NULL = not known
      tags TEXT NOT NULL DEFAULT '{}',      -- JSON object: name of a per-frame tag to a text of 0 and 1, one a frame
      visible BLOB,                         -- per frame 1 byte, 0 = the target cannot be seen; NULL = the data set does not say
      cover BLOB,                           -- per frame 1 byte, 0...8 (GOT-10k); NULL elsewhere
      anchors BLOB,                         -- per frame 1 signed byte: > 0 a run forward starts here, < 0 one backward (VOT); NULL elsewhere
      UNIQUE (dataset, name, annotation_sha256)
    );
    INSERT INTO sequence_2 (id, dataset, name, place, annotation_sha256, frames, attributes, regions)
      SELECT id, dataset, name, place, annotation_sha256, frames, attributes, regions FROM sequence;
    DROP TABLE sequence;
    ALTER TABLE sequence_2 RENAME TO sequence;
    CREATE TABLE trajectory_2 (             -- one tracker's answers over one sequence in one pass of the protocol
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL REFERENCES sequence(id),
      session INTEGER NOT NULL REFERENCES session(id),
      repetition INTEGER NOT NULL,          -- from 1 (supervised, GOT-10k)
      start INTEGER NOT NULL,               -- frame it was started in, from 0 (tre, multistart)
      reversed INTEGER NOT NULL,            -- 1 = ran from there back to frame 0 (multistart)
      shift TEXT NOT NULL,                  -- how the first box was moved (sre), else empty
      frames INTEGER NOT NULL,
      boxes BLOB NOT NULL,                  -- per frame 4 float64: x y w h in the annotation's own numbers, little-endian; empty = see outcomes
      outcomes BLOB,                        -- as sequence.regions, and n = 1: a code (0 skipped, 1 started, 2 failed); NULL = see boxes
      scores BLOB NOT NULL,                 -- per frame 1 float64, NaN = none; empty = none recorded
      seconds BLOB NOT NULL,                -- per frame 1 float64, time in the tracker; empty = none recorded
      tracking_seconds REAL,                -- sum over frames 2..n, what fps is made of
      stored_at TEXT NOT NULL,
      UNIQUE (run, sequence, repetition, start, reversed, shift)
    );
    INSERT INTO trajectory_2
      SELECT id, run, sequence, session, 1, 0, 0, '', frames, boxes, NULL, scores, seconds, tracking_seconds, stored_at
      FROM trajectory;
    DROP TABLE trajectory;
    ALTER TABLE trajectory_2 RENAME TO trajectory;
    CREATE TABLE failure_2 (                -- passes the tracker or the frames made impossible; gone once one succeeds
      run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
      sequence TEXT NOT NULL,
      pass TEXT NOT NULL,                   -- which of several passes over the sequence; empty = the only one, or all
      message TEXT NOT NULL,
      failed_at TEXT NOT NULL,
      PRIMARY KEY (run, sequence, pass)
    ) WITHOUT ROWID;
    INSERT INTO failure_2 SELECT run, sequence, '', message, failed_at FROM failure;
    DROP TABLE failure;
    ALTER TABLE failure_2 RENAME TO failure;
    \(resultsView)
    """

  /// Only the layout of `boxes` is new; old ones stay as they are.
  private static let thirdVersion = """
    DROP VIEW results;
    CREATE TABLE trajectory_3 (             -- one tracker's answers over one sequence in one pass of the protocol
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL REFERENCES sequence(id),
      session INTEGER NOT NULL REFERENCES session(id),
      repetition INTEGER NOT NULL,          -- from 1 (supervised, GOT-10k)
      start INTEGER NOT NULL,               -- frame it was started in, from 0 (tre, multistart)
      reversed INTEGER NOT NULL,            -- 1 = ran from there back to frame 0 (multistart)
      shift TEXT NOT NULL,                  -- how the first box was moved (sre), else empty
      frames INTEGER NOT NULL,
      boxes BLOB NOT NULL,                  -- x y w h a frame in the annotation's own numbers, little-endian. Odd length: a byte h, then
                                            -- int16 (h < 16) or int32 (h >= 16) to be divided by 10^(h % 16). Even: float64. Empty = see outcomes
      outcomes BLOB,                        -- as sequence.regions, and n = 1: a code (0 skipped, 1 started, 2 failed); NULL = see boxes
      scores BLOB NOT NULL,                 -- per frame 1 float64, NaN = none; empty = none recorded
      seconds BLOB NOT NULL,                -- per frame 1 float64, time in the tracker; empty = none recorded
      tracking_seconds REAL,                -- sum over frames 2..n, what fps is made of
      stored_at TEXT NOT NULL,
      UNIQUE (run, sequence, repetition, start, reversed, shift)
    );
    INSERT INTO trajectory_3 SELECT * FROM trajectory;
    DROP TABLE trajectory;
    ALTER TABLE trajectory_3 RENAME TO trajectory;
    \(resultsView)
    """

  private static let resultsView = """
    CREATE VIEW results AS                  -- SELECT * FROM results WHERE profile = 'otb' ORDER BY success;
      SELECT r.id AS run, r.tracker, r.dataset, r.protocol, q.name AS sequence, t.repetition, t.start, s.profile, s.success,
             s.success50, s.precision, s.norm_precision, s.ao, round((t.frames - 1) / t.tracking_seconds, 2) AS fps, t.frames,
             t.stored_at
      FROM trajectory t JOIN run r ON r.id = t.run JOIN sequence q ON q.id = t.sequence
      LEFT JOIN score s ON s.trajectory = t.id
      ORDER BY r.id, q.place, t.repetition, t.start, s.profile;
    """
}
