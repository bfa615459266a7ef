import Imaging
import TestSupport

/// The generator of section 1 of the goldens' README.
struct Generator {
  private var state: UInt32
  init(seed: Int) { state = UInt32(truncatingIfNeeded: seed) }

  mutating func next() -> UInt32 {
    state = state &* 1_664_525 &+ 1_013_904_223
    return state
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) } }

  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(Double(next() >> 8) / Double(1 << 23) - 1) }
  }

  /// A number of 0 ..< bound.
  mutating func below(_ bound: Int) -> Int { Int(next() >> 8) % bound }

  mutating func image(width: Int, height: Int) -> Image {
    Image(width: width, height: height, pixels: bytes(width * height * 3))
  }
}

extension Image {
  /// The pixel's bytes.
  func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(pixels[(y * width + x) * 3..<(y * width + x) * 3 + 3]) }

  /// The bytes as B, G, R.
  var swapped: [UInt8] {
    var result = pixels
    for i in stride(from: 0, to: result.count, by: 3) { result.swapAt(i, i + 2) }
    return result
  }
}

/// A PNG made by hand, so that it can be wrong.
struct HandmadePNG {
  var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  mutating func chunk(_ type: String, _ data: [UInt8], wrongChecksum: Bool = false) {
    let body = Array(type.utf8) + data
    bytes += Self.big(UInt32(data.count)) + body + Self.big(Self.crc(body) ^ (wrongChecksum ? 1 : 0))
  }

  mutating func header(_ width: UInt32, _ height: UInt32, depth: UInt8 = 8, colourType: UInt8 = 2, interlace: UInt8 = 0)
  {
    chunk("IHDR", Self.big(width) + Self.big(height) + [depth, colourType, 0, 0, interlace])
  }

  /// A zlib stream of one stored block; `count` below 65536.
  static func stored(_ data: [UInt8], wrongChecksum: Bool = false) -> [UInt8] {
    let low = UInt8(data.count & 255)
    let high = UInt8(data.count >> 8)
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in data {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return [0x78, 0x01, 1, low, high, ~low, ~high] + data + big((b << 16 | a) ^ (wrongChecksum ? 1 : 0))
  }

  static func big(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xffff_ffff
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
  }
}
