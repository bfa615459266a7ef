public import Checkpoints
public import Tensors

/// The MobileNetV2 of pysot's SiamRPN++: strides of later layers are dilations, so that three layers share one grid of eight
/// pixels a step.
///
/// Differs from the usual MobileNetV2: no padding where the stride is 2, a 1 x 1 convolution even in layer 1 (quirk Q3.9), half
/// the dilation in the first block of layers 4 and 6 (Q3.10). A picture of 127 pixels a side gives maps of 15 x 15, one of 255
/// maps of 31 x 31.
///
/// Source: `STVIR/pysot: pysot/models/backbone/mobile_v2.py`; section 3.5 of the model reference.
public struct MobileNetV2: Sendable {
  private struct LayerPlan: Sendable {
    let expansion: Int
    /// Channels that leave the layer, at width 1.
    let outputs: Int
    let blocks: Int
    let stride: Int
    let firstDilation: Int
    let dilation: Int
  }

  private static let layout = [
    LayerPlan(expansion: 1, outputs: 16, blocks: 1, stride: 1, firstDilation: 1, dilation: 1),
    LayerPlan(expansion: 6, outputs: 24, blocks: 2, stride: 2, firstDilation: 1, dilation: 1),
    LayerPlan(expansion: 6, outputs: 32, blocks: 3, stride: 2, firstDilation: 1, dilation: 1),
    LayerPlan(expansion: 6, outputs: 64, blocks: 4, stride: 1, firstDilation: 1, dilation: 2),
    LayerPlan(expansion: 6, outputs: 96, blocks: 3, stride: 1, firstDilation: 2, dilation: 2),
    LayerPlan(expansion: 6, outputs: 160, blocks: 3, stride: 1, firstDilation: 2, dilation: 4),
    LayerPlan(expansion: 6, outputs: 320, blocks: 1, stride: 1, firstDilation: 4, dilation: 4),
  ]

  private static let stemChannels = 32
  /// Layers whose outputs leave the network, counted from 0.
  private static let outputLayers = [2, 4, 6]

  /// Pixels of the picture from one output position to the next.
  public static let stride = 8
  /// The width of the published models.
  public static let publishedWidth = 1.4

  /// Channels of the three outputs: 44, 134, 448 at width 1.4.
  public static func channels(width: Double = publishedWidth) -> [Int] {
    outputLayers.map { scaled(layout[$0].outputs, width) }
  }

  /// Rows and columns of the outputs for a picture of `side` pixels; 0 for one that is too small.
  public static func outputSide(for side: Int) -> Int {
    (0..<3).reduce(side) { side, _ in side < 3 ? 0 : (side - 3) / 2 + 1 }
  }

  private static func scaled(_ channels: Int, _ width: Double) -> Int { max(1, Int(Double(channels) * width)) }

  private static func stemPlan(_ prefix: String, width: Double) -> ConvolutionPlan {
    ConvolutionPlan(
      "\(prefix)layer0.0", norm: "\(prefix)layer0.1", activation: .relu6, activationName: "\(prefix)layer0.2",
      inputs: 3, outputs: scaled(stemChannels, width), kernel: 3, window: .init(stride: 2))
  }

  private static func blockPlans(_ prefix: String, width: Double) -> [[InvertedResidual.Plan]] {
    var inputs = scaled(stemChannels, width)
    return layout.enumerated().map { index, layer in
      (0..<layer.blocks).map { block in
        let plan = InvertedResidual.Plan(
          name: "\(prefix)layer\(index + 1).\(block)", inputs: inputs, expansion: layer.expansion,
          outputs: scaled(layer.outputs, width), stride: block == 0 ? layer.stride : 1,
          dilation: block == 0 ? layer.firstDilation : layer.dilation)
        inputs = plan.outputs
        return plan
      }
    }
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - prefix: what stands before `layer0.0.weight` in the file.
  ///   - width: factor on all counts of channels but the picture's, results truncated.
  public static func shapes(
    prefix: String = "backbone.", width: Double = publishedWidth
  ) -> [(String, [Int])] {
    stemPlan(prefix, width: width).shapes
      + blockPlans(prefix, width: width).joined().flatMap { $0.convolutions.flatMap(\.shapes) }
  }

  private let stem: NormalizedConvolution
  private let layers: [[InvertedResidual]]
  private let prefix: String

  /// Reads the network's tensors; see ``shapes(prefix:width:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, prefix: String = "backbone.", width: Double = publishedWidth, engine: Engine,
    folding: Bool = true
  ) throws(WeightsError) {
    self.prefix = prefix
    stem = try NormalizedConvolution(Self.stemPlan(prefix, width: width), reader, engine: engine, folding: folding)
    var layers: [[InvertedResidual]] = []
    for plans in Self.blockPlans(prefix, width: width) {
      var layer: [InvertedResidual] = []
      for plan in plans { layer.append(try InvertedResidual(plan, reader, engine: engine, folding: folding)) }
      layers.append(layer)
    }
    self.layers = layers
  }

