/// Whether bytes are UTF-8 text, and whether `latin1` could encode it. One pass, no copy.
enum TextKind {
  /// UTF-8 without characters above U+00FF.
  case latin
  /// UTF-8 with such characters.
  case wide
  case invalid

  /// `range` must lie within `bytes`. Surrogates, overlong forms and values above U+10FFFF are invalid.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var isWide = false
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      let lead = bytes[at]
      if lead < 0x80 {
        at += 1
        continue
      }
      let length: Int
      // What the second byte may be; the others are always 0x80...0xbf.
      var second: ClosedRange<UInt8> = 0x80...0xbf
      switch lead {
      case 0xc2...0xdf: length = 2
      case 0xe0: (length, second) = (3, 0xa0...0xbf)
      case 0xed: (length, second) = (3, 0x80...0x9f)
      case 0xe1...0xef: length = 3
      case 0xf0: (length, second) = (4, 0x90...0xbf)
      case 0xf1...0xf3: length = 4
      case 0xf4: (length, second) = (4, 0x80...0x8f)
      default:
        self = .invalid
        return
      }
      guard end - at >= length, second.contains(bytes[at + 1]),
        bytes[at + 2..<max(at + 2, at + length)].allSatisfy({ (0x80...0xbf).contains($0) })
      else {
        self = .invalid
        return
      }
      isWide = isWide || lead > 0xc3
      at += length
    }
    self = isWide ? .wide : .latin
  }

  /// The `latin1` bytes of text that is ``latin``: one byte a character.
  static func latin1(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] < 0x80 {
        decoded.append(bytes[at])
        at += 1
      } else {
        // 110000xx 10yyyyyy: the only two-byte forms below U+0100.
        decoded.append((bytes[at] & 3) << 6 | bytes[at + 1] & 0x3f)
        at += 2
      }
    }
    return decoded
  }
}
