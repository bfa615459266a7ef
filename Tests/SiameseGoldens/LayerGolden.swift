package import Tensors
package import TestSupport
import Testing

/// `layers.json`: shape, statistics and eight values of every layer's output in the original, in double precision.
///
/// Outputs are compared as they come and not kept: a deep network's would not fit.
package final class LayerGolden {
  /// README section 3: single layers within 1e-4 of the largest magnitude.
  package static let tolerance = 1e-4

  private struct File: Decodable {
    let layers: [Layer]
  }

  private struct Layer: Decodable {
    let phase: String
    let name: String
    let call: Int
    let shape: [Int]
    let mean: Double
    let std: Double
    let min: Double
    let max: Double
    let index: [Int]
    let value: [Double]

    var title: String { "\(phase):\(name)" + (call > 0 ? " (call \(call))" : "") }
  }

  private struct Place: Hashable {
    let phase: String
    let name: String
    let call: Int
  }

  private let folder: String
  private let layers: [Layer]
  private let places: [Place: Int]
  private var calls: [String: Int] = [:]
  /// By layer: how far off, and in what; nil before the layer has run.
  private var found: [(Double, String)?]

  package init(_ folder: String) throws {
    self.folder = folder
    layers = try ModelGoldens.json("\(folder)/layers.json", as: File.self).layers
    places = Dictionary(
      layers.enumerated().map { (Place(phase: $1.phase, name: $1.name, call: $1.call), $0) },
      uniquingKeysWith: { first, _ in first })
    found = Array(repeating: nil, count: layers.count)
  }

  /// A trace that compares; `phase` is `template` or `track`.
  package func trace(_ phase: String) -> LayerTrace {
    { [self] name, output in
      let key = "\(phase):\(name)"
      let call = calls[key, default: 0]
      calls[key] = call + 1
      guard let index = places[Place(phase: phase, name: name, call: call)] else { return }
      found[index] = Self.difference(output, layers[index])
    }
  }

  /// One comparison a layer; the first one that differs, in the original's order, is named by itself.
  package func finish(into tally: inout Tally) {
    var (largest, largestLayer) = (0.0, "")
    var isFirst = true
    for (layer, found) in zip(layers, found) {
      let (deviation, clause) = found ?? (.infinity, "did not run")
      if deviation > largest { (largest, largestLayer) = (deviation, layer.title) }
      tally.expect(
        deviation <= Self.tolerance, (isFirst ? "the first layer that differs: " : "") + "\(layer.title) \(clause)")
      if deviation > Self.tolerance { isFirst = false }
    }
    print("golden \(folder) layers: largest deviation \(largest) in \(largestLayer)")
  }

  /// The largest deviation of shape, statistics and values, as a share of the layer's largest magnitude, and which it is.
  private static func difference(_ output: Tensor, _ layer: Layer) -> (Double, String) {
    let shape = output.shape
    // A linear layer's output has neither rows nor columns.
    let sides = Array(
      [shape.n, shape.c, shape.h, shape.w].prefix(layer.shape.count == 2 && shape.h * shape.w == 1 ? 2 : 4))
    guard sides == layer.shape, layer.index.count == layer.value.count else {
      return (.infinity, "has shape \(sides), wanted \(layer.shape)")
    }
    let statistics = Statistics(output)
    var differences = [
      ("mean", abs(statistics.mean - layer.mean)), ("standard deviation", abs(statistics.deviation - layer.std)),
      ("minimum", abs(statistics.least - layer.min)), ("maximum", abs(statistics.largest - layer.max)),
    ]
    let plane = shape.h * shape.w
    for (index, value) in zip(layer.index, layer.value) {
      guard 0..<shape.pixels * shape.c ~= index else { return (.infinity, "has no value \(index)") }
      let (channel, cell) = (index / plane % shape.c, index % plane)
      let here = output[index / plane / shape.c, cell / shape.w, cell % shape.w, channel]
      differences.append(("value \(index)", abs(Double(here) - value)))
    }
    let scale = Swift.max(abs(layer.min), abs(layer.max), 1e-30)
    guard let worst = differences.max(by: { $0.1 < $1.1 || $1.1.isNaN }), !worst.1.isNaN else {
      return (.infinity, "is not a number somewhere")
    }
    return (worst.1 / scale, "deviates in its \(worst.0) by \(worst.1 / scale) of the largest value")
  }

  private struct Statistics {
    var mean = 0.0
    var deviation = 0.0
    var least = Double.infinity
    var largest = -Double.infinity

    init(_ tensor: Tensor) {
      let shape = tensor.shape
      let count = Double(shape.pixels * shape.c)
      tensor.withUnsafePointer { floats in
        func forEach(_ body: (Double) -> Void) {
          for pixel in 0..<shape.pixels {
            for channel in 0..<shape.c { body(Double(floats[pixel * shape.pixelStride + channel])) }
          }
        }
        var sum = 0.0
        forEach { value in
          sum += value
          least = value < least ? value : least
          largest = value > largest ? value : largest
        }
        mean = sum / count
        var squares = 0.0
        forEach { squares += ($0 - mean) * ($0 - mean) }
        deviation = (squares / count).squareRoot()
      }
    }
  }
}
