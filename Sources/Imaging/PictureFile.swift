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
  /// Bytes in the file when it was opened.
  let count: Int
  private let descriptor: Int32

  /// - Throws: ``ImageError`` where there is no such file, it is a folder or a device, may not be read, is empty or too long.
  init(_ path: String) throws(ImageError) {
    guard !path.utf8.contains(0) else {
      throw ImageError(.unreadable, place: path, cause: "is not a file name: it contains a zero byte")
    }
    // Without O_NONBLOCK a named pipe nobody writes to would wait for ever.
    let descriptor = Self.retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw Self.failure(path, doing: "opened", errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = errno
      close(descriptor)
      throw Self.failure(path, doing: "examined", number)
    }
    if let trouble = Self.trouble(path, status) {
      close(descriptor)
      throw trouble
    }
    self.path = path
    self.count = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

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
    var number: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { target, filled in
      while filled < wanted {
        guard let start = target.baseAddress else { return }
        let got = Self.retrying { pread(descriptor, start + filled, wanted - filled, off_t(filled)) }
        if got < 0 { number = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard number == 0 else { throw Self.failure(path, doing: "read", number) }
    return bytes
  }

  private static func trouble(_ path: String, _ status: stat) -> ImageError? {
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      ImageError(.unreadable, place: path, cause: "expected a JPEG or PNG picture, found a folder")
    case S_IFREG where status.st_size == 0:
      ImageError(
        .unreadable, place: path, cause: "expected a JPEG or PNG picture, found an empty file",
        remedy: "copy or download the file again")
    case S_IFREG where status.st_size > byteLimit:
      ImageError(
        .tooLarge, place: path,
        cause: "has \(status.st_size) bytes, more than the \(byteLimit) that are accepted of a picture",
        remedy: "check that the file is the one the data set published")
    case S_IFREG: nil
    default: ImageError(.unreadable, place: path, cause: "expected a JPEG or PNG picture, found a device or a pipe")
    }
  }

  private static func failure(_ path: String, doing: String, _ number: Int32) -> ImageError {
    switch number {
    case ENOENT, ENOTDIR:
      ImageError(
        .unreadable, place: path, cause: "expected a JPEG or PNG picture, found no such file",
        remedy: "check the data set's folder, --data-root or $TRACKBENCH_DATA")
    case EACCES, EPERM:
      ImageError(
        .unreadable, place: path, cause: "may not be \(doing): permission denied",
        remedy: "make the file readable for this user")
    case EMFILE, ENFILE:
      ImageError(
        .unreadable, place: path, cause: "cannot be \(doing): too many files are open", remedy: "run with fewer --jobs")
    default:
      ImageError(
        .unreadable, place: path, cause: "cannot be \(doing): \(String(cString: strerror(number))) (error \(number))")
    }
  }

  private static func retrying<Number: SignedInteger>(_ call: () -> Number) -> Number {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }
}
