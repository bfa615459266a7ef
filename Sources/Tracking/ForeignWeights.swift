public import Checkpoints
public import Faults

/// Weights do not fit because they are another tracker's, or those of another preset.
public struct ForeignWeights: Fault, Hashable {
  /// The file's name.
  public let place: String
  public let cause: String
  public let remedy: String?
  /// The name of the tracker whose weights these are.
  public let tracker: String
  /// The first of its presets that they fit.
  public let preset: String

  /// Finds whose weights these are, nil where nobody's. Only keys and shapes are looked at, so it costs no more than the lists.
  ///
  /// - Parameters:
  ///   - weights: a file.
  ///   - wanted: the tracker that is to have it; where the file has all that it wants, only one that wants more is another's.
  ///   - preset: of that tracker, nil for its default one.
  ///   - trackers: whose weights may be meant; `wanted` may be among them. Where several fit, it is the one that wants the most.
  init?(_ weights: Weights, offeredTo wanted: TrackerDescription, preset: String?, among trackers: [TrackerDescription])
  {
    guard let goal = try? wanted.shapes(preset: preset) else { return nil }
    let goalShapes = Dictionary(goal) { first, _ in first }
    func fits(_ shapes: [(String, [Int])]) -> Bool { shapes.allSatisfy { weights.tensors[$0.0]?.shape == $0.1 } }
    var best: (tracker: TrackerDescription, preset: String, shapes: [(String, [Int])])?
    var most = fits(goal) ? goal.count : 0
    for tracker in [wanted] + trackers.filter({ $0.name != wanted.name }) {
      for candidate in tracker.presets {
        guard let shapes = try? tracker.shapes(preset: candidate.name), shapes.count > most, fits(shapes) else {
          continue
        }
        most = shapes.count
        best = (tracker, candidate.name, shapes)
      }
    }
    guard let best, let mark = best.shapes.first(where: { goalShapes[$0.0] != $0.1 }) else { return nil }
    let isOther = best.tracker.name != wanted.name
    let lack = goal.first { weights.tensors[$0.0]?.shape != $0.1 }
    let owner = best.tracker.title + (isOther ? "" : " with --preset \(best.preset)")
    place = weights.name
    cause =
      "these are the weights of \(owner), which have \(mark.0) \(mark.1)"
      + (lack.map { "; \(wanted.name)\(isOther ? "" : " as asked for") wants \($0.0) \($0.1)" } ?? "")
    let other = isOther ? "--tracker \(best.tracker.name)" : "--preset \(best.preset)"
    remedy = "try \(other), or give --weights a file of \(wanted.title)\(isOther ? "" : " for this preset")"
    self.tracker = best.tracker.name
    self.preset = best.preset
  }
}

extension TrackerDescription {
  /// As ``load(_:preset:_:)``, but weights that are those of another of `trackers`, or of another preset, are not tried: the
  /// fault, a ``ForeignWeights``, says whose they are instead of listing keys.
  public func load(
    _ weights: Weights?, preset: String? = nil, _ overrides: [SettingOverride] = [],
    among trackers: [TrackerDescription]
  ) throws -> any TrackerModel {
    if let weights, let foreign = ForeignWeights(weights, offeredTo: self, preset: preset, among: trackers) {
      throw foreign
    }
    return try load(weights, preset: preset, overrides)
  }
}
