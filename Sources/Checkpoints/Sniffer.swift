/// Tells the containers apart by their first bytes.
enum Sniffer {
  /// A legacy file's first pickle: the integer 0x1950a86a20f9469cfc6c. Compared as bytes, because it needs ten of them
  /// where the pickle machine reads integers of at most eight.
  static let legacyMagic: [UInt8] = [
    0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
  ]

  static func container(of bytes: [UInt8], name: String) throws(CheckpointError) -> Checkpoint.Container {
    if bytes.starts(with: [0x50, 0x4b, 3, 4]) || bytes.starts(with: [0x50, 0x4b, 5, 6]) { return .zip }
    if bytes.starts(with: legacyMagic) { return .legacy }
    let hasBrace = bytes.count > 8 && bytes[8] == UInt8(ascii: "{")
    // A safetensors header of 640 bytes begins with 80 02, as a pickle does. Four zero bytes and a brace tell them apart: no
    // opcode that can stand at byte 2 of a state dict's pickle leaves room for them.
    if bytes.first == 0x80, !(hasBrace && bytes[4..<8].allSatisfy { $0 == 0 }) { return .pickle }
    if hasBrace { return .safetensors }
    throw unrecognised(bytes, name: name)
  }

  /// Says what a wrong file most likely is: these are what a failed download leaves behind.
  private static func unrecognised(_ bytes: [UInt8], name: String) -> CheckpointError {
    let known = "wanted a PyTorch, NumPy-pickle or safetensors file"
    let head = String(decoding: bytes.prefix(64), as: UTF8.self).lowercased()
    if bytes.isEmpty {
      return CheckpointError(.unrecognised, at: name, "is empty, \(known)", remedy: "fetch the file again")
    }
    if head.hasPrefix("version https://git-lfs") {
      return CheckpointError(
        .unrecognised, at: name, "is a git-lfs pointer, not the weights themselves", remedy: "git lfs pull")
    }
    if head.hasPrefix("<!doctype") || head.hasPrefix("<html") {
      return CheckpointError(
        .unrecognised, at: name, "is an HTML page, \(known)",
        remedy: "the download answered with a web page; open the link in a browser and save the file itself")
    }
    if bytes.count > 262, Array(bytes[257..<262]) == Array("ustar".utf8) {
      return CheckpointError(
        .unrecognised, at: name, "is a tar archive (PyTorch 0.1 wrote such), \(known)",
        remedy: "unpack it, or load it with an old PyTorch and save the state dict again")
    }
    let first = bytes.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    return CheckpointError(
      .unrecognised, at: name, "begins with \(first), \(known)", remedy: "check that this is the weights file")
  }
}
