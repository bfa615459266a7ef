import Geometry
import Testing

@Suite("Masks")
struct MaskTests {
  @Test("Runs made from pixels give back the pixels, their number and their box")
  func pixels() throws {
    var random = Random(state: 5)
    for _ in 0..<200 {
      let mask = random.mask()
      var inside: [(column: Int, row: Int)] = []
      for row in mask.y..<mask.y + mask.height {
        for column in mask.x..<mask.x + mask.width where mask.contains(column: column, row: row) {
          inside.append((column, row))
        }
      }
      #expect(inside.count == mask.area)
      guard let left = inside.map(\.column).min(), let right = inside.map(\.column).max(),
        let top = inside.map(\.row).min(), let bottom = inside.map(\.row).max()
      else {
        #expect(mask.pixelBounds == nil)
        #expect(mask.boundingBox.x.isNaN)
        continue
      }
      let bounds = try #require(mask.pixelBounds)
      #expect(bounds == (left, top, right, bottom))
      let box = Box(
        x: Double(left), y: Double(top), width: Double(right - left + 1), height: Double(bottom - top + 1))
      #expect(mask.boundingBox == box)
      #expect(Region.mask(mask).axisAlignedBox == box)
    }
  }

  @Test("A run goes on from one row to the next")
  func acrossRows() throws {
    let mask = try #require(Mask(x: 3, y: 5, width: 4, height: 3, runs: [2, 6]))
    #expect(mask.area == 6)
    #expect(mask.contains(column: 5, row: 5))
    #expect(!mask.contains(column: 4, row: 5))
    #expect(mask.contains(column: 3, row: 6))
    #expect(mask.contains(column: 6, row: 6))
    #expect(!mask.contains(column: 3, row: 7))
    #expect(mask.boundingBox == Box(x: 3, y: 5, width: 4, height: 2))
  }

  @Test("Sizes and runs that cannot be are refused, whatever their size")
  func refused() {
    let huge = Int.max
    #expect(Mask(x: 0, y: 0, width: 2, height: 2, runs: [0, 5]) == nil)
    #expect(Mask(x: 0, y: 0, width: 2, height: 2, runs: [-1, 2]) == nil)
    #expect(Mask(x: 0, y: 0, width: 2, height: 2, runs: [huge, huge]) == nil)
    #expect(Mask(x: 0, y: 0, width: huge, height: huge, runs: []) == nil)
    #expect(Mask(x: huge, y: 0, width: 1, height: 1, runs: []) == nil)
    #expect(Mask(x: 0, y: 0, width: -1, height: 4, runs: []) == nil)
    #expect(Mask(x: 0, y: 0, width: 2, height: 2, pixels: [true]) == nil)
    #expect(Mask(x: 0, y: 0, width: 0, height: 0, runs: [])?.area == 0)
  }
}
