/// A convolution with everything that is fixed about it: weights in the order its algorithm wants, bias, activation.
///
/// Made once when a network is loaded, shared by all trackers of a model.
public struct Convolution: Sendable {
  /// Which way of convolving this layer takes.
  public let algorithm: ConvolutionAlgorithm
  private let worker: any ConvolutionWorker

  public init(_ parameters: ConvolutionParameters, engine: Engine) {
    let wanted = engine.convolution.flatMap { $0.suits(parameters) ? $0 : nil }
    algorithm = wanted ?? .chosen(for: parameters)
    worker = algorithm.worker(for: parameters)
  }

  /// - Parameter bias: takes the place of the layer's own bias, one a channel, for this call; nil keeps the layer's own.
  /// - Precondition: the input has the channels of the weights, and at least one window fits.
  public func callAsFunction(_ input: Tensor, bias: [Float]? = nil, in workspace: Workspace) -> Tensor {
    worker.convolve(input, bias: bias, in: workspace)
  }
}
