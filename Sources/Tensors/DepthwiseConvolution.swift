import CKernels

/// A convolution in which every channel has one kernel of its own, computed where the pixels lie.
///
/// As matrix products it would be one product of a single column a channel.
struct DepthwiseConvolution: ConvolutionWorker {
  let parameters: ConvolutionParameters
  /// Kernel row, kernel column, channel.
  private let weights: [Float]

  /// - Precondition: ``ConvolutionAlgorithm/depthwise`` suits the layer.
  init(_ parameters: ConvolutionParameters) {
    precondition(ConvolutionAlgorithm.depthwise.suits(parameters))
    self.parameters = parameters.droppingWeights()
    let (taps, channels) = (parameters.kernelHeight * parameters.kernelWidth, parameters.outputChannels)
    weights = (0..<taps * channels).map { parameters.weights[$0 % channels * taps + $0 / channels] }
  }

  var weightBytes: Int { weights.count * MemoryLayout<Float>.stride }

  func convolve(_ input: Tensor, bias: [Float]?, adding residual: Residual?, in workspace: Workspace) -> Tensor {
    let sums = convolve(input, bias: bias, in: workspace)
    return residual.map { Tensor.sum(sums, $0.tensor, activation: $0.activation, in: workspace) } ?? sums
  }

  private func convolve(_ input: Tensor, bias: [Float]?, in workspace: Workspace) -> Tensor {
    let output = parameters.outputShape(for: input.shape)
    let isa = workspace.engine.instructionSet.isa
    return workspace.tensor(output) { floats in
      parameters.bias(or: bias).withOptionalPointer { bias in
        input.withUnsafePointer { values in
          tb_depthwise_f32(
            isa, workspace.pool.pointer, values, input.shape.cShape, weights, output.c, parameters.cWindow, bias,
            parameters.activation.cValue, floats, output.pixelStride)
        }
      }
    }
  }
}
