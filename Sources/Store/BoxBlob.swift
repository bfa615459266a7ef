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
    var numbers: [Double] = []
    numbers.reserveCapacity(boxes.count * 4)
    for box in boxes {
      numbers.append(box.x)
      numbers.append(box.y)
      numbers.append(box.width)
      numbers.append(box.height)
    }
    if !numbers.isEmpty, let (whole, decimals) = wholeNumbers(numbers) {
      let narrow = whole.allSatisfy { Int32(Int16(truncatingIfNeeded: $0)) == $0 }
      return narrow
        ? data(whole.map { Int16(truncatingIfNeeded: $0).littleEndian }, header: decimals)
        : data(whole.map(\.littleEndian), header: decimals | isWide)
    }
    return Blob.encode(numbers)
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

  /// The numbers times a power of ten, where that makes all of them whole and dividing gives every one back to the last bit.
  private static func wholeNumbers(_ numbers: [Double]) -> (whole: [Int32], decimals: UInt8)? {
    var decimals = 0
    var whole = [Int32](repeating: 0, count: numbers.count)
    var index = 0
    while index < numbers.count {
      let scaled = (numbers[index] * powers[decimals]).rounded()
      guard abs(scaled) < Double(Int32.max) else { return nil }
      // By bits, for -0 is not 0.
      if (scaled / powers[decimals]).bitPattern == numbers[index].bitPattern, scaled != 0 || scaled.sign == .plus {
        whole[index] = Int32(scaled)
        index += 1
      } else {
        decimals += 1
        guard decimals < powers.count else { return nil }
        index = 0
      }
    }
    return (whole, UInt8(decimals))
  }

  private static func data<T: FixedWidthInteger>(_ whole: [T], header: UInt8) -> Data {
    var data = Data(capacity: 1 + whole.count * MemoryLayout<T>.size)
    data.append(header)
    whole.withUnsafeBytes { data.append(contentsOf: $0) }
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
