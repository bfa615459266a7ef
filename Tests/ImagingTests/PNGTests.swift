import Imaging
import Testing

@Suite struct PNGTests {
  private func refusal(_ bytes: [UInt8]) -> ImageError? {
    do throws(ImageError) {
      _ = try Image(decoding: bytes, name: "frame.png")
      return nil
    } catch {
      return error
    }
  }

  /// 2 x 1 pixels, with a chunk before and after the data.
  private func handmade(
    before: (String, [UInt8])? = nil, after: (String, [UInt8])? = nil, wrongStream: Bool = false,
    wrongChecksum: Bool = false, end: Bool = true
  ) -> [UInt8] {
    var png = HandmadePNG()
    png.header(2, 1)
    if let before { png.chunk(before.0, before.1) }
    png.chunk(
      "IDAT", HandmadePNG.stored([0, 1, 2, 3, 4, 5, 6], wrongChecksum: wrongStream), wrongChecksum: wrongChecksum)
    if let after { png.chunk(after.0, after.1) }
    if end { png.chunk("IEND", []) }
    return png.bytes
  }

  @Test("What is written reads back the same, and is written the same again")
  func roundTrip() throws {
    var random = Generator(seed: 5)
    for (width, height) in [(1, 1), (1, 300), (300, 1), (17, 13), (64, 64), (255, 127)] {
      let image = random.image(width: width, height: height)
      let bytes = try image.pngData()
      #expect(try Image(decoding: bytes, name: "written") == image)
      #expect(try image.pngData() == bytes)
      let header = try ImageHeader.read(bytes: bytes, name: "written")
      #expect(header.format == .png && header.width == width && header.height == height)
    }
    let flat = Image(width: 400, height: 300, pixels: [UInt8](repeating: 90, count: 360_000))
    #expect(try flat.pngData().count < 4000)
  }

  @Test("A picture cut to any length is refused")
  func truncation() throws {
    var random = Generator(seed: 6)
    let bytes = try random.image(width: 9, height: 7).pngData()
    for length in 0..<bytes.count { #expect(refusal(Array(bytes.prefix(length))) != nil, "cut to \(length)") }
  }

  @Test("Every byte of a picture set to every of a few values neither crashes nor hangs")
  func everyByte() throws {
    var random = Generator(seed: 7)
    let good = try random.image(width: 9, height: 7).pngData()
    for i in good.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] where good[i] != value {
        var bytes = good
        bytes[i] = value
        #expect(refusal(bytes) != nil, "byte \(i) set to \(value)")
      }
    }
  }

  @Test("Damage in the data is refused, in what we do not read forgiven")
  func damage() throws {
    let good = try Image(decoding: handmade(), name: "good")
    #expect(good.pixels == [1, 2, 3, 4, 5, 6])
    #expect(refusal(handmade(wrongChecksum: true))?.code == .damaged)
    #expect(refusal(handmade(wrongStream: true))?.code == .damaged)
    #expect(refusal(handmade(end: false))?.code == .damaged)
    let long = [UInt8](repeating: 65, count: 9_000_000)
    #expect(try Image(decoding: handmade(before: ("prVt", long)), name: "long private chunk") == good)
    #expect(try Image(decoding: handmade(before: ("iCCP", [65, 0, 0, 1, 2, 3])), name: "bad profile") == good)
    #expect(try Image(decoding: handmade(after: ("tEXt", Array("a\0b".utf8))), name: "text") == good)
  }

  @Test("An eXIf chunk turns the picture")
  func orientation() throws {
    let tiff: [UInt8] = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    let bytes = handmade(before: ("eXIf", tiff))
    let image = try Image(decoding: bytes, name: "turned")
    #expect(image.width == 1 && image.height == 2 && image.pixels == [1, 2, 3, 4, 5, 6])
    let header = try ImageHeader.read(bytes: bytes, name: "turned")
    #expect(header.width == 1 && header.height == 2)
  }

  @Test("Sizes beyond the limit or the bytes are refused before memory is taken")
  func implausibleSize() {
    func declared(_ width: UInt32, _ height: UInt32) -> ImageError? {
      var png = HandmadePNG()
      png.header(width, height)
      png.chunk("IDAT", HandmadePNG.stored([0]))
      png.chunk("IEND", [])
      return refusal(png.bytes)
    }
    #expect(declared(0, 5)?.code == .damaged)
    #expect(declared(8192, 8192)?.cause == "declares 8192 x 8192 pixels, which a PNG of 69 bytes cannot hold")
    #expect(declared(8192, 8193)?.cause == "declares 8192 x 8193 pixels, more than the 67108864 that are accepted")
    #expect(declared(.max, .max)?.code == .tooLarge)
    #expect(declared(1 << 31, 1 << 31)?.code == .tooLarge)
  }

  @Test("Depths and colour types that do not go together are refused")
  func combinations() {
    for colourType in UInt8(0)...7 {
      for depth in UInt8(0)...17 {
        var png = HandmadePNG()
        png.header(1, 1, depth: depth, colourType: colourType)
        if colourType == 3 { png.chunk("PLTE", [9, 8, 7]) }
        let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colourType] ?? 1
        png.chunk(
          "IDAT", HandmadePNG.stored([0] + [UInt8](repeating: 0, count: max(1, samples * Int(depth) / 8))))
        png.chunk("IEND", [])
        let allowed =
          switch colourType {
          case 0: [1, 2, 4, 8, 16].contains(depth)
          case 2, 4, 6: [8, 16].contains(depth)
          case 3: [1, 2, 4, 8].contains(depth)
          default: false
          }
        #expect((refusal(png.bytes) == nil) == allowed, "colour type \(colourType), \(depth) bits")
      }
    }
  }
}
