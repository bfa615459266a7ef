import Checkpoints
import Foundation
import Tracking

/// Where a tracker's weights come from: `--weights`, then `$TRACKBENCH_WEIGHTS/<tracker>.*`.
enum WeightsFinder {
  static func path(for tracker: String, named: String?) -> String? {
    if let named { return named }
    guard let folder = ProcessInfo.processInfo.environment["TRACKBENCH_WEIGHTS"], !folder.isEmpty else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
    return names.first { $0.hasPrefix(tracker + ".") }.map { "\(folder)/\($0)" }
  }

  /// - Parameter untrained: make weights by rule instead of reading any.
  static func weights(
    for tracker: TrackerDescription, preset: String?, named: String?, untrained: Bool
  ) throws -> Weights {
    if untrained { return Weights.rule(shapes: try tracker.shapes(preset: preset)) }
    guard let path = path(for: tracker.name, named: named) else {
      throw CommandFault(
        place: tracker.name, cause: "no weights found",
        remedy:
          "name a file with --weights, or put \(tracker.name).pth into the folder that $TRACKBENCH_WEIGHTS names; "
          + "`trackbench trackers show \(tracker.name)` says where the authors publish them")
    }
    return try Weights(contentsOf: path)
  }
}
