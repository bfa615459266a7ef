internal import CImageCodecs

extension Image {
  /// The picture as a PNG file, 8-bit RGB without loss.
  ///
  /// Nothing in the file depends on time or place: the same picture gives the same bytes with the same libpng and zlib, and the
  /// same pixels with any.
  ///
  /// - Throws: ``ImageError`` for pictures of more than ``ImageHeader/pixelLimit`` pixels.
  public func pngData() throws(ImageError) -> [UInt8] {
    precondition(pixels.count == width * height * 3)
    let capacity = tb_png_bound(UInt64(width), UInt64(height))
    guard capacity > 0 else {
      throw ImageError(
        .notWritten, place: "\(width) x \(height) picture",
        cause: "has more than the \(ImageHeader.pixelLimit) pixels that are written as PNG")
    }
    var why = tb_codec_text()
    var status = TB_CODEC_UNSUPPORTED
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
      pixels.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        status = tb_encode_png(from, UInt32(width), UInt32(height), to, target.count, &count, &why)
      }
    }
    guard status == TB_CODEC_OK else {
      let cause = withUnsafeBytes(of: why.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw ImageError(.notWritten, place: "\(width) x \(height) picture", cause: cause)
    }
    return bytes
  }
}
