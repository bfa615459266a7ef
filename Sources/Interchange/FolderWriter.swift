import Foundation

/// Puts an export in its place, whole or not at all.
///
/// Everything is written to a hidden folder beside its place first and then moved; what is there already is never
/// replaced, but for the replacements of the plan. Where a step fails, what was moved goes again.
struct FolderWriter {
  private let root: String
  private let stage: String
  private let manager = FileManager.default
  /// What to remove where it fails, in the order it was made.
  private var made: [String] = []

  private init(_ root: String) {
    self.root = root
    stage = "\(root)/.trackbench-\(UUID().uuidString)"
  }

  /// - Returns: the files written, by path.
  /// - Throws: ``InterchangeError`` where something is in the way, or cannot be written.
  static func write(_ plan: ExportPlan, to root: String) throws(InterchangeError) -> [String] {
    for unit in plan.units where ResultListing.isTaken("\(root)/\(unit)") {
      throw InterchangeError(
        file: "\(root)/\(unit)", cause: "it is there already, and nothing is written over it",
        remedy: "take it away, or name another folder")
    }
    var writer = FolderWriter(root)
    do {
      try writer.carryOut(plan)
    } catch {
      for path in writer.made.reversed() { try? writer.manager.removeItem(atPath: path) }
      throw InterchangeError(
        file: root, cause: "cannot be written: \(error.localizedDescription)",
        remedy: "check the folder's permissions and the space on the disk")
    }
    return (plan.files + plan.replacements).map { "\(root)/\($0.path)" }
  }

  private mutating func carryOut(_ plan: ExportPlan) throws {
    try makeFolders(root)
    made.append(stage)
    for (path, text) in plan.files + plan.replacements {
      let file = "\(stage)/\(path)"
      try manager.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }
    for unit in plan.units {
      let place = "\(root)/\(unit)"
      try makeFolders((place as NSString).deletingLastPathComponent)
      try manager.moveItem(atPath: "\(stage)/\(unit)", toPath: place)
      made.append(place)
    }
    for (path, _) in plan.replacements {
      guard rename("\(stage)/\(path)", "\(root)/\(path)") == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
    try? manager.removeItem(atPath: stage)
  }

  /// Makes a folder and those above it, and remembers which.
  private mutating func makeFolders(_ path: String) throws {
    var missing: [String] = []
    var folder = path
    while !folder.isEmpty, folder != "/", folder != ".", !ResultListing.isTaken(folder) {
      missing.append(folder)
      folder = (folder as NSString).deletingLastPathComponent
    }
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    made += missing.reversed()
  }
}
