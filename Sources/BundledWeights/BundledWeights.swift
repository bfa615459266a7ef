import Foundation

/// The compact weights that come with the program, so that trackers track without a download.
///
/// They were trained here, on drawn sequences only (`Trackers/Training`): small networks, good for the `demo` data set and for tests,
/// not what the authors published. Files are named after trackers and fit their ``preset``.
public enum BundledWeights {
  /// The preset of every tracker whose network the files fit.
  public static let preset = "compact"

  /// The file of a tracker, nil where none comes along.
  public static func path(for tracker: String) -> String? {
    guard let file = folder?.appendingPathComponent("\(tracker).safetensors"),
      FileManager.default.isReadableFile(atPath: file.path)
    else { return nil }
    return file.path
  }

  /// The trackers that have a file, sorted by name.
  public static var trackers: [String] {
    guard let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return [] }
    return files.filter { $0.hasSuffix(".safetensors") }.map { String($0.dropLast(".safetensors".count)) }.sorted()
  }

  /// Where the build puts this target's resources: beside the program. `Bundle.module` would stop a program that was moved
  /// away from them; this one then says that it has no weights.
  private static var folder: URL? {
    let beside = Bundle.main.bundleURL.appendingPathComponent("trackbench_BundledWeights.resources")
    return [beside.appendingPathComponent("Weights"), beside].first {
      FileManager.default.fileExists(atPath: $0.path)
    }
  }
}
