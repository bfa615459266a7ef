/// The ways of convolving. This file is the only door: a new way is a case here, a ``ConvolutionWorker``, and a line in
/// ``chosen(for:engine:)``.
public enum ConvolutionAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// The definition, in portable C: the reference for tests, far too slow for tracking.
  case plain
  /// Blocks of patches times the weights, as matrix products of the BLAS library.
  case gemm
  /// Channel by channel, for layers in which every channel has a kernel of its own.
  case depthwise
  /// The pixels where they lie times packed weights, with kernels of our own.
  case direct
  /// Minimal filtering: fewer products, more memory; see ``WinogradForm``.
  case winograd

  /// The way for a layer when the engine leaves the choice open.
  public static func chosen(for parameters: ConvolutionParameters, engine: Engine) -> ConvolutionAlgorithm {
    if depthwise.suits(parameters) { return .depthwise }
    guard engine.products == .native, direct.suits(parameters) else { return .gemm }
    return WinogradForm.chosen(for: parameters, engine: engine) == nil ? .direct : .winograd
  }

  /// Whether this way can compute the layer.
  public func suits(_ parameters: ConvolutionParameters) -> Bool {
    switch self {
    case .plain, .gemm: true
    case .depthwise: parameters.hasKernelPerChannel
    case .direct: !parameters.hasKernelPerChannel && DirectConvolution.holds(parameters)
    case .winograd: !parameters.hasKernelPerChannel && !WinogradForm.suiting(parameters).isEmpty
    }
  }

  func worker(for parameters: ConvolutionParameters, engine: Engine) -> any ConvolutionWorker {
    switch self {
    case .plain: PlainConvolution(parameters)
    case .gemm: MatrixConvolution(parameters)
    case .depthwise: DepthwiseConvolution(parameters)
    case .direct: DirectConvolution(parameters, engine: engine)
    case .winograd: WinogradConvolution(parameters, engine: engine)
    }
  }
}

/// One layer prepared for one algorithm.
protocol ConvolutionWorker: Sendable {
  /// Bytes of weights it holds.
  var weightBytes: Int { get }
  /// activation(convolution + bias + residual); where there is a residual, `activation` takes the place of the layer's own.
  /// - Parameter bias: takes the place of the parameters' own; nil keeps them.
  func convolve(
    _ input: Tensor, bias: [Float]?, adding residual: Residual?, in workspace: Workspace
  ) -> Tensor
}

/// What is added to a convolution's sums before its activation.
struct Residual {
  let tensor: Tensor
  let activation: Activation
}
