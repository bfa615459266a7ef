/// The ways of convolving. This file is the only door: a new way is a case here, a ``ConvolutionWorker``, and a line in
/// ``chosen(for:)``.
public enum ConvolutionAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// The definition, in portable C: the reference for tests, far too slow for tracking.
  case plain
  /// Blocks of patches times the weights, as matrix products.
  case gemm
  /// Channel by channel, for layers in which every channel has a kernel of its own.
  case depthwise

  /// The way for a layer when the engine leaves the choice open.
  public static func chosen(for parameters: ConvolutionParameters) -> ConvolutionAlgorithm {
    depthwise.suits(parameters) ? .depthwise : .gemm
  }

  /// Whether this way can compute the layer.
  public func suits(_ parameters: ConvolutionParameters) -> Bool {
    switch self {
    case .plain, .gemm: true
    case .depthwise: parameters.groups == parameters.inputChannels && parameters.groups == parameters.outputChannels
    }
  }

  func worker(for parameters: ConvolutionParameters) -> any ConvolutionWorker {
    switch self {
    case .plain: PlainConvolution(parameters)
    case .gemm: MatrixConvolution(parameters)
    case .depthwise: DepthwiseConvolution(parameters)
    }
  }
}

/// One layer prepared for one algorithm.
protocol ConvolutionWorker: Sendable {
  /// `bias` takes the place of the parameters' own; nil keeps them.
  func convolve(_ input: Tensor, bias: [Float]?, in workspace: Workspace) -> Tensor
}
