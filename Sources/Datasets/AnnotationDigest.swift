import Geometry
import Hashing
import Synchronization

/// An annotation's digest, made when it is first asked for and then kept: a store asks for each tracker.
final class AnnotationDigest: Sendable {
  private let known = Mutex<String?>(nil)

  func hex(_ regions: [Region]) -> String {
    known.withLock { known in
      if let known { return known }
      let made = SHA256.hex(CanonicalText(regions).bytes)
      known = made
      return made
    }
  }
}

/// The text that an annotation's digest is made of. One line a frame, ended by LF: the region's numbers in their shortest
/// exact decimal form, separated by commas; `nan` for each NaN and `0.0` for a negative zero.
struct CanonicalText {
  private(set) var bytes: [UInt8] = []

  init(_ regions: [Region]) {
    bytes.reserveCapacity(regions.count * 28)
    for region in regions {
      switch region {
      case .box(let box):
        append(box.x)
        append(box.y, afterComma: true)
        append(box.width, afterComma: true)
        append(box.height, afterComma: true)
      case .polygon(let polygon):
        for (index, vertex) in polygon.vertices.enumerated() {
          append(vertex.x, afterComma: index > 0)
          append(vertex.y, afterComma: true)
        }
      case .mask(let mask):
        let numbers = [mask.x, mask.y, mask.width, mask.height] + mask.runs
        bytes += "m\(numbers.map(String.init).joined(separator: ","))".utf8
      }
      bytes.append(Byte.lineFeed)
    }
  }

  private mutating func append(_ number: Double, afterComma: Bool = false) {
    if afterComma { bytes.append(Byte.comma) }
    if number.isNaN {
      bytes += "nan".utf8
    } else if number == 0 {
      bytes += "0.0".utf8
    } else if !appendShort(number) {
      bytes += number.description.utf8
    }
  }

  /// Numbers of at most 15 digits, four of them behind the point: all that annotations hold. `Double.description` writes
  /// the same, ten times slower. False where the number is not of that form, and nothing is added.
  ///
  /// Two decimals of up to 15 digits are never the same `Double`, so the one that gives `number` back is its shortest form.
  private mutating func appendShort(_ number: Double) -> Bool {
    let scaled = (number * 10_000).rounded()
    guard abs(scaled) < 1e15, scaled / 10_000 == number else { return false }
    let magnitude = UInt64(abs(scaled))
    if number < 0 { bytes.append(Byte.minus) }
    appendDigits(magnitude / 10_000)
    bytes.append(Byte.point)
    var rest = magnitude % 10_000
    var place: UInt64 = 1000
    repeat {
      bytes.append(Byte.zero + UInt8(rest / place))
      rest %= place
      place /= 10
    } while rest > 0
    return true
  }

  private mutating func appendDigits(_ number: UInt64) {
    if number >= 10 { appendDigits(number / 10) }
    bytes.append(Byte.zero + UInt8(number % 10))
  }
}
