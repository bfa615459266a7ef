extension ImageError {
  /// The error for bytes that are neither JPEG nor PNG, saying what they look like instead.
  static func notAPicture(_ bytes: UnsafeRawBufferPointer, name: String) -> ImageError {
    let again = "download the file again, or convert it to JPEG or PNG"
    let (found, remedy): (String, String) =
      if bytes.isEmpty {
        ("an empty file", "copy or download the file again")
      } else if begins(bytes, with: "version https://git-lfs") {
        ("a Git LFS pointer", "fetch the pictures themselves with `git lfs pull`")
      } else if let format = signatures.first(where: { begins(bytes, with: $0.bytes) })?.format {
        ("a \(format) file", again)
      } else if begins(bytes, with: "RIFF"), begins(.init(rebasing: bytes.dropFirst(8)), with: "WEBP") {
        ("a WebP picture", again)
      } else if isMarkup(bytes) {
        ("a web page or another text with tags", "download the file again: the server sent a message in its place")
      } else if isText(bytes) {
        ("text that begins with \"\(beginning(bytes))\"", again)
      } else {
        (
          "a file that begins with the bytes "
            + bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " "), again
        )
      }
    return ImageError(
      .notAPicture, place: name, cause: "expected a JPEG or PNG picture, found \(found)", remedy: remedy)
  }

  private static let signatures: [(bytes: [UInt8], format: String)] = [
    (Array("GIF8".utf8), "GIF"), (Array("BM".utf8), "BMP"), ([0x49, 0x49, 42, 0], "TIFF"),
    ([0x4d, 0x4d, 0, 42], "TIFF"),
    ([0x1f, 0x8b], "gzip"), ([0x50, 0x4b, 3, 4], "zip"), ([0xff, 0x4f, 0xff, 0x51], "JPEG 2000"),
    ([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20], "JPEG 2000"), ([0xff, 0x0a], "JPEG XL"), (Array("8BPS".utf8), "Photoshop"),
    (Array("P5".utf8), "PGM"), (Array("P6".utf8), "PPM"), (Array("%PDF".utf8), "PDF"),
  ]

  private static func begins(_ bytes: UnsafeRawBufferPointer, with signature: String) -> Bool {
    begins(bytes, with: Array(signature.utf8))
  }

  private static func begins(_ bytes: UnsafeRawBufferPointer, with signature: [UInt8]) -> Bool {
    bytes.starts(with: signature)
  }

  private static func isMarkup(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let spaces: Set<UInt8> = [9, 10, 13, 32, 0xef, 0xbb, 0xbf]
    return bytes.prefix(64).drop { spaces.contains($0) }.first == UInt8(ascii: "<")
  }

  private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.prefix(256).allSatisfy { (32..<127).contains($0) || $0 == 9 || $0 == 10 || $0 == 13 }
  }

  private static func beginning(_ text: UnsafeRawBufferPointer) -> String {
    let line = text.prefix { $0 != 10 && $0 != 13 }.prefix(40)
    return String(decoding: line, as: UTF8.self)
  }
}
