import ArgumentParser
import Checkpoints
import Configuration
import Tracking

/// What decides how a tracker is put together, shared by `run` and `speed`.
struct TrackerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The tracker's weights. Default: $TRACKBENCH_WEIGHTS/<tracker>.*, else the compact ones that come with the program, trained on drawn sequences.",
      valueName: "file"))
  var weights: String?

  @Flag(help: "Use weights made by rule instead of trained ones: shows the program, says nothing about the tracker.")
  var untrained = false

  @Option(help: "The authors' settings by name; `trackbench trackers show NAME` lists them.")
  var preset: String?

  @Option(
    help: ArgumentHelp("The authors' own configuration (pysot's YAML); --set comes after it.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Change one setting of the tracker; may be repeated.", valueName: "key=value"))
  var settings: [SettingOverride] = []

  @OptionGroup(title: "Engine") var engine: EngineOptions

  func validate() throws {
    if untrained, weights != nil { throw ValidationError("--untrained and --weights exclude each other") }
  }

  /// Which weights a tracker was made of.
  struct WeightsOrigin {
    let name: String
    let sha256: String
  }

  /// A tracker put together, with everything that decided it.
  struct Loaded {
    let model: any TrackerModel
    /// Every setting, and the preset, for the store.
    let settings: [String: String]
    /// nil for a tracker without weights. Not the weights themselves, which would keep the whole file in memory.
    let weights: WeightsOrigin?
    /// Whether the weights came with the program.
    let isBundled: Bool
  }

  /// - Parameter threads: inside a frame, where neither option nor environment says.
  func load(_ tracker: TrackerDescription, threads: Int = 1) throws -> Loaded {
    engine.apply(threads: threads)
    let found =
      tracker.needsWeights
      ? try WeightsFinder.weights(for: tracker, preset: preset, named: self.weights, untrained: untrained) : nil
    let (weights, preset) = (found?.weights, found?.preset ?? preset)
    let configured = try config.map {
      try PysotConfiguration(contentsOf: $0, for: tracker, preset: preset).overrides
    }
    let settings = (configured ?? []) + settings
    let model = try tracker.load(weights, preset: preset, settings, among: TrackerCatalog.all)
    var stored: [String: String] = [:]
    for setting in try tracker.settings(preset: preset, settings) { stored[setting.key] = "\(setting.value)" }
    if let preset, tracker.presets.count > 1 { stored["preset"] = preset }
    if untrained, tracker.needsWeights { stored["weights"] = "rule" }
    return Loaded(
      model: model, settings: stored, weights: weights.map { WeightsOrigin(name: $0.name, sha256: $0.sha256) },
      isBundled: found?.isBundled == true)
  }
}
