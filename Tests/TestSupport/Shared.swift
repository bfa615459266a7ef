public import Foundation

/// The folder of goldens, data and weights that lies beside a checkout; tests that need it are skipped, and named, without it.
///
/// `$TRACKBENCH_SHARED`, else `../shared` beside the package. Any other folder of the same layout may stand there, so tests
/// take their cases from its files and hard-code none.
public enum Shared {
  public static let root: URL = {
    if let named = ProcessInfo.processInfo.environment["TRACKBENCH_SHARED"], !named.isEmpty {
      return URL(fileURLWithPath: named, isDirectory: true)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("../shared").standardizedFileURL
  }()

  public static func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

  public static func has(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

  public static func bytes(_ relative: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appendingPathComponent(relative)))
  }

  /// A golden JSON file decoded into `type`.
  public static func json<T: Decodable>(_ relative: String, as type: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: root.appendingPathComponent(relative)))
  }

  /// Names in a folder, sorted; empty where the folder is absent.
  public static func list(_ relative: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(relative))) ?? []).sorted()
  }
}
