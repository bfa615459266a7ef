internal import CImageCodecs

/// What a picture file declares, read without decoding it: for checks of whole data sets.
///
/// A readable header does not promise readable pixels.
public struct ImageHeader: Hashable, Sendable {
  /// The two formats that are read.
  public enum Format: String, Hashable, Sendable {
    case jpeg = "JPEG"
    case png = "PNG"
  }

  /// Pictures of more pixels are refused: 8192 x 8192.
  public static let pixelLimit = Int(TB_CODEC_PIXEL_LIMIT)

  /// By the signature, never by the name's ending.
  public let format: Format
  /// Columns of the decoded ``Image``, that is, after the EXIF orientation.
  public let width: Int
  /// Rows of the decoded ``Image``.
  public let height: Int

  /// The header of the file at `path`, from its first bytes: 4 KiB, more only where long metadata stand before the picture.
  ///
  /// - Throws: ``ImageError``, for the same files and with the same words as ``Image/init(contentsOf:)`` as far as the header tells.
  public static func read(_ path: String) throws(ImageError) -> ImageHeader {
    let file = try PictureFile(path)
    var wanted = 4096
    while wanted < file.count {
      let beginning = try file.readFirst(wanted)
      let found = try beginning.withUnsafeBufferPointer { (buffer) throws(ImageError) in
        try Codec.header(ofBeginning: UnsafeRawBufferPointer(buffer), name: path)
      }
      if let found { return ImageHeader(found) }
      wanted *= 16
    }
    return try read(bytes: file.readAll(), name: path)
  }

  /// The header of a whole picture in memory.
  ///
  /// - Throws: ``ImageError`` naming `name`.
  public static func read(bytes: [UInt8], name: String) throws(ImageError) -> ImageHeader {
    try bytes.withUnsafeBufferPointer { (buffer) throws(ImageError) in
      ImageHeader(try Codec.header(of: UnsafeRawBufferPointer(buffer), whole: true, name: name))
    }
  }

  private init(_ declared: tb_picture_header) {
    let turned = declared.orientation >= 5
    format = declared.format == TB_FORMAT_PNG ? .png : .jpeg
    width = Int(turned ? declared.height : declared.width)
    height = Int(turned ? declared.width : declared.height)
  }
}
