import Foundation
import Geometry

/// Per-frame numbers as little-endian bytes, in the layouts the schema's comments state.
enum Blob {
  static func encode(_ numbers: [Double]) -> Data {
    numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  /// nil where the length does not fit.
  static func numbers(_ data: Data) -> [Double]? {
    guard data.count.isMultiple(of: 8) else { return nil }
    return data.withUnsafeBytes { bytes in
      (0..<data.count / 8).map {
        Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)))
      }
    }
  }

  static func encode(_ boxes: [Box]) -> Data {
    var numbers: [Double] = []
    numbers.reserveCapacity(boxes.count * 4)
    for box in boxes {
      numbers.append(box.x)
      numbers.append(box.y)
      numbers.append(box.width)
      numbers.append(box.height)
    }
    return encode(numbers)
  }

  static func boxes(_ data: Data) -> [Box]? {
    guard data.count.isMultiple(of: 32), let numbers = numbers(data) else { return nil }
    return stride(from: 0, to: numbers.count, by: 4).map {
      Box(x: numbers[$0], y: numbers[$0 + 1], width: numbers[$0 + 2], height: numbers[$0 + 3])
    }
  }

  /// Set in a region's count where its numbers are a mask's x, y, width, height and run lengths.
  private static let maskFlag: UInt32 = 1 << 31

  static func encode(_ regions: [Region]) -> Data {
    var data = Data(capacity: regions.count * 36)
    for region in regions {
      let numbers: [Double]
      var flag: UInt32 = 0
      switch region {
      case .box(let box): numbers = [box.x, box.y, box.width, box.height]
      case .polygon(let polygon): numbers = polygon.vertices.flatMap { [$0.x, $0.y] }
      case .mask(let mask):
        numbers = ([mask.x, mask.y, mask.width, mask.height] + mask.runs).map(Double.init)
        flag = maskFlag
      }
      withUnsafeBytes(of: (UInt32(numbers.count) | flag).littleEndian) { data.append(contentsOf: $0) }
      data.append(encode(numbers))
    }
    return data
  }

  static func regions(_ data: Data) -> [Region]? {
    var regions: [Region] = []
    var at = 0
    return data.withUnsafeBytes { bytes -> [Region]? in
      while at < bytes.count {
        guard at + 4 <= bytes.count else { return nil }
        let header = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        let count = Int(header & ~maskFlag)
        at += 4
        guard count >= 4, count <= 1 << 20, at + count * 8 <= bytes.count else { return nil }
        let start = at
        let number = { (index: Int) -> Double in
          let bits = bytes.loadUnaligned(fromByteOffset: start + index * 8, as: UInt64.self)
          return Double(bitPattern: UInt64(littleEndian: bits))
        }
        at += count * 8
        if header & maskFlag != 0 {
          let whole = (0..<count).compactMap { Int(exactly: number($0)) }
          guard whole.count == count,
            let mask = Mask(
              x: whole[0], y: whole[1], width: whole[2], height: whole[3], runs: Array(whole.dropFirst(4)))
          else { return nil }
          regions.append(.mask(mask))
        } else if count == 4 {
          regions.append(.box(Box(x: number(0), y: number(1), width: number(2), height: number(3))))
        } else if let polygon = Polygon(coordinates: (0..<count).map(number)) {
          regions.append(.polygon(polygon))
        } else {
          return nil
        }
      }
      return regions
    }
  }
}
