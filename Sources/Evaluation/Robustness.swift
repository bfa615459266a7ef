public import Datasets
public import Geometry
import Imaging
import Scoring

/// Temporal robustness evaluation (TRE): runs from 20 frames spread over the sequence, each to its end (Wu, Lim, Yang 2013;
/// metric reference, 5.1).
public struct TemporalRobustness: EvaluationProtocol {
  public static let name = "tre"
  public static let keepsOutcomes = false

  public let conditions: RunConditions
  /// Frames from 0 in which no run may start, by sequence; OTB's are ``OmittedStarts/otb``.
  public let omitted: [String: [ClosedRange<Int>]]

  public init(_ conditions: RunConditions, omitting omitted: [String: [ClosedRange<Int>]] = [:]) {
    self.conditions = conditions
    self.omitted = omitted
  }

  /// The segments in order. A short sequence names some starts twice, and the toolkit runs and scores them twice: the
  /// second is repetition 2.
  /// - Throws: ``SequenceFailure`` where no frame is followed by 19 others.
  public func passes(of sequence: Sequence) throws(SequenceFailure) -> [Pass] {
    let starts = segmentStarts(of: sequence, omitting: omitted)
    guard !starts.isEmpty else {
      throw failure(sequence, "tre needs a frame with a target and 19 frames after it, and there is none")
    }
    var passes: [Pass] = []
    for start in starts {
      passes.append(Pass(repetition: passes.count { $0.start == start } + 1, start: start))
    }
    return passes
  }
}

/// Spatial robustness evaluation (SRE): 12 runs whose first box is moved or scaled (Wu, Lim, Yang 2013; metric reference, 5.2).
public struct SpatialRobustness: EvaluationProtocol {
  public static let name = "sre"
  public static let keepsOutcomes = false

  public let conditions: RunConditions
  /// Frames from 0 in which no run may start, by sequence; OTB's are ``OmittedStarts/otb``.
  public let omitted: [String: [ClosedRange<Int>]]

  public init(_ conditions: RunConditions, omitting omitted: [String: [ClosedRange<Int>]] = [:]) {
    self.conditions = conditions
    self.omitted = omitted
  }

  /// One for each ``SpatialShift``, from the frame in which the first segment of TRE starts; from frame 0 where the sequence
  /// is too short for segments.
  public func passes(of sequence: Sequence) throws(SequenceFailure) -> [Pass] {
    let start = segmentStarts(of: sequence, omitting: omitted).first ?? 0
    return SpatialShift.allCases.map { Pass(start: start, shift: $0) }
  }

  /// The annotation's box, shifted inside the image.
  public func target(of sequence: Sequence, pass: Pass) throws -> Region {
    let region = sequence.annotation.regions[pass.start]
    guard let shift = pass.shift else { return region }
    var size = sequence.namedSize
    if size == nil {
      let image = try sequence.frames.image(at: pass.start)
      size = (image.width, image.height)
    }
    let toOne = 1 - sequence.annotation.firstPixel
    let box = shift.box(
      from: region.axisAlignedBox.offsetBy(dx: toOne, dy: toOne), imageWidth: size?.width ?? 0,
      imageHeight: size?.height ?? 0)
    return .box(box.offsetBy(dx: -toOne, dy: -toOne))
  }
}

extension EvaluationProtocol {
  /// Where segments start. The rule is for pixels counted from 1; other data sets' boxes are moved there.
  fileprivate func segmentStarts(of sequence: Sequence, omitting omitted: [String: [ClosedRange<Int>]]) -> [Int] {
    let toOne = 1 - sequence.annotation.firstPixel
    let truth = sequence.annotation.regions.prefix(conditions.count(of: sequence)).map {
      $0.axisAlignedBox.offsetBy(dx: toOne, dy: toOne)
    }
    return TemporalSegments.starts(truth: truth, omitting: omitted[sequence.name] ?? [])
  }
}
