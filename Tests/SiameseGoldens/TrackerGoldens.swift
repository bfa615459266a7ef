package import Siamese
package import Tensors
package import TestSupport
import Testing

/// The golden tests of a tracker whose presets share one network: each compares one kind of file, where it is there.
package struct TrackerGoldens<Model: TemplateModel>
where Model.State: GoldenTemplateState, Model.Network.Maps: GoldenMaps, Model.Settings: SearchingSettings {
  private let folder: String
  private let title: String

  /// - Parameters:
  ///   - folder: of the network's files, below ``ModelGoldens/root``.
  ///   - title: for tallies about more than that folder.
  package init(_ model: Model.Type, folder: String, title: String? = nil) {
    self.folder = folder
    self.title = title ?? folder
  }

  /// `state_dict.json`: every key and shape.
  package func keys(_ shapes: [(String, [Int])]) throws {
    var tally = Tally("\(title) keys")
    try StateDictGolden.compare(folder, shapes, into: &tally)
    tally.finish()
  }

  /// `network.safetensors` and `layers.json`: maps of the network as it runs, layers of the one whose batch norms are apart.
  package func network(
    _ network: Model.Network, unfolded: () throws -> Model.Network, memoryPhase: String = "track", engine: Engine
  ) throws {
    var tally = Tally("\(folder) network")
    let golden = try NetworkGolden(folder)
    try golden.compare(network, engine: engine, into: &tally)
    if ModelGoldens.has("\(folder)/layers.json") {
      try golden.compareLayers(of: unfolded(), memoryPhase: memoryPhase, engine: engine, into: &tally)
    } else {
      tally.excuse("no layers.json here")
    }
    tally.finish()
  }

  /// A file of single steps.
  /// - Parameter more: comparisons besides, of the same file.
  package func steps(
    path: String, model: (_ preset: String) throws -> Model, more: (Model, inout Tally) throws -> Void = { _, _ in }
  ) throws {
    var tally = Tally(path)
    let file = try StepsFile(path: path)
    let model = try model(file.preset)
    model.settings.compare(with: file, into: &tally)
    try more(model, &tally)
    try file.compare(path, model, into: &tally)
    tally.finish()
  }

  /// A file of post-processing.
  package func postprocessing(path: String, model: (_ preset: String) throws -> Model?) throws {
    var tally = Tally("\(title) postprocessing")
    try PostprocessingFile(path: path).compare(title, into: &tally, model: model)
    tally.finish()
  }
}
