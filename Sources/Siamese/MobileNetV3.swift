public import Checkpoints
public import Tensors

/// The beginning of MobileNetV3-small, as NanoTrack cuts it: 16 pixels of the picture to one position of the output.
///
/// A picture of 127 pixels a side gives maps of 8 x 8, one of 255 maps of 16 x 16. Batch norms have PyTorch's eps, 1e-5;
/// convolutions no bias.
///
/// Source: `HonglinChu/SiamTrackers: NanoTrack/nanotrack/models/backbone/mobile_v3.py`; section 6.2 of the model reference.
public struct MobileNetV3: Sendable {
  private struct Row: Sendable {
    /// Channels inside the block.
    let hidden: Int
    let outputs: Int
    let kernel: Int
    let stride: Int
    /// Channels between the two layers of squeeze-and-excitation, or nil where there is none.
    let squeezed: Int?
    let activation: Activation
  }

  private static let rows = [
    Row(hidden: 16, outputs: 16, kernel: 3, stride: 2, squeezed: 8, activation: .relu),
    Row(hidden: 72, outputs: 24, kernel: 3, stride: 2, squeezed: nil, activation: .relu),
    Row(hidden: 88, outputs: 24, kernel: 3, stride: 1, squeezed: nil, activation: .relu),
    Row(hidden: 96, outputs: 40, kernel: 5, stride: 2, squeezed: 24, activation: .hardSwish),
    Row(hidden: 240, outputs: 40, kernel: 5, stride: 1, squeezed: 64, activation: .hardSwish),
    Row(hidden: 240, outputs: 40, kernel: 5, stride: 1, squeezed: 64, activation: .hardSwish),
    Row(hidden: 120, outputs: 48, kernel: 5, stride: 1, squeezed: 32, activation: .hardSwish),
    Row(hidden: 144, outputs: 48, kernel: 5, stride: 1, squeezed: 40, activation: .hardSwish),
    // Stride 2 in the network that was not cut.
    Row(hidden: 288, outputs: 96, kernel: 5, stride: 1, squeezed: 72, activation: .hardSwish),
  ]

  private static let stemChannels = 16

  /// Pixels of the picture from one output position to the next.
  public static let stride = 16
  /// How many blocks a network may have: below 4 its stride would be another.
  public static let blockCounts = 4...rows.count

  /// Channels of the output of the first `blocks` blocks: 48 for 8, 96 for 9.
  public static func channels(blocks: Int) -> Int { rows[blocks - 1].outputs }

  /// Rows and columns of the output for a picture of `side` pixels.
  public static func outputSide(for side: Int) -> Int { (0..<4).reduce(side) { side, _ in (side + 1) / 2 } }

  private static func stemPlan(_ prefix: String) -> ConvolutionPlan {
    ConvolutionPlan(
      "\(prefix)features.0.0", norm: "\(prefix)features.0.1", activation: .hardSwish,
      activationName: "\(prefix)features.0.2.hard_swish", inputs: 3, outputs: stemChannels, kernel: 3,
      window: .init(stride: 2, padding: 1))
  }

  private static func blockPlans(_ prefix: String, blocks: Int) -> [SqueezedResidual.Plan] {
    var inputs = stemChannels
    return rows.prefix(blocks).enumerated().map { index, row in
      let plan = SqueezedResidual.Plan(
        name: "\(prefix)features.\(index + 1)", inputs: inputs, hidden: row.hidden, outputs: row.outputs,
        kernel: row.kernel, stride: row.stride, squeezed: row.squeezed, activation: row.activation)
      inputs = row.outputs
      return plan
    }
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - prefix: what stands before `features.0.0.weight` in the file.
  ///   - blocks: how many of the blocks there are, of ``blockCounts``.
  public static func shapes(prefix: String = "backbone.", blocks: Int) -> [(String, [Int])] {
    stemPlan(prefix).shapes + blockPlans(prefix, blocks: blocks).flatMap(\.shapes)
  }

  private let stem: NormalizedConvolution
  private let blocks: [SqueezedResidual]

  /// Reads the network's tensors; see ``shapes(prefix:blocks:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, prefix: String = "backbone.", blocks count: Int, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    precondition(Self.blockCounts ~= count)
    stem = try NormalizedConvolution(Self.stemPlan(prefix), reader, engine: engine, folding: folding)
    var blocks: [SqueezedResidual] = []
    for plan in Self.blockPlans(prefix, blocks: count) {
      blocks.append(try SqueezedResidual(plan, reader, engine: engine, folding: folding))
    }
    self.blocks = blocks
  }

  /// Features of a batch of pictures, n x h x w x 3 bytes as floats in the order of channels the weights were trained on (NanoTrack:
  /// blue, green, red).
  ///
  /// - Returns: n x outputSide(h) x outputSide(w) x channels(blocks).
  public func callAsFunction(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    var x = stem(pictures, in: workspace, trace: trace)
    for block in blocks { x = block(x, in: workspace, trace: trace) }
    return x
  }
}

