import CKernels

/// Batch normalisation in inference: y = (x - mean) / sqrt(variance + eps) * weight + bias, channel by channel.
public struct BatchNorm: Sendable, Hashable {
  /// The factor per channel, weight / sqrt(variance + eps), in double.
  public let scale: [Double]
  /// What is added per channel, bias - mean * scale, in double.
  public let shift: [Double]

  /// - Parameter eps: added to the variance; PyTorch's default is 1e-5, and some trackers differ (quirk S1).
  /// - Precondition: four arrays of equal length.
  public init(weight: [Float], bias: [Float], mean: [Float], variance: [Float], eps: Double) {
    precondition(weight.count == bias.count && bias.count == mean.count && mean.count == variance.count)
    let scale = zip(weight, variance).map { Double($0) / (Double($1) + eps).squareRoot() }
    self.scale = scale
    shift = bias.indices.map { Double(bias[$0]) - Double(mean[$0]) * scale[$0] }
  }

  public var channels: Int { scale.count }

  /// The layer on its own, followed by `activation`. Networks fold it into the convolution before it; this is for the
  /// unfolded mode, in which tests look between the two.
  /// - Precondition: the input has ``channels`` channels.
  public func callAsFunction(_ input: Tensor, activation: Activation = .none, in workspace: Workspace) -> Tensor {
    let shape = input.shape
    precondition(shape.c == channels)
    let isa = workspace.engine.instructionSet.isa
    let (factors, terms) = (scale.map { Float($0) }, shift.map { Float($0) })
    return workspace.tensor(shape) { output in
      input.withUnsafePointer { values in
        tb_scale_shift_f32(
          isa, values, shape.pixelStride, output, shape.pixelStride, shape.pixels, shape.c, factors, terms,
          activation.cValue)
      }
    }
  }
}

extension Activation {
  /// The activation on its own.
  public func callAsFunction(_ input: Tensor, in workspace: Workspace) -> Tensor {
    let shape = input.shape
    return workspace.tensor(shape) { output in
      input.withUnsafePointer { output.update(from: $0, count: shape.floats) }
      tb_bias_activation_f32(
        workspace.engine.instructionSet.isa, output, shape.pixels, shape.c, shape.pixelStride, nil, cValue)
    }
  }
}
