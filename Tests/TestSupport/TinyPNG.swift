/// A black picture as a whole, valid PNG file, without any library: one stored deflate block.
public func tinyPNG(width: Int, height: Int) -> [UInt8] {
  let raw = [UInt8](repeating: 0, count: (width + 1) * height)
  precondition(raw.count < 65_536)
  var deflated: [UInt8] = [0x78, 0x01, 0x01]
  deflated += [UInt8(raw.count & 255), UInt8(raw.count >> 8), UInt8(~raw.count & 255), UInt8((~raw.count >> 8) & 255)]
  deflated += raw
  deflated += bigEndian(UInt32(raw.count % 65_521) << 16 | 1)  // Adler-32 of zeros
  let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, 0, 0, 0, 0]
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + chunk("IHDR", header) + chunk("IDAT", deflated)
    + chunk("IEND", [])
}

private func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
  let named = Array(kind.utf8) + body
  return bigEndian(UInt32(body.count)) + named + bigEndian(crc32(named))
}

private func bigEndian(_ word: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }

private func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc = UInt32.max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
  }
  return ~crc
}
