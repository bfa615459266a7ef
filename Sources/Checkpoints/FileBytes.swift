internal import Foundation

/// Whole files out.
enum FileBytes {
  /// Writes `parts` one after another to a new file beside `path`, then moves it there: a reader sees the old file or the new.
  static func write(
    to path: String, _ body: (_ write: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) -> Void
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
    do throws(CheckpointError) {
      try body { run in
        guard let base = run.baseAddress, whole else { return }
        whole = fwrite(base, 1, run.count, file) == run.count
      }
    } catch {
      fclose(file)
      unlink(partial)
      throw error
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
