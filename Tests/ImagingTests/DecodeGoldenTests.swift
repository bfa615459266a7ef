import Imaging
import TestSupport
import Testing

private struct Table: Decodable {
  struct Row: Decodable {
    var file: String
    var expect: String?
    var width: Int?
    var height: Int?
    var md5: String?
    var first: [UInt8]?
    var last: [UInt8]?
    var fileMD5: String?

    enum CodingKeys: String, CodingKey {
      case file, expect, width, height, md5, first, last
      case fileMD5 = "file_md5"
    }
  }
  var files: [Row]
}

@Suite struct DecodeGoldenTests {
  private static let folder = "golden/imageops"

  private func compare(_ image: Image, _ row: Table.Row, _ tally: inout Tally) {
    let digest = MD5.hex(image.pixels)
    tally.expect(
      (row.width ?? image.width) == image.width && (row.height ?? image.height) == image.height && row.md5 == digest
        && (row.first.map { Array(image.pixels.prefix($0.count)) == $0 } ?? true)
        && (row.last.map { image.pixel(image.width - 1, image.height - 1) == $0 } ?? true),
      "\(row.file): \(image.width) x \(image.height) \(digest), expected \(row.width ?? 0) x \(row.height ?? 0) \(row.md5 ?? "-")"
    )
  }

  @Test(
    "Made-up pictures load, or are refused by name, as the goldens have it",
    .enabled(if: Shared.has("\(folder)/decode_synthetic.json"), "needs ../shared/golden/imageops"))
  func synthetic() throws {
    let table: Table = try Shared.json("\(Self.folder)/decode_synthetic.json")
    var tally = Tally("imageops/decode_synthetic")
    for row in table.files {
      guard Shared.has("\(Self.folder)/\(row.file)") else {
        tally.excuse("\(row.file) is not there")
        continue
      }
      let path = Shared.path("\(Self.folder)/\(row.file)")
      let result = Result { () throws(ImageError) in try Image(contentsOf: path) }
      switch (row.expect, result) {
      case ("refuse", .success): tally.expect(false, "\(row.file) was loaded, expected a refusal")
      case ("refuse", .failure(let error)):
        tally.expect(error.place == path && !error.cause.isEmpty, "\(row.file): \(error)")
      case ("any", .success(let image)):
        tally.expect(image.pixels.count == image.width * image.height * 3, "\(row.file)")
      case ("any", .failure): tally.expect(true, "")
      case (_, .success(let image)):
        // A row without a digest only says that it loads.
        if row.md5 != nil { compare(image, row, &tally) } else { tally.expect(image.width > 0, row.file) }
        let header = try? ImageHeader.read(path)
        #expect(header?.width == image.width && header?.height == image.height, "\(row.file): header")
      case (_, .failure(let error)): tally.expect(false, "\(row.file) was refused: \(error)")
      }
    }
    tally.finish()
  }

  @Test(
    "Real frames decode bit for bit",
    .enabled(if: Shared.has("\(folder)/decode_frames.json"), "needs ../shared/golden/imageops"))
  func frames() throws {
    let table: Table = try Shared.json("\(Self.folder)/decode_frames.json")
    var tally = Tally("imageops/decode_frames")
    for row in table.files {
      guard Shared.has("data/\(row.file)") else {
        tally.excuse("\(row.file) is not there")
        continue
      }
      if let expected = row.fileMD5 {
        #expect(MD5.hex(try Shared.bytes("data/\(row.file)")) == expected, "\(row.file) is another file")
      }
      compare(try Image(contentsOf: Shared.path("data/\(row.file)")), row, &tally)
    }
    tally.finish()
  }

  @Test(
    "A good picture cut short anywhere is refused, or still whole",
    .enabled(if: Shared.has("\(folder)/decode_synthetic.json"), "needs ../shared/golden/imageops"))
  func truncation() throws {
    let table: Table = try Shared.json("\(Self.folder)/decode_synthetic.json")
    var tally = Tally("truncated pictures")
    for row in table.files where row.expect == "load" && Shared.has("\(Self.folder)/\(row.file)") {
      let bytes = try Shared.bytes("\(Self.folder)/\(row.file)")
      let whole = try Image(decoding: bytes, name: row.file)
      let lengths = Set(stride(from: 0, to: bytes.count, by: max(1, bytes.count / 120))).union(
        max(0, bytes.count - 40)..<bytes.count)
      for length in lengths.sorted() {
        guard let image = try? Image(decoding: Array(bytes.prefix(length)), name: row.file) else {
          tally.expect(true, "")
          continue
        }
        tally.expect(image == whole, "\(row.file) cut to \(length) of \(bytes.count) bytes gives another picture")
      }
    }
    tally.finish()
  }

  @Test(
    "A real frame cut short anywhere is refused, or still whole",
    .enabled(if: Shared.has("\(folder)/decode_frames.json"), "needs ../shared/golden/imageops"))
  func frameTruncation() throws {
    let table: Table = try Shared.json("\(Self.folder)/decode_frames.json")
    var random = Generator(seed: 8)
    var tally = Tally("truncated frames")
    for row in table.files where Shared.has("data/\(row.file)") {
      let bytes = try Shared.bytes("data/\(row.file)")
      let whole = try Image(decoding: bytes, name: row.file)
      for length in (0..<16).map({ _ in random.below(bytes.count) }) + (1...8).map({ bytes.count - $0 }) {
        let image = try? Image(decoding: Array(bytes.prefix(length)), name: row.file)
        tally.expect(image == nil || image == whole, "\(row.file) cut to \(length) gives another picture")
      }
    }
    tally.finish()
  }

  @Test(
    "Flipped bytes never crash or hang the decoders",
    .enabled(if: Shared.has("\(folder)/decode_synthetic.json"), "needs ../shared/golden/imageops"))
  func flippedBytes() throws {
    let table: Table = try Shared.json("\(Self.folder)/decode_synthetic.json")
    var random = Generator(seed: 20)
    var tally = Tally("damaged pictures")
    for row in table.files where row.expect == "load" && Shared.has("\(Self.folder)/\(row.file)") {
      let good = try Shared.bytes("\(Self.folder)/\(row.file)")
      for round in 0..<80 {
        var bytes = good
        for _ in 0...round % 4 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
        let header = try? ImageHeader.read(bytes: bytes, name: row.file)
        let image = try? Image(decoding: bytes, name: row.file)
        tally.expect(
          image.map { $0.width == header?.width && $0.height == header?.height } ?? true, "\(row.file) round \(round)")
      }
    }
    tally.finish()
  }
}
