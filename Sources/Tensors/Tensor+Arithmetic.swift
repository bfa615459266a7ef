import CKernels

extension Tensor {
  /// activation(a + b), value by value: the end of a residual block.
  /// - Precondition: both have the same sides.
  public static func sum(
    _ a: Tensor, _ b: Tensor, activation: Activation = .none, in workspace: Workspace
  ) -> Tensor {
    let shape = a.shape
    precondition(shape.hasSides(of: b.shape), "\(shape) and \(b.shape) do not add up")
    let output = TensorShape(n: shape.n, h: shape.h, w: shape.w, c: shape.c)
    return workspace.tensor(output) { floats in
      a.withUnsafePointer { first in
        b.withUnsafePointer { second in
          tb_add_f32(
            workspace.engine.instructionSet.isa, first, shape.pixelStride, second, b.shape.pixelStride, floats,
            output.pixelStride, shape.pixels, shape.c, activation.cValue)
        }
      }
    }
  }

  /// Every channel times a factor of its own for each image, then `activation`: the end of squeeze-and-excitation and of channel
  /// attention.
  /// - Parameter factors: n x 1 x 1 x c.
  /// - Precondition: the images and channels of `factors` are those of this tensor.
  public func scaled(
    byChannel factors: Tensor, activation: Activation = .none, in workspace: Workspace
  ) -> Tensor {
    let wanted = TensorShape(n: shape.n, h: 1, w: 1, c: shape.c)
    precondition(wanted.hasSides(of: factors.shape), "\(factors.shape) are no factors for \(shape)")
    let output = TensorShape(n: shape.n, h: shape.h, w: shape.w, c: shape.c)
    let plane = shape.h * shape.w
    return workspace.tensor(output) { floats in
      withUnsafePointer { values in
        factors.withUnsafePointer { factors in
          for image in 0..<shape.n {
            tb_scale_shift_f32(
              workspace.engine.instructionSet.isa, values + image * plane * shape.pixelStride, shape.pixelStride,
              floats + image * plane * output.pixelStride, output.pixelStride, plane, shape.c,
              factors + image * wanted.pixelStride, nil, activation.cValue)
          }
        }
      }
    }
  }

  /// The mean of each channel over rows and columns: n x 1 x 1 x c.
  public func globalMean(in workspace: Workspace) -> Tensor {
    let output = TensorShape(n: shape.n, h: 1, w: 1, c: shape.c)
    return workspace.tensor(output) { floats in
      withUnsafePointer {
        tb_global_mean_f32(workspace.engine.instructionSet.isa, $0, shape.cShape, floats, output.pixelStride)
      }
    }
  }
}

extension TensorShape {
  /// Whether images, rows, columns and channels are as many; strides may differ.
  func hasSides(of other: TensorShape) -> Bool {
    n == other.n && h == other.h && w == other.w && c == other.c
  }
}
