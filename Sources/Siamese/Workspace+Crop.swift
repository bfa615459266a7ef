public import Imaging
public import Tensors

extension Workspace {
  /// A square of a frame as pysot's networks see it: brought to `side` pixels, blue, green, red, bytes as floats with nothing
  /// subtracted (quirk Q2.8).
  ///
  /// - Parameters:
  ///   - square: any square; what lies outside the frame has the colour `border` (red, green, blue).
  ///   - side: rows and columns of the crop, at least 1.
  public func crop(_ frame: Image, _ square: Square, to side: Int, border: (UInt8, UInt8, UInt8)) -> Tensor {
    pictures(count: 1, side: side) { _, bytes in
      frame.crop(square, to: side, border: border, into: &bytes)
      bytes.withUnsafeMutableBufferPointer { bytes in
        for pixel in stride(from: 0, to: bytes.count - 2, by: 3) { bytes.swapAt(pixel, pixel + 2) }
      }
    }
  }
}
