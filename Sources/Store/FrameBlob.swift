import Foundation
import Geometry
import Scoring

/// Frames that may be boxes, polygons, masks or codes: for each a uint32 count and so many float64, little-endian.
///
/// A count of 1 is a code of VOT's files (0 skipped, 1 initialised, 2 failed), 4 a box, 6 or more a polygon's vertices; with
/// bit 31 set the numbers are a mask's x, y, width, height and run lengths.
enum FrameBlob {
  private static let maskFlag: UInt32 = 1 << 31
  /// No polygon or mask has more numbers; a damaged count must not ask for memory.
  private static let most = 1 << 20

  static func encode(_ regions: [Region]) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(regions.count * 36)
    for region in regions { append(region, to: &bytes) }
    return Data(bytes)
  }

  static func encode(_ outcomes: [FrameOutcome]) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(outcomes.count * 36)
    for outcome in outcomes {
      switch outcome {
      case .region(let region): append(region, to: &bytes)
      case .skipped: append(code: 0, to: &bytes)
      case .initialized: append(code: 1, to: &bytes)
      case .failed: append(code: 2, to: &bytes)
      }
    }
    return Data(bytes)
  }

  /// nil where the bytes are damaged or hold a code.
  static func regions(_ data: Data) -> [Region]? {
    var regions: [Region] = []
    regions.reserveCapacity(data.count / 36)
    let whole = data.withUnsafeBytes { bytes in
      forEach(in: bytes) { outcome in
        guard let region = outcome.region else { return false }
        regions.append(region)
        return true
      }
    }
    return whole ? regions : nil
  }

  /// nil where the bytes are damaged.
  static func outcomes(_ data: Data) -> [FrameOutcome]? {
    var outcomes: [FrameOutcome] = []
    outcomes.reserveCapacity(data.count / 36)
    let whole = data.withUnsafeBytes { bytes in
      forEach(in: bytes) {
        outcomes.append($0)
        return true
      }
    }
    return whole ? outcomes : nil
  }

  private static func append(code: Double, to bytes: inout [UInt8]) { append([code], flag: 0, to: &bytes) }

  private static func append(_ region: Region, to bytes: inout [UInt8]) {
    switch region {
    case .box(let box):
      withUnsafeBytes(of: UInt32(4).littleEndian) { bytes.append(contentsOf: $0) }
      append(box.x, to: &bytes)
      append(box.y, to: &bytes)
      append(box.width, to: &bytes)
      append(box.height, to: &bytes)
    case .polygon(let polygon): append(polygon.vertices.flatMap { [$0.x, $0.y] }, flag: 0, to: &bytes)
    case .mask(let mask):
      append(([mask.x, mask.y, mask.width, mask.height] + mask.runs).map(Double.init), flag: maskFlag, to: &bytes)
    }
  }

  private static func append(_ numbers: [Double], flag: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: (UInt32(numbers.count) | flag).littleEndian) { bytes.append(contentsOf: $0) }
    for number in numbers { append(number, to: &bytes) }
  }

  @inline(__always)
  private static func append(_ number: Double, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// False where the bytes are damaged or `body` says so.
  private static func forEach(in bytes: UnsafeRawBufferPointer, _ body: (FrameOutcome) -> Bool) -> Bool {
    var at = 0
    while at < bytes.count {
      guard at + 4 <= bytes.count else { return false }
      let header = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      let count = Int(header & ~maskFlag)
      at += 4
      guard count <= most, at + count * 8 <= bytes.count,
        let outcome = outcome(in: bytes, at: at, count: count, isMask: header & maskFlag != 0), body(outcome)
      else { return false }
      at += count * 8
    }
    return true
  }

  private static func outcome(
    in bytes: UnsafeRawBufferPointer, at start: Int, count: Int, isMask: Bool
  ) -> FrameOutcome? {
    if count == 4, !isMask { return .region(.box(Blob.box(in: bytes, at: start))) }
    let numbers = (0..<count).map { Blob.number(in: bytes, at: start + $0 * 8) }
    if isMask {
      let whole = numbers.compactMap { Int(exactly: $0) }
      guard count >= 4, whole.count == count else { return nil }
      return Mask(x: whole[0], y: whole[1], width: whole[2], height: whole[3], runs: Array(whole.dropFirst(4)))
        .map { .region(.mask($0)) }
    }
    if count == 1 {
      switch numbers[0] {
      case 0: return .skipped
      case 1: return .initialized
      case 2: return .failed
      default: return nil
      }
    }
    guard count >= 6 else { return nil }
    return Polygon(coordinates: numbers).map { .region(.polygon($0)) }
  }
}
