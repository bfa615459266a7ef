import Foundation

/// A folder of its own for one test, gone with everything in it when the value is.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("trackbench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// The path of `name` in this folder.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  public func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  public func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  /// A copy that may be written to, whatever the original's permissions.
  public func copy(_ source: String, to name: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder), isFolder.boolValue else {
      try write([UInt8](try Data(contentsOf: URL(fileURLWithPath: source))), to: name)
      return
    }
    for entry in try FileManager.default.contentsOfDirectory(atPath: source) {
      try copy("\(source)/\(entry)", to: "\(name)/\(entry)")
    }
  }

  /// Empty files, for what only lists names.
  public func touch(_ folder: String, _ names: [String]) throws {
    try makeFolder(folder)
    for name in names { try Data().write(to: URL(fileURLWithPath: "\(path)/\(folder)/\(name)")) }
  }
}
