import Foundation

extension FolderDataset {
  /// The last component of where a path leads, links followed; nil where it leads nowhere.
  static func absoluteName(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved).split(separator: "/").last.map(String.init)
  }
}
