/// A convolution with everything that is fixed about it: weights in the order its algorithm wants, bias, activation.
///
/// Made once when a network is loaded, shared by all trackers of a model.
public struct Convolution: Sendable {
  /// Which way of convolving this layer takes.
  public let algorithm: ConvolutionAlgorithm
  private let worker: any ConvolutionWorker
  private let parameters: ConvolutionParameters

  public init(_ parameters: ConvolutionParameters, engine: Engine) {
    let wanted = engine.convolution.flatMap { $0.suits(parameters) ? $0 : nil }
    algorithm = wanted ?? .chosen(for: parameters, engine: engine)
    if case .asking(let survey) = engine.plan {
      survey.add(parameters, algorithm, engine: engine)
      worker = PlainConvolution(parameters)
    } else {
      worker = algorithm.worker(for: parameters, engine: engine)
    }
    self.parameters = parameters.droppingWeights()
  }

  /// Bytes of the weights in the order that the algorithm wants.
  public var weightBytes: Int { worker.weightBytes }

  /// - Parameter bias: takes the place of the layer's own bias, one a channel, for this call; nil keeps the layer's own.
  /// - Precondition: the input has the channels of the weights, and at least one window fits.
  public func callAsFunction(_ input: Tensor, bias: [Float]? = nil, in workspace: Workspace) -> Tensor {
    workspace.measure(parameters, algorithm, on: input.shape) {
      worker.convolve(input, bias: bias, adding: nil, in: workspace)
    }
  }

  /// activation(convolution + residual): the end of a residual block in one pass over the memory.
  /// - Precondition: the layer has no activation of its own; the residual has the output's sides.
  public func callAsFunction(
    _ input: Tensor, adding residual: Tensor, activation: Activation, in workspace: Workspace
  ) -> Tensor {
    precondition(parameters.activation == .none)
    precondition(residual.shape.hasSides(of: parameters.outputShape(for: input.shape)))
    return workspace.measure(parameters, algorithm, on: input.shape) {
      worker.convolve(
        input, bias: nil, adding: Residual(tensor: residual, activation: activation), in: workspace)
    }
  }
}
