public import Datasets
public import Geometry
import Scoring
public import Tracking

/// How a tracker is driven over a sequence: which runs there are, where each starts, and what is written down.
///
/// Most protocols start once and go on to the end; they say where and leave ``run(_:over:pass:shouldStop:onFrame:)`` to the
/// default. ``Supervised`` starts again after failures and brings its own.
public protocol EvaluationProtocol: Sendable {
  /// The name on the command line, without `@realtime`: `ope`.
  static var name: String { get }
  /// True where trajectories hold ``Trajectory/outcomes``, a start being ``FrameOutcome/initialized`` (VOT); otherwise they
  /// hold boxes, the first of them the one the tracker was started with (OTB).
  static var keepsOutcomes: Bool { get }

  var conditions: RunConditions { get }

  /// The runs over a sequence, all different, in the order of their result files; never empty.
  /// - Throws: ``SequenceFailure`` where the sequence lacks what the protocol needs.
  func passes(of sequence: Sequence) throws(SequenceFailure) -> [Pass]

  /// What the tracker is started with in frame ``Pass/start``, in the numbers of the annotation.
  /// - Throws: what opening a frame throws.
  func target(of sequence: Sequence, pass: Pass) throws -> Region

  /// Drives `tracker` through one pass.
  ///
  /// Frames are opened one at a time and only when the tracker sees them; the time recorded for a frame is the tracker's
  /// alone, opening not included.
  /// - Parameters:
  ///   - shouldStop: asked before every frame.
  ///   - onFrame: told the number of frames done.
  /// - Throws: ``Interrupted`` when asked to stop; else what a frame or the tracker threw, as ``SequenceFailure``.
  func run(
    _ tracker: inout any Tracker, over sequence: Sequence, pass: Pass, shouldStop: () -> Bool, onFrame: (Int) -> Void
  ) throws -> Trajectory
}

extension EvaluationProtocol {
  /// The name on the command line, `@realtime` included.
  public var name: String { Self.name + (conditions.realTime == nil ? "" : EvaluationProtocols.realTimeSuffix) }

  /// One run for each repetition, from the first frame to the last.
  public func passes(of sequence: Sequence) throws(SequenceFailure) -> [Pass] {
    (1...conditions.repetitions).map { Pass(repetition: $0) }
  }

  /// The annotation's region.
  public func target(of sequence: Sequence, pass: Pass) -> Region { sequence.annotation.regions[pass.start] }

  /// Frames of one pass, those included that are skipped or missed.
  public func frameCount(of sequence: Sequence, pass: Pass) -> Int {
    pass.isReversed ? pass.start + 1 : max(0, conditions.count(of: sequence) - pass.start)
  }

  /// Frames of all passes over `sequence`; 0 where it cannot be run.
  public func frameCount(of sequence: Sequence) -> Int {
    ((try? passes(of: sequence)) ?? []).reduce(0) { $0 + frameCount(of: sequence, pass: $1) }
  }

  /// The straight run: one start, then every frame in order, never started again.
  public func run(
    _ tracker: inout any Tracker, over sequence: Sequence, pass: Pass, shouldStop: () -> Bool, onFrame: (Int) -> Void
  ) throws -> Trajectory {
    let count = try checkedCount(of: sequence, pass: pass)
    let region: Region
    do {
      region = try target(of: sequence, pass: pass)
    } catch {
      throw SequenceFailure(sequence: sequence.name, pass: pass, frame: pass.start, message: "\(error)")
    }
    var session = TrackerSession(sequence, pass: pass, conditions: conditions)
    var answers: [TrackerSession.Answer] = []
    answers.reserveCapacity(count)
    for index in 0..<count {
      if shouldStop() { throw Interrupted() }
      let frame = pass.isReversed ? pass.start - index : pass.start + index
      answers.append(
        index == 0
          ? try session.start(&tracker, at: frame, on: region) : try session.track(&tracker, at: frame))
      onFrame(index + 1)
    }
    let scores = answers.map(\.score)
    let seconds = answers.map(\.seconds)
    guard Self.keepsOutcomes else {
      return Trajectory(
        sequence: sequence.name, pass: pass, boxes: answers.map(\.box), scores: scores, seconds: seconds)
    }
    return Trajectory(
      sequence: sequence.name, pass: pass,
      outcomes: [.initialized] + answers.dropFirst().map { .region($0.region) }, scores: scores, seconds: seconds)
  }

  /// Frames of a pass that can be run: at least one, and its start among them.
  func checkedCount(of sequence: Sequence, pass: Pass) throws(SequenceFailure) -> Int {
    let whole = conditions.count(of: sequence)
    guard whole > 0 else { throw failure(sequence, "no annotated frame") }
    guard (0..<whole).contains(pass.start) else {
      throw failure(sequence, "it should start in frame \(pass.start + 1) of \(whole)", pass: pass)
    }
    return frameCount(of: sequence, pass: pass)
  }

  func failure(_ sequence: Sequence, _ message: String, pass: Pass? = nil) -> SequenceFailure {
    SequenceFailure(sequence: sequence.name, pass: pass, frame: nil, message: message)
  }
}

extension EvaluationProtocol {
  /// ``run(_:over:pass:shouldStop:onFrame:)`` to the end.
  public func run(_ tracker: inout any Tracker, over sequence: Sequence, pass: Pass = .whole) throws -> Trajectory {
    try run(&tracker, over: sequence, pass: pass, shouldStop: { false }, onFrame: { _ in })
  }
}
