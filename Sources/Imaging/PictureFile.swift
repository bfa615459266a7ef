internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file that is about to be read as a picture: open, not empty, not too long, closed at the end of its life.
struct PictureFile: ~Copyable {
  /// Longer files are refused; the largest picture that is accepted takes 192 MiB uncompressed.
  static let byteLimit = 1 << 28

  let path: String
  private let file: RegularFile

  /// - Throws: ``ImageError`` where there is no such file, it is a folder or a device, may not be read, is empty or too long.
  init(_ path: String) throws(ImageError) {
    guard !path.utf8.contains(0) else {
      throw ImageError(.unreadable, place: path, cause: "is not a file name: it contains a zero byte")
    }
    let file = try Self.opened(path)
    if let trouble = Self.trouble(path, file.count) { throw trouble }
    self.path = path
    self.file = file
  }

  private static func opened(_ path: String) throws(ImageError) -> RegularFile {
    do { return try RegularFile(path) } catch { throw refusal(path, error) }
  }

  /// Bytes in the file when it was opened.
  var count: Int { file.count }

  /// The whole file.
  borrowing func readAll() throws(ImageError) -> [UInt8] {
    let bytes = try readFirst(count)
    guard bytes.count == count else {
      throw ImageError(
        .damaged, place: path, cause: "became shorter while it was read: \(bytes.count) of \(count) bytes")
    }
    return bytes
  }

  /// Up to `wanted` bytes from the beginning.
  borrowing func readFirst(_ wanted: Int) throws(ImageError) -> [UInt8] {
    do { return try file.first(wanted) } catch { throw Self.refusal(path, error) }
  }

  private static func trouble(_ path: String, _ count: Int) -> ImageError? {
    switch count {
    case 0:
      ImageError(
        .unreadable, place: path, cause: "expected a JPEG or PNG picture, found an empty file",
        remedy: "copy or download the file again")
    case ...byteLimit: nil
    default:
      ImageError(
        .tooLarge, place: path,
        cause: "has \(count) bytes, more than the \(byteLimit) that are accepted of a picture",
        remedy: "check that the file is the one the data set published")
    }
  }

  private static func refusal(_ path: String, _ failure: RegularFile.Failure) -> ImageError {
    switch failure {
    case .notRegular(let isFolder):
      ImageError(
        .unreadable, place: path,
        cause: "expected a JPEG or PNG picture, found \(isFolder ? "a folder" : "a device or a pipe")")
    case .system(ENOENT, _), .system(ENOTDIR, _):
      ImageError(
        .unreadable, place: path, cause: "expected a JPEG or PNG picture, found no such file",
        remedy: "check the data set's folder, --data-root or $TRACKBENCH_DATA")
    case .system(EACCES, let doing), .system(EPERM, let doing):
      ImageError(
        .unreadable, place: path, cause: "may not be \(doing): permission denied",
        remedy: "make the file readable for this user")
    case .system(EMFILE, let doing), .system(ENFILE, let doing):
      ImageError(
        .unreadable, place: path, cause: "cannot be \(doing): too many files are open", remedy: "run with fewer --jobs")
    case .system(let number, let doing):
      ImageError(
        .unreadable, place: path, cause: "cannot be \(doing): \(String(cString: strerror(number))) (error \(number))")
    }
  }
}
