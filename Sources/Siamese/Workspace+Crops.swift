public import Imaging
public import Tensors

extension Workspace {
  /// A crop of a frame as pysot's networks see it: one picture, bytes as floats, channels in the order blue, green, red (quirk
  /// Q2.8), nothing subtracted or divided.
  ///
  /// - Parameters:
  ///   - square: what is cut out; `side` is what it is resized to.
  ///   - border: red, green, blue of what lies outside the frame.
  public func blueFirstCrop(
    of frame: Image, _ square: Square, to side: Int, border: (UInt8, UInt8, UInt8)
  ) -> Tensor {
    pictures(count: 1, side: side) { _, bytes in
      frame.crop(square, to: side, border: border, into: &bytes)
      for pixel in stride(from: 0, to: bytes.count, by: 3) { bytes.swapAt(pixel, pixel + 2) }
    }
  }
}
