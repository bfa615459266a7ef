internal import Files
internal import Foundation

/// A weights file held open, so that each tensor is read when it is wanted and nothing is kept of the others.
///
/// What a path names may change meanwhile: a file moved over it is not seen, one written into is refused at the next read.
/// Not mapped, since a mapped file that is cut short ends the program. Closed when nobody holds it.
package final class OpenFile: Sendable {
  private let file: RegularFile
  private let name: String
  private let path: String

  /// Opens the regular file at `path`; `name` stands for it in errors.
  init(_ path: String, name: String) throws(CheckpointError) {
    file = try Self.opened(path, name)
    self.name = name
    self.path = path
  }

  private static func opened(_ path: String, _ name: String) throws(CheckpointError) -> RegularFile {
    do { return try RegularFile(path) } catch { throw refusal(error, path, name) }
  }

  /// Every byte of the file.
  func bytes() throws(CheckpointError) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try file.first(file.count) } catch { throw Self.refusal(error, path, name) }
    try check(isWhole: bytes.count == file.count)
    return bytes
  }

  /// Fills `target` with the bytes from `start` on. Throws when the file is no longer as it was when opened.
  func read(at start: Int, into target: UnsafeMutableRawBufferPointer) throws(CheckpointError) {
    let got: Int
    do { got = try file.read(at: start, into: target) } catch { throw Self.refusal(error, path, name) }
    try check(isWhole: got == target.count)
  }

  private func check(isWhole: Bool) throws(CheckpointError) {
    guard isWhole, file.isUnchanged() else {
      throw CheckpointError(
        .file, at: name, "was written to while it was read", remedy: "wait for the other program and try again: \(path)"
      )
    }
  }

  private static func refusal(_ failure: RegularFile.Failure, _ path: String, _ name: String) -> CheckpointError {
    switch failure {
    case .system(let number, let doing):
      let why = String(cString: strerror(number))
      return CheckpointError(.file, at: name, "cannot be \(doing) (\(why))", remedy: "check the path: \(path)")
    case .notRegular:
      return CheckpointError(.file, at: name, "is not a regular file", remedy: "name the weights file itself: \(path)")
    }
  }
}
