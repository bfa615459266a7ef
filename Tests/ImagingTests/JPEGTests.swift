import Imaging
import Testing

@Suite struct JPEGTests {
  private func refusal(_ bytes: [UInt8]) -> ImageError? {
    do throws(ImageError) {
      _ = try Image(decoding: bytes, name: "frame.jpg")
      return nil
    } catch {
      return error
    }
  }

  @Test("A picture cut to any length is refused or whole", arguments: [TinyJPEG.baseline, TinyJPEG.progressive])
  func truncation(_ bytes: [UInt8]) throws {
    let whole = try Image(decoding: bytes, name: "whole")
    #expect(whole.width == 20 && whole.height == 12)
    for length in 0..<bytes.count {
      if let image = try? Image(decoding: Array(bytes.prefix(length)), name: "cut") {
        #expect(image == whole && length >= bytes.count - 2, "cut to \(length) of \(bytes.count)")
      }
    }
  }

  @Test("The end marker alone may be missing", arguments: [TinyJPEG.baseline, TinyJPEG.progressive])
  func missingEndMarker(_ bytes: [UInt8]) throws {
    let whole = try Image(decoding: bytes, name: "whole")
    #expect(try Image(decoding: Array(bytes.dropLast(1)), name: "half a marker") == whole)
    #expect(try Image(decoding: Array(bytes.dropLast(2)), name: "no marker") == whole)
    #expect(try Image(decoding: bytes + [1, 2, 3, 0xff, 0xd8], name: "more behind it") == whole)
  }

  @Test("Padding before the end marker, a comment and a thumbnail of another picture change nothing")
  func harmlessBytes() throws {
    let good = TinyJPEG.baseline
    let whole = try Image(decoding: good, name: "whole")
    let end: [UInt8] = [0xff, 0xd9]
    #expect(try Image(decoding: good.dropLast(2) + [0, 0, 0, 0, 0, 0, 0, 0] + end, name: "padding") == whole)
    let comment: [UInt8] = [0xff, 0xfe, 0, 6, 0xff, 0xd9, 0xff, 0xda]
    #expect(try Image(decoding: good.prefix(2) + comment + good.dropFirst(2), name: "comment") == whole)
    let thumbnail = [0xff, 0xe1] + [UInt8((good.count + 2) >> 8), UInt8((good.count + 2) & 255)] + TinyJPEG.baseline
    #expect(try Image(decoding: good.prefix(2) + thumbnail + good.dropFirst(2), name: "thumbnail") == whole)
  }

  @Test("A progressive picture that ends between two scans is refused")
  func missingScans() {
    let bytes = TinyJPEG.progressive
    let tables = TinyJPEG.offsets(of: 0xc4, in: bytes) + TinyJPEG.offsets(of: 0xda, in: bytes)
    let frame = TinyJPEG.offsets(of: 0xc2, in: bytes)[0]
    let between = tables.filter { $0 > frame }
    #expect(between.count > 10)
    for offset in between {
      #expect(refusal(Array(bytes.prefix(offset)))?.code == .damaged, "cut to \(offset)")
    }
  }

  @Test("A component without a scan is refused even before an end marker")
  func missingComponent() {
    let bytes = TinyJPEG.progressive
    let secondScan = TinyJPEG.offsets(of: 0xda, in: bytes)[0]
    #expect(refusal(Array(bytes.prefix(secondScan)) + [0xff, 0xd9])?.cause == "JPEG data end before component 1 of 3")
  }

