import CKernels

/// A convolution as matrix products: patches, one row an output pixel, times weights, one column an output channel.
///
/// Patches are packed for a block of output pixels at a time, so that they are still in the cache when they are multiplied;
/// the whole matrix of a first layer would be a hundred times its image. A 1 x 1 convolution of stride 1 has its patches
/// in the input already. Bias and activation follow while the block's outputs are warm.
struct MatrixConvolution: ConvolutionWorker {
  let parameters: ConvolutionParameters
  /// Group, kernel row, kernel column, input channel of the group, output channel of the group: the order of the patches.
  private let weights: [Float]

  /// Floats of patches in a block: 2 MiB. SiamFC measures alike from 1 to 8 MiB; smaller blocks make the library pack the
  /// weights more often, larger ones leave the caches altogether.
  private static let blockFloats = 512 * 1024

  init(_ parameters: ConvolutionParameters) {
    self.parameters = parameters.droppingWeights()
    weights = Self.repacked(parameters)
  }

  private static func repacked(_ p: ConvolutionParameters) -> [Float] {
    let (outputs, inputs) = (p.outputChannels / p.groups, p.inputChannels / p.groups)
    let taps = p.kernelHeight * p.kernelWidth
    return [Float](unsafeUninitializedCapacity: p.weights.count) { packed, count in
      p.weights.withUnsafeBufferPointer { source in
        var next = 0
        for group in 0..<p.groups {
          for tap in 0..<taps {
            for input in 0..<inputs {
              for output in 0..<outputs {
                packed[next] = source[((group * outputs + output) * inputs + input) * taps + tap]
                next += 1
              }
            }
          }
        }
        count = next
      }
    }
  }

  var weightBytes: Int { weights.count * MemoryLayout<Float>.stride }

  func convolve(_ input: Tensor, bias: [Float]?, adding residual: Residual?, in workspace: Workspace) -> Tensor {
    let sums = convolve(input, bias: bias, in: workspace)
    return residual.map { Tensor.sum(sums, $0.tensor, activation: $0.activation, in: workspace) } ?? sums
  }

  private func convolve(_ input: Tensor, bias: [Float]?, in workspace: Workspace) -> Tensor {
    let shape = parameters.outputShape(for: input.shape)
    let bias = parameters.bias(or: bias)
    let (outputs, inputs) = (shape.c / parameters.groups, parameters.inputChannels / parameters.groups)
    let depth = inputs * parameters.kernelHeight * parameters.kernelWidth
    let rows = min(shape.pixels, max(64, Self.blockFloats / depth))
    let isa = workspace.engine.instructionSet.isa
    return workspace.tensor(shape) { output in
      input.withUnsafePointer { values in
        workspace.withScratch(floats: parameters.isPointwise ? 0 : rows * depth) { patches in
          for first in stride(from: 0, to: shape.pixels, by: rows) {
            let count = min(rows, shape.pixels - first)
            let block = output + first * shape.pixelStride
            for group in 0..<parameters.groups {
              let a: UnsafePointer<Float>
              let aStride: Int
              if parameters.isPointwise {
                a = values + first * input.shape.pixelStride + group * inputs
                aStride = input.shape.pixelStride
              } else {
                tb_patches_f32(
                  isa, values, input.shape.cShape, parameters.cWindow, group * inputs, inputs, first, count, patches)
                a = UnsafePointer(patches)
                aStride = depth
              }
              weights.withUnsafeBufferPointer { weights in
                guard let b = weights.baseAddress else { return }
                workspace.multiply(
                  rows: count, columns: outputs, depth: depth, a: a, aStride: aStride,
                  b: b + group * depth * outputs, bStride: outputs, c: block + group * outputs,
                  cStride: shape.pixelStride)
              }
            }
            bias.withOptionalPointer { bias in
              tb_bias_activation_f32(
                isa, block, count, shape.c, shape.pixelStride, bias, parameters.activation.cValue)
            }
          }
        }
      }
    }
  }
}
