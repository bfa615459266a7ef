import Foundation

/// What lies in a folder, read once; no file is opened, and only entries that are neither files nor folders by their entry
/// (links) are looked at one by one, pictures excepted.
struct FolderListing: Sendable {
  let path: String
  /// Sorted by their bytes. Names that begin with a point are left out (`._0001.jpg` is a Mac's shadow of a picture).
  let files: [String]
  let folders: Set<String>
  private let fileSet: Set<String>

  func hasFile(_ name: String) -> Bool { fileSet.contains(name) }
  func hasFolder(_ name: String) -> Bool { folders.contains(name) }

  /// Whether a name out of a file can be that of an entry of a folder: it leads nowhere else.
  static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.contains("/") && !name.hasPrefix(".") && !name.utf8.contains(0) && name.utf8.count <= 255
  }

  /// nil where there is no such folder, or it may not be read.
  init?(_ path: String) {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var files: [String] = []
    var folders: Set<String> = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      switch Int32(entry.pointee.d_type) {
      case Int32(DT_REG): files.append(name)
      case Int32(DT_DIR): folders.insert(name)
      case _ where FrameName(name) != nil: files.append(name)
      default:
        var status = stat()
        guard stat("\(path)/\(name)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { folders.insert(name) } else { files.append(name) }
      }
    }
    self.path = path
    self.files = files.sorted()
    self.folders = folders
    // Lists of frames are long and never asked for one name.
    fileSet = Set(files.filter { FrameName($0) == nil })
  }

  /// The folder's pictures, in the order of their numbers.
  var pictures: [FrameName] {
    let frames = files.compactMap(FrameName.init)
    guard frames.allSatisfy({ $0.number != nil }) else { return frames }
    return frames.sorted { ($0.number ?? 0, $0.file) < ($1.number ?? 0, $1.file) }
  }
}

/// The name of a picture file.
struct FrameName: Sendable, Hashable {
  let file: String
  /// The last run of digits before the extension; nil where there is none, or one that no counter reaches.
  let number: Int?

  /// nil for anything but `.jpg`, `.jpeg` and `.png`, in small or capital letters.
  init?(_ file: String) {
    var file = file
    let parsed: (isPicture: Bool, number: Int?) = file.withUTF8 { name in
      guard let point = name.lastIndex(of: Byte.point), point > 0 else { return (false, nil) }
      guard Self.isPictureExtension(UnsafeBufferPointer(rebasing: name[(point + 1)...])) else { return (false, nil) }
      var end = point
      while end > 0, name[end - 1] &- Byte.zero >= 10 { end -= 1 }
      var start = end
      while start > 0, name[start - 1] &- Byte.zero < 10 { start -= 1 }
      guard start < end, end - start <= 18 else { return (true, nil) }
      return (true, name[start..<end].reduce(0) { $0 * 10 + Int($1 &- Byte.zero) })
    }
    guard parsed.isPicture else { return nil }
    self.file = file
    number = parsed.number
  }

  private static func isPictureExtension(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    func matches(_ wanted: StaticString) -> Bool {
      wanted.utf8CodeUnitCount == name.count && name.indices.allSatisfy { name[$0] | 0x20 == wanted.utf8Start[$0] }
    }
    return matches("jpg") || matches("png") || matches("jpeg")
  }
}
