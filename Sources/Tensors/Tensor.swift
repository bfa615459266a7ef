import CKernels

/// The sides of a tensor, and how far its pixels lie apart.
public struct TensorShape: Sendable, Hashable, CustomStringConvertible {
  /// Images.
  public let n: Int
  /// Rows.
  public let h: Int
  /// Columns.
  public let w: Int
  /// Channels.
  public let c: Int
  /// Floats from one pixel to the next, at least `c`.
  public let pixelStride: Int

  /// - Parameter pixelStride: nil for ``usualStride(channels:)``.
  /// - Precondition: all sides at least 1, the stride at least `c`, the product within `Int`.
  public init(n: Int, h: Int, w: Int, c: Int, pixelStride: Int? = nil) {
    let stride = pixelStride ?? Self.usualStride(channels: c)
    precondition(n > 0 && h > 0 && w > 0 && c > 0 && stride >= c, "no tensor has \(n) x \(h) x \(w) x \(c) values")
    self.n = n
    self.h = h
    self.w = w
    self.c = c
    self.pixelStride = stride
    precondition(
      !n.multipliedReportingOverflow(by: h).overflow && !(n * h).multipliedReportingOverflow(by: w).overflow
        && !(n * h * w).multipliedReportingOverflow(by: stride).overflow,
      "\(n) x \(h) x \(w) x \(c) is beyond the address space")
  }

  /// Channels rounded up to 16, and from 128 on to an odd multiple of 16, because strides with large powers of two in them
  /// put the pixels of a window into the same cache sets. Fewer than 16 channels lie packed: a row of an image is one run.
  public static func usualStride(channels: Int) -> Int {
    guard channels >= 16 else { return channels }
    let rounded = (channels + 15) / 16 * 16
    return channels >= 128 && rounded.isMultiple(of: 32) ? rounded + 16 : rounded
  }

  /// n x h x w.
  public var pixels: Int { n * h * w }

  /// Floats from the first value to behind the last pixel's stride.
  public var floats: Int { pixels * pixelStride }

  var cShape: tb_shape { tb_shape(n: n, h: h, w: w, c: c, pixel_stride: pixelStride) }

  public var description: String { "\(n)x\(h)x\(w)x\(c)" }
}

/// Activations: `n` images of `h` rows, `w` columns and `c` channels, float, channels innermost (NHWC).
///
/// Value (n, y, x, c) lies at `((n * h + y) * w + x) * pixelStride + c`, the first one on a 64-byte boundary; what lies
/// between `c` and `pixelStride` means nothing. A tensor is written while it is made and never afterwards, so copies share
/// their values and may be read from any thread.
public struct Tensor: Sendable {
  public let shape: TensorShape
  private let storage: TensorStorage

  /// A tensor whose values `body` writes; what it does not write is zero.
  public init(shape: TensorShape, initializing body: (UnsafeMutablePointer<Float>) -> Void) {
    self.init(shape: shape, storage: TensorStorage(capacity: shape.floats), initializing: body)
  }

  /// A tensor in `storage`, which nobody else may hold; what `body` does not write is whatever lay there.
  init(shape: TensorShape, storage: TensorStorage, initializing body: (UnsafeMutablePointer<Float>) -> Void) {
    precondition(storage.capacity >= shape.floats)
    self.shape = shape
    self.storage = storage
    body(storage.floats)
  }

  /// Values in channel, row, column order per image, as PyTorch keeps them (NCHW).
  /// - Precondition: `values.count == n * c * h * w`.
  public init(nchw values: [Float], n: Int, c: Int, h: Int, w: Int) {
    precondition(values.count == n * c * h * w)
    let shape = TensorShape(n: n, h: h, w: w, c: c)
    self.init(shape: shape) { floats in
      for image in 0..<n {
        for channel in 0..<c {
          for pixel in 0..<h * w {
            floats[(image * h * w + pixel) * shape.pixelStride + channel] =
              values[(image * c + channel) * h * w + pixel]
          }
        }
      }
    }
  }

  /// The values in channel, row, column order per image (NCHW), without gaps. For tests and for files.
  public var nchw: [Float] {
    let (plane, stride) = (shape.h * shape.w, shape.pixelStride)
    return withUnsafePointer { floats in
      var values: [Float] = []
      values.reserveCapacity(shape.pixels * shape.c)
      for image in 0..<shape.n {
        for channel in 0..<shape.c {
          for pixel in 0..<plane { values.append(floats[(image * plane + pixel) * stride + channel]) }
        }
      }
      return values
    }
  }

  /// One value. - Precondition: the indices are inside the shape.
  public subscript(n: Int, y: Int, x: Int, c: Int) -> Float {
    precondition(0..<shape.n ~= n && 0..<shape.h ~= y && 0..<shape.w ~= x && 0..<shape.c ~= c)
    return storage.floats[((n * shape.h + y) * shape.w + x) * shape.pixelStride + c]
  }

  /// Lends the values for the length of a call; the pointer must not leave it.
  public func withUnsafePointer<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(storage) { try body(UnsafePointer(storage.floats)) }
  }
}
