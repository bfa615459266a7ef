import CKernels
import Imaging
import Testing

@Suite struct ResizeTests {
  typealias Kernel = @convention(c) (UnsafePointer<tb_window>?, UnsafeMutablePointer<UInt8>?, Int64, Int64) -> Void

  private func run(_ kernel: Kernel, _ image: Image, _ place: [Int64], _ width: Int, _ height: Int) -> [UInt8] {
    // Bytes behind the result would show a write past its end.
    var out = [UInt8](repeating: 0xa5, count: width * height * 3 + 64)
    image.pixels.withUnsafeBufferPointer { source in
      var window = tb_window(
        pixels: source.baseAddress, width: Int64(image.width), height: Int64(image.height), left: place[0],
        top: place[1], columns: place[2], rows: place[3], border: (10, 200, 33))
      kernel(&window, &out, Int64(width), Int64(height))
    }
    return out
  }

  @Test("The fast kernels equal the definition over awkward sizes and places")
  func fastEqualsPlain() {
    var random = Generator(seed: 77)
    for round in 0..<700 {
      let image = random.image(width: 1 + random.below(50), height: 1 + random.below(50))
      let width = round % 50 == 0 ? 250 + random.below(300) : 1 + random.below(40)
      let height = 1 + random.below(40)
      var place = [random.below(160) - 80, random.below(160) - 80, 1 + random.below(120), 1 + random.below(120)]
        .map(Int64.init)
      switch round % 12 {
      case 0: (place[2], place[3]) = (Int64(2 * width), Int64(2 * height))
      case 1: (place[2], place[3]) = (Int64(width), Int64(height))
      case 2: (place[2], place[3]) = (1 << Int64(random.below(62)), 1 << Int64(random.below(62)))
      case 3: place = [-(1 << 30), -(1 << 30), 1 << 31, 1 << 31]
      case 4: place[0] = .max - 2
      case 5: place[1] = .min
      case 6: (place[2], place[3]) = (Int64(2 * width), 1)
      default: break
      }
      let plain = run(tb_resize_linear_u8x3__plain, image, place, width, height)
      #expect(run(tb_resize_linear_u8x3, image, place, width, height) == plain, "\(place) -> \(width) x \(height)")
      #expect(
        run(tb_resize_linear_u8x3__portable, image, place, width, height) == plain,
        "portable \(place) -> \(width) x \(height)")
      #expect(plain.suffix(64).allSatisfy { $0 == 0xa5 })
    }
  }

  @Test("The fast bicubic kernel equals the definition bit for bit")
  func cubicEqualsPlain() {
    var random = Generator(seed: 78)
    for round in 0..<200 {
      let (width, height) = (1 + random.below(40), 1 + random.below(40))
      let (toWidth, toHeight) = (1 + random.below(round % 20 == 0 ? 700 : 90), 1 + random.below(90))
      var map = random.floats(width * height)
      if round % 10 == 0 { map[random.below(map.count)] = .nan }
      var plain = [Float](repeating: 0, count: toWidth * toHeight)
      tb_resize_cubic_f32__plain(map, Int64(width), Int64(height), &plain, Int64(toWidth), Int64(toHeight))
      let fast = Resize.cubic(map, width: width, height: height, toWidth: toWidth, toHeight: toHeight)
      #expect(zip(fast, plain).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) })
    }
  }

  @Test("One colour stays one colour, whatever the sizes")
  func constant() {
    var random = Generator(seed: 79)
    for value: UInt8 in [0, 1, 17, 127, 128, 254, 255] {
      let (width, height) = (1 + random.below(90), 1 + random.below(90))
      let image = Image(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
      let result = Resize.linear(image, width: 1 + random.below(300), height: 1 + random.below(300))
      #expect(result.pixels.allSatisfy { $0 == value }, "\(width) x \(height) to \(result.width) x \(result.height)")
      let square = Square(left: random.below(200) - 100, top: random.below(200) - 100, side: 1 + random.below(500))
      #expect(image.crop(square, to: 61, border: (value, value, value)).pixels.allSatisfy { $0 == value })
    }
  }

  @Test("A result never leaves the range of what it was made from")
  func range() {
    var random = Generator(seed: 80)
    for _ in 0..<60 {
      var image = random.image(width: 1 + random.below(30), height: 1 + random.below(30))
      image.pixels = image.pixels.map { 60 + $0 % 100 }
      let result = Resize.linear(image, width: 1 + random.below(80), height: 1 + random.below(80))
      // The truncations of the vertical pass may cost one step downwards.
      #expect(result.pixels.allSatisfy { (59...159).contains($0) })
    }
  }

  @Test("The same size copies, and half the size averages squares of four")
  func copyAndBox() {
    var random = Generator(seed: 81)
    let image = random.image(width: 14, height: 10)
    #expect(Resize.linear(image, width: 14, height: 10) == image)
    let half = Resize.linear(image, width: 7, height: 5)
    for y in 0..<5 {
      for x in 0..<7 {
        for c in 0..<3 {
          let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].reduce(2) {
            $0 + Int(image.pixel(2 * x + $1.0, 2 * y + $1.1)[c])
          }
          #expect(Int(half.pixel(x, y)[c]) == sum / 4)
        }
      }
    }
  }

  @Test("Mirroring the picture mirrors the bicubic result up to rounding")
  func cubicMirror() {
    var random = Generator(seed: 82)
    let map = random.floats(17 * 9)
    func mirrored(_ values: [Float], _ width: Int) -> [Float] {
      stride(from: 0, to: values.count, by: width).flatMap { values[$0..<$0 + width].reversed() }
    }
    let plain = Resize.cubic(map, width: 17, height: 9, toWidth: 272, toHeight: 31)
    let other = Resize.cubic(mirrored(map, 17), width: 17, height: 9, toWidth: 272, toHeight: 31)
    // Sixteen products of values up to 1: a few units in the last place.
    #expect(zip(plain, mirrored(other, 272)).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("Channel means are exact sums, divided once")
  func means() {
    let image = Image(width: 3, height: 1, pixels: [0, 10, 255, 1, 10, 255, 1, 11, 254])
    #expect(image.channelMeans == ChannelMeans(red: 2.0 / 3, green: 31.0 / 3, blue: 764.0 / 3))
    let white = Image(width: 4000, height: 2000, pixels: [UInt8](repeating: 255, count: 24_000_000))
    #expect(white.channelMeans == ChannelMeans(red: 255, green: 255, blue: 255))
  }
}
