import CKernels

extension Workspace {
  /// A batch of square colour pictures as a network sees them: bytes 0...255 as floats, nothing subtracted.
  ///
  /// - Parameters:
  ///   - count: pictures in the batch.
  ///   - side: rows and columns of each.
  ///   - fill: writes picture `index`, side * side * 3 bytes with the channels innermost; the array may be reused as it is.
  /// - Precondition: `fill` leaves side * side * 3 bytes.
  public func pictures(count: Int, side: Int, fill: (_ index: Int, _ bytes: inout [UInt8]) -> Void) -> Tensor {
    let shape = TensorShape(n: count, h: side, w: side, c: 3)
    precondition(shape.pixelStride == 3)
    let size = side * side * 3
    return tensor(shape) { floats in
      for index in 0..<count {
        fill(index, &bytes)
        precondition(bytes.count == size)
        tb_u8_to_f32(bytes, floats + index * size, size)
      }
    }
  }
}
