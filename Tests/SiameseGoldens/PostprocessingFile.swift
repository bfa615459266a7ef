package import Imaging
package import Siamese
package import Tensors
package import TestSupport
import Testing

/// `postproc.json`: what the original decides on generated maps, without a network.
package struct PostprocessingFile: Decodable {
  package struct Case: Decodable {
    let name: String
    package let preset: String
    let theme: String
    let imageSize: [Int]
    let before: GoldenState
    let clsLow: [Double]
    let clsHigh: [Double]
    let locLow: [Double]
    let locHigh: [Double]
    let overrides: [Override]
    let expect: GoldenOutcome
  }

  /// [array, channel, row, column, value]
  struct Override: Decodable {
    let array: String
    let channel: Int
    let row: Int
    let column: Int
    let value: Double

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      array = try list.decode(String.self)
      channel = try list.decode(Int.self)
      row = try list.decode(Int.self)
      column = try list.decode(Int.self)
      value = try list.decode(Double.self)
    }
  }

  package let cases: [Case]

  package init(path: String) throws { self = try ModelGoldens.json(path) }

  /// Every case against a tracker's decision.
  ///
  /// - Parameter decide: from class and box maps, a state, its flag and a frame (whose size alone counts) to an outcome; nil for a
  ///   preset it does not know.
  package func compare(
    _ title: String, into tally: inout Tally,
    decide: (
      _ preset: String, _ classes: Tensor, _ boxes: Tensor, _ state: TargetState, _ flag: Bool?, _ frame: Image
    ) throws -> FoundOutcome?
  ) throws {
    var comparison = OutcomeComparison(tolerance: 1e-12)
    for test in cases {
      let name = "\(test.name) (\(test.theme))"
      guard test.imageSize.count == 2, test.imageSize.allSatisfy({ 1...10_000 ~= $0 }) else {
        throw ModelGoldens.Malformed(name)
      }
      let (width, height) = (test.imageSize[0], test.imageSize[1])
      let frame = Image(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
      let found = try decide(
        test.preset, test.map("cls", test.clsLow, test.clsHigh), test.map("loc", test.locLow, test.locHigh),
        test.before.target, test.before.flag, frame)
      guard let found else {
        tally.expect(false, "\(name): unknown preset \(test.preset)")
        continue
      }
      try comparison.compare(found, test.expect, imageSize: test.imageSize, name, into: &tally)
    }
    print(
      "golden \(title): \(cases.count) cases, largest deviation of a score \(comparison.largestScore), of a box "
        + "\(comparison.largestBox)")
  }
}

extension PostprocessingFile.Case {
  /// README section 5: f32(low + (high - low) * f), channel by channel, and single values replaced.
  fileprivate func map(_ array: String, _ low: [Double], _ high: [Double]) throws -> Tensor {
    let (side, channels) = (expect.scoreSize, low.count)
    guard 1...1000 ~= side, channels > 0, high.count == channels else { throw ModelGoldens.Malformed(name) }
    var stream = GoldenStream("\(name)/\(array)")
    var values: [Float] = []
    values.reserveCapacity(channels * side * side)
    for channel in 0..<channels {
      for _ in 0..<side * side {
        values.append(Float(low[channel] + (high[channel] - low[channel]) * stream.next()))
      }
    }
    for change in overrides where change.array == array {
      let index = (change.channel * side + change.row) * side + change.column
      guard values.indices ~= index else { throw ModelGoldens.Malformed(name) }
      values[index] = Float(change.value)
    }
    return Tensor(nchw: values, n: 1, c: channels, h: side, w: side)
  }
}
