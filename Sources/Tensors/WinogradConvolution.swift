import CKernels

/// A convolution by minimal filtering: tiles of the input are transformed, multiplied point by point with weights that were
/// transformed once, and transformed back.
///
/// Source: Lavin, Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.
struct WinogradConvolution: ConvolutionWorker {
  private let parameters: ConvolutionParameters
  private let form: WinogradForm
  private let weights: PackedWeights
  private let isa: tb_isa

  /// - Precondition: ``ConvolutionAlgorithm/winograd`` suits the layer.
  init(_ parameters: ConvolutionParameters, engine: Engine) {
    guard let form = WinogradForm.best(for: parameters) else { preconditionFailure("no Winograd form suits the layer") }
    let (isa, filters, cForm) = (engine.instructionSet.isa, parameters.cFilters, form.cValue)
    self.parameters = parameters.droppingWeights()
    self.form = form
    self.isa = isa
    weights = PackedWeights(count: form.weightFloats(parameters, engine.instructionSet)) { packed in
      Pool.whileLoading(parameters) {
        tb_winograd_pack(isa, $0, cForm, parameters.weights, parameters.inputChannels, filters, packed)
      }
    }
  }

  var weightBytes: Int { weights.bytes }

  func convolve(_ input: Tensor, bias: [Float]?, adding residual: Residual?, in workspace: Workspace) -> Tensor {
    let (shape, filters, cForm) = (parameters.outputShape(for: input.shape), parameters.cFilters, form.cValue)
    let pool = workspace.pool.pointer
    return workspace.tensor(shape) { output in
      parameters.withFinish(bias: bias, residual: residual) { finish in
        input.withUnsafePointer { values in
          workspace.withScratch(floats: tb_winograd_scratch(isa, pool, cForm, input.shape.cShape, filters)) { scratch in
            tb_winograd_f32(
              isa, pool, cForm, values, input.shape.cShape, weights.floats, filters, finish, output,
              shape.pixelStride, scratch)
          }
        }
      }
    }
  }
}
