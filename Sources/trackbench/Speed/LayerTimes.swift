import Reporting
import Siamese
import Tensors

/// A network's time convolution by convolution, each against its roof: what the processor could multiply, or what memory could bring,
/// whichever is less.
///
/// What memory has to bring at least is the layer's input, its weights and its output, once each.
struct LayerTimes {
  private struct Layer {
    let record: ConvolutionRecord
    var milliseconds: [Double] = []

    var median: Double { Percentile.of(milliseconds, 0.5) }

    /// Operations for each byte moved. A convolution does each of its weights once an output pixel.
    var intensity: Double {
      let weights = record.multiplyAdds / record.output.pixels
      let floats = record.input.pixels * record.input.c + weights + record.output.pixels * record.output.c
      return 2 * Double(record.multiplyAdds) / Double(4 * floats)
    }
  }

  private var layers: [Layer] = []
  /// Milliseconds a run outside of all convolutions.
  private var others: [Double] = []
  /// Layers' outputs with denormal numbers, and how many.
  private var denormals: [String: Int] = [:]
  /// GFLOP/s of all threads together.
  private let peak: Double
  /// GB/s of one thread.
  private let bandwidth: Double

  /// Runs the network on crops of a pattern: what layers cost does not depend on what they see.
  /// - Parameter peak: GFLOP/s of one core.
  init(_ model: any CropModel, peak: Double, runs: Int = 12) {
    self.peak = peak * Double(model.engine.threads)
    bandwidth = MachineLimits.readBandwidth()
    let sizes = model.cropSizes
    let half = Float(sizes.template) / 2
    let branch = model.searchBranch(
      template: Self.crops(1, sizes.template), target: TargetSize(width: half, height: half))
    let search = Self.crops(sizes.searchCount, sizes.search)
    denormals = Self.denormals(of: branch, search)
    for _ in 0..<runs { measure(branch, search) }
  }

  private static func crops(_ count: Int, _ side: Int) -> Tensor {
    Tensor(shape: TensorShape(n: count, h: side, w: side, c: 3)) { floats in
      for index in 0..<count * side * side * 3 { floats[index] = Float((index &* 2_654_435_761) >> 7 & 255) }
    }
  }

  private mutating func measure(_ branch: SearchBranch, _ search: Tensor) {
    branch.workspace.records = []
    let began = ContinuousClock.now
    _ = branch(search)
    let whole = (ContinuousClock.now - began) / .milliseconds(1)
    let records = branch.workspace.records ?? []
    branch.workspace.records = nil
    if layers.isEmpty { layers = records.map { Layer(record: $0) } }
    let times = records.map { $0.duration / .milliseconds(1) }
    for (index, time) in zip(layers.indices, times) { layers[index].milliseconds.append(time) }
    others.append(whole - times.reduce(0, +))
  }

  private static func denormals(of branch: SearchBranch, _ search: Tensor) -> [String: Int] {
    var found: [String: Int] = [:]
    _ = branch(search) { name, output in
      let shape = output.shape
      let count = output.withUnsafePointer { floats in
        (0..<shape.pixels).reduce(0) { sum, pixel in
          (0..<shape.c).reduce(sum) { $0 + (floats[pixel * shape.pixelStride + $1].isSubnormal ? 1 : 0) }
        }
      }
      if count > 0 { found[name] = count }
    }
    return found
  }

  var table: Table {
    let rest = Percentile.of(others, 0.5)
    let total = layers.reduce(rest) { $0 + $1.median }
    var rows = layers.map { layer -> [Cell] in
      let rate = 2 * Double(layer.record.multiplyAdds) / (layer.median / 1000) / 1e9
      let roof = min(peak, bandwidth * layer.intensity)
      return [
        .text(layer.record.name), .text(layer.record.algorithm.rawValue), .text("\(layer.record.output)"),
        .number(Double(layer.record.multiplyAdds) / 1e6), .number(layer.median), .number(100 * layer.median / total),
        .number(rate), .number(layer.intensity), .number(roof), .number(100 * rate / roof),
      ]
    }
    rows.append(
      [.text("all else"), .missing, .missing, .missing, .number(rest), .number(100 * rest / total)]
        + [Cell](repeating: .missing, count: 4))
    let columns = [
      Column("layer"), Column("way"), Column("output"), Column("mmac", header: "MMAC", digits: 1),
      Column("p50_ms", header: "p50 ms", digits: 3), Column("share", header: "%", digits: 1),
      Column("gflops", header: "GFLOP/s", digits: 1), Column("intensity", header: "flop/byte", digits: 1),
      Column("roof_gflops", header: "roof", digits: 1), Column("of_roof", header: "% of roof", digits: 0),
    ]
    return Table(
      title: "convolutions of the search branch, medians of \(others.count) runs", columns: columns, rows: rows)
  }

  var notes: [String] {
    let ways = Dictionary(grouping: layers, by: \.record.algorithm.rawValue).mapValues(\.count)
    let counts = ways.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
    var notes = [
      "\(layers.count) convolutions: \(counts.joined(separator: ", "))",
      "roofs: \(Console.fixed(peak, 1)) GFLOP/s in registers, \(Console.fixed(bandwidth, 1)) GB/s read from memory; above 100 % where "
        + "a layer multiplies less than the direct convolution or finds its weights in the cache",
    ]
    if let worst = denormals.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      notes.append(
        "warning: \(denormals.count) layers give denormal numbers, most of them \(worst.key) (\(worst.value)); they are slow "
          + "on many processors")
    }
    return notes
  }
}
