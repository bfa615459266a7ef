/// How one element of a tensor is stored. The raw value is the name in lists and reports.
public enum ElementType: String, Sendable, CaseIterable, Codable {
  case f64, f32, f16, bf16, i64, i32, i16, i8, u8, bool

  /// Bytes of one element: 1, 2, 4 or 8.
  public var width: Int {
    switch self {
    case .f64, .i64: 8
    case .f32, .i32: 4
    case .f16, .bf16, .i16: 2
    case .i8, .u8, .bool: 1
    }
  }

  /// Writes the elements of `source` (contiguous, little-endian, of this type) as float32 to `target`.
  ///
  /// Rounds to nearest, ties to even: beyond the range of float32 gives an infinity, `bool` gives 0 or 1 (any non-zero
  /// byte is 1), NaN stays NaN. `target` has room for `source.count / width` values.
  package func convert(_ source: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<Float>) {
    let count = source.count / width
    switch self {
    case .f32:
      // Bits, not values: a signalling NaN keeps its payload.
      if let base = source.baseAddress { UnsafeMutableRawPointer(target).copyMemory(from: base, byteCount: count * 4) }
    case .f64:
      for i in 0..<count {
        let bits = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self))
        target[i] = Float(Double(bitPattern: bits))
      }
    case .f16:
      for i in 0..<count {
        target[i] = Self.half(UInt16(littleEndian: source.loadUnaligned(fromByteOffset: i * 2, as: UInt16.self)))
      }
    case .bf16:
      for i in 0..<count {
        let bits = UInt16(littleEndian: source.loadUnaligned(fromByteOffset: i * 2, as: UInt16.self))
        target[i] = Float(bitPattern: UInt32(bits) << 16)
      }
    case .i64:
      for i in 0..<count {
        target[i] = Float(Int64(littleEndian: source.loadUnaligned(fromByteOffset: i * 8, as: Int64.self)))
      }
    case .i32:
      for i in 0..<count {
        target[i] = Float(Int32(littleEndian: source.loadUnaligned(fromByteOffset: i * 4, as: Int32.self)))
      }
    case .i16:
      for i in 0..<count {
        target[i] = Float(Int16(littleEndian: source.loadUnaligned(fromByteOffset: i * 2, as: Int16.self)))
      }
    case .i8: for i in 0..<count { target[i] = Float(Int8(bitPattern: source[i])) }
    case .u8: for i in 0..<count { target[i] = Float(source[i]) }
    case .bool: for i in 0..<count { target[i] = source[i] == 0 ? 0 : 1 }
    }
  }

  /// IEEE binary16 to binary32, exact; by bits, so that no run-time routine decides what becomes of a NaN.
  private static func half(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 0x1f: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
