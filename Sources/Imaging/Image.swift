/// An 8-bit colour picture: R, G, B per pixel, rows from the top, no padding between rows.
///
/// Pixel (x, y) begins at byte `(y * width + x) * 3`; (0, 0) is the top left. Copies share their pixels until one is written.
public struct Image: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// `width * height * 3` bytes.
  public var pixels: [UInt8]

  /// - Precondition: `pixels.count == width * height * 3`, both sides at least 1.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
