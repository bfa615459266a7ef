import Imaging
package import Siamese
import Tensors
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
  /// - Parameter model: with the settings of one of the authors' presets; nil for one it does not know.
  package func compare<Model: TemplateModel>(
    _ title: String, into tally: inout Tally, model: (_ preset: String) throws -> Model?
  ) throws where Model.State: GoldenTemplateState, Model.Network.Maps: GoldenMaps {
    var comparison = OutcomeComparison(tolerance: 1e-12)
    for test in cases {
      let name = "\(test.name) (\(test.theme))"
      guard test.imageSize.count == 2, test.imageSize.allSatisfy({ 1...10_000 ~= $0 }) else {
        throw ModelGoldens.Malformed(name)
      }
      let (width, height) = (test.imageSize[0], test.imageSize[1])
      let frame = Image(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
      guard let model = try model(test.preset) else {
        tally.expect(false, "\(name): unknown preset \(test.preset)")
        continue
      }
      let maps = Model.Network.Maps(
        classes: try test.map("cls", test.clsLow, test.clsHigh), boxes: try test.map("loc", test.locLow, test.locHigh))
      let before = try test.before.state(as: Model.State.self)
      let window = model.window(around: before)
      let (choice, after) = try model.decide(maps, in: window, from: before, on: frame)
      let found = FoundOutcome(
        model, from: before, window, crop: nil, choice, to: after, box: model.box(of: after, on: frame))
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
