public import Geometry
import Scoring
public import Tracking

/// A tracker that gives answers written down before and looks at no picture: results of another program, the truth itself.
///
/// It answers in the numbers of the annotation. Where nothing is written down (codes, absent regions) it answers
/// ``Region/absent``, which overlaps nothing.
public struct Replay: TrackerModel {
  /// Answers by sequence and run; without a run they are one a frame of the sequence.
  private let recordings: [Key: Recording]

  private struct Key: Hashable {
    let sequence: String
    let pass: Pass?
  }

  fileprivate struct Recording: Sendable {
    let frames: [FrameOutcome]
    /// One a frame, or empty.
    let scores: [Double]
  }

  /// The same answers in every run.
  /// - Parameter regions: one a frame of the sequence, by the sequence's name.
  public init(_ regions: [String: [Region]]) {
    recordings = Dictionary(
      uniqueKeysWithValues: regions.map { name, regions in
        (Key(sequence: name, pass: nil), Recording(frames: regions.map(FrameOutcome.region), scores: []))
      })
  }

  /// Each trajectory's answers and confidences in the run it was recorded in; of two trajectories of one run the last.
  public init(_ trajectories: [Trajectory]) {
    recordings = Dictionary(
      trajectories.map {
        (Key(sequence: $0.sequence, pass: $0.pass), Recording(frames: $0.frames, scores: $0.scores))
      }, uniquingKeysWith: { $1 })
  }

  public func makeTracker() -> any Tracker { ReplayTracker(replay: self) }

  fileprivate func estimate(_ frame: FrameReference) throws(TrackerError) -> Estimate {
    var place = frame.index
    let recording: Recording
    if let same = recordings[Key(sequence: frame.sequence, pass: frame.pass)] {
      recording = same
      place = abs(frame.index - frame.pass.start)
    } else if let any = recordings[Key(sequence: frame.sequence, pass: nil)] {
      recording = any
    } else {
      throw .failed("nothing was recorded for this run")
    }
    guard recording.frames.indices.contains(place) else {
      throw .failed("the recording ends after \(recording.frames.count) frames")
    }
    let region = recording.frames[place].region ?? .absent
    let score = recording.scores.indices.contains(place) ? recording.scores[place] : .nan
    return Estimate(box: region.axisAlignedBox, score: score.isNaN ? nil : score, region: region)
  }
}

private struct ReplayTracker: IndirectTracker {
  let replay: Replay

  mutating func start(at frame: FrameReference, region: Region) throws(TrackerError) {}

  mutating func track(at frame: FrameReference) throws(TrackerError) -> Estimate { try replay.estimate(frame) }
}
