package import Foundation
package import Geometry

/// Boxes as bytes: as whole numbers where the boxes have few decimals, else as float64. Nothing is rounded either way.
///
/// Result files give one to four decimals, so most trajectories need 8 or 16 bytes a frame and not 32. An odd number of bytes
/// is a header and whole numbers; the header's low four bits say how many decimals were taken out, bit 4 that the numbers
/// have 32 bits and not 16. An even number is x, y, width, height as float64. Little-endian throughout.
package enum BoxBlob {
  private static let isWide: UInt8 = 0x10
  private static let powers: [Double] = [1, 10, 100, 1_000, 10_000]

  package static func encode(_ boxes: [Box]) -> Data {
    // A box is its four doubles in the order written.
    boxes.withUnsafeBytes { bytes in
      let numbers = bytes.assumingMemoryBound(to: Double.self)
      guard !numbers.isEmpty, let found = wholeNumbers(numbers) else { return Blob.encode(Array(numbers)) }
      return found.isNarrow
        ? data(found.whole, as: Int16.self, header: found.decimals)
        : data(found.whole, as: Int32.self, header: found.decimals | isWide)
    }
  }

  /// nil where the bytes are damaged.
  package static func boxes(_ data: Data) -> [Box]? {
    if data.count.isMultiple(of: 2) {
      guard data.count.isMultiple(of: 32) else { return nil }
      return data.withUnsafeBytes { bytes in (0..<data.count / 32).map { Blob.box(in: bytes, at: $0 * 32) } }
    }
    return data.withUnsafeBytes { bytes in
      let header = bytes[0]
      let decimals = Int(header & ~isWide)
      guard decimals < powers.count else { return nil }
      return header & isWide == 0
        ? boxes(in: bytes, of: Int16.self, divisor: powers[decimals])
        : boxes(in: bytes, of: Int32.self, divisor: powers[decimals])
    }
  }

  private struct WholeNumbers {
    var whole: [Int32]
    var decimals: UInt8
    /// True where 16 bits hold each.
    var isNarrow: Bool
  }

  /// The numbers times a power of ten, where that makes all of them whole and dividing gives every one back to the last bit.
  private static func wholeNumbers(_ numbers: UnsafeBufferPointer<Double>) -> WholeNumbers? {
    var whole = [Int32](repeating: 0, count: numbers.count)
    return whole.withUnsafeMutableBufferPointer { places -> (Int, Bool)? in
      for decimals in powers.indices {
        var bits: Int32 = 0
        var isExact = true
        // In parts, to stop soon where there are more decimals.
        for first in stride(from: 0, to: numbers.count, by: 256) where isExact {
          let part = first..<min(first + 256, numbers.count)
          guard let found = round(numbers, times: powers[decimals], part, into: places) else { return nil }
          isExact = found.isExact
          bits |= found.bits
        }
        if isExact { return (decimals, bits <= Int32(Int16.max)) }
      }
      return nil
    }.map { WholeNumbers(whole: whole, decimals: UInt8($0), isNarrow: $1) }
  }

  /// Some numbers times a power of ten as whole numbers: whether dividing gives all of them back to the last bit, and the bits
  /// that any of them needs besides its sign. nil where a number is too large or none. No branches, for it runs over every
  /// box that is stored.
  private static func round(
    _ numbers: UnsafeBufferPointer<Double>, times power: Double, _ part: Range<Int>,
    into places: UnsafeMutableBufferPointer<Int32>
  ) -> (isExact: Bool, bits: Int32)? {
    // A number this large has no bits after the point, and small whole numbers added to it stand in its last bits. Ties go
    // to the even side, but what gives its number back is no tie.
    let rounder = 0x1.8p52
    var different: UInt64 = 0
    var bits: Int32 = 0
    var fitting = 0
    for index in part {
      let scaled = numbers[index] * power
      let sum = scaled + rounder
      let whole = Int32(truncatingIfNeeded: Int64(bitPattern: sum.bitPattern))
      places[index] = whole
      // By bits, for -0 is not 0.
      different |= ((sum - rounder) / power).bitPattern ^ numbers[index].bitPattern
      bits |= whole ^ (whole >> 31)
      fitting &+= abs(scaled) < Double(Int32.max) ? 1 : 0
    }
    return fitting == part.count ? (different == 0, bits) : nil
  }

  private static func data<T: FixedWidthInteger>(_ whole: [Int32], as type: T.Type, header: UInt8) -> Data {
    let size = MemoryLayout<T>.size
    var data = Data(count: 1 + whole.count * size)
    data.withUnsafeMutableBytes { bytes in
      bytes[0] = header
      for index in whole.indices {
        let number = T(truncatingIfNeeded: whole[index]).littleEndian
        bytes.storeBytes(of: number, toByteOffset: 1 + index * size, as: T.self)
      }
    }
    return data
  }

  private static func boxes<T: FixedWidthInteger>(
    in bytes: UnsafeRawBufferPointer, of type: T.Type, divisor: Double
  ) -> [Box]? {
    let size = MemoryLayout<T>.size
    guard (bytes.count - 1).isMultiple(of: 4 * size) else { return nil }
    func number(_ index: Int) -> Double {
      Double(T(littleEndian: bytes.loadUnaligned(fromByteOffset: 1 + index * size, as: T.self))) / divisor
    }
    return (0..<(bytes.count - 1) / (4 * size)).map {
      Box(x: number($0 * 4), y: number($0 * 4 + 1), width: number($0 * 4 + 2), height: number($0 * 4 + 3))
    }
  }
}
