/// CRC-32 as zip archives use it (polynomial 0xedb88320, reflected), eight bytes a step.
enum CRC32 {
  /// `tables[k * 256 + b]`: the register after byte b and k further zero bytes.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var register = UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xedb8_8320 : register >> 1 }
      tables[byte] = register
    }
    for i in 256..<tables.count {
      let before = tables[i - 256]
      tables[i] = before >> 8 ^ tables[Int(before & 0xff)]
    }
    return tables
  }()

  /// Checksum of `bytes[range]`, which must lie within `bytes`.
  static func of(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    tables.withUnsafeBufferPointer { table in
      bytes.withUnsafeBytes { raw in
        var register: UInt32 = 0xffff_ffff
        var at = range.lowerBound
        while range.upperBound - at >= 8 {
          let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ UInt64(register)
          register =
            table[7 * 256 + Int(word & 0xff)] ^ table[6 * 256 + Int(word >> 8 & 0xff)]
            ^ table[5 * 256 + Int(word >> 16 & 0xff)] ^ table[4 * 256 + Int(word >> 24 & 0xff)]
          register ^=
            table[3 * 256 + Int(word >> 32 & 0xff)] ^ table[2 * 256 + Int(word >> 40 & 0xff)]
            ^ table[256 + Int(word >> 48 & 0xff)] ^ table[Int(word >> 56)]
          at += 8
        }
        while at < range.upperBound {
          register = register >> 8 ^ table[Int((register ^ UInt32(raw[at])) & 0xff)]
          at += 1
        }
        return ~register
      }
    }
  }
}
