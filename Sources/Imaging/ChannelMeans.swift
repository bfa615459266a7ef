internal import CKernels

/// The mean of each channel over a picture, 0...255: what Siamese trackers fill the outside of a crop with.
public struct ChannelMeans: Hashable, Sendable {
  /// 0...255; any number where it was set by hand.
  public var red: Double
  /// As ``red``.
  public var green: Double
  /// As ``red``.
  public var blue: Double

  /// Means known beforehand, unchecked.
  public init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

extension Image {
  /// Exact integer sums, each divided once by the number of pixels (section 1.4 of the model reference).
  public var channelMeans: ChannelMeans {
    precondition(pixels.count == width * height * 3)
    let count = pixels.count / 3
    var sums: (UInt64, UInt64, UInt64) = (0, 0, 0)
    pixels.withUnsafeBufferPointer { source in
      withUnsafeMutableBytes(of: &sums) { bytes in
        guard let from = source.baseAddress, let to = bytes.bindMemory(to: UInt64.self).baseAddress else { return }
        tb_channel_sums_u8x3(from, Int64(count), to)
      }
    }
    let pixelCount = Double(count)
    return ChannelMeans(
      red: Double(sums.0) / pixelCount, green: Double(sums.1) / pixelCount, blue: Double(sums.2) / pixelCount)
  }
}
