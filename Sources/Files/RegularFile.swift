#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A regular file, open for reading and closed at the end of its life. Folders, pipes and devices are refused.
///
/// Failures are told by number: each room that reads files has its own words for them.
public struct RegularFile: ~Copyable, Sendable {
  public enum Failure: Error, Equatable {
    /// The system's error number, and what was being done: `opened`, `examined` or `read`.
    case system(Int32, doing: String)
    case notRegular(isFolder: Bool)
  }

  private let descriptor: Int32
  private let stamp: Stamp

  /// What tells that a file was written into.
  private struct Stamp: Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      size = Int(status.st_size)
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      seconds = time.tv_sec
      nanoseconds = time.tv_nsec
    }
  }

  public init(_ path: String) throws(Failure) {
    // Without O_NONBLOCK a named pipe nobody writes to would wait for ever.
    let descriptor = Self.retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .system(errno, doing: "opened") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = errno
      close(descriptor)
      throw .system(number, doing: "examined")
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      close(descriptor)
      throw .notRegular(isFolder: kind == S_IFDIR)
    }
    self.descriptor = descriptor
    stamp = Stamp(status)
  }

  deinit { close(descriptor) }

  /// Bytes in the file when it was opened.
  public var count: Int { stamp.size }

  /// Whether its size and time of change are those it was opened with.
  public borrowing func isUnchanged() -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && Stamp(status) == stamp
  }

  /// Fills `target` with the bytes from `start` on and says how many there were: fewer only where the file ends.
  public borrowing func read(at start: Int, into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    var filled = 0
    while filled < target.count, let base = target.baseAddress {
      let got = Self.retrying { pread(descriptor, base + filled, target.count - filled, off_t(start + filled)) }
      guard got >= 0 else { throw .system(errno, doing: "read") }
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  /// Up to `wanted` bytes from the beginning: fewer only where the file ends.
  public borrowing func first(_ wanted: Int) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      do throws(Failure) {
        filled = try read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  private static func retrying<Number: SignedInteger>(_ call: () -> Number) -> Number {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }
}
