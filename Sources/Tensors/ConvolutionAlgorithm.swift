/// The ways of convolving. This file is the only door: a new way is a case here, a ``ConvolutionWorker``, and a line in
/// ``chosen(for:)``.
public enum ConvolutionAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// The definition, in portable C: the reference for tests, far too slow for tracking.
  case plain
  /// Blocks of patches times the weights, as matrix products.
  case gemm

  /// The way for a layer when the engine leaves the choice open.
  public static func chosen(for parameters: ConvolutionParameters) -> ConvolutionAlgorithm { .gemm }

  func worker(for parameters: ConvolutionParameters) -> any ConvolutionWorker {
    switch self {
    case .plain: PlainConvolution(parameters)
    case .gemm: MatrixConvolution(parameters)
    }
  }
}

/// One layer prepared for one algorithm.
protocol ConvolutionWorker: Sendable {
  /// `bias` takes the place of the parameters' own; nil keeps them.
  func convolve(_ input: Tensor, bias: [Float]?, in workspace: Workspace) -> Tensor
}
