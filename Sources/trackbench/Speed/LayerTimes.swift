import Reporting
import Siamese
import Tensors

/// A network's time layer by layer, each against its roof: what the processor could multiply, or what memory could bring, whichever is
/// less.
///
/// A layer's multiplications over its output's pixels are its weights, so the least it has to move is known without asking it: its
/// weights, its output, and what the layer before gave. Layers that multiply next to nothing are put together at the end.
struct LayerTimes {
  private struct Layer {
    let name: String
    let shape: TensorShape
    let multiplyAdds: Int
    /// Floats that have to be moved at least.
    let floats: Int
    var milliseconds: [Double] = []

    /// Operations for each byte moved.
    var intensity: Double { 2 * Double(multiplyAdds) / Double(4 * max(floats, 1)) }
    var median: Double { Percentile.of(milliseconds, 0.5) }
  }

  /// Fewer multiplications than this are no layer to look at: gates of a few numbers.
  private static let fewest = 10_000

  private var layers: [Layer] = []
  /// Milliseconds a run of everything between the layers that multiply.
  private var others: [Double] = []
  private var denormals: [String: Int] = [:]
  /// In GFLOP/s.
  private let peak: Double
  /// In GB/s.
  private let bandwidth: Double

  /// Runs the network on grey crops: what layers cost does not depend on what they see.
  init(_ model: any CropModel, peak: Double, runs: Int = 12) {
    self.peak = peak
    bandwidth = MachineLimits.readBandwidth()
    let sizes = model.cropSizes
    let branch = model.searchBranch(
      template: Self.crops(1, sizes.template),
      target: TargetSize(width: Float(sizes.template) / 2, height: Float(sizes.template) / 2))
    let search = Self.crops(sizes.searchCount, sizes.search)
    for run in -2..<runs { measure(branch, search, run: run) }
  }

  /// Something to see: a pattern between 0 and 255.
  static func crops(_ count: Int, _ side: Int) -> Tensor {
    Tensor(shape: TensorShape(n: count, h: side, w: side, c: 3)) { floats in
      for index in 0..<count * side * side * 3 { floats[index] = Float((index &* 2_654_435_761) >> 7 & 255) }
    }
  }

  private mutating func measure(_ branch: SearchBranch, _ search: Tensor, run: Int) {
    var found: [Layer] = []
    var subnormal: [String: Int] = [:]
    var between = 0.0
    var previous = search.shape.pixels * search.shape.c
    var work = branch.workspace.products.multiplyAdds
    var last = ContinuousClock.now
    _ = branch(search) { name, output in
      let milliseconds = (ContinuousClock.now - last) / .milliseconds(1)
      let done = branch.workspace.products.multiplyAdds - work
      if done >= Self.fewest {
        let weights = done / output.shape.pixels
        let floats = output.shape.pixels * output.shape.c
        found.append(
          Layer(
            name: name, shape: output.shape, multiplyAdds: done, floats: weights + floats + previous,
            milliseconds: [milliseconds]))
        previous = floats
      } else {
        between += milliseconds
      }
      // Once, while warming up: it takes longer than the layer.
      if run == -1 { subnormal[name] = Self.denormals(in: output) }
      work = branch.workspace.products.multiplyAdds
      last = .now
    }
    if run == -1 { denormals = subnormal.filter { $0.value > 0 } }
    guard run >= 0 else { return }
    others.append(between + (ContinuousClock.now - last) / .milliseconds(1))
    if layers.isEmpty {
      layers = found
    } else {
      for index in layers.indices where index < found.count { layers[index].milliseconds += found[index].milliseconds }
    }
  }

  private static func denormals(in output: Tensor) -> Int {
    let shape = output.shape
    return output.withUnsafePointer { floats in
      var found = 0
      for pixel in 0..<shape.pixels {
        for channel in 0..<shape.c where floats[pixel * shape.pixelStride + channel].isSubnormal { found += 1 }
      }
      return found
    }
  }

  var table: Table {
    let total = layers.reduce(Percentile.of(others, 0.5)) { $0 + $1.median }
    var rows = layers.map { layer -> [Cell] in
      let rate = 2 * Double(layer.multiplyAdds) / (layer.median / 1000) / 1e9
      let roof = min(peak, bandwidth * layer.intensity)
      return [
        .text(layer.name), .text("\(layer.shape)"), .number(Double(layer.multiplyAdds) / 1e6), .number(layer.median),
        .number(100 * layer.median / total), .number(rate), .number(layer.intensity), .number(roof),
        .number(100 * rate / roof),
      ]
    }
    let rest = Percentile.of(others, 0.5)
    rows.append(
      [.text("all else"), .missing, .missing, .number(rest), .number(100 * rest / total)]
        + [Cell](repeating: .missing, count: 4))
    let columns = [
      Column("layer"), Column("output"), Column("mmac", header: "MMAC", digits: 1),
      Column("p50_ms", header: "p50 ms", digits: 3),
      Column("share", header: "%", digits: 1), Column("gflops", header: "GFLOP/s", digits: 1),
      Column("intensity", header: "flop/byte", digits: 1), Column("roof_gflops", header: "roof", digits: 1),
      Column("of_roof", header: "% of roof", digits: 0),
    ]
    return Table(title: "layers of the search branch, medians of \(others.count) runs", columns: columns, rows: rows)
  }

  var notes: [String] {
    var notes = [
      "roofs: \(Console.fixed(peak, 1)) GFLOP/s in registers, \(Console.fixed(bandwidth, 1)) GB/s read from memory; above 100 % where a layer "
        + "multiplies less than the direct convolution or finds its weights in the cache"
    ]
    if let worst = denormals.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      notes.append(
        "warning: \(denormals.count) layers give denormal numbers, most of them \(worst.key) (\(worst.value)); they are slow on many processors"
      )
    }
    return notes
  }
}
