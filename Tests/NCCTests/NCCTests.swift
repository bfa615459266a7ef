import Checkpoints
import Geometry
import Imaging
import NCC
import Testing
import Tracking

struct NCCTests {
  /// Noise with the same textured rectangle at (`x`, `y`), its brightness times `gain` plus `lift`.
  private static func frame(
    x: Int, y: Int, width: Int = 20, height: Int = 14, gain: Double = 1, lift: Double = 0, side: (Int, Int) = (320, 240)
  ) -> Image {
    var state: UInt32 = 7
    func noise() -> UInt32 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return state >> 24
    }
    let texture = (0..<width * height).map { _ in Double(noise()) * 0.6 }
    var pixels = (0..<side.0 * side.1 * 3).map { _ in UInt8(noise() / 2) }
    for row in 0..<height where 0..<side.1 ~= y + row {
      for column in 0..<width where 0..<side.0 ~= x + column {
        let value = UInt8(min(max(texture[row * width + column] * gain + lift, 0), 255))
        let at = ((y + row) * side.0 + x + column) * 3
        for channel in 0..<3 { pixels[at + channel] = value }
      }
    }
    return Image(width: side.0, height: side.1, pixels: pixels)
  }

  private static func box(_ x: Int, _ y: Int) -> Box { Box(x: Double(x), y: Double(y), width: 20, height: 14) }

  @Test(
    "A target that moved by whole pixels is found exactly, with correlation 1",
    arguments: [(0, 0), (3, -2), (-9, 7), (10, 10), (-10, -10)])
  func exactShift(dx: Int, dy: Int) throws {
    var tracker = NCCTracker()
    try tracker.start(on: Self.frame(x: 100, y: 90), target: Self.box(100, 90))
    let estimate = try tracker.track(Self.frame(x: 100 + dx, y: 90 + dy))
    #expect(estimate.box == Self.box(100 + dx, 90 + dy))
    #expect(abs((estimate.score ?? 0) - 1) < 1e-12)
  }

  @Test("Brightness and contrast do not matter", arguments: [(1.5, 10.0), (0.5, 90.0), (1.0, 40.0)])
  func brightness(gain: Double, lift: Double) throws {
    var tracker = NCCTracker()
    try tracker.start(on: Self.frame(x: 100, y: 90), target: Self.box(100, 90))
    let estimate = try tracker.track(Self.frame(x: 105, y: 87, gain: gain, lift: lift))
    #expect(estimate.box == Self.box(105, 87))
    #expect((estimate.score ?? 0) > 0.99)
  }

  @Test("A large target is found within a few pixels of many, fractions of pixels in the box are kept")
  func largeTarget() throws {
    let size = (320, 240)
    func frame(_ dx: Int) -> Image {
      // Smooth hills, so that averages mean something.
      var pixels = [UInt8](repeating: 90, count: size.0 * size.1 * 3)
      for y in 0..<100 {
        for x in 0..<130 {
          let hill = (x / 26 * 37 + y / 20 * 53) % 120
          for channel in 0..<3 { pixels[((60 + y) * size.0 + 70 + dx + x) * 3 + channel] = UInt8(100 + hill) }
        }
      }
      return Image(width: size.0, height: size.1, pixels: pixels)
    }
    var tracker = NCCTracker()
    try tracker.start(on: frame(0), target: Box(x: 70.25, y: 60.5, width: 130, height: 100))
    let box = try tracker.track(frame(17)).box
    #expect(abs(box.x - 87.25) < 3 && abs(box.y - 60.5) < 3)
    #expect(box.width == 130 && box.height == 100)
  }

  @Test("Nothing but flat colour leaves the target where it was, with correlation 0")
  func flat() throws {
    let grey = Image(width: 90, height: 70, pixels: [UInt8](repeating: 90, count: 90 * 70 * 3))
    var tracker = NCCTracker()
    try tracker.start(on: grey, target: Box(x: 20, y: 30, width: 15, height: 11))
    for _ in 0..<5 {
      let estimate = try tracker.track(grey)
      #expect(estimate.box == Box(x: 20, y: 30, width: 15, height: 11) && estimate.score == 0)
    }
  }

  @Test(
    "Boxes without area are refused, strange ones are tracked",
    arguments: [
      (Box(x: 1, y: 1, width: 0, height: 5), false), (Box(x: .nan, y: 1, width: 5, height: 5), false),
      (Box(x: 1, y: 1, width: .infinity, height: 5), false), (Box(x: 1e300, y: 1, width: 5, height: 5), false),
      (Box(x: -5_000, y: 9_000, width: 20, height: 20), true), (Box(x: 10, y: 10, width: 1e-6, height: 1e-6), true),
      (Box(x: 10, y: 10, width: 1e7, height: 3), true), (Box(x: 1e9, y: -1e9, width: 1e9, height: 1e9), true),
    ])
  func boxes(box: Box, isTracked: Bool) throws {
    var tracker = NCCTracker()
    let frame = Self.frame(x: 100, y: 90)
    if isTracked {
      try tracker.start(on: frame, target: box)
      let found = try tracker.track(frame)
      #expect(found.box.width == box.width && -1...1.000001 ~= found.score ?? .nan)
    } else {
      #expect(throws: TrackerError.self) { try tracker.start(on: frame, target: box) }
      #expect(throws: TrackerError.notStarted) { try tracker.track(frame) }
    }
  }

  @Test("The map is Pearson's correlation by its definition", arguments: [(1, 1), (3, 2), (5, 7)])
  func definition(width: Int, height: Int) {
    var state: UInt32 = 3
    func patch(_ width: Int, _ height: Int) -> GreyPatch {
      GreyPatch(
        width: width, height: height,
        values: (0..<width * height).map { _ in
          state = state &* 1_664_525 &+ 1_013_904_223
          return Int32(state >> 24)
        })
    }
    let (picture, template) = (patch(13, 11), patch(width, height))
    let map = NormalizedCorrelation.map(template, over: picture)
    #expect(map.count == (14 - width) * (12 - height))
    func deviations(_ patch: GreyPatch) -> [Double] {
      let mean = patch.values.reduce(0.0) { $0 + Double($1) } / Double(patch.values.count)
      return patch.values.map { Double($0) - mean }
    }
    for top in 0...11 - height {
      for left in 0...13 - width {
        let a = deviations(template)
        let b = deviations(picture.part(left: left, top: top, width: width, height: height))
        let scale = (a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 }).squareRoot()
        let wanted = scale > 0 ? zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / scale : 0
        #expect(abs(map[top * (14 - width) + left] - wanted) < 1e-9)
      }
    }
  }

  @Test("The description wants no weights, refuses some, and makes trackers of 100 frames a second and more")
  func description() throws {
    let description = TrackerDescription.ncc
    #expect(description.name == "ncc" && !description.needsWeights && description.shapes.isEmpty)
    #expect(description.presets.map(\.name) == ["default"])
    #expect(throws: UnwantedWeights.self) { try description.load(.rule(shapes: [])) }
    let fault = #expect(throws: SettingsFault.self) {
      try description.load(nil, [.init(key: "template_size", value: "65")])
    }
    #expect(fault?.cause == "expected a whole number from 4 to 64, found \"65\"")
    var tracker = try description.load(nil).makeTracker()
    let frame = Self.frame(x: 100, y: 90, width: 60, height: 48)
    try tracker.start(on: frame, target: Box(x: 100, y: 90, width: 60, height: 48))
    let frames = 50
    let time = try ContinuousClock().measure { for _ in 0..<frames { _ = try tracker.track(frame) } }
    print("ncc, ms a frame of 320 x 240: \(time / frames / .milliseconds(1))")
  }
}
