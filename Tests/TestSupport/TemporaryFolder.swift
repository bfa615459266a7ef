public import Foundation

/// A folder of its own for one test, removed with everything in it when the value goes.
public final class TemporaryFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("trackbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  public func path(_ relative: String) -> String { url.appendingPathComponent(relative).path }

  /// Writes `bytes` at `relative`, making folders on the way.
  public func write(_ relative: String, _ bytes: some Collection<UInt8>) throws {
    let file = url.appendingPathComponent(relative)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  public func write(_ relative: String, _ text: String) throws { try write(relative, Array(text.utf8)) }
}
