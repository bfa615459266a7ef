public import Checkpoints
public import Tensors

/// A convolution as a network's plan lists it: its keys in the checkpoint, its shape, what follows it.
public struct ConvolutionPlan: Sendable, Hashable {
  /// The module's name, which stands before `.weight` and `.bias`.
  public let name: String
  /// The name of the batch norm that follows, or nil for none.
  public var norm: String?
  /// What comes last, and the name of its module for traces.
  public var activation = Activation.none
  public var activationName: String?
  /// Channels of the whole input.
  public let inputs: Int
  public let outputs: Int
  /// Rows and columns of the kernel.
  public let kernel: Int
  public var window: ConvolutionParameters.Window
  public var groups = 1
  public var hasBias = false
  /// How often it runs, and on how much; decides how much memory its speed is worth.
  public var workload = ConvolutionParameters.Workload.unknown

  public init(
    _ name: String, norm: String? = nil, activation: Activation = .none, activationName: String? = nil, inputs: Int,
    outputs: Int, kernel: Int, window: ConvolutionParameters.Window = .init(), groups: Int = 1, hasBias: Bool = false
  ) {
    self.name = name
    self.norm = norm
    self.activation = activation
    self.activationName = activationName
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.window = window
    self.groups = groups
    self.hasBias = hasBias
  }

  private var weightShape: [Int] { [outputs, inputs / groups, kernel, kernel] }

  /// The tensors it reads, with their keys and shapes.
  public var shapes: [(String, [Int])] {
    var shapes = [("\(name).weight", weightShape)]
    if hasBias { shapes.append(("\(name).bias", [outputs])) }
    if let norm { shapes += BatchNorm.shapes(norm, channels: outputs) }
    return shapes
  }

  /// Rows or columns of the output for an input of `side`; below 1 where no window fits.
  public func outputSide(for side: Int) -> Int {
    let room = side + 2 * window.padding - window.dilation * (kernel - 1) - 1
    return room < 0 ? 0 : room / window.stride + 1
  }

  fileprivate func parameters(
    _ reader: WeightReader, activation: Activation
  ) throws(WeightsError) -> ConvolutionParameters {
    ConvolutionParameters(
      weights: try reader.tensor("\(name).weight", shape: weightShape), shape: weightShape,
      bias: hasBias ? try reader.tensor("\(name).bias", shape: [outputs]) : nil, window: window, groups: groups,
      activation: activation, name: name, workload: workload)
  }
}

extension BatchNorm {
  /// The tensors a batch norm of that name reads.
  public static func shapes(_ name: String, channels: Int) -> [(String, [Int])] {
    ["weight", "bias", "running_mean", "running_var"].map { ("\(name).\($0)", [channels]) }
  }

  /// Reads the batch norm of that name.
  /// - Parameter eps: PyTorch's default, which pysot and its descendants keep.
  public init(
    _ reader: WeightReader, name: String, channels: Int, eps: Double = 1e-5
  ) throws(WeightsError) {
    self.init(
      weight: try reader.tensor("\(name).weight", shape: [channels]),
      bias: try reader.tensor("\(name).bias", shape: [channels]),
      mean: try reader.tensor("\(name).running_mean", shape: [channels]),
      variance: try reader.tensor("\(name).running_var", shape: [channels]), eps: eps)
  }
}

/// A convolution with the batch norm and the activation that follow it: the brick of these networks.
public struct NormalizedConvolution: Sendable {
  public let plan: ConvolutionPlan
  private let convolution: Convolution
  /// Only where it is not folded into the convolution.
  private let norm: BatchNorm?
  private let isFolded: Bool

  /// Reads the tensors of `plan`.
  /// - Parameter folding: computes batch norm and activation within the convolution; false keeps them apart, for tests
  ///   that look in between.
  public init(
    _ plan: ConvolutionPlan, _ reader: WeightReader, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    self.plan = plan
    isFolded = folding
    var parameters = try plan.parameters(reader, activation: folding ? plan.activation : .none)
    var norm: BatchNorm?
    if let name = plan.norm { norm = try BatchNorm(reader, name: name, channels: plan.outputs) }
    if folding, let folded = norm {
      parameters = parameters.folding(folded)
      norm = nil
    }
    convolution = Convolution(parameters, engine: engine)
    self.norm = norm
  }

  /// activation(convolution + residual), in one pass over the memory where batch norms are folded and nobody looks in between.
  /// - Precondition: the plan has no activation; the residual has the output's sides.
  public func callAsFunction(
    _ input: Tensor, adding residual: Tensor, activation: Activation = .none, in workspace: Workspace,
    trace: LayerTrace? = nil
  ) -> Tensor {
    guard isFolded, trace == nil else {
      return Tensor.sum(
        self(input, in: workspace, trace: trace), residual, activation: activation, in: workspace)
    }
    return convolution(input, adding: residual, activation: activation, in: workspace)
  }

  /// - Precondition: the input has the plan's channels, and at least one window fits.
  public func callAsFunction(_ input: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    var x = convolution(input, in: workspace)
    guard !isFolded else {
      trace?(plan.activationName ?? plan.norm ?? plan.name, x)
      return x
    }
    trace?(plan.name, x)
    if let norm {
      x = norm(x, in: workspace)
      trace?(plan.norm ?? "", x)
    }
    if plan.activation != .none {
      x = plan.activation(x, in: workspace)
      trace?(plan.activationName ?? "", x)
    }
    return x
  }
}
