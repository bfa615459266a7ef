import Foundation
import Geometry
import Scoring

/// Per-frame numbers as little-endian bytes, in the layouts the schema's comments state.
enum Blob {
  static func encode(_ numbers: [Double]) -> Data {
    #if _endian(little)
      numbers.withUnsafeBytes { Data($0) }
    #else
      numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    #endif
  }

  /// nil where the length does not fit.
  static func numbers(_ data: Data) -> [Double]? {
    guard data.count.isMultiple(of: 8) else { return nil }
    return data.withUnsafeBytes { bytes in
      (0..<data.count / 8).map { number(in: bytes, at: $0 * 8) }
    }
  }

  /// Small whole numbers, one byte a frame. nil stays nil.
  static func encode(_ flags: [Bool]?) -> Data? { flags.map { Data($0.map { $0 ? 1 : 0 }) } }

  static func flags(_ data: Data?) -> [Bool]? { data.map { $0.map { $0 != 0 } } }

  /// Whole numbers -128...127, one signed byte a frame; what lies beyond is brought to the nearest. nil stays nil.
  static func encode(_ small: [Int]?) -> Data? { small.map { Data($0.map { UInt8(bitPattern: Int8(clamping: $0)) }) } }

  static func small(_ data: Data?) -> [Int]? { data.map { $0.map { Int(Int8(bitPattern: $0)) } } }

  static func box(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Box {
    Box(
      x: number(in: bytes, at: offset), y: number(in: bytes, at: offset + 8), width: number(in: bytes, at: offset + 16),
      height: number(in: bytes, at: offset + 24))
  }

  @inline(__always)
  static func number(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Double {
    Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
  }
}
