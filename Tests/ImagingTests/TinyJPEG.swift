import Foundation

/// Two pictures of 20 x 12 pixels, written once with libjpeg: 4:2:0, quality 40, no application segments.
enum TinyJPEG {
  static let baseline = bytes(
    """
    /9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBD\
    ARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAMABQD\
    ASIAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAQFBv/EACEQAAEEAgAHAAAAAAAAAAAAAAEAAgMRBSEEEkFRYZGh/8QAFgEB\
    AQEAAAAAAAAAAAAAAAAABAIF/8QAHBEAAQQDAQAAAAAAAAAAAAAAAgABBBEDEyHw/9oADAMBAAIRAxEAPwCLBjgRZGk7Fjx0Z7VS\
    GFnI3XlORRMN2Oyjcwi3PVaPGlkpA4AUKb8QtE2BhGwhHLK9raaWVL//2Q==
    """)

  /// Ten scans.
  static let progressive = bytes(
    """
    /9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBD\
    ARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wgARCAAMABQD\
    ASIAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAMEBf/EABYBAQEBAAAAAAAAAAAAAAAAAAMCBP/aAAwDAQACEAMQAAABidU6\
    TkNEPb//xAAYEAEBAQEBAAAAAAAAAAAAAAAAAQMREv/aAAgBAQABBQKZpm8JEjj/xAAXEQADAQAAAAAAAAAAAAAAAAAAAQMT/9oA\
    CAEDAQE/AZ1Zqz//xAAYEQACAwAAAAAAAAAAAAAAAAAAAQIREv/aAAgBAgEBPwHdIcj/xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oA\
    CAEBAAY/Al//xAAYEAEBAAMAAAAAAAAAAAAAAAAAARFhcf/aAAgBAQABPyFaHKeIgkv/2gAMAwEAAgADAAAAEHgv/8QAFhEBAQEA\
    AAAAAAAAAAAAAAAAAAER/9oACAEDAQE/EGmT/8QAGBEAAwEBAAAAAAAAAAAAAAAAAAERIfD/2gAIAQIBAT8QhGdKNp//xAAdEAEA\
    AgEFAQAAAAAAAAAAAAABABEhMUFRYZGh/9oACAEBAAE/EDS0xC29wNFfE0N3H3ZxFmSf/9k=
    """)

  /// `jpeg` with an EXIF segment of this orientation behind its start marker.
  static func oriented(_ jpeg: [UInt8], _ orientation: UInt8) -> [UInt8] {
    let tiff: [UInt8] = [
      0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
    ]
    let body = Array("Exif".utf8) + [0, 0] + tiff
    return Array(jpeg.prefix(2)) + [0xff, 0xe1, 0, UInt8(body.count + 2)] + body + jpeg.dropFirst(2)
  }

  /// Where the segments with this marker begin (at 0xFF).
  static func offsets(of marker: UInt8, in jpeg: [UInt8]) -> [Int] {
    (0..<jpeg.count - 1).filter { jpeg[$0] == 0xff && jpeg[$0 + 1] == marker }
  }

  private static func bytes(_ base64: String) -> [UInt8] { [UInt8](Data(base64Encoded: base64) ?? Data()) }
}
