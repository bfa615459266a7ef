import Geometry
import Scoring

/// The binary form of a VOT run, which the VOT toolkit writes unless told otherwise (`results_binary`).
///
/// Little endian: the number 1 (2 bytes), the count of rows (4), and for each row its kind (1) and content: 0 code (4);
/// 1 box (four float32); 2 polygon, count of vertices (2) and a pair of float32 each; 3 mask, left and top (2 each, signed),
/// width, height and count of runs (2 each), the runs (2 each); 4 point (two float32), which no toolkit scores.
/// Source: votchallenge/toolkit 0.8.0, `vot/region/io.py`.
enum BinaryTrajectory {
  /// - Throws: ``InterchangeError`` where the bytes end early, go on, or hold something else.
  static func read(_ bytes: [UInt8], name: String, sequence: String) throws(InterchangeError) -> [FrameOutcome] {
    var reader = Reader(bytes: bytes, name: name, sequence: sequence)
    guard try reader.integer(2) == 1 else { throw reader.refusal("it does not begin like a binary trajectory") }
    let count = try reader.integer(4)
    // A row has five bytes at least.
    guard count <= (bytes.count - 6) / 5 else {
      throw reader.refusal("\(count) rows do not fit into its \(bytes.count) bytes")
    }
    var outcomes: [FrameOutcome] = []
    outcomes.reserveCapacity(count)
    for row in 0..<count {
      reader.row = row
      outcomes.append(try reader.outcome())
    }
    guard reader.at == bytes.count else {
      throw reader.refusal("\(bytes.count - reader.at) bytes follow its last row")
    }
    return outcomes
  }

  private struct Reader {
    let bytes: [UInt8]
    let name: String
    let sequence: String
    var at = 0
    var row: Int?

    func refusal(_ cause: String) -> InterchangeError {
      InterchangeError(
        sequence: sequence, file: name, cause: row.map { "row \($0 + 1): \(cause)" } ?? cause,
        remedy: Wording.again(sequence))
    }

    mutating func integer(_ size: Int) throws(InterchangeError) -> Int {
      guard bytes.count - at >= size else { throw refusal("the file ends after \(bytes.count) bytes") }
      var value = 0
      for index in 0..<size { value |= Int(bytes[at + index]) << (8 * index) }
      at += size
      return value
    }

    private mutating func signed() throws(InterchangeError) -> Int {
      Int(Int16(truncatingIfNeeded: try integer(2)))
    }

    private mutating func float() throws(InterchangeError) -> Double {
      let value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: try integer(4))))
      guard !value.isInfinite else { throw refusal("a number is infinite") }
      return value
    }

    mutating func outcome() throws(InterchangeError) -> FrameOutcome {
      switch try integer(1) {
      case 0:
        switch try integer(4) {
        case 0: return .skipped
        case 1: return .initialized
        case 2: return .failed
        case let code: throw refusal("expected one of the codes 0, 1 and 2, found \(code)")
        }
      case 1:
        let x = try float()
        let y = try float()
        let width = try float()
        return .region(.box(Box(x: x, y: y, width: width, height: try float())))
      case 2:
        let count = try integer(2)
        guard count >= 3 else { throw refusal("a polygon of \(count) corners") }
        var vertices: [Point] = []
        for _ in 0..<count {
          let x = try float()
          vertices.append(Point(x: x, y: try float()))
        }
        return .region(.polygon(Polygon(vertices: vertices)))
      case 3:
        let x = try signed()
        let y = try signed()
        let width = try integer(2)
        let height = try integer(2)
        let count = try integer(2)
        var runs: [Int] = []
        for _ in 0..<count { runs.append(try integer(2)) }
        guard let mask = Mask(x: x, y: y, width: width, height: height, runs: runs) else {
          throw refusal("the runs of a mask do not fit into \(width)x\(height)")
        }
        return .region(.mask(mask))
      case let kind: throw refusal("a region of kind \(kind), which no toolkit scores")
      }
    }
  }
}
