public import Datasets

/// VOT2020 to VOT2022: a run from each anchor, forward to the last frame or back to the first (metric reference, 2.9).
///
/// The anchors are the data set's, chosen by hand; there is no rule to make them.
public struct MultiStart: EvaluationProtocol {
  public static let name = "multistart"
  public static let keepsOutcomes = true

  public let conditions: RunConditions

  public init(_ conditions: RunConditions) {
    self.conditions = conditions
  }

  /// One for each anchor, in the order of their frames.
  /// - Throws: ``SequenceFailure`` where the sequence has none.
  public func passes(of sequence: Sequence) throws(SequenceFailure) -> [Pass] {
    let count = conditions.count(of: sequence)
    guard let anchors = sequence.anchors?.prefix(count) else {
      throw failure(sequence, "multistart starts at anchors, and the sequence has no anchor.value")
    }
    let passes = anchors.enumerated().filter { $0.element != 0 }.map { frame, anchor in
      Pass(start: frame, isReversed: anchor < 0)
    }
    guard !passes.isEmpty else {
      throw failure(
        sequence, "multistart starts at anchors, and anchor.value names none in the first \(count) frames")
    }
    return passes
  }
}
