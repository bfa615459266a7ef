import CKernels

/// A convolution as products of the pixels where they lie with packed weights: no patches, no copies.
struct DirectConvolution: ConvolutionWorker {
  private let parameters: ConvolutionParameters
  private let weights: PackedWeights
  private let isa: tb_isa

  /// Whether a tap's channels are few enough for the kernels.
  static func holds(_ parameters: ConvolutionParameters) -> Bool {
    parameters.inputChannels / parameters.groups <= TB_DEEPEST_TAP
  }

  /// - Precondition: ``ConvolutionAlgorithm/direct`` suits the layer.
  init(_ parameters: ConvolutionParameters, engine: Engine) {
    precondition(ConvolutionAlgorithm.direct.suits(parameters))
    let (isa, filters) = (engine.instructionSet.isa, parameters.cFilters)
    self.parameters = parameters.droppingWeights()
    self.isa = isa
    weights = PackedWeights(count: tb_direct_weights(isa, parameters.inputChannels, filters)) { packed in
      Pool.whileLoading(parameters) {
        tb_direct_pack(isa, $0, parameters.weights, parameters.inputChannels, filters, packed)
      }
    }
  }

  var weightBytes: Int { weights.bytes }

  func convolve(_ input: Tensor, bias: [Float]?, adding residual: Residual?, in workspace: Workspace) -> Tensor {
    let (shape, filters) = (parameters.outputShape(for: input.shape), parameters.cFilters)
    let pool = workspace.pool.pointer
    return workspace.tensor(shape) { output in
      parameters.withFinish(bias: bias, residual: residual) { finish in
        input.withUnsafePointer { values in
          workspace.withScratch(floats: tb_direct_scratch(isa, pool, input.shape.cShape, filters)) { scratch in
            tb_direct_f32(
              isa, pool, values, input.shape.cShape, weights.floats, filters, finish, output, shape.pixelStride,
              scratch)
          }
        }
      }
    }
  }
}

extension ConvolutionParameters {
  var cFilters: tb_filters { tb_filters(out_channels: outputChannels, groups: groups, window: cWindow) }

  /// Lends what follows the sums, as the kernels want it.
  func withFinish(bias: [Float]?, residual: Residual?, _ body: (tb_finish) -> Void) {
    self.bias(or: bias).withOptionalPointer { bias in
      guard let residual else {
        return body(tb_finish(bias: bias, residual: nil, residual_stride: 0, activation: activation.cValue))
      }
      residual.tensor.withUnsafePointer {
        body(
          tb_finish(
            bias: bias, residual: $0, residual_stride: residual.tensor.shape.pixelStride,
            activation: residual.activation.cValue))
      }
    }
  }
}
