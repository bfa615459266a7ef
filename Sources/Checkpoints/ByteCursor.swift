/// Reads little-endian numbers from a stretch of a file; every read is checked against its end.
struct ByteCursor {
  let bytes: [UInt8]
  /// Next byte to read, counted from the start of the file.
  private(set) var at: Int
  /// One past the last byte.
  let end: Int
  /// The file and record, for errors.
  let place: String

  /// `range` must lie within `bytes`.
  init(_ bytes: [UInt8], _ range: Range<Int>, place: String) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
    self.place = place
  }

  var left: Int { end - at }

  func fault(_ cause: String, kind: CheckpointError.Kind = .damaged) -> CheckpointError {
    CheckpointError(kind, at: "\(place), byte \(at)", cause)
  }

  /// Start of the next `count` bytes, which are stepped over.
  mutating func skip(_ count: Int) throws(CheckpointError) -> Int {
    guard count >= 0, count <= left else { throw fault("\(count) bytes wanted, \(left) left") }
    defer { at += count }
    return at
  }

  mutating func byte() throws(CheckpointError) -> UInt8 { bytes[try skip(1)] }

  /// Little-endian unsigned integer of `width` bytes, 1 to 8.
  mutating func unsigned(_ width: Int) throws(CheckpointError) -> UInt64 {
    let start = try skip(width)
    var value: UInt64 = 0
    for i in (0..<width).reversed() { value = value << 8 | UInt64(bytes[start + i]) }
    return value
  }

  /// Little-endian two's complement of `width` bytes, 0 to 8; no bytes are zero.
  mutating func signed(_ width: Int) throws(CheckpointError) -> Int {
    guard width > 0 else { return 0 }
    let value = try unsigned(width)
    let shift = UInt64(64 - 8 * width)
    return Int(Int64(bitPattern: value << shift) >> Int64(shift))
  }

  /// A length that must be there: an unsigned integer of `width` bytes, followed by as many bytes.
  mutating func block(lengthOf width: Int) throws(CheckpointError) -> Range<Int> {
    let length = try unsigned(width)
    guard length <= UInt64(left) else { throw fault("\(length) bytes wanted, \(left) left") }
    let start = try skip(Int(length))
    return start..<at
  }
}
