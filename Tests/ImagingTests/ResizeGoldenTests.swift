import Imaging
import Siamese
import TestSupport
import Testing

private struct ResizeTable: Decodable {
  struct Linear: Decodable {
    var seed, height, width, outHeight, outWidth: Int
    var channels: Int?
    var inputMD5: String?
    var md5: String
    var first: [UInt8]?
    var centre: [UInt8]?

    enum CodingKeys: String, CodingKey {
      case seed, height, width, channels, md5, first, centre
      case outHeight = "out_height"
      case outWidth = "out_width"
      case inputMD5 = "md5_in"
    }
  }
  struct Cubic: Decodable {
    var seed, height, width, outHeight, outWidth: Int
    var inputMD5: String?
    var md5: String
    var samples: [[Double]]?

    enum CodingKeys: String, CodingKey {
      case seed, height, width, md5, samples
      case outHeight = "out_height"
      case outWidth = "out_width"
      case inputMD5 = "md5_in"
    }
  }
  var linear: [Linear]?
  var cubic: [Cubic]?

  enum CodingKeys: String, CodingKey {
    case linear = "linear_u8"
    case cubic = "cubic_f32"
  }
}

private struct CropTable: Decodable {
  struct Row: Decodable {
    var seed, height, width: Int?
    var frame: String?
    var centreYX: [Double]?
    var centreXY: [Double]?
    var size: Double?
    var out, side, left, top: Int
    var mean: [Double]
    var md5: String
    var first: [UInt8]?
    var middle: [UInt8]?

    enum CodingKeys: String, CodingKey {
      case seed, height, width, frame, size, out, side, left, top, mean, md5, first, middle
      case centreYX = "centre_yx"
      case centreXY = "centre_xy"
    }

    /// The picture, nil where its file is not there.
    func image() throws -> Image? {
      if let frame {
        return Shared.has("data/\(frame)") ? try Image(contentsOf: Shared.path("data/\(frame)")) : nil
      }
      var generator = Generator(seed: seed ?? 0)
      return generator.image(width: width ?? 1, height: height ?? 1)
    }

    var name: String { "\(frame ?? "seed \(seed ?? 0)") \(left),\(top) \(side) -> \(out)" }
  }
  var siamFC: [Row]?
  var pysot: [Row]?

  enum CodingKeys: String, CodingKey {
    case siamFC = "crop_and_resize"
    case pysot = "get_subwindow"
  }
}

private let resizeFile = "golden/imageops/resize.json"
private let cropFile = "golden/imageops/crops.json"

@Suite struct ResizeGoldenTests {
  @Test(
    "Bilinear resizing of bytes equals OpenCV's",
    .enabled(if: Shared.has(resizeFile), "needs ../shared/golden/imageops/resize.json"))
  func linear() throws {
    let table: ResizeTable = try Shared.json(resizeFile)
    var tally = Tally("imageops/resize linear_u8")
    for row in table.linear ?? [] {
      guard (row.channels ?? 3) == 3 else {
        tally.excuse("seed \(row.seed) has \(row.channels ?? 0) channels")
        continue
      }
      var generator = Generator(seed: row.seed)
      let image = generator.image(width: row.width, height: row.height)
      #expect(row.inputMD5 == nil || row.inputMD5 == MD5.hex(image.pixels), "generator, seed \(row.seed)")
      let result = Resize.linear(image, width: row.outWidth, height: row.outHeight)
      let centre = result.pixel(row.outWidth / 2, row.outHeight / 2)
      tally.expect(
        MD5.hex(result.pixels) == row.md5 && (row.centre ?? centre) == centre
          && (row.first.map { Array(result.pixels.prefix($0.count)) == $0 } ?? true),
        "\(row.width) x \(row.height) -> \(row.outWidth) x \(row.outHeight), seed \(row.seed)")
    }
    tally.finish()
  }

  @Test(
    "Bicubic resizing of floats equals OpenCV's without IPP",
    .enabled(if: Shared.has(resizeFile), "needs ../shared/golden/imageops/resize.json"))
  func cubic() throws {
    let table: ResizeTable = try Shared.json(resizeFile)
    var tally = Tally("imageops/resize cubic_f32")
    for row in table.cubic ?? [] {
      var generator = Generator(seed: row.seed)
      let map = generator.floats(row.width * row.height)
      #expect(row.inputMD5 == nil || row.inputMD5 == digest(map), "generator, seed \(row.seed)")
      let result = Resize.cubic(
        map, width: row.width, height: row.height, toWidth: row.outWidth, toHeight: row.outHeight)
      for sample in row.samples ?? [] where sample.count == 2 && Int(sample[0]) < result.count {
        #expect(Double(result[Int(sample[0])]) == sample[1], "seed \(row.seed) at \(sample[0])")
      }
      tally.expect(
        digest(result) == row.md5,
        "\(row.width) x \(row.height) -> \(row.outWidth) x \(row.outHeight), seed \(row.seed)")
    }
    tally.finish()
  }

  private func digest(_ map: [Float]) -> String {
    MD5.hex(
      map.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) } })
  }
}

@Suite struct CropGoldenTests {
  @Test(
    "SiamFC's crops read the same squares and give the same bytes",
    .enabled(if: Shared.has(cropFile), "needs ../shared/golden/imageops/crops.json"))
  func siamFC() throws {
    let table: CropTable = try Shared.json(cropFile)
    var tally = Tally("imageops/crops crop_and_resize")
    for row in table.siamFC ?? [] {
      guard let image = try row.image(), let centre = row.centreYX, let size = row.size else {
        tally.excuse("\(row.name) is not there")
        continue
      }
      let means = image.channelMeans
      let square = Square.siamFC(centerX: Float(centre[1]), centerY: Float(centre[0]), size: size)
      let crop = image.crop(square, to: row.out, border: means.roundedBorder)
      check(row, [means.red, means.green, means.blue], square, crop.pixels, &tally)
    }
    tally.finish()
  }

  @Test(
    "PySOT's crops read the same squares and give the same bytes",
    .enabled(if: Shared.has(cropFile), "needs ../shared/golden/imageops/crops.json"))
  func pysot() throws {
    let table: CropTable = try Shared.json(cropFile)
    var tally = Tally("imageops/crops get_subwindow")
    for row in table.pysot ?? [] {
      guard let image = try row.image(), let centre = row.centreXY else {
        tally.excuse("\(row.name) is not there")
        continue
      }
      let means = image.channelMeans
      let square = Square.pysot(centerX: centre[0], centerY: centre[1], side: row.side)
      let crop = image.crop(square, to: row.out, border: means.truncatedBorder)
      check(row, [means.blue, means.green, means.red], square, crop.swapped, &tally)
    }
    tally.finish()
  }

  private func check(_ row: CropTable.Row, _ means: [Double], _ square: Square, _ bytes: [UInt8], _ tally: inout Tally)
  {
    #expect(square == Square(left: row.left, top: row.top, side: row.side), "\(row.name): \(square)")
    #expect(means == row.mean, "\(row.name): mean \(means), expected \(row.mean)")
    let middle = (row.out / 2 * row.out + row.out / 2) * 3
    tally.expect(
      MD5.hex(bytes) == row.md5 && (row.middle.map { Array(bytes[middle..<middle + 3]) == $0 } ?? true)
        && (row.first.map { Array(bytes.prefix($0.count)) == $0 } ?? true), row.name)
  }
}