/// A block of ``MobileNetV3``: widened by a 1 x 1 convolution, convolved channel by channel, weighed by squeeze-and-excitation,
/// narrowed by a 1 x 1 convolution.
struct SqueezedResidual: Sendable {
  struct Plan: Sendable {
    let name: String
    let inputs: Int
    let hidden: Int
    let outputs: Int
    let kernel: Int
    let stride: Int
    let squeezed: Int?
    let activation: Activation

    private func layer(_ index: Int) -> String { "\(name).conv.\(index)" }

    /// A block that widens nothing has no layer for it, and the others move up.
    private var depthwiseIndex: Int { inputs == hidden ? 0 : 3 }
    fileprivate var isResidual: Bool { stride == 1 && inputs == outputs }

    /// Quirk N2: the gate comes before the activation, but after it in a block that widens nothing.
    fileprivate var gatesFirst: Bool { inputs != hidden }

    fileprivate var activationName: String {
      let index = gatesFirst ? depthwiseIndex + 3 : depthwiseIndex + 2
      return layer(index) + (activation == .hardSwish ? ".hard_swish" : "")
    }
    fileprivate var gateName: String { layer(gatesFirst ? depthwiseIndex + 2 : depthwiseIndex + 3) }

    fileprivate var widening: ConvolutionPlan? {
      guard inputs != hidden else { return nil }
      return ConvolutionPlan(
        layer(0), norm: layer(1), activation: activation,
        activationName: layer(2) + (activation == .hardSwish ? ".hard_swish" : ""), inputs: inputs, outputs: hidden,
        kernel: 1)
    }

    /// Its activation is the block's business.
    fileprivate var depthwise: ConvolutionPlan {
      ConvolutionPlan(
        layer(depthwiseIndex), norm: layer(depthwiseIndex + 1), inputs: hidden, outputs: hidden, kernel: kernel,
        window: .init(stride: stride, padding: (kernel - 1) / 2), groups: hidden)
    }

    fileprivate var gate: ChannelGate.Plan? {
      squeezed.map { .squeezeExcitation(gateName, channels: hidden, hidden: $0) }
    }

    fileprivate var narrowing: ConvolutionPlan {
      ConvolutionPlan(
        layer(depthwiseIndex + 4), norm: layer(depthwiseIndex + 5), inputs: hidden, outputs: outputs, kernel: 1)
    }

    var shapes: [(String, [Int])] {
      (widening?.shapes ?? []) + depthwise.shapes + (gate?.shapes ?? []) + narrowing.shapes
    }
  }

  private let plan: Plan
  private let widening: NormalizedConvolution?
  private let depthwise: NormalizedConvolution
  private let gate: ChannelGate?
  private let narrowing: NormalizedConvolution
  /// Whether the activation is still to be applied after the depth-wise convolution.
  private let isActivationApart: Bool
  /// Whether the gate applies it in its own pass.
  private let gateActivates: Bool

  init(_ plan: Plan, _ reader: WeightReader, engine: Engine, folding: Bool) throws(WeightsError) {
    self.plan = plan
    if let convolution = plan.widening {
      widening = try NormalizedConvolution(convolution, reader, engine: engine, folding: folding)
    } else {
      widening = nil
    }
    // Where no gate comes in between, the activation goes with the convolution.
    gateActivates = folding && plan.gate != nil && plan.gatesFirst
    isActivationApart = !folding || gateActivates
    var convolution = plan.depthwise
    if !isActivationApart {
      convolution.activation = plan.activation
      convolution.activationName = plan.activationName
    }
    depthwise = try NormalizedConvolution(convolution, reader, engine: engine, folding: folding)
    if let gate = plan.gate {
      self.gate = try ChannelGate(gate, reader, engine: engine, folding: folding)
    } else {
      gate = nil
    }
    narrowing = try NormalizedConvolution(plan.narrowing, reader, engine: engine, folding: folding)
  }

  func callAsFunction(_ input: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    var x = input
    if let widening { x = widening(x, in: workspace, trace: trace) }
    x = depthwise(x, in: workspace, trace: trace)
    func gated(_ x: Tensor) -> Tensor {
      if let gate {
        let last = gateActivates ? (plan.activation, plan.activationName) : nil
        return gate(x, activation: last, in: workspace, trace: trace)
      }
      // The original has a module there that does nothing.
      if isActivationApart { trace?(plan.gateName, x) }
      return x
    }
    func activated(_ x: Tensor) -> Tensor {
      guard isActivationApart, !gateActivates else { return x }
      let y = plan.activation(x, in: workspace)
      trace?(plan.activationName, y)
      return y
    }
    x = plan.gatesFirst ? activated(gated(x)) : gated(activated(x))
    x =
      plan.isResidual
      ? narrowing(x, adding: input, in: workspace, trace: trace) : narrowing(x, in: workspace, trace: trace)
    trace?(plan.name, x)
    return x
  }
}
