public import Checkpoints
public import Tensors

/// The neck: brings every level of a backbone to the channels of its head, and cuts a template's map to its middle.
///
/// Source: `STVIR/pysot: pysot/models/neck/neck.py`; section 3.3 of the model reference.
public struct AdjustLayer: Sendable {
  /// Maps narrower than this are cut (quirk Q3.6: the width decides, not whether it is the template).
  public static let uncutWidth = 20
  /// Rows and columns that remain of a map that is cut.
  public static let cutSide = 7

  private let levels: [NormalizedConvolution]
  private let names: [String]

  private static func name(_ prefix: String, _ level: Int, of count: Int) -> String {
    // Quirk Q3.7: a single level has no number.
    count == 1 ? "\(prefix)downsample" : "\(prefix)downsample\(level + 2)"
  }

  private static func plans(_ inputs: [Int], _ outputs: [Int], prefix: String) -> [ConvolutionPlan] {
    precondition(inputs.count == outputs.count)
    return inputs.indices.map { level in
      let name = name(prefix, level, of: inputs.count)
      return ConvolutionPlan(
        "\(name).downsample.0", norm: "\(name).downsample.1", inputs: inputs[level], outputs: outputs[level], kernel: 1)
    }
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - inputs: the channels of the backbone's outputs.
  ///   - outputs: the channels each is brought to, as many numbers.
  ///   - prefix: what stands before `downsample2.downsample.0.weight`; levels count from 2.
  public static func shapes(_ inputs: [Int], to outputs: [Int], prefix: String = "neck.") -> [(String, [Int])] {
    plans(inputs, outputs, prefix: prefix).flatMap(\.shapes)
  }

  /// Reads the neck's tensors; see ``shapes(_:to:prefix:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, inputs: [Int], outputs: [Int], prefix: String = "neck.", engine: Engine,
    folding: Bool = true
  ) throws(WeightsError) {
    var levels: [NormalizedConvolution] = []
    for plan in Self.plans(inputs, outputs, prefix: prefix) {
      levels.append(try NormalizedConvolution(plan, reader, engine: engine, folding: folding))
    }
    self.levels = levels
    names = inputs.indices.map { Self.name(prefix, $0, of: inputs.count) }
  }

  /// Rows and columns of an adjusted map of `side`: 7 for a side from 7 to 19, else unchanged.
  public static func outputSide(for side: Int) -> Int { side < uncutWidth ? min(side, cutSide) : side }

  /// One map a level, adjusted, and cut where it is narrow.
  /// - Precondition: as many maps as levels, each with its level's channels.
  public func callAsFunction(_ maps: [Tensor], in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    precondition(maps.count == levels.count)
    return maps.indices.map { level in
      let adjusted = levels[level](maps[level], in: workspace, trace: trace)
      trace?("\(names[level]).downsample", adjusted)
      let cut = Self.cut(adjusted, in: workspace)
      trace?(names[level], cut)
      return cut
    }
  }

  /// The central 7 x 7 of a narrow map, which begins at (width - 7) div 2 in rows and columns alike.
  private static func cut(_ map: Tensor, in workspace: Workspace) -> Tensor {
    let shape = map.shape
    guard shape.w < uncutWidth, shape.w > cutSide, shape.h > cutSide else { return map }
    let first = (shape.w - cutSide) / 2
    precondition(first + cutSide <= shape.h, "the original cuts square maps only")
    return map.part(rows: first..<first + cutSide, columns: first..<first + cutSide, in: workspace)
  }
}
