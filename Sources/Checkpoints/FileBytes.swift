internal import Foundation

/// Whole files in and out.
enum FileBytes {
  /// Every byte of the regular file at `path`. Folders, pipes and devices are refused.
  static func read(_ path: String, name: String) throws(CheckpointError) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      let why = String(cString: strerror(errno))
      throw CheckpointError(
        .file, at: name, "cannot be opened (\(why))", remedy: "check the path: \(path)")
    }
    defer { fclose(file) }
    var status = stat()
    guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= 0 else {
      throw CheckpointError(.file, at: name, "is not a regular file", remedy: "name the weights file itself: \(path)")
    }
    let size = Int(status.st_size)
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      if let base = buffer.baseAddress { got = fread(base, 1, size, file) }
      filled = got
    }
    guard got == size else {
      throw CheckpointError(
        .file, at: name, "ended after \(got) of \(size) bytes", remedy: "another program may be writing it; try again")
    }
    return bytes
  }

  /// Writes `parts` one after another to a new file beside `path`, then moves it there: a reader sees the old file or the new.
  static func write(
    to path: String, _ body: (_ write: (UnsafeRawBufferPointer) -> Void) -> Void
  ) throws(CheckpointError) {
    let partial = "\(path).partial-\(getpid())"
    let name = String(path.split(separator: "/").last ?? Substring(path))
    func fail(_ what: String) -> CheckpointError {
      let why = String(cString: strerror(errno))
      return CheckpointError(
        .file, at: name, "\(what) (\(why))", remedy: "check the folder and its free space: \(path)")
    }
    guard let file = fopen(partial, "wb") else { throw fail("cannot be created") }
    var whole = true
    body { run in
      guard let base = run.baseAddress, whole else { return }
      whole = fwrite(base, 1, run.count, file) == run.count
    }
    // The close writes what is buffered, so it decides too.
    guard fclose(file) == 0, whole else {
      let error = fail("cannot be written")
      unlink(partial)
      throw error
    }
    guard rename(partial, path) == 0 else {
      let error = fail("cannot be put in place")
      unlink(partial)
      throw error
    }
  }
}
