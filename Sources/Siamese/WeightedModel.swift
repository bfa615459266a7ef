public import Checkpoints
public import Tensors
public import Tracking

/// A model that is settings, weights and an engine, and nothing else.
public protocol WeightedModel: TrackerModel {
  associatedtype Settings: TrackerSettings

  var settings: Settings { get }
  var engine: Engine { get }

  /// The tensors that the network of these settings reads, under its authors' keys.
  static func shapes(_ settings: Settings) -> [(String, [Int])]

  /// - Throws: ``WeightsError`` where the weights do not fit.
  init(weights: Weights, settings: Settings, engine: Engine) throws(WeightsError)
}

extension TrackerDescription {
  /// A tracker of a ``WeightedModel``, which is loaded with the engine of this process.
  public init<Model: WeightedModel>(
    _ model: Model.Type, name: String, title: String, paper: String, convention: BoxConvention,
    publishedWeights: String, publishedScores: [PublishedScore] = []
  ) {
    self.init(
      name: name, title: title, paper: paper, convention: convention, publishedWeights: publishedWeights,
      publishedScores: publishedScores, settings: Model.Settings.self, shapes: Model.shapes,
      load: { weights, settings in
        try Engine.ofThisProcess().building { try Model(weights: weights, settings: settings, engine: $0) }
      })
  }
}
