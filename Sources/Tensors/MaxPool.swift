import CKernels

/// The largest value of each window, channel by channel; floor mode, padding never wins.
public struct MaxPool: Sendable, Hashable {
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  /// - Precondition: `kernel` and `stride` at least 1, `padding` less than `kernel`.
  public init(kernel: Int, stride: Int, padding: Int = 0) {
    precondition(kernel > 0 && stride > 0 && 0..<kernel ~= padding)
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// - Precondition: at least one window fits.
  public func callAsFunction(_ input: Tensor, in workspace: Workspace) -> Tensor {
    let window = tb_slide(kernel_h: kernel, kernel_w: kernel, stride: stride, padding: padding, dilation: 1)
    let shape = input.shape
    let output = TensorShape(
      n: shape.n, h: tb_slides(shape.h, kernel, stride, padding, 1),
      w: tb_slides(shape.w, kernel, stride, padding, 1), c: shape.c)
    return workspace.tensor(output) { floats in
      input.withUnsafePointer {
        tb_max_pool_f32(workspace.engine.instructionSet.isa, $0, shape.cShape, window, floats, output.pixelStride)
      }
    }
  }
}
