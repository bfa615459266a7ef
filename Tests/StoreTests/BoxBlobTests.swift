import Foundation
import Geometry
import Store
import Testing

@Suite("Boxes as bytes")
struct BoxBlobTests {
  /// A frame's bytes after the header, and boxes that need so many.
  static let cases: [(perFrame: Int, boxes: [Box])] = [
    (8, [Box(x: 198, y: 214, width: 34, height: 81), Box(x: -3, y: 0, width: 0, height: 32_767)]),
    (8, [Box(x: 198.5, y: 214.25, width: 34, height: 81)]),
    (16, [Box(x: 198.5, y: 214.2571, width: 34, height: 81)]),
    (16, [Box(x: 32_768, y: 1, width: 1, height: 1)]),
    (32, [Box(x: 1.0 / 3, y: 1, width: 1, height: 1)]),
    (32, [Box(x: -0.0, y: 1, width: 1, height: 1)]),
    (32, [Box(x: 3e9, y: 1, width: 1, height: 1)]),
    (32, [Box(x: .nan, y: .infinity, width: 1, height: 1), Box(x: 1, y: 2, width: 3, height: 4)]),
  ]

  @Test("Every number comes back to the last bit, in as few bytes as it needs", arguments: cases.indices)
  func roundTrip(index: Int) throws {
    let (perFrame, boxes) = Self.cases[index]
    let data = BoxBlob.encode(boxes)
    #expect(data.count == boxes.count * perFrame + (perFrame == 32 ? 0 : 1))
    let back = try #require(BoxBlob.boxes(data))
    #expect(bits(back) == bits(boxes))
  }

  @Test("Random decimals come back to the last bit")
  func decimals() throws {
    var generator = SystemRandomNumberGenerator()
    for decimals in 0...6 {
      let scale = pow(10, Double(decimals))
      func number() -> Double { Double(Int.random(in: -2_000_000...2_000_000, using: &generator)) / scale }
      let boxes = (0..<50).map { _ in Box(x: number(), y: number(), width: number(), height: number()) }
      let back = try #require(BoxBlob.boxes(BoxBlob.encode(boxes)))
      #expect(bits(back) == bits(boxes))
    }
  }

  @Test("One number decides for all, wherever it stands", arguments: [0, 63, 64, 65, 127, 299])
  func lateDecimals(place: Int) throws {
    for (number, perFrame) in [(7.25, 8), (7.0625, 16), (-32_769, 16), (-0.0, 32), (.nan, 32), (0.5 + 1e-9, 32)] {
      var boxes = [Box](repeating: Box(x: 198, y: -21, width: 34, height: 81), count: 300)
      boxes[place].height = number
      let data = BoxBlob.encode(boxes)
      #expect(data.count == 300 * perFrame + (perFrame == 32 ? 0 : 1), "\(number)")
      #expect(bits(try #require(BoxBlob.boxes(data))) == bits(boxes), "\(number)")
    }
  }

  @Test("No boxes are no bytes")
  func empty() {
    #expect(BoxBlob.encode([]).isEmpty)
    #expect(BoxBlob.boxes(Data()) == [])
  }

  @Test("Damaged bytes are told", arguments: [1, 3, 8, 9, 15, 16, 31, 33, 64])
  func damaged(length: Int) {
    // A header of 7 decimals is nobody's; float64 come in fours.
    let read = BoxBlob.boxes(Data(repeating: 7, count: length))
    #expect(length == 64 ? read?.count == 2 : read == nil)
    let cut = BoxBlob.encode([Box(x: 1, y: 2, width: 3, height: 4)]).dropLast(2)
    #expect(BoxBlob.boxes(Data(cut)) == nil)
  }

  private func bits(_ boxes: [Box]) -> [UInt64] {
    boxes.flatMap { [$0.x, $0.y, $0.width, $0.height] }.map(\.bitPattern)
  }
}
