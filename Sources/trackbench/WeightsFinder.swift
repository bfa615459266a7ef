import BundledWeights
import Checkpoints
import Foundation
import Tracking

/// Where a tracker's weights come from: `--weights`, then `$TRACKBENCH_WEIGHTS/<tracker>.*`, then those that come with the program.
enum WeightsFinder {
  /// Weights, and the preset whose network they fit.
  struct Found {
    let weights: Weights
    let preset: String?
    /// Whether they came with the program.
    let isBundled: Bool
  }

  /// A file the user names or keeps; nil where there is none.
  static func path(for tracker: String, named: String?) -> String? {
    if let named { return named }
    guard let folder = ProcessInfo.processInfo.environment["TRACKBENCH_WEIGHTS"], !folder.isEmpty else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
    return names.first { $0.hasPrefix(tracker + ".") }.map { "\(folder)/\($0)" }
  }

  /// - Parameters:
  ///   - preset: as the user named it. Weights that come with the program are for their own preset only, and are
  ///     taken where that one or none is named.
  ///   - untrained: make weights by rule instead of reading any.
  static func weights(
    for tracker: TrackerDescription, preset: String?, named: String?, untrained: Bool
  ) throws -> Found {
    if untrained {
      return Found(weights: Weights.rule(shapes: try tracker.shapes(preset: preset)), preset: preset, isBundled: false)
    }
    if let path = path(for: tracker.name, named: named) {
      return Found(weights: try Weights(contentsOf: path), preset: preset, isBundled: false)
    }
    let bundled = BundledWeights.path(for: tracker.name)
    if let bundled, preset == nil || preset == BundledWeights.preset {
      return Found(weights: try Weights(contentsOf: bundled), preset: BundledWeights.preset, isBundled: true)
    }
    let lack =
      bundled == nil
      ? ""
      : " for --preset \(preset ?? "default"); those that come with the program are for --preset \(BundledWeights.preset)"
    throw CommandFault(
      place: tracker.name, cause: "no weights found\(lack)",
      remedy:
        "name a file with --weights, or put \(tracker.name).pth into the folder that $TRACKBENCH_WEIGHTS names; "
        + "`trackbench trackers show \(tracker.name)` says where the authors publish them")
  }

  /// The line that says what a run with weights of the program's own is worth.
  static func note(on tracker: String) -> String {
    "\(tracker): compact weights that come with the program, trained on drawn sequences only; for the authors' give --weights FILE, "
      + "or put \(tracker).pth into the folder that $TRACKBENCH_WEIGHTS names"
  }
}
