import Imaging
import Siamese
import Testing

@Suite struct SquareTests {
  @Test("SiamFC rounds side and corner half to even (S3)")
  func siamFC() {
    #expect(Square.siamFC(centerX: 37.5, centerY: 20.5, size: 53.5) == Square(left: 11, top: -6, side: 54))
    // An odd square around k + 0.5 goes to the even neighbour.
    #expect(Square.siamFC(centerX: 10.5, centerY: 11.5, size: 5) == Square(left: 8, top: 10, side: 5))
    #expect(Square.siamFC(centerX: 10, centerY: 10, size: 4.5).side == 4)
  }

  @Test("PySOT floors the corner")
  func pysot() {
    #expect(Square.pysot(centerX: 10, centerY: 10.5, side: 5) == Square(left: 7, top: 8, side: 5))
    #expect(Square.pysot(centerX: -0.25, centerY: 0, side: 4) == Square(left: -3, top: -2, side: 4))
  }

  @Test("Border colours round for SiamFC (S4) and truncate for PySOT (N9)")
  func borders() {
    let means = ChannelMeans(red: 127.5, green: 128.5, blue: 99.99)
    #expect(means.roundedBorder == (128, 128, 100))
    #expect(means.truncatedBorder == (127, 128, 99))
    let wild = ChannelMeans(red: .nan, green: -3, blue: 1e9)
    #expect(wild.roundedBorder == (0, 0, 255) && wild.truncatedBorder == (0, 0, 255))
  }

  @Test("No number makes a crop crash or take memory")
  func wildNumbers() {
    var random = Generator(seed: 4)
    let image = random.image(width: 40, height: 30)
    let numbers: [Double] = [.nan, .infinity, -.infinity, 0, -1, 1e-30, 1e6, -1e6, 1e18, -1e18, 1e300, 0.5, 20]
    var crop: [UInt8] = []
    for x in numbers {
      for y in numbers {
        for size in numbers {
          let first = Square.siamFC(centerX: Float(x), centerY: Float(y), size: size)
          image.crop(first, to: 15, border: (1, 2, 3), into: &crop)
          #expect(crop.count == 675)
          let second = Square.pysot(centerX: x, centerY: y, side: first.side)
          image.crop(second, to: 15, border: (1, 2, 3), into: &crop)
        }
      }
    }
    for side in [Int.min, -1, 0, 1, .max] {
      for place in [Int.min, -1, 0, .max] {
        image.crop(Square(left: place, top: place, side: side), to: 7, border: (1, 2, 3), into: &crop)
        if side < 1 || place == .max { #expect(crop == (0..<49).flatMap { _ in [1, 2, 3] as [UInt8] }) }
      }
    }
  }

  @Test("A crop equals cutting the square out and resizing it")
  func cutAndResize() {
    var random = Generator(seed: 5)
    let image = random.image(width: 50, height: 37)
    for _ in 0..<60 {
      let square = Square(left: random.below(90) - 40, top: random.below(80) - 40, side: 1 + random.below(90))
      var cut: [UInt8] = []
      for y in square.top..<square.top + square.side {
        for x in square.left..<square.left + square.side {
          let inside = x >= 0 && x < image.width && y >= 0 && y < image.height
          cut += inside ? image.pixel(x, y) : [9, 8, 7]
        }
      }
      let expected = Resize.linear(
        Image(width: square.side, height: square.side, pixels: cut), width: 31, height: 31)
      #expect(image.crop(square, to: 31, border: (9, 8, 7)) == expected, "\(square)")
    }
  }

  @Test("A crop into a buffer of the right length keeps that buffer")
  func steadyState() {
    var random = Generator(seed: 6)
    let image = random.image(width: 50, height: 37)
    var crop = [UInt8](repeating: 0, count: 127 * 127 * 3)
    let before = crop.withUnsafeBufferPointer { $0.baseAddress }
    for side in [10, 127, 254, 60] {
      image.crop(Square(left: 3, top: -9, side: side), to: 127, border: (9, 8, 7), into: &crop)
      #expect(crop == image.crop(Square(left: 3, top: -9, side: side), to: 127, border: (9, 8, 7)).pixels)
    }
    #expect(crop.withUnsafeBufferPointer { $0.baseAddress } == before)
  }
}
