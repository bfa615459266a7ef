import CKernels

/// The definition of a convolution, sums in double.
struct PlainConvolution: ConvolutionWorker {
  let parameters: ConvolutionParameters

  init(_ parameters: ConvolutionParameters) {
    self.parameters = parameters
  }

  var weightBytes: Int { parameters.weights.count * MemoryLayout<Float>.stride }

  func convolve(_ input: Tensor, bias: [Float]?, adding residual: Residual?, in workspace: Workspace) -> Tensor {
    let sums = convolve(input, bias: bias, in: workspace)
    return residual.map { Tensor.sum(sums, $0.tensor, activation: $0.activation, in: workspace) } ?? sums
  }

  private func convolve(_ input: Tensor, bias: [Float]?, in workspace: Workspace) -> Tensor {
    let output = parameters.outputShape(for: input.shape)
    let bias = parameters.bias(or: bias)
    return workspace.tensor(output) { floats in
      input.withUnsafePointer { values in
        bias.withOptionalPointer { bias in
          tb_conv2d_f32__plain(
            values, input.shape.cShape, parameters.weights, bias, output.c, parameters.groups, parameters.cWindow,
            parameters.activation.cValue, floats, output.pixelStride)
        }
      }
    }
  }
}

extension ConvolutionParameters {
  /// The bias of one call.
  func bias(or other: [Float]?) -> [Float]? {
    precondition(other.map { $0.count == outputChannels } ?? true)
    return other ?? bias
  }
}

extension [Float]? {
  /// Lends the elements, or NULL where there are none to lend.
  func withOptionalPointer<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
    guard let values = self else { return body(nil) }
    return values.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
