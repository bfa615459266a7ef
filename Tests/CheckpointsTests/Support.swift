import TestSupport

extension TemporaryFolder {
  /// Writes a file and says where.
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try write(bytes, to: name)
    return file(name)
  }
}

/// Puts right checksums into a damaged archive, so that the damage reaches the readers behind them.
enum ZipRepair {
  static func repairChecksums(_ bytes: inout [UInt8]) {
    func number(_ at: Int, _ width: Int) -> Int { (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) } }
    var at = 0
    while at + 46 <= bytes.count {
      guard number(at, 4) == 0x0201_4b50 else {
        at += 1
        continue
      }
      let (size, header) = (number(at + 24, 4), number(at + 42, 4))
      if header + 30 <= bytes.count, number(header, 4) == 0x0403_4b50 {
        let start = header + 30 + number(header + 26, 2) + number(header + 28, 2)
        if start + size <= bytes.count {
          let crc = crc32(bytes[start..<start + size])
          for i in 0..<4 { bytes[at + 16 + i] = UInt8(truncatingIfNeeded: crc >> UInt32(8 * i)) }
        }
      }
      at += 46
    }
  }

  /// Bit by bit: the plain form of what the reader does with tables.
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(0xffff_ffff as UInt32) { register, byte in
      (0..<8).reduce(register ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }
  }
}

/// Pickles by hand: opcodes as bytes, with a NumPy array for the tensor a file must hold.
enum Pickle {
  static func text(_ text: String) -> [UInt8] { [0x8c, UInt8(text.utf8.count)] + Array(text.utf8) }

  static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

  /// A float32 array of `shape` with `bytes` as its content.
  static func array(
    shape: [UInt8] = [2], bytes: [UInt8] = [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40], type: String = "f4", order: String = "<",
    fortran: Bool = false
  ) -> [UInt8] {
    let core = "numpy.core.multiarray"
    var code = global(core, "_reconstruct") + global("numpy", "ndarray") + [0x4b, 0, 0x85, 0x43, 1, 0x62, 0x87, 0x52]
    code += [0x28, 0x4b, 1, 0x28] + shape.flatMap { [0x4b, $0] } + [0x74]
    code += global("numpy", "dtype") + text(type) + [0x89, 0x88, 0x87, 0x52]
    code += [0x28, 0x4b, 3] + text(order) + [0x4e, 0x4e, 0x4e] + [0x4b, 0, 0x4b, 0, 0x4b, 0, 0x74, 0x62]
    code += [fortran ? 0x88 : 0x89, 0x43, UInt8(bytes.count)] + bytes + [0x74, 0x62]
    return code
  }

  /// A whole file: a dict with the array under `w` and whatever `rest` puts beside it (keys and values in turn).
  static func file(rest: [UInt8] = [], array: [UInt8] = Pickle.array()) -> [UInt8] {
    [0x80, 2, 0x7d, 0x28] + text("w") + array + rest + [0x75, 0x2e]
  }
}
