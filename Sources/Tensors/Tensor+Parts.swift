extension Tensor {
  /// Some rows and columns of every image, as a tensor of its own.
  /// - Precondition: both ranges lie inside and hold something.
  public func part(rows: Range<Int>, columns: Range<Int>, in workspace: Workspace) -> Tensor {
    precondition(!rows.isEmpty && !columns.isEmpty && 0 <= rows.lowerBound && rows.upperBound <= shape.h)
    precondition(0 <= columns.lowerBound && columns.upperBound <= shape.w)
    let output = TensorShape(
      n: shape.n, h: rows.count, w: columns.count, c: shape.c, pixelStride: shape.pixelStride)
    let run = columns.count * shape.pixelStride
    return workspace.tensor(output) { floats in
      withUnsafePointer { values in
        for image in 0..<shape.n {
          for (place, row) in rows.enumerated() {
            let first = (image * shape.h + row) * shape.w + columns.lowerBound
            (floats + (image * rows.count + place) * run).update(
              from: values + first * shape.pixelStride, count: run)
          }
        }
      }
    }
  }

  /// The channels of several tensors one after the other, in the order given.
  /// - Precondition: at least one; images, rows and columns are as many in all.
  public static func concatenatingChannels(_ parts: [Tensor], in workspace: Workspace) -> Tensor {
    precondition(!parts.isEmpty)
    let first = parts[0].shape
    precondition(parts.allSatisfy { $0.shape.n == first.n && $0.shape.h == first.h && $0.shape.w == first.w })
    let output = TensorShape(n: first.n, h: first.h, w: first.w, c: parts.reduce(0) { $0 + $1.shape.c })
    return workspace.tensor(output) { floats in
      var channel = 0
      for part in parts {
        let shape = part.shape
        part.withUnsafePointer { values in
          for pixel in 0..<shape.pixels {
            (floats + pixel * output.pixelStride + channel).update(
              from: values + pixel * shape.pixelStride, count: shape.c)
          }
        }
        channel += shape.c
      }
    }
  }
}
