public import Geometry

/// What is needed to score one sequence of GOT-10k.
public struct GOT10kRecord: Hashable, Sendable {
  public var name: String
  /// One box a frame.
  public var truth: [Box]
  /// How much of the target can be seen, 0 for nothing up to 8, one a frame: `cover.label`.
  public var cover: [Int]
  /// Size of the image in pixels: `resolution` of `meta_info.ini`.
  public var width: Int
  public var height: Int
  /// The tracker's boxes, one array a repetition, frame 0 included.
  public var repetitions: [[Box]]
  /// Seconds a frame of all repetitions, in any order; nil where there is no time file. Times of 0 and below and NaN do not
  /// count.
  public var seconds: [Double]?

  public init(
    name: String, truth: [Box], cover: [Int], width: Int, height: Int, repetitions: [[Box]], seconds: [Double]? = nil
  ) {
    self.name = name
    self.truth = truth
    self.cover = cover
    self.width = width
    self.height = height
    self.repetitions = repetitions
    self.seconds = seconds
  }
}

/// The report of got-10k/toolkit on GOT-10k's validation set (metric reference, 3.1): average overlap and success rates.
///
/// Frame 0 never counts, nor do frames in which nothing of the target can be seen; boxes are clipped to the image first
/// (``Box/clippedByGOT10k(width:height:)``).
public struct GOT10kScores: Hashable, Sendable {
  /// One sequence, or all of them.
  public struct Overlap: Hashable, Sendable {
    /// The sequence's name; `all`.
    public let name: String
    /// Annotated frames without the first.
    public let frames: Int
    /// AO: mean overlap of the frames that count, those of every repetition. NaN where none counts.
    public let ao: Double
    /// Share of those frames with overlap above 0, 0.01, ..., 1.
    public let success: [Double]
    /// SR50: share with overlap above 0.5.
    public let sr50: Double
    /// SR75: share with overlap above 0.75.
    public let sr75: Double
    /// Mean of 1 / seconds; nil where there are no times at all. A sequence without a time file has the number of the
    /// sequence before it (Q22).
    public let fps: Double?
    /// Frames that count, those of every repetition.
    public let counted: Int
  }

  /// Every frame of every sequence alike, so a sequence with more frames or more repetitions weighs more.
  public let overall: Overlap
  /// In the order given.
  public let sequences: [Overlap]
  /// Sequences on which the toolkit stops; they are in no number.
  public let failed: [ScoringError]

  /// True where every sequence has a score.
  public var isComplete: Bool { failed.isEmpty }

  /// Scores every record.
  ///
  /// - Parameter needsTimes: true to stop, as the toolkit does, at a first sequence without times.
  public init(_ records: [GOT10kRecord], needsTimes: Bool = false) {
    var all = OverlapCounts()
    var total = SpeedMean()
    var last: SpeedMean?
    var sequences: [Overlap] = []
    var failed: [ScoringError] = []
    for record in records {
      do throws(ScoringError) {
        let counts = try OverlapCounts(of: record)
        if let seconds = record.seconds {
          let speed = SpeedMean(seconds)
          total.add(speed)
          last = speed
        } else if needsTimes, last == nil {
          throw ScoringError(sequence: record.name, profile: Profile.got10k.name, reason: .noTimes)
        }
        sequences.append(counts.overlap(record.name, frames: record.truth.count - 1, fps: last?.value))
        all.add(counts)
      } catch {
        failed.append(error)
      }
    }
    overall = all.overlap("all", frames: sequences.reduce(0) { $0 + $1.frames }, fps: last.map { _ in total.value })
    self.sequences = sequences
    self.failed = failed
  }
}

/// A histogram of overlaps among the thresholds.
private struct OverlapCounts {
  private var histogram = [Int](repeating: 0, count: Thresholds.hundredths.count + 1)
  private var above50 = 0
  private var above75 = 0
  private var sum = 0.0
  private var count = 0

  init() {}

  init(of record: GOT10kRecord) throws(ScoringError) {
    func refuse(_ reason: ScoringError.Reason) -> ScoringError {
      ScoringError(sequence: record.name, profile: Profile.got10k.name, reason: reason)
    }
    let truth = record.truth
    guard truth.count >= 2 else { throw refuse(.tooFewRows(found: truth.count, needed: 2)) }
    guard record.cover.count == truth.count else {
      throw refuse(.listMismatch(list: "cover.label", frames: truth.count, found: record.cover.count))
    }
    guard !record.repetitions.isEmpty else { throw refuse(.noRuns) }
    for boxes in record.repetitions {
      guard boxes.count == truth.count else {
        throw refuse(.lengthMismatch(truth: truth.count, predicted: boxes.count))
      }
      for frame in 1..<truth.count where record.cover[frame] > 0 {
        add(
          Profile.got10k.overlap.overlap(
            of: boxes[frame].clippedByGOT10k(width: record.width, height: record.height),
            with: truth[frame].clippedByGOT10k(width: record.width, height: record.height)))
      }
    }
  }

  private mutating func add(_ overlap: Double) {
    histogram[Thresholds.hundredths.rank(of: overlap)] += 1
    sum += overlap
    count += 1
    if overlap > 0.5 { above50 += 1 }
    if overlap > 0.75 { above75 += 1 }
  }

  mutating func add(_ other: OverlapCounts) {
    for index in histogram.indices { histogram[index] += other.histogram[index] }
    above50 += other.above50
    above75 += other.above75
    sum += other.sum
    count += other.count
  }

  func overlap(_ name: String, frames: Int, fps: Double?) -> GOT10kScores.Overlap {
    let frameCount = Double(count)
    var above = 0
    var success = [Double](repeating: 0, count: histogram.count - 1)
    for index in success.indices.reversed() {
      above += histogram[index + 1]
      success[index] = Double(above) / frameCount
    }
    return GOT10kScores.Overlap(
      name: name, frames: frames, ao: sum / frameCount, success: success, sr50: Double(above50) / frameCount,
      sr75: Double(above75) / frameCount, fps: fps, counted: count)
  }
}

/// The mean of frames per second.
private struct SpeedMean {
  private var mean = MeanOfNumbers()

  init() {}

  init(_ seconds: [Double]) {
    for second in seconds where second > 0 { mean.add(1 / second) }
  }

  mutating func add(_ other: SpeedMean) {
    mean.sum += other.mean.sum
    mean.count += other.mean.count
  }

  var value: Double { mean.value }
}

extension Box {
  /// The box as got-10k/toolkit clips it to an image (metric reference, 3.2): the corner first, then the size with the new
  /// corner, so a box that sticks out to the left is moved, not cut (Q23). NaN stays NaN.
  public func clippedByGOT10k(width: Int, height: Int) -> Box {
    func clip(_ value: Double, _ upper: Double) -> Double {
      let lifted = value < 0 ? 0 : value
      return lifted > upper ? upper : lifted
    }
    let left = clip(x, Double(width))
    let top = clip(y, Double(height))
    return Box(
      x: left, y: top, width: clip(self.width, Double(width) - left), height: clip(self.height, Double(height) - top))
  }
}
