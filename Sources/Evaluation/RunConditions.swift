public import Datasets
public import Tracking

/// What every protocol asks besides the sequence: how the tracker reads boxes, how much is run, under which clock.
public struct RunConditions: Sendable {
  /// How the tracker's authors read annotation files.
  public var convention: BoxConvention
  /// Sequences are cut to this many frames before the protocol sees them; nil leaves them whole.
  public var frameLimit: Int?
  /// Runs over each sequence, at least 1, numbered by ``Pass/repetition``. VOT runs 15 and stops after 3 equal ones, GOT-10k
  /// runs 3. A tracker that always answers alike needs one; nothing stops early here.
  public var repetitions: Int
  /// nil where the tracker may take as long as it wants.
  public var realTime: RealTime?
  /// Times the tracker; tests bring one that follows a script.
  public var clock: any Clock<Duration>

  public init(
    convention: BoxConvention, frameLimit: Int? = nil, repetitions: Int = 1, realTime: RealTime? = nil,
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.convention = convention
    self.frameLimit = frameLimit
    self.repetitions = max(1, repetitions)
    self.realTime = realTime
    self.clock = clock
  }

  /// Frames of `sequence` there are for the protocol.
  public func count(of sequence: Sequence) -> Int { max(0, min(sequence.count, frameLimit ?? .max)) }
}
