internal import CImageCodecs

extension Image {
  /// A JPEG or PNG file.
  ///
  /// The signature decides the format, never the name's ending; the EXIF orientation is applied.
  ///
  /// - Throws: ``ImageError`` naming `path`: where there is no such file, no picture in it, or none that is whole.
  public init(contentsOf path: String) throws(ImageError) {
    let bytes = try PictureFile(path).readAll()
    try self.init(decoding: bytes, name: path)
  }

  /// A JPEG or PNG picture from memory; see ``init(decoding:name:)-(UnsafeRawBufferPointer,_)``.
  public init(decoding bytes: [UInt8], name: String) throws(ImageError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(ImageError) in
      try Image(decoding: UnsafeRawBufferPointer(buffer), name: name)
    }
  }

  /// A JPEG or PNG picture from memory, bit for bit as OpenCV decodes it in colour mode, as R, G, B.
  ///
  /// JPEG: baseline, extended and progressive Huffman coding, 8 bits, one or three components; a missing end marker alone is
  /// forgiven. PNG: every colour type and depth; 16 bits keep the high byte, alpha is dropped, gamma and profiles are
  /// ignored. The EXIF orientation is applied.
  ///
  /// - Parameter name: what errors call the picture.
  /// - Throws: ``ImageError``: never half a picture. Pictures of more than ``ImageHeader/pixelLimit`` pixels, and those that declare
  ///   more than their bytes can hold, are refused before memory is taken.
  public init(decoding bytes: UnsafeRawBufferPointer, name: String) throws(ImageError) {
    let declared = try Codec.header(of: bytes, whole: true, name: name)
    let (width, height) = (Int(declared.width), Int(declared.height))
    let source = bytes.bindMemory(to: UInt8.self)
    var why = tb_codec_text()
    var status = TB_CODEC_DAMAGED
    var pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      guard let from = source.baseAddress, let to = target.baseAddress else { return }
      status = withUnsafePointer(to: declared) { tb_decode(from, source.count, $0, to, &why) }
      count = status == TB_CODEC_OK ? width * height * 3 : 0
    }
    guard status == TB_CODEC_OK else { throw Codec.error(status, why, bytes: bytes, name: name) }
    if declared.orientation != 1 {
      pixels = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
        pixels.withUnsafeBufferPointer { stored in
          guard let from = stored.baseAddress, let to = target.baseAddress else { return }
          tb_orient(from, declared.width, declared.height, declared.orientation, to)
        }
        count = width * height * 3
      }
    }
    let turned = declared.orientation >= 5
    self.init(width: turned ? height : width, height: turned ? width : height, pixels: pixels)
  }
}