  @Test("Thousands of scans are refused at once")
  func manyScans() {
    let bytes = TinyJPEG.progressive
    let last = TinyJPEG.offsets(of: 0xda, in: bytes).last ?? 0
    let scan = bytes[last..<bytes.count - 2]
    let many = Array(bytes.dropLast(2)) + repeatElement(scan, count: 20_000).joined() + [0xff, 0xd9]
    let clock = ContinuousClock()
    let time = clock.measure { #expect(refusal(many)?.cause.contains("20010 scans") == true) }
    #expect(time < .seconds(1))
  }

  @Test("The EXIF orientation turns the picture and its header", arguments: UInt8(0)...9)
  func orientation(_ value: UInt8) throws {
    let plain = try Image(decoding: TinyJPEG.baseline, name: "plain")
    let bytes = TinyJPEG.oriented(TinyJPEG.baseline, value)
    let turned = try Image(decoding: bytes, name: "turned")
    let header = try ImageHeader.read(bytes: bytes, name: "turned")
    #expect(header.width == turned.width && header.height == turned.height && header.format == .jpeg)
    let (lastX, lastY) = (plain.width - 1, plain.height - 1)
    for y in 0..<turned.height {
      for x in 0..<turned.width {
        let from =
          switch value {
          case 2: (lastX - x, y)
          case 3: (lastX - x, lastY - y)
          case 4: (x, lastY - y)
          case 5: (y, x)
          case 6: (y, lastY - x)
          case 7: (lastX - y, lastY - x)
          case 8: (lastX - y, x)
          default: (x, y)
          }
        #expect(turned.pixel(x, y) == plain.pixel(from.0, from.1))
      }
    }
  }

  @Test("Unsupported kinds are named")
  func unsupported() {
    var bytes = TinyJPEG.baseline
    let frame = TinyJPEG.offsets(of: 0xc0, in: bytes)[0]
    for (marker, word): (UInt8, String) in [(0xc3, "lossless"), (0xc9, "arithmetic-coded"), (0xc5, "hierarchical")] {
      bytes[frame + 1] = marker
      let error = refusal(bytes)
      #expect(error?.code == .unsupported && error?.cause.contains(word) == true, "\(word)")
    }
    bytes[frame + 1] = 0xc0
    bytes[frame + 4] = 12
    #expect(refusal(bytes)?.cause == "is a JPEG with 12 bits per sample, expected 8")
    bytes[frame + 4] = 8
    bytes[frame + 9] = 4
    #expect(refusal(bytes)?.cause == "is a JPEG of 4 components (CMYK), expected 1 (grey) or 3 (colour)")
  }

  @Test("Sizes the bytes cannot hold are refused before memory is taken")
  func implausibleSize() {
    var bytes = TinyJPEG.baseline
    let frame = TinyJPEG.offsets(of: 0xc0, in: bytes)[0]
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0x1f, 0xff, 0x1f, 0xff])
    #expect(refusal(bytes)?.cause == "declares 8191 x 8191 pixels, which a JPEG of 343 bytes cannot hold")
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xff, 0xff, 0xff, 0xff])
    #expect(refusal(bytes)?.code == .tooLarge)
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0, 0, 0, 20])
    #expect(refusal(bytes)?.cause == "declares 20 x 0 pixels, expected at least 1 x 1")
  }

  @Test("Every byte of a picture set to every of a few values neither crashes nor hangs")
  func everyByte() {
    for good in [TinyJPEG.baseline, TinyJPEG.progressive] {
      for i in good.indices {
        for value: UInt8 in [0, 1, 0x7f, 0xc4, 0xd9, 0xda, 0xff] {
          var bytes = good
          bytes[i] = value
          _ = refusal(bytes)
        }
      }
    }
  }

  @Test("Decoding in many tasks at once gives one picture")
  func concurrency() async throws {
    let expected = try Image(decoding: TinyJPEG.progressive, name: "one")
    let equal = await withTaskGroup(of: Bool.self) { group in
      for i in 0..<64 {
        group.addTask {
          let cut = i % 4 == 0 ? Array(TinyJPEG.progressive.prefix(300 + i)) : TinyJPEG.progressive
          let image = try? Image(decoding: cut, name: "many")
          return i % 4 == 0 ? image == nil : image == expected
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(equal)
  }
}
