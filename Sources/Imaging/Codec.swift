internal import CImageCodecs

/// The C codecs' answers in Swift.
enum Codec {
  /// What `bytes` declare: a whole file, or its beginning.
  ///
  /// - Throws: ``ImageError``.
  static func header(of bytes: UnsafeRawBufferPointer, whole: Bool, name: String) throws(ImageError)
    -> tb_picture_header
  {
    var header = tb_picture_header()
    var why = tb_codec_text()
    let status = read(bytes, whole: whole, into: &header, why: &why)
    guard status == TB_CODEC_OK else { throw error(status, why, bytes: bytes, name: name) }
    return header
  }

  /// The same for a beginning; nil where more of the file is needed.
  static func header(
    ofBeginning bytes: UnsafeRawBufferPointer, name: String
  ) throws(ImageError) -> tb_picture_header? {
    var header = tb_picture_header()
    var why = tb_codec_text()
    let status = read(bytes, whole: false, into: &header, why: &why)
    if status == TB_CODEC_NEEDS_MORE { return nil }
    guard status == TB_CODEC_OK else { throw error(status, why, bytes: bytes, name: name) }
    return header
  }

  static func error(
    _ status: tb_codec_status, _ why: tb_codec_text, bytes: UnsafeRawBufferPointer, name: String
  ) -> ImageError {
    let cause = withUnsafeBytes(of: why.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return switch status {
    case TB_CODEC_NOT_A_PICTURE: ImageError.notAPicture(bytes, name: name)
    case TB_CODEC_UNSUPPORTED:
      ImageError(
        .unsupported, place: name, cause: cause, remedy: "convert it to an 8-bit baseline JPEG or to PNG")
    case TB_CODEC_TOO_LARGE:
      ImageError(.tooLarge, place: name, cause: cause, remedy: "check that the file is the one the data set published")
    default:
      ImageError(.damaged, place: name, cause: cause, remedy: "copy or download the file again")
    }
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, whole: Bool, into header: inout tb_picture_header, why: inout tb_codec_text
  ) -> tb_codec_status {
    let source = bytes.bindMemory(to: UInt8.self)
    guard let from = source.baseAddress, !source.isEmpty else { return TB_CODEC_NOT_A_PICTURE }
    return tb_read_header(from, source.count, whole ? 1 : 0, &header, &why)
  }
}
