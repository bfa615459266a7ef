/// A score that a tracker's authors publish, to hold one's own beside.
public struct PublishedScore: Sendable, Hashable {
  /// The preset it was reached with, nil where there is only one.
  public let preset: String?
  /// The data set's name on the command line where the program knows it: `vot2018`.
  public let dataset: String
  /// What was measured, in the authors' words: `EAO`, `success`.
  public let measure: String
  /// On the measure's own scale.
  public let value: Double
  /// Where it stands.
  public let source: String

  public init(preset: String? = nil, dataset: String, measure: String, value: Double, source: String) {
    self.preset = preset
    self.dataset = dataset
    self.measure = measure
    self.value = value
    self.source = source
  }

  /// The authors' table: what each preset reaches on each data set, with one source for all.
  public static func table(
    _ rows: [(preset: String, dataset: String, scores: [(measure: String, value: Double)])], source: String
  ) -> [PublishedScore] {
    rows.flatMap { preset, dataset, scores in
      row(preset: preset, scores.map { (dataset, $0.measure, $0.value) }, source: source)
    }
  }

  /// A row of the authors' table: several measures with one source.
  public static func row(
    preset: String? = nil, _ scores: [(dataset: String, measure: String, value: Double)], source: String
  ) -> [PublishedScore] {
    scores.map {
      PublishedScore(preset: preset, dataset: $0.dataset, measure: $0.measure, value: $0.value, source: source)
    }
  }
}
