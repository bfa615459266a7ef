public import Checkpoints
public import Tensors

/// The AlexNet of pysot's SiamRPN: five convolutions without padding or groups, each with a bias and a batch norm.
///
/// Batch norm, pooling, ReLU is the order (quirk Q2.3), and the last convolution has no ReLU (Q2.4). A picture of 127 pixels a
/// side gives 6 x 6, one of 287 gives 26 x 26: eight pixels a step.
///
/// Source: `STVIR/pysot: pysot/models/backbone/alexnet.py`; section 2.2 of the model reference.
public struct AlexNet: Sendable {
  /// What the same layers are called: pysot has the class twice, and published weights come under either (quirk Q2.6).
  public enum Naming: Sendable, Hashable, CaseIterable {
    /// `features.0` to `features.15`: `alexnetlegacy`, as in the published files.
    case features
    /// `layer1.0` to `layer5.1`: `alexnet`, of the 16gpu configuration.
    case layers
  }

  private struct Stage: Sendable {
    let outputs: Int
    let kernel: Int
    var stride = 1
    /// Maximum pooling of 3 x 3, stride 2, follows the batch norm.
    var isPooled = false
    var isActivated = true
    /// Of the convolution within `features`.
    let position: Int

    /// Modules of the stage: convolution, batch norm, pooling, ReLU.
    func name(_ module: Int, stage: Int, _ naming: Naming) -> String {
      switch naming {
      case .features: "features.\(position + module)"
      case .layers: "layer\(stage + 1).\(module)"
      }
    }
  }

  private static let layout = [
    Stage(outputs: 96, kernel: 11, stride: 2, isPooled: true, position: 0),
    Stage(outputs: 256, kernel: 5, isPooled: true, position: 4),
    Stage(outputs: 384, kernel: 3, position: 8),
    Stage(outputs: 384, kernel: 3, position: 11),
    Stage(outputs: 256, kernel: 3, isActivated: false, position: 14),
  ]

  private static let pool = MaxPool(kernel: 3, stride: 2)

  /// Pixels of the picture from one output position to the next.
  public static let stride = 8

  /// Side of the search crops that published trackers use; only speed depends on it.
  private static let usualSide = 287

  /// Channels of the output: 256 at width 1.
  public static func channels(width: Double = 1) -> Int { scaled(layout[layout.count - 1].outputs, width) }

  /// Rows and columns of the output for a picture of `side` pixels; below 1 for one that is too small.
  public static func outputSide(for side: Int) -> Int {
    zip(layout, plans("", naming: .features, width: 1)).reduce(side) { side, layer in
      let convolved = layer.1.outputSide(for: side)
      return layer.0.isPooled ? (convolved < 3 ? 0 : (convolved - 3) / 2 + 1) : convolved
    }
  }

  /// Quirk Q2.5: every count but the picture's 3 channels is truncated.
  private static func scaled(_ channels: Int, _ width: Double) -> Int { max(1, Int(Double(channels) * width)) }

  private static func plans(_ prefix: String, naming: Naming, width: Double) -> [ConvolutionPlan] {
    var inputs = 3
    var side = usualSide
    return layout.enumerated().map { index, stage in
      let outputs = scaled(stage.outputs, width)
      defer { inputs = outputs }
      func name(_ module: Int) -> String { prefix + stage.name(module, stage: index, naming) }
      // ReLU and maximum commute, so the ReLU may come with the convolution; pooling and ReLU keep their modules' order in traces.
      var plan = ConvolutionPlan(
        name(0), norm: name(1), activation: stage.isActivated ? .relu : .none,
        activationName: stage.isActivated ? name(2) : nil, inputs: inputs, outputs: outputs, kernel: stage.kernel,
        window: .init(stride: stage.stride), hasBias: true)
      side = plan.outputSide(for: side)
      plan.workload = .everyFrame(side: side)
      if stage.isPooled { side = (side - 3) / 2 + 1 }
      return plan
    }
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - prefix: what stands before `features.0.weight` or `layer1.0.weight` in the file.
  ///   - width: factor on all counts of channels but the picture's, results truncated (quirk Q2.5); published models use 1.
  public static func shapes(
    prefix: String = "backbone.", naming: Naming = .features, width: Double = 1
  ) -> [(String, [Int])] {
    plans(prefix, naming: naming, width: width).flatMap(\.shapes)
  }

  /// The naming of a file: by layers where it has the first one of them, else the published one.
  public static func naming(of reader: WeightReader, prefix: String = "backbone.") -> Naming {
    reader.has("\(prefix)layer1.0.weight") ? .layers : .features
  }

  private let convolutions: [NormalizedConvolution]
  private let naming: Naming
  private let prefix: String
  private let isFolded: Bool

  /// Reads the network's tensors, under whichever naming the file has; see ``shapes(prefix:naming:width:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, prefix: String = "backbone.", width: Double = 1, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    naming = Self.naming(of: reader, prefix: prefix)
    self.prefix = prefix
    isFolded = folding
    var convolutions: [NormalizedConvolution] = []
    for (stage, plan) in zip(Self.layout, Self.plans(prefix, naming: naming, width: width)) {
      var plan = plan
      // Kept apart, the pooling comes before the ReLU.
      if !folding, stage.isPooled { plan.activation = .none }
      convolutions.append(try NormalizedConvolution(plan, reader, engine: engine, folding: folding))
    }
    self.convolutions = convolutions
  }

  /// Features of a batch of pictures, n x h x w x 3 bytes as floats in the order of channels the weights were trained on
  /// (pysot: blue, green, red; quirk Q2.8).
  ///
  /// - Returns: n x outputSide(h) x outputSide(w) x ``channels(width:)``.
  /// - Precondition: ``outputSide(for:)`` of both sides is at least 1.
  public func callAsFunction(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    var x = pictures
    for (index, stage) in Self.layout.enumerated() {
      func name(_ module: Int) -> String { prefix + stage.name(module, stage: index, naming) }
      x = convolutions[index](x, in: workspace, trace: trace)
      if stage.isPooled {
        x = Self.pool(x, in: workspace)
        trace?(name(2), x)
        if !isFolded { x = Activation.relu(x, in: workspace) }
        trace?(name(3), x)
      }
      if naming == .layers { trace?("\(prefix)layer\(index + 1)", x) }
    }
    if naming == .features { trace?("\(prefix)features", x) }
    return x
  }
}
