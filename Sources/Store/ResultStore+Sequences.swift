public import Datasets
import Foundation
import GRDB
public import Geometry
import Parallel

/// What the store knows of a sequence: all that scores are made of, without the pictures.
public struct StoredSequence: Sendable, Identifiable {
  public let id: Int64
  public let name: String
  /// Place in the data set's list.
  public let place: Int
  public let attributes: [String]
  /// One region a frame, in the same numbers as the trajectories' boxes.
  public let truth: [Region]
  /// The axis-aligned boxes of ``truth``.
  public let boxes: [Box]
  /// Of the pictures, in pixels; nil where nobody said.
  public let size: (width: Int, height: Int)?
  /// Per-frame tags: name to one flag a frame.
  public let tags: [String: [Bool]]
  public let visible: [Bool]?
  public let cover: [Int]?
  public let anchors: [Int]?
}

/// A data set as the store knows it: what trajectories are stored under.
public struct RegisteredDataset: Hashable, Sendable {
  /// By name: ``StoredSequence/id``.
  let rows: [String: Int64]
  /// By name: SHA-256 of the annotation.
  public let annotations: [String: String]
}

extension ResultStore {
  /// Every sequence of a data set that was ever registered, under every annotation, in its order.
  public func sequences(dataset: String) throws(StoreError) -> [StoredSequence] {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT * FROM sequence WHERE dataset = ? ORDER BY place, name, id", arguments: [dataset])
      var found: [StoredSequence] = []
      while let row = try rows.next() {
        let name: String = row["name"]
        guard let truth = FrameBlob.regions(row["regions"]) else {
          throw StoreError.unusable(path, reason: "the annotation of sequence \(name) is damaged")
        }
        let width: Int? = row["width"]
        let height: Int? = row["height"]
        found.append(
          StoredSequence(
            id: row["id"], name: name, place: row["place"],
            attributes: Self.decode([String].self, row["attributes"]) ?? [],
            truth: truth, boxes: truth.map(\.axisAlignedBox),
            size: width.flatMap { width in height.map { (width, $0) } },
            tags: (Self.decode([String: String].self, row["tags"]) ?? [:]).mapValues {
              $0.utf8.map { $0 == UInt8(ascii: "1") }
            },
            visible: Blob.flags(row["visible"]), cover: Blob.small(row["cover"]), anchors: Blob.small(row["anchors"])))
      }
      return found
    }
  }

  /// Makes the truth of a data set known, in the order of its list. A known annotation stays one row; what is said beside it
  /// (tags, sizes, attributes) is brought up to date.
  @discardableResult
  public func register(_ dataset: Dataset) throws(StoreError) -> RegisteredDataset {
    // Annotations keep their digests; most of the time goes into making them.
    let facts = Parallel.map(dataset.sequences) { sequence in
      (hash: sequence.annotation.sha256, regions: FrameBlob.encode(sequence.annotation.regions))
    }
    return try write { db in
      var rows: [String: Int64] = [:]
      var annotations: [String: String] = [:]
      let find = try db.makeStatement(
        sql: "SELECT id FROM sequence WHERE dataset = ? AND name = ? AND annotation_sha256 = ?")
      let insert = try db.makeStatement(
        sql: """
          INSERT INTO sequence (dataset, name, place, annotation_sha256, frames, attributes, regions, width, height, tags,
            visible, cover, anchors)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      let update = try db.makeStatement(
        sql: """
          UPDATE sequence SET attributes = ?, width = coalesce(?, width), height = coalesce(?, height), tags = ?, visible = ?,
            cover = ?, anchors = ?
          WHERE id = ?
          """)
      for (place, sequence) in dataset.sequences.enumerated() {
        let (hash, regions) = facts[place]
        let known = try Int64.fetchOne(find, arguments: [dataset.name, sequence.name, hash])
        let attributes = try Self.text(sequence.attributes)
        let tags = try Self.text(sequence.frameTags.mapValues { String($0.map { $0 ? "1" : "0" }) })
        let beside: [(any DatabaseValueConvertible)?] = [
          sequence.video?.width, sequence.video?.height, tags, Blob.encode(sequence.visible),
          Blob.encode(sequence.cover),
          Blob.encode(sequence.anchors),
        ]
        annotations[sequence.name] = hash
        if let known {
          try update.execute(arguments: StatementArguments([attributes] + beside + [known]))
          rows[sequence.name] = known
        } else {
          let first: [(any DatabaseValueConvertible)?] = [
            dataset.name, sequence.name, place, hash, sequence.count, attributes, regions,
          ]
          try insert.execute(arguments: StatementArguments(first + beside))
          rows[sequence.name] = db.lastInsertedRowID
        }
      }
      let join = try db.makeStatement(sql: "INSERT OR IGNORE INTO subset (dataset, name, sequence) VALUES (?, ?, ?)")
      for (name, members) in dataset.subsets {
        for member in members { try join.execute(arguments: [dataset.name, name, member]) }
      }
      return RegisteredDataset(rows: rows, annotations: annotations)
    }
  }

  /// Remembers how large the pictures of some sequences are, which region scores ask; `sizes` by the sequence's name.
  public func note(
    sizes: [String: (width: Int, height: Int)], in dataset: RegisteredDataset
  ) throws(StoreError) {
    guard !sizes.isEmpty else { return }
    try write { db in
      for (name, size) in sizes {
        try db.execute(
          sql: "UPDATE sequence SET width = ?, height = ? WHERE id = ?",
          arguments: [size.width, size.height, dataset.rows[name]])
      }
    }
  }

  private static func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder.sorted.encode(value), as: UTF8.self)
  }

  private static func decode<T: Decodable>(_ type: T.Type, _ text: String) -> T? {
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
