import Foundation

/// What lies in a folder of results, read once. Names that begin with a point are left out.
struct ResultListing {
  let path: String
  /// Sorted. Everything that is no folder: also links to nowhere, which then cannot be read by name.
  let files: [String]
  /// Sorted; links to folders among them.
  let folders: [String]

  /// - Throws: ``InterchangeError`` where there is no such folder, or it may not be read.
  init(_ path: String) throws(InterchangeError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        throw InterchangeError(
          file: path, cause: "the folder cannot be read: \(String(cString: strerror(code)))",
          remedy: "check the path and its permissions")
      }
      throw InterchangeError(file: path, cause: "there is no such folder", remedy: "check the path")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw InterchangeError(
        file: path, cause: "expected a folder of result files, found a file", remedy: "name the folder it lies in")
    }
    guard let directory = opendir(path) else {
      throw InterchangeError(file: path, cause: "the folder cannot be read", remedy: "check its permissions")
    }
    defer { closedir(directory) }
    var files: [String] = []
    var folders: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      switch Int32(entry.pointee.d_type) {
      case Int32(DT_DIR): folders.append(name)
      case Int32(DT_REG): files.append(name)
      default: if Self.isFolder("\(path)/\(name)") { folders.append(name) } else { files.append(name) }
      }
    }
    self.path = path
    self.files = files.sorted()
    self.folders = folders.sorted()
  }

  /// The path of something in this folder.
  func path(of name: String) -> String { "\(path)/\(name)" }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True where there is anything of that name, be it a link to nowhere.
  static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// True for what can stand as one file name, and is not hidden.
  static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.contains("\0")
  }
}
