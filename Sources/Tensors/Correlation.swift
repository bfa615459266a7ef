import CKernels

/// Slides a template over a search image without padding: the comparison at the heart of Siamese trackers.
public enum Correlation {
  /// Over all channels at once, one map an image of `search`:
  /// out(n, y, x) = scale * sum over (i, j, c) of template(i, j, c) * search(n, y + i, x + j, c).
  ///
  /// - Returns: shape n x (h - template h + 1) x (w - template w + 1) x 1.
  /// - Precondition: one template image with the channels of `search`, no larger than it.
  public static func full(_ search: Tensor, template: Tensor, scale: Float, in workspace: Workspace) -> Tensor {
    let output = outputShape(search.shape, template: template.shape, channels: 1)
    return workspace.tensor(output) { floats in
      search.withUnsafePointer { values in
        template.withUnsafePointer { kernel in
          tb_correlation_f32(
            workspace.engine.instructionSet.isa, values, search.shape.cShape, kernel, template.shape.h,
            template.shape.w, template.shape.pixelStride, scale, floats)
        }
      }
    }
  }

  /// Channel by channel: out(n, y, x, c) = sum over (i, j) of template(i, j, c) * search(n, y + i - padding, x + j - padding, c).
  ///
  /// - Returns: shape n x (h + 2 padding - template h + 1) x (w + 2 padding - template w + 1) x c.
  /// - Precondition: one template image with the channels of `search`, no larger than the padded search.
  public static func depthwise(
    _ search: Tensor, template: Tensor, padding: Int = 0, in workspace: Workspace
  ) -> Tensor {
    let output = outputShape(search.shape, template: template.shape, padding: padding, channels: search.shape.c)
    let window = tb_slide(
      kernel_h: template.shape.h, kernel_w: template.shape.w, stride: 1, padding: padding, dilation: 1)
    return workspace.tensor(output) { floats in
      search.withUnsafePointer { values in
        template.withUnsafePointer { kernel in
          tb_depthwise_f32(
            workspace.engine.instructionSet.isa, workspace.pool.pointer, values, search.shape.cShape, kernel,
            template.shape.pixelStride, window, nil, TB_ACTIVATION_NONE, floats, output.pixelStride)
        }
      }
    }
  }

  /// Each place of the template with each place of the search image: out(n, y, x, j) = sum over c of
  /// template(j, c) * search(n, y, x, c), where j counts the template's places row by row. Nothing is normalised.
  ///
  /// - Returns: shape n x h x w x (template h * template w).
  /// - Precondition: one template image with the channels of `search`.
  public static func pixelwise(_ search: Tensor, template: Tensor, in workspace: Workspace) -> Tensor {
    precondition(template.shape.n == 1 && template.shape.c == search.shape.c)
    let (places, depth, stride) = (template.shape.pixels, search.shape.c, template.shape.pixelStride)
    let output = TensorShape(n: search.shape.n, h: search.shape.h, w: search.shape.w, c: places)
    guard workspace.engine.products == .openblas else {
      return pixelwise(search, filters: template, into: output, in: workspace)
    }
    return workspace.tensor(output) { floats in
      workspace.withScratch(floats: depth * places) { columns in
        template.withUnsafePointer { values in
          for place in 0..<places {
            for channel in 0..<depth { columns[channel * places + place] = values[place * stride + channel] }
          }
        }
        search.withUnsafePointer { values in
          workspace.multiply(
            rows: output.pixels, columns: places, depth: depth, a: values, aStride: search.shape.pixelStride,
            b: UnsafePointer(columns), bStride: places, c: floats, cStride: output.pixelStride)
        }
      }
    }
  }

  /// The template's places as the filters of a 1 x 1 convolution.
  private static func pixelwise(
    _ search: Tensor, filters template: Tensor, into output: TensorShape, in workspace: Workspace
  ) -> Tensor {
    let (isa, pool, shape) = (workspace.engine.instructionSet.isa, workspace.pool.pointer, search.shape.cShape)
    let (places, depth, stride) = (template.shape.pixels, search.shape.c, template.shape.pixelStride)
    let filters = tb_filters(
      out_channels: places, groups: 1,
      window: tb_slide(kernel_h: 1, kernel_w: 1, stride: 1, padding: 0, dilation: 1))
    // Whole cache lines, for what lies behind.
    let (copied, packed) = ((places * depth + 15) / 16 * 16, (tb_direct_weights(isa, depth, filters) + 15) / 16 * 16)
    return workspace.tensor(output) { floats in
      workspace.withScratch(floats: copied + packed + tb_direct_scratch(isa, pool, shape, filters)) { scratch in
        template.withUnsafePointer { values in
          for place in 0..<places { (scratch + place * depth).update(from: values + place * stride, count: depth) }
        }
        tb_direct_pack(isa, nil, scratch, depth, filters, scratch + copied)
        search.withUnsafePointer { values in
          workspace.measureProduct(multiplyAdds: output.pixels * places * depth) {
            tb_direct_f32(
              isa, pool, values, shape, scratch + copied, filters, tb_finish(), floats, output.pixelStride,
              scratch + copied + packed)
          }
        }
      }
    }
  }

  private static func outputShape(
    _ search: TensorShape, template: TensorShape, padding: Int = 0, channels: Int
  ) -> TensorShape {
    precondition(template.n == 1 && template.c == search.c && padding >= 0)
    return TensorShape(
      n: search.n, h: search.h + 2 * padding - template.h + 1, w: search.w + 2 * padding - template.w + 1, c: channels)
  }
}
