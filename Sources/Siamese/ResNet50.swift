public import Checkpoints
public import Tensors

/// The ResNet-50 of pysot, SiamBAN and SiamBAN-ACM: strides of later layers are dilations, so that three layers share one grid
/// of eight pixels a step.
///
/// Differs from the usual ResNet-50: no padding in the stem and in layer 2's stride (quirk Q3.4), 3 x 3 shortcuts in layers 2 to 4
/// (Q3.3), half the dilation in the first block of layers 3 and 4 (Q3.5). A picture of 127 pixels a side gives maps of 15 x 15,
/// one of 255 maps of 31 x 31.
///
/// Source: `STVIR/pysot: pysot/models/backbone/resnet_atrous.py`; section 3.2 of the model reference.
public struct ResNet50: Sendable {
  private struct LayerPlan: Sendable {
    let blocks: Int
    /// Channels inside a block at width 1; four times as many leave it.
    let planes: Int
    let stride: Int
    /// Of the first block, in the main path and in the shortcut.
    let firstDilation: Int
    let dilation: Int
  }

  private static let layout = [
    LayerPlan(blocks: 3, planes: 64, stride: 1, firstDilation: 1, dilation: 1),
    LayerPlan(blocks: 4, planes: 128, stride: 2, firstDilation: 1, dilation: 1),
    LayerPlan(blocks: 6, planes: 256, stride: 1, firstDilation: 1, dilation: 2),
    LayerPlan(blocks: 3, planes: 512, stride: 1, firstDilation: 2, dilation: 4),
  ]

  private static let stemPlanes = 64
  private static let pool = MaxPool(kernel: 3, stride: 2, padding: 1)

  /// Pixels of the picture from one output position to the next.
  public static let stride = 8

  /// Channels of the three outputs: 512, 1024, 2048 at width 1.
  public static func channels(width: Double = 1) -> [Int] {
    layout.dropFirst().map { 4 * scaled($0.planes, width) }
  }

  /// Rows and columns of the outputs for a picture of `side` pixels; below 1 for one that is too small.
  public static func outputSide(for side: Int) -> Int {
    let pooled = pooledSide(for: side)
    return side < 7 || pooled < 3 ? 0 : (pooled - 3) / 2 + 1
  }

  /// Rows and columns of what enters layer 1.
  private static func pooledSide(for side: Int) -> Int {
    let stem = (side - 7) / 2 + 1
    return (stem + 2 - 3) / 2 + 1
  }

  /// Side of the search crops that published trackers use; only speed depends on it.
  private static let usualSide = 255

  /// A count of channels at a width: never below 1.
  static func scaled(_ channels: Int, _ width: Double) -> Int { max(1, Int(Double(channels) * width)) }

  private static func stemPlan(_ prefix: String, width: Double) -> ConvolutionPlan {
    // Quirk Q3.4: no padding.
    ConvolutionPlan(
      "\(prefix)conv1", norm: "\(prefix)bn1", activation: .relu, activationName: "\(prefix)relu", inputs: 3,
      outputs: scaled(stemPlanes, width), kernel: 7, window: .init(stride: 2))
  }

  /// The plans of all blocks of layers 1 to 4.
  private static func blockPlans(_ prefix: String, width: Double) -> [[Bottleneck.Plan]] {
    var inputs = scaled(stemPlanes, width)
    return layout.enumerated().map { index, layer in
      (0..<layer.blocks).map { block in
        let plan = Bottleneck.Plan(
          name: "\(prefix)layer\(index + 1).\(block)", inputs: inputs, planes: scaled(layer.planes, width),
          stride: block == 0 ? layer.stride : 1, dilation: block == 0 ? layer.firstDilation : layer.dilation,
          // Quirk Q3.3; only layer 1 has the usual 1 x 1.
          shortcutKernel: block > 0 ? nil : index == 0 ? 1 : 3,
          side: index == 0 ? pooledSide(for: usualSide) : outputSide(for: usualSide))
        inputs = plan.outputs
        return plan
      }
    }
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - prefix: what stands before `conv1.weight` in the file.
  ///   - width: factor on all counts of channels but the picture's, results truncated; the authors' is 1.
  public static func shapes(prefix: String = "backbone.", width: Double = 1) -> [(String, [Int])] {
    stemPlan(prefix, width: width).shapes + blockPlans(prefix, width: width).joined().flatMap(\.shapes)
  }

  private let stem: NormalizedConvolution
  private let layers: [[Bottleneck]]
  private let prefix: String

  /// Reads the network's tensors; see ``shapes(prefix:width:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, prefix: String = "backbone.", width: Double = 1, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    self.prefix = prefix
    stem = try NormalizedConvolution(Self.stemPlan(prefix, width: width), reader, engine: engine, folding: folding)
    var layers: [[Bottleneck]] = []
    for plans in Self.blockPlans(prefix, width: width) {
      var layer: [Bottleneck] = []
      for plan in plans { layer.append(try Bottleneck(plan, reader, engine: engine, folding: folding)) }
      layers.append(layer)
    }
    self.layers = layers
  }

