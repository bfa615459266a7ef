import CKernels

/// The definition of a convolution, sums in double.
struct PlainConvolution: ConvolutionWorker {
  let parameters: ConvolutionParameters

  init(_ parameters: ConvolutionParameters) {
    self.parameters = parameters
  }

  func convolve(_ input: Tensor, in workspace: Workspace) -> Tensor {
    let output = parameters.outputShape(for: input.shape)
    return workspace.tensor(output) { floats in
      input.withUnsafePointer { values in
        parameters.bias.withOptionalPointer { bias in
          tb_conv2d_f32__plain(
            values, input.shape.cShape, parameters.weights, bias, output.c, parameters.groups, parameters.cWindow,
            parameters.activation.cValue, floats, output.pixelStride)
        }
      }
    }
  }
}

extension [Float]? {
  /// Lends the elements, or NULL where there are none to lend.
  func withOptionalPointer<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
    guard let values = self else { return body(nil) }
    return values.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
