public import Checkpoints
public import Tensors

/// The AlexNet of Siamese trackers: five convolutions without padding, the first three stages halving the picture.
///
/// A picture of 127 pixels a side gives 256 channels of 6 x 6, one of 255 gives 22 x 22: eight pixels a step.
///
/// Source: `huanglianghua/siamfc-pytorch: siamfc/backbones.py`, AlexNetV1; section 1.2 of the model reference.
public struct AlexNetV1: Sendable {
  private struct Stage: Sendable {
    let name: String
    let outputs: Int
    /// Of one group.
    let inputs: Int
    let kernel: Int
    var stride = 1
    var groups = 1
    /// Batch norm and ReLU follow.
    var isNormalized = true
    /// Maximum pooling of 3 x 3, stride 2, follows.
    var isPooled = false
  }

  private static let layout = [
    Stage(name: "conv1", outputs: 96, inputs: 3, kernel: 11, stride: 2, isPooled: true),
    Stage(name: "conv2", outputs: 256, inputs: 48, kernel: 5, groups: 2, isPooled: true),
    Stage(name: "conv3", outputs: 384, inputs: 256, kernel: 3),
    Stage(name: "conv4", outputs: 384, inputs: 192, kernel: 3, groups: 2),
    Stage(name: "conv5", outputs: 256, inputs: 192, kernel: 3, groups: 2, isNormalized: false),
  ]

  private static let pool = MaxPool(kernel: 3, stride: 2)

  /// A stage with its weights; `norm` is there only where it is not folded into the convolution.
  private struct Block: Sendable {
    let stage: Stage
    let convolution: Convolution
    let norm: BatchNorm?
  }

  private let blocks: [Block]
  private let prefix: String

  /// Channels of the output.
  public static let channels = 256
  /// Pixels of the picture from one output position to the next.
  public static let stride = 8
  /// The smallest picture, in pixels a side, that gives any output.
  public static let smallestSide = 87

  /// Rows and columns of the output for a picture of `side` pixels; below 1 for one smaller than ``smallestSide``.
  public static func outputSide(for side: Int) -> Int {
    layout.reduce(side) { side, stage in
      let convolved = (side - stage.kernel) / stage.stride + 1
      return stage.isPooled ? (convolved - 3) / 2 + 1 : convolved
    }
  }

  /// The tensors it reads, with their keys and shapes.
  public static func shapes(prefix: String = "backbone.") -> [(String, [Int])] {
    layout.flatMap { stage -> [(String, [Int])] in
      let convolution = "\(prefix)\(stage.name).0"
      let norm = "\(prefix)\(stage.name).1"
      let own: [(String, [Int])] = [
        ("\(convolution).weight", [stage.outputs, stage.inputs, stage.kernel, stage.kernel]),
        ("\(convolution).bias", [stage.outputs]),
      ]
      guard stage.isNormalized else { return own }
      return own + ["weight", "bias", "running_mean", "running_var"].map { ("\(norm).\($0)", [stage.outputs]) }
    }
  }

  /// Reads the network's tensors.
  ///
  /// - Parameters:
  ///   - prefix: what stands before `conv1.0.weight` in the file.
  ///   - eps: of the batch norms, 1e-6 and not PyTorch's default (quirk S1).
  ///   - folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, prefix: String = "backbone.", eps: Double = 1e-6, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    var blocks: [Block] = []
    for stage in Self.layout {
      blocks.append(try Self.block(stage, reader, prefix: prefix, eps: eps, engine: engine, folding: folding))
    }
    self.blocks = blocks
    self.prefix = prefix
  }

  /// Rows and columns of a stage's convolution for the search crops of 255 pixels that SiamFC uses; only speed depends on it.
  private static func usualSide(of stage: Stage) -> Int {
    var side = 255
    for other in layout {
      let convolved = (side - other.kernel) / other.stride + 1
      if other.name == stage.name { return convolved }
      side = other.isPooled ? (convolved - 3) / 2 + 1 : convolved
    }
    return side
  }

  private static func block(
    _ stage: Stage, _ reader: WeightReader, prefix: String, eps: Double, engine: Engine, folding: Bool
  ) throws(WeightsError) -> Block {
    let shape = [stage.outputs, stage.inputs, stage.kernel, stage.kernel]
    let key = "\(prefix)\(stage.name)"
    let parameters = ConvolutionParameters(
      weights: try reader.tensor("\(key).0.weight", shape: shape), shape: shape,
      bias: try reader.tensor("\(key).0.bias", shape: [stage.outputs]), window: .init(stride: stage.stride),
      groups: stage.groups, activation: stage.isNormalized && folding ? .relu : .none, name: "\(key).0",
      workload: .everyFrame(side: usualSide(of: stage)))
    guard stage.isNormalized else {
      return Block(stage: stage, convolution: Convolution(parameters, engine: engine), norm: nil)
    }
    let norm = BatchNorm(
      weight: try reader.tensor("\(key).1.weight", shape: [stage.outputs]),
      bias: try reader.tensor("\(key).1.bias", shape: [stage.outputs]),
      mean: try reader.tensor("\(key).1.running_mean", shape: [stage.outputs]),
      variance: try reader.tensor("\(key).1.running_var", shape: [stage.outputs]), eps: eps)
    return Block(
      stage: stage, convolution: Convolution(folding ? parameters.folding(norm) : parameters, engine: engine),
      norm: folding ? nil : norm)
  }

  /// Features of a batch of pictures, n x h x w x 3 bytes as floats, in the order of channels the weights were trained on.
  ///
  /// - Returns: n x outputSide(h) x outputSide(w) x 256.
  /// - Precondition: both sides at least ``smallestSide``.
  public func callAsFunction(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    var x = pictures
    for block in blocks {
      let name = "\(prefix)\(block.stage.name)"
      x = block.convolution(x, in: workspace)
      if let norm = block.norm {
        trace?("\(name).0", x)
        x = norm(x, in: workspace)
        trace?("\(name).1", x)
        x = Activation.relu(x, in: workspace)
      }
      trace?(block.stage.isNormalized ? "\(name).2" : "\(name).0", x)
      if block.stage.isPooled {
        x = Self.pool(x, in: workspace)
        trace?("\(name).3", x)
      }
    }
    return x
  }
}
