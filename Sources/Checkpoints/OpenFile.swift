internal import Foundation

/// A weights file held open, so that each tensor is read when it is wanted and nothing is kept of the others.
///
/// What a path names may change meanwhile: a file moved over it is not seen, one written into is refused at the next read.
/// Read with `pread` and not mapped, since a mapped file that is cut short ends the program. Closed when nobody holds it.
package final class OpenFile: Sendable {
  private let descriptor: Int32
  private let name: String
  private let path: String
  private let stamp: Stamp

  /// What tells that a file was written into.
  private struct Stamp: Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  /// Opens the regular file at `path`; `name` stands for it in errors. Folders, pipes and devices are refused.
  init(_ path: String, name: String) throws(CheckpointError) {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let why = String(cString: strerror(errno))
      throw CheckpointError(.file, at: name, "cannot be opened (\(why))", remedy: "check the path: \(path)")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= 0 else {
      close(descriptor)
      throw CheckpointError(.file, at: name, "is not a regular file", remedy: "name the weights file itself: \(path)")
    }
    self.descriptor = descriptor
    self.name = name
    self.path = path
    stamp = Stamp(status)
  }

  deinit { close(descriptor) }

  /// Every byte of the file.
  func bytes() throws(CheckpointError) -> [UInt8] {
    var failure: CheckpointError?
    let bytes = [UInt8](unsafeUninitializedCapacity: stamp.size) { buffer, filled in
      do throws(CheckpointError) {
        try read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
        filled = buffer.count
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Fills `target` with the bytes from `start` on. Throws when the file is no longer as it was when opened.
  func read(at start: Int, into target: UnsafeMutableRawBufferPointer) throws(CheckpointError) {
    var got = 0
    while got < target.count, let base = target.baseAddress {
      let count = pread(descriptor, base + got, target.count - got, start + got)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let why = count < 0 ? String(cString: strerror(errno)) : "it ended at byte \(start + got) of \(stamp.size)"
        throw CheckpointError(
          .file, at: name, "cannot be read (\(why))", remedy: "another program may be writing it; try again: \(path)")
      }
      got += count
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Stamp(status) == stamp else {
      throw CheckpointError(
        .file, at: name, "was written to while it was read", remedy: "wait for the other program and try again: \(path)"
      )
    }
  }
}
