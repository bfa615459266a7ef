public import Tracking

/// One-pass evaluation: start on the first frame, then every frame in order, never re-initialised. (Wu, Lim, Yang 2013)
public struct OnePass: EvaluationProtocol {
  public static let name = "ope"
  public static let keepsOutcomes = false

  public let conditions: RunConditions

  public init(_ conditions: RunConditions) {
    self.conditions = conditions
  }

  /// - Parameter frameLimit: frames of each sequence to be tracked; nil for all that are annotated.
  public init(convention: BoxConvention, frameLimit: Int? = nil) {
    self.init(RunConditions(convention: convention, frameLimit: frameLimit))
  }
}
