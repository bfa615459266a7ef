public import Datasets
import Geometry
import Scoring
public import Tracking

/// VOT's run with resets: where the tracker's answer no longer overlaps the truth, it has failed, and is started again five
/// frames later (metric reference, 2.1; VOT2013 to VOT2019).
///
/// The toolkits start again on whatever frame comes; here a frame without a target is skipped too, since nothing can be
/// started there.
public struct Supervised: EvaluationProtocol {
  public static let name = "supervised"
  public static let keepsOutcomes = true

  public let conditions: RunConditions
  public let rule: FailureRule

  public init(_ conditions: RunConditions, rule: FailureRule = .original) {
    self.conditions = conditions
    self.rule = rule
  }

  /// Skipped frames have no time (NaN); failed ones have that of the answer that failed.
  public func run(
    _ tracker: inout any Tracker, over sequence: Sequence, pass: Pass, shouldStop: () -> Bool, onFrame: (Int) -> Void
  ) throws -> Trajectory {
    let count = try checkedCount(of: sequence, pass: pass)
    let truth = sequence.annotation.regions
    var session = TrackerSession(sequence, pass: pass, conditions: conditions)
    var outcomes = [FrameOutcome](repeating: .skipped, count: count)
    var scores = [Double](repeating: .nan, count: count)
    var seconds = scores
    var isTracking = false
    // The first frame that is not skipped.
    var open = pass.start
    for frame in pass.start..<count {
      if shouldStop() { throw Interrupted() }
      if isTracking {
        let answer = try session.track(&tracker, at: frame)
        seconds[frame] = answer.seconds
        let size = try session.imageSize(at: frame)
        if rule.fails(answer.region, truth: truth[frame], width: size.width, height: size.height) {
          outcomes[frame] = .failed
          isTracking = false
          open = frame + rule.skip
        } else {
          outcomes[frame] = .region(answer.region)
          scores[frame] = answer.score
        }
      } else if frame >= open, frame == pass.start || !truth[frame].axisAlignedBox.isEmpty {
        seconds[frame] = try session.start(&tracker, at: frame, on: truth[frame]).seconds
        outcomes[frame] = .initialized
        isTracking = true
      }
      onFrame(frame + 1)
    }
    return Trajectory(sequence: sequence.name, pass: pass, outcomes: outcomes, scores: scores, seconds: seconds)
  }
}