  /// The outputs of layers 2, 3 and 4 for a batch of pictures, n x h x w x 3 bytes as floats in the order of channels the weights were
  /// trained on (pysot: blue, green, red; quirk Q2.8).
  ///
  /// - Returns: three maps of n x outputSide(h) x outputSide(w) x ``channels(width:)``.
  /// - Precondition: ``outputSide(for:)`` of both sides is at least 1.
  public func callAsFunction(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    var x = stem(pictures, in: workspace, trace: trace)
    x = Self.pool(x, in: workspace)
    trace?("\(prefix)maxpool", x)
    var outputs: [Tensor] = []
    for (index, blocks) in layers.enumerated() {
      for block in blocks { x = block(x, in: workspace, trace: trace) }
      trace?("\(prefix)layer\(index + 1)", x)
      if index > 0 { outputs.append(x) }
    }
    return outputs
  }
}

/// A block of ``ResNet50``: 1 x 1, 3 x 3, 1 x 1 convolutions beside a shortcut.
struct Bottleneck: Sendable {
  struct Plan: Sendable {
    let name: String
    let inputs: Int
    let planes: Int
    let stride: Int
    let dilation: Int
    /// Rows and columns of the shortcut's convolution, or nil where the input itself is added.
    let shortcutKernel: Int?
    /// Rows and columns of the outputs for a search crop.
    let side: Int

    var outputs: Int { 4 * planes }

    /// Quirk Q3.4: 2 - stride, but with dilation the padding is the dilation.
    private var padding: Int { dilation > 1 ? dilation : 2 - stride }

    fileprivate var main: [ConvolutionPlan] { plannedMain.map(running) }

    private func running(_ plan: ConvolutionPlan) -> ConvolutionPlan {
      var plan = plan
      plan.workload = .everyFrame(side: side)
      return plan
    }

    private var plannedMain: [ConvolutionPlan] {
      let relu = "\(name).relu"
      return [
        ConvolutionPlan(
          "\(name).conv1", norm: "\(name).bn1", activation: .relu, activationName: relu, inputs: inputs,
          outputs: planes, kernel: 1),
        ConvolutionPlan(
          "\(name).conv2", norm: "\(name).bn2", activation: .relu, activationName: relu, inputs: planes,
          outputs: planes, kernel: 3, window: .init(stride: stride, padding: padding, dilation: dilation)),
        ConvolutionPlan("\(name).conv3", norm: "\(name).bn3", inputs: planes, outputs: outputs, kernel: 1),
      ]
    }

    fileprivate var shortcut: ConvolutionPlan? {
      guard let kernel = shortcutKernel else { return nil }
      return running(
        ConvolutionPlan(
          "\(name).downsample.0", norm: "\(name).downsample.1", inputs: inputs, outputs: outputs, kernel: kernel,
          window: kernel == 1
            ? .init(stride: stride) : .init(stride: stride, padding: padding, dilation: dilation)))
    }

    var shapes: [(String, [Int])] { (main + [shortcut].compactMap { $0 }).flatMap(\.shapes) }
  }

  private let name: String
  private let main: [NormalizedConvolution]
  private let shortcut: NormalizedConvolution?

  init(_ plan: Plan, _ reader: WeightReader, engine: Engine, folding: Bool) throws(WeightsError) {
    name = plan.name
    var main: [NormalizedConvolution] = []
    for convolution in plan.main {
      main.append(try NormalizedConvolution(convolution, reader, engine: engine, folding: folding))
    }
    self.main = main
    if let convolution = plan.shortcut {
      shortcut = try NormalizedConvolution(convolution, reader, engine: engine, folding: folding)
    } else {
      shortcut = nil
    }
  }

  func callAsFunction(_ input: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    var residual = input
    if let shortcut {
      residual = shortcut(input, in: workspace, trace: trace)
      trace?("\(name).downsample", residual)
    }
    var x = input
    for convolution in main.dropLast() { x = convolution(x, in: workspace, trace: trace) }
    x = main[main.count - 1](x, adding: residual, activation: .relu, in: workspace, trace: trace)
    trace?("\(name).relu", x)
    trace?(name, x)
    return x
  }
}
