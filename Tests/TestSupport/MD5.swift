import Foundation

/// MD5 (RFC 1321), for the digests in golden files only.
public enum MD5 {
  public static func hex(_ bytes: some Collection<UInt8>) -> String {
    digest(Array(bytes)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static let shifts: [UInt32] = {
    let rounds: [[UInt32]] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
    return rounds.flatMap { Array(repeatElement($0, count: 4).joined()) }
  }()

  private static let sines: [UInt32] = (0..<64).map { UInt32(abs(sin(Double($0 + 1))) * 4_294_967_296) }

  private static func digest(_ message: [UInt8]) -> [UInt8] {
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bits = UInt64(message.count) &* 8
    for shift in stride(from: 0, to: 64, by: 8) { padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }

    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    var words = [UInt32](repeating: 0, count: 16)
    for start in stride(from: 0, to: padded.count, by: 64) {
      for i in 0..<16 {
        let at = start + i * 4
        words[i] =
          UInt32(padded[at]) | UInt32(padded[at + 1]) << 8 | UInt32(padded[at + 2]) << 16 | UInt32(padded[at + 3]) << 24
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for i in 0..<64 {
        let f: UInt32
        let g: Int
        switch i / 16 {
        case 0: (f, g) = ((b & c) | (~b & d), i)
        case 1: (f, g) = ((d & b) | (~d & c), (5 * i + 1) % 16)
        case 2: (f, g) = (b ^ c ^ d, (3 * i + 5) % 16)
        default: (f, g) = (c ^ (b | ~d), (7 * i) % 16)
        }
        let sum = a &+ f &+ sines[i] &+ words[g]
        (a, d, c) = (d, c, b)
        b = b &+ (sum << shifts[i] | sum >> (32 - shifts[i]))
      }
      state[0] &+= a
      state[1] &+= b
      state[2] &+= c
      state[3] &+= d
    }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) } }
  }
}
