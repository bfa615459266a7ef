import Geometry

/// The overlaps of one run with the truth, frame by frame: all that accuracy and expected overlap need.
struct RunOverlaps {
  /// For accuracy, NaN in frames that do not count: codes and burn-in.
  var counted: [Double]
  /// For the expected overlap, with nothing taken out.
  var all: [Double]
  /// Frames of the failures, also of those beyond the annotation.
  var failures: [Int]
  /// Frames of the starts.
  var starts: [Int]
}

extension SupervisedRules {
  /// The runs that count.
  func chosen(_ runs: [SupervisedRun]) -> [SupervisedRun] {
    repetitions == .fifteenOrFirst && runs.count != 15 ? Array(runs.prefix(1)) : runs
  }

  /// Compares every run that counts with the truth.
  func overlaps(
    of record: SupervisedRecord, meter: inout RegionMeter, profile: String
  ) throws(ScoringError) -> [RunOverlaps] {
    func refuse(_ reason: ScoringError.Reason) -> ScoringError {
      ScoringError(sequence: record.name, profile: profile, reason: reason)
    }
    let runs = chosen(record.runs)
    guard !runs.isEmpty else { throw refuse(.noRuns) }
    var measured: [RunOverlaps] = []
    measured.reserveCapacity(runs.count)
    for run in runs {
      guard !record.truth.isEmpty, !run.frames.isEmpty else { throw refuse(.noFrames) }
      if unequalLengths == .refuse, run.frames.count != record.truth.count {
        throw refuse(.lengthMismatch(truth: record.truth.count, predicted: run.frames.count))
      }
      measured.append(try measure(run, record, meter: &meter, profile: profile))
    }
    return measured
  }

  private func measure(
    _ run: SupervisedRun, _ record: SupervisedRecord, meter: inout RegionMeter, profile: String
  ) throws(ScoringError) -> RunOverlaps {
    let count = min(run.frames.count, record.truth.count)
    let first = accuracyBounds.bounds(width: record.width, height: record.height)
    let second = eaoBounds.bounds(width: record.width, height: record.height)
    var result = RunOverlaps(
      counted: [Double](repeating: .nan, count: count), all: [Double](repeating: .nan, count: count), failures: [],
      starts: [])
    // The first frame after the last burn-in.
    var open = 0
    for frame in 0..<run.frames.count {
      let outcome = meter.read(run.frames[frame])
      switch outcome {
      case .initialized:
        result.starts.append(frame)
        open = max(open, frame + burnIn)
      case .failed: result.failures.append(frame)
      case .skipped, .region: break
      }
      guard frame < count else { continue }
      let values: (Double, Double)
      do {
        values = try meter.overlaps(of: outcome, with: record.truth[frame], in: first, and: second)
      } catch {
        throw ScoringError(
          sequence: record.name, profile: profile, reason: .invalidRegion(frame: frame, problem: error))
      }
      result.all[frame] = values.1
      if case .region = outcome, frame >= open { result.counted[frame] = values.0 }
    }
    return result
  }
}

/// The mean of the numbers that are not NaN; NaN where there is none.
struct MeanOfNumbers {
  var sum = 0.0
  var count = 0

  init() {}

  init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  @inline(__always)
  mutating func add(_ value: Double) {
    guard !value.isNaN else { return }
    sum += value
    count += 1
  }

  var value: Double { count == 0 ? .nan : sum / Double(count) }
}
