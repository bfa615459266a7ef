/// VOT's run without resets: started on the first frame, which is written as code 1, then every frame's region whatever it
/// overlaps (metric reference, 2.8).
public struct Unsupervised: EvaluationProtocol {
  public static let name = "unsupervised"
  public static let keepsOutcomes = true

  public let conditions: RunConditions

  public init(_ conditions: RunConditions) {
    self.conditions = conditions
  }
}

/// VOT's long-term run: as ``Unsupervised``, and scored by the confidences, so each frame's is kept; NaN where the tracker
/// has none, and in the first frame (metric reference, 2.11).
public struct LongTerm: EvaluationProtocol {
  public static let name = "longterm"
  public static let keepsOutcomes = true

  public let conditions: RunConditions

  public init(_ conditions: RunConditions) {
    self.conditions = conditions
  }
}