  /// The outputs of layers 3, 5 and 7 for a batch of pictures, n x h x w x 3 bytes as floats in the order of channels the weights were
  /// trained on (pysot: blue, green, red; quirk Q2.8).
  ///
  /// - Returns: three maps of n x outputSide(h) x outputSide(w) x ``channels(width:)``.
  /// - Precondition: ``outputSide(for:)`` of both sides is at least 1.
  public func callAsFunction(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    var x = stem(pictures, in: workspace, trace: trace)
    trace?("\(prefix)layer0", x)
    var outputs: [Tensor] = []
    for (index, blocks) in layers.enumerated() {
      for block in blocks { x = block(x, in: workspace, trace: trace) }
      trace?("\(prefix)layer\(index + 1)", x)
      if Self.outputLayers.contains(index) { outputs.append(x) }
    }
    return outputs
  }
}

/// A block of ``MobileNetV2``: widened by a 1 x 1 convolution, a 3 x 3 one channel by channel, narrowed by a 1 x 1 one.
struct InvertedResidual: Sendable {
  struct Plan: Sendable {
    let name: String
    let inputs: Int
    let expansion: Int
    let outputs: Int
    let stride: Int
    let dilation: Int

    /// Quirk Q3.11: equal counts of channels, not the block's place, decide.
    var isResidual: Bool { stride == 1 && inputs == outputs }

    var convolutions: [ConvolutionPlan] {
      let wide = inputs * expansion
      // As in ResNet-50, a stride of 2 is not padded.
      let padding = dilation > 1 ? dilation : 2 - stride
      return [
        ConvolutionPlan(
          "\(name).conv.0", norm: "\(name).conv.1", activation: .relu6, activationName: "\(name).conv.2",
          inputs: inputs, outputs: wide, kernel: 1),
        ConvolutionPlan(
          "\(name).conv.3", norm: "\(name).conv.4", activation: .relu6, activationName: "\(name).conv.5",
          inputs: wide, outputs: wide, kernel: 3,
          window: .init(stride: stride, padding: padding, dilation: dilation), groups: wide),
        ConvolutionPlan("\(name).conv.6", norm: "\(name).conv.7", inputs: wide, outputs: outputs, kernel: 1),
      ]
    }
  }

  private let name: String
  private let isResidual: Bool
  private let convolutions: [NormalizedConvolution]

  init(_ plan: Plan, _ reader: WeightReader, engine: Engine, folding: Bool) throws(WeightsError) {
    name = plan.name
    isResidual = plan.isResidual
    var convolutions: [NormalizedConvolution] = []
    for convolution in plan.convolutions {
      convolutions.append(try NormalizedConvolution(convolution, reader, engine: engine, folding: folding))
    }
    self.convolutions = convolutions
  }

  func callAsFunction(_ input: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    var x = input
    for convolution in convolutions.dropLast() { x = convolution(x, in: workspace, trace: trace) }
    let last = convolutions[convolutions.count - 1]
    if isResidual, trace == nil { return last(x, adding: input, in: workspace) }
    x = last(x, in: workspace, trace: trace)
    trace?("\(name).conv", x)
    if isResidual { x = Tensor.sum(x, input, in: workspace) }
    trace?(name, x)
    return x
  }
}
