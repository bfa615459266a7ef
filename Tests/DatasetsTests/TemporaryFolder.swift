import Foundation

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("trackbench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  /// A copy that may be written to, whatever the original's permissions.
  func copy(_ source: String, to name: String) throws {
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
  func touch(_ folder: String, _ names: [String]) throws {
    try makeFolder(folder)
    for name in names { try Data().write(to: URL(fileURLWithPath: "\(path)/\(folder)/\(name)")) }
  }
}

/// `0001.jpg`, `0002.jpg`, …
func pictureNames(_ range: ClosedRange<Int>, digits: Int = 4, suffix: String = ".jpg") -> [String] {
  range.map { number in
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text + suffix
  }
}

/// Equal lines.
func lines(_ count: Int, _ line: String = "10,20,30,40") -> String { String(repeating: line + "\n", count: count) }
