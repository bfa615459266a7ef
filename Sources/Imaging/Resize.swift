internal import CKernels

/// Resizing as OpenCV does it, bit for bit.
public enum Resize {
  /// `cv2.resize` with `INTER_LINEAR`: 11-bit weights, OpenCV's truncations, a 2 x 2 box filter for exactly half the size
  /// along both axes, a copy for the same size.
  ///
  /// - Precondition: both sides are at least 1.
  public static func linear(_ image: Image, width: Int, height: Int) -> Image {
    precondition(width >= 1 && height >= 1, "a picture has at least one pixel")
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      image.resize(
        left: 0, top: 0, columns: image.width, rows: image.height, border: (0, 0, 0), to: target, width: width,
        height: height)
      count = width * height * 3
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// `cv2.resize` with `INTER_CUBIC` (A = -0.75, ends repeated) of a map of `width` x `height` floats, row by row; without
  /// fused multiply-adds and without IPP, so the same everywhere. NaN spreads to its neighbourhood.
  ///
  /// - Precondition: `map.count == width * height`, all sides at least 1.
  public static func cubic(_ map: [Float], width: Int, height: Int, toWidth: Int, toHeight: Int) -> [Float] {
    precondition(width >= 1 && height >= 1 && toWidth >= 1 && toHeight >= 1 && map.count == width * height)
    return [Float](unsafeUninitializedCapacity: toWidth * toHeight) { target, count in
      map.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        cubic(from, width: width, height: height, into: to, width: toWidth, height: toHeight)
      }
      count = toWidth * toHeight
    }
  }

  /// The same where the caller has the memory: `width` x `height` floats in, `targetWidth` x `targetHeight` out.
  package static func cubic(
    _ map: UnsafePointer<Float>, width: Int, height: Int, into target: UnsafeMutablePointer<Float>,
    width targetWidth: Int, height targetHeight: Int
  ) {
    tb_resize_cubic_f32(map, Int64(width), Int64(height), target, Int64(targetWidth), Int64(targetHeight))
  }
}

extension Image {
  /// A window of this picture, `columns` x `rows` from (`left`, `top`), resized into `target`.
  func resize(
    left: Int, top: Int, columns: Int, rows: Int, border: (UInt8, UInt8, UInt8),
    to target: UnsafeMutableBufferPointer<UInt8>, width targetWidth: Int, height targetHeight: Int
  ) {
    precondition(pixels.count == width * height * 3 && target.count >= targetWidth * targetHeight * 3)
    pixels.withUnsafeBufferPointer { source in
      guard let from = source.baseAddress, let to = target.baseAddress else { return }
      var window = tb_window(
        pixels: from, width: Int64(width), height: Int64(height), left: Int64(left), top: Int64(top),
        columns: Int64(columns), rows: Int64(rows), border: border)
      tb_resize_linear_u8x3(&window, to, Int64(targetWidth), Int64(targetHeight))
    }
  }
}
