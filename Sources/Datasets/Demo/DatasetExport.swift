public import Faults
import Foundation
import Geometry
import Imaging

/// Why a data set could not be written.
public struct ExportFault: Fault, Hashable {
  public let place: String
  public let cause: String
  public let remedy: String?

  init(_ place: String, _ cause: String, remedy: String? = nil) {
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }
}

/// Writes a data set as folders in OTB's layout.
///
///     DIR/NAME/img/0001.png ...       one PNG a frame, counted from 1
///     DIR/NAME/groundtruth_rect.txt   x,y,width,height, one line a frame, in the annotation's own numbers
///     DIR/NAME/attributes.txt         one line, short names separated by commas; no file where there are none
///     DIR/NAME/TAG.tag                0 or 1, one line a frame, for each of the sequence's frame tags (as VOT writes them)
public enum DatasetExport {
  /// How far an export has come: frames written of `sequence`, of all its frames.
  public struct Progress: Sendable {
    public let sequence: String
    /// From 0.
    public let index: Int
    public let sequences: Int
    public let frame: Int
    public let frames: Int
  }

  /// Writes every sequence of `dataset` into its folder of `directory`, which is made where it is missing.
  ///
  /// A sequence is written under a temporary name beside its place and renamed when it is whole, so that a stopped export
  /// leaves whole sequences only. Nothing is overwritten: before anything is written, a folder of a sequence's name that
  /// is not empty is refused.
  /// - Parameters:
  ///   - frames: at most this many of each sequence's first frames; nil for all.
  ///   - progress: called after each frame, in order.
  /// - Throws: ``ExportFault``; what opening a frame throws.
  public static func write(
    _ dataset: Dataset, to directory: String, frames: Int? = nil, progress: (Progress) -> Void = { _ in }
  ) throws {
    let files = FileManager.default
    let root = URL(fileURLWithPath: directory, isDirectory: true)
    for sequence in dataset.sequences {
      guard isFileName(sequence.name) else {
        throw ExportFault(
          "\(dataset.name)/\(sequence.name)", "the sequence's name cannot be the name of a folder",
          remedy: "rename the sequence")
      }
      guard sequence.frames.count >= sequence.count else {
        throw ExportFault(
          "\(dataset.name)/\(sequence.name)",
          "\(sequence.count) frames are annotated, but only \(sequence.frames.count) can be opened",
          remedy: "export a data set whose frames are there")
      }
      let folder = root.appendingPathComponent(sequence.name, isDirectory: true)
      if let inside = try? files.contentsOfDirectory(atPath: folder.path), !inside.isEmpty {
        throw ExportFault(
          folder.path, "the folder is there already and not empty", remedy: "name another directory, or remove it")
      }
      var isFolder: ObjCBool = false
      if files.fileExists(atPath: folder.path, isDirectory: &isFolder), !isFolder.boolValue {
        throw ExportFault(
          folder.path, "a file stands where the sequence's folder should be", remedy: "name another directory")
      }
    }
    try attempt(root.path) { try files.createDirectory(at: root, withIntermediateDirectories: true) }
    for (index, sequence) in dataset.sequences.enumerated() {
      try write(sequence, index: index, of: dataset, in: root, frames: frames, progress: progress)
    }
  }

  private static func write(
    _ sequence: Sequence, index: Int, of dataset: Dataset, in root: URL, frames: Int?, progress: (Progress) -> Void
  ) throws {
    let files = FileManager.default
    let place = root.appendingPathComponent(sequence.name, isDirectory: true)
    let draft = root.appendingPathComponent(".\(sequence.name).\(UUID().uuidString).part", isDirectory: true)
    defer { try? files.removeItem(at: draft) }
    let pictures = draft.appendingPathComponent("img", isDirectory: true)
    try attempt(pictures.path) { try files.createDirectory(at: pictures, withIntermediateDirectories: true) }
    let count = min(sequence.count, max(frames ?? sequence.count, 0))
    for frame in 0..<count {
      let bytes = try sequence.frames.image(at: frame).pngData()
      let digits = String(frame + 1)
      let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".png"
      let file = pictures.appendingPathComponent(name)
      try attempt(file.path) { try Data(bytes).write(to: file) }
      progress(
        Progress(
          sequence: sequence.name, index: index, sequences: dataset.sequences.count, frame: frame + 1, frames: count))
    }
    var texts = ["groundtruth_rect.txt": sequence.annotation.regions.prefix(count).map { line($0) + "\n" }.joined()]
    if !sequence.attributes.isEmpty { texts["attributes.txt"] = sequence.attributes.joined(separator: ",") + "\n" }
    for (tag, flags) in sequence.frameTags where isFileName(tag) {
      texts["\(tag).tag"] = flags.prefix(count).map { $0 ? "1\n" : "0\n" }.joined()
    }
    for (name, text) in texts {
      let file = draft.appendingPathComponent(name)
      try attempt(file.path) { try Data(text.utf8).write(to: file) }
    }
    try attempt(place.path) {
      // An empty folder may stand there; a folder that was filled meanwhile makes the renaming fail.
      if files.fileExists(atPath: place.path), try files.contentsOfDirectory(atPath: place.path).isEmpty {
        try files.removeItem(at: place)
      }
      try files.moveItem(at: draft, to: place)
    }
  }

  /// Numbers of one annotation line, whole ones without a fraction.
  private static func line(_ region: Region) -> String {
    let numbers =
      switch region {
      case .box(let box): [box.x, box.y, box.width, box.height]
      case .polygon(let polygon): polygon.vertices.flatMap { [$0.x, $0.y] }
      case .mask(let mask): [mask.boundingBox.x, mask.boundingBox.y, mask.boundingBox.width, mask.boundingBox.height]
      }
    return numbers.map { number in
      number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : number.isNaN ? "NaN" : "\(number)"
    }.joined(separator: ",")
  }

  private static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.contains("\0") && name.utf8.count <= 200
  }

  private static func attempt(_ path: String, _ work: () throws -> Void) throws {
    do { try work() } catch {
      throw ExportFault(
        path, "it could not be written (\(error.localizedDescription))",
        remedy: "check that the directory may be written to and has room")
    }
  }
}
