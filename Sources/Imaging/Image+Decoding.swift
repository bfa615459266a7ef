extension Image {
  /// A JPEG or PNG file.
  public init(contentsOf path: String) throws(ImageError) {
    throw ImageError(.unsupported, place: path, cause: "decoding is being built")
  }

  public init(decoding bytes: [UInt8], name: String) throws(ImageError) {
    throw ImageError(.unsupported, place: name, cause: "decoding is being built")
  }

  public init(decoding bytes: UnsafeRawBufferPointer, name: String) throws(ImageError) {
    throw ImageError(.unsupported, place: name, cause: "decoding is being built")
  }
}
