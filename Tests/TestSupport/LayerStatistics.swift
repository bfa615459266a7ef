import Testing

/// One layer's output in the original, in double precision: an entry of the `layers.json` of SiamFC and NanoTrack.
public struct LayerStatistics: Decodable, Sendable {
  /// Phase and module: `search/backbone.features.0.0`.
  public let layer: String
  /// Channels, rows, columns; channels alone where the module has no picture.
  public let shape: [Int]
  let mean: Double
  /// Of the population.
  let std: Double
  let min: Double
  let max: Double
  /// Place in channel, row, column order, and value.
  let samples: [[Double]]

  /// The largest deviation of shape, statistics and samples, as a share of the layer's largest magnitude, and a clause about it.
  /// - Parameter values: in channel, row, column order.
  public func difference(_ found: [Int], _ values: [Float]) -> (deviation: Double, clause: String) {
    let sides = shape.count == 1 ? shape + [1, 1] : shape
    guard found == sides, values.count == sides.reduce(1, *) else {
      return (.infinity, "has shape \(found), wanted \(shape)")
    }
    let values = values.map { Double($0) }
    let average = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(values.count)
    var pairs = [
      ("mean", average, mean), ("standard deviation", variance.squareRoot(), std),
      ("minimum", values.min() ?? .nan, min), ("maximum", values.max() ?? .nan, max),
    ]
    for sample in samples where sample.count == 2 {
      guard let index = Int(exactly: sample[0]), values.indices ~= index else {
        return (.infinity, "has no value \(sample[0])")
      }
      pairs.append(("value \(index)", values[index], sample[1]))
    }
    let scale = Swift.max(abs(min), abs(max), 1e-30)
    let worst = pairs.map { ($0.0, abs($0.1 - $0.2) / scale) }.max { $0.1 < $1.1 || $1.1.isNaN }
    guard let worst, !worst.1.isNaN else { return (.infinity, "is not a number somewhere") }
    return (worst.1, "deviates in its \(worst.0) by \(worst.1) of the largest value")
  }
}

/// A network's layers beside the original's.
public struct LayerComparison {
  /// READMEs: single layers within 1e-4 of the largest magnitude.
  public static let tolerance = 1e-4

  /// The first layer that differs in order of execution, nil where all agree.
  public private(set) var first: String?
  /// The largest deviation and its layer.
  public private(set) var largest = (deviation: 0.0, layer: "")
  /// What every layer came to, in the original's order.
  public private(set) var results: [(layer: String, deviation: Double, clause: String)] = []

  /// - Parameter output: shape and values of a layer by its name, nil where it did not run.
  public init(_ layers: [LayerStatistics], output: (String) -> (shape: [Int], values: [Float])?) {
    for layer in layers {
      let (deviation, clause) =
        output(layer.layer).map { layer.difference($0.shape, $0.values) } ?? (.infinity, "did not run")
      if deviation > largest.deviation { largest = (deviation, layer.layer) }
      if deviation > Self.tolerance, first == nil { first = layer.layer }
      results.append((layer.layer, deviation, clause))
    }
  }

  /// One comparison a layer.
  public func count(into tally: inout Tally) {
    for result in results {
      let clause = (result.layer == first ? "the first layer that differs: " : "") + "\(result.layer) \(result.clause)"
      tally.expect(result.deviation <= Self.tolerance, clause)
    }
    print("golden \(tally.title): largest deviation \(largest.deviation) in \(largest.layer)")
  }
}
