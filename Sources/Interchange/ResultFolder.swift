public import Datasets
public import Evaluation
import Foundation
import Geometry

/// Result folders of other toolkits, in and out.
public enum ResultFolder {
  /// Reads a folder in the layout of OTB results: one `<Sequence>.txt` a sequence, one box `x,y,w,h` a line.
  ///
  /// Numbers are taken as they stand, in the annotation's own count of pixels, and may be separated by commas, tabs or
  /// blanks. File names may be those of pysot, pytracking, got10k or the MATLAB toolkit. A file is taken whole or not at
  /// all: one with too few or too many lines, a line that is not four finite numbers, or a NaN is refused with its line,
  /// and the others are read. Nothing is cut or padded here, whatever a toolkit would do.
  ///
  /// - Parameters:
  ///   - path: the folder of the files; or the one above, where `<path>/<tracker>` holds them.
  ///   - tracker: what to call the tracker.
  ///   - dataset: whose sequences to look for; a trajectory needs as many boxes as the sequence has annotated frames.
  /// - Throws: ``InterchangeError`` where there is no such folder, or no file in it is named after a sequence.
  public static func readOTB(path: String, tracker: String, dataset: Dataset) throws -> ImportOutcome {
    let sequences = dataset.sequences.map(\.name)
    var folder = path
    var names = ResultFileNames(sequences: sequences, files: try list(path))
    let inner = (path as NSString).appendingPathComponent(tracker)
    if names.isEmpty, isPlainName(tracker), let files = try? list(inner) {
      folder = inner
      names = ResultFileNames(sequences: sequences, files: files)
    }
    guard !names.isEmpty else {
      throw InterchangeError(
        file: path, cause: "no file is named after a sequence of \(dataset.name)",
        remedy: "name the folder that holds \(sequences.first ?? "<Sequence>").txt and the others")
    }

    var trajectories: [Trajectory] = []
    var refused: [InterchangeError] = []
    var missing: [String] = []
    for sequence in dataset.sequences {
      if let candidates = names.ambiguous[sequence.name] {
        refused.append(
          InterchangeError(
            sequence: sequence.name, file: candidates[0],
            cause: "\(candidates.joined(separator: " and ")) could all be the result of \(sequence.name)",
            remedy: "keep one of them, as \(sequence.name).txt"))
      } else if let file = names.files[sequence.name] {
        do throws(InterchangeError) {
          let boxes = try OTBResultFile.read(
            (folder as NSString).appendingPathComponent(file), name: file, sequence: sequence.name,
            frames: sequence.count)
          trajectories.append(Trajectory(sequence: sequence.name, boxes: boxes))
        } catch {
          refused.append(error)
        }
      } else {
        missing.append(sequence.name)
      }
    }
    return ImportOutcome(
      tracker: tracker, folder: folder, trajectories: trajectories, refused: refused, missing: missing,
      ignored: names.ignored)
  }

  /// Writes trajectories in the layout of OTB results: `<folder>/<Sequence>.txt`, one box `x,y,w,h` a line, separated by
  /// commas, each number in the shortest form that reads back as the same bits.
  ///
  /// Each file appears whole or not at all: it is written beside its place and moved there, over a file of the same name.
  /// The folder is made where it is absent. A NaN is written as `nan`, which ``readOTB(path:tracker:dataset:)`` refuses.
  ///
  /// - Returns: the files written, by path.
  /// - Throws: ``InterchangeError`` where a sequence's name cannot be a file name or comes twice (before anything is
  ///   written), or a file cannot be written.
  @discardableResult
  public static func writeOTB(_ trajectories: [Trajectory], to path: String) throws -> [String] {
    var seen: Set<String> = []
    for name in trajectories.map(\.sequence) {
      guard isPlainName(name) else {
        throw InterchangeError(
          sequence: name, file: path, cause: "the sequence name \"\(name)\" cannot be a file name",
          remedy: "rename the sequence")
      }
      guard seen.insert(name).inserted else {
        throw InterchangeError(
          sequence: name, file: path, cause: "there are two trajectories of \(name)",
          remedy: "write each repetition to a folder of its own")
      }
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw unwritable(path, error)
    }
    return try trajectories.map { trajectory in
      let file = (path as NSString).appendingPathComponent("\(trajectory.sequence).txt")
      let text = NumberTable.format(trajectory.boxes.map { [$0.x, $0.y, $0.width, $0.height] })
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
      } catch {
        throw unwritable(file, error)
      }
      return file
    }
  }

  /// Files of a folder, hidden ones and folders left out.
  private static func list(_ path: String) throws(InterchangeError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InterchangeError(file: path, cause: "there is no such folder", remedy: "check the path")
    }
    guard isFolder.boolValue else {
      throw InterchangeError(
        file: path, cause: "expected a folder of result files, found a file", remedy: "name the folder it lies in")
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw InterchangeError(file: path, cause: "the folder cannot be read", remedy: "check its permissions")
    }
    return names.filter { name in
      var isFolder: ObjCBool = false
      let file = (path as NSString).appendingPathComponent(name)
      return !name.hasPrefix(".") && FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  private static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.contains("\0")
  }

  private static func unwritable(_ path: String, _ error: any Error) -> InterchangeError {
    InterchangeError(
      file: path, cause: "cannot be written: \(error.localizedDescription)",
      remedy: "check the folder's permissions and the space on the disk")
  }
}

extension ResultFileNames {
  /// True where no file belongs to any sequence.
  fileprivate var isEmpty: Bool { files.isEmpty && ambiguous.isEmpty }
}
