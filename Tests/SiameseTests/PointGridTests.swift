import Siamese
import Testing

struct PointGridTests {
  @Test("An odd grid is symmetric, an even one reaches one stride further to the left and up", arguments: 1...60)
  func sides(side: Int) {
    let grid = PointGrid(side: side, stride: 8)
    let points = (0..<side).map(grid.offset)
    #expect(points[side / 2] == 0)
    for (a, b) in zip(points, points.dropFirst()) { #expect(b - a == 8) }
    #expect(points[0] == -points[side - 1] - (side.isMultiple(of: 2) ? 8 : 0))
  }

  @Test("The grids of SiamBAN and of its enlarged search are those of the original")
  func known() {
    let usual = PointGrid(side: 25, stride: 8)
    #expect(usual.offset(0) == -96 && usual.offset(24) == 96)
    let enlarged = PointGrid(side: 56, stride: 8)
    #expect(enlarged.offset(0) == -224 && enlarged.offset(55) == 216 && enlarged.offset(28) == 0)
  }
}
