import CKernels

/// An expected average overlap by sequence: what resampling needs to make it again from drawn sequences.
///
/// At each length the expected overlap is a sum over sequences divided by a sum of weights; the number is the mean over the
/// lengths of the interval.
struct ExpectationSample: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    var name: String
    /// Frames of the longest run: a curve ends with its longest run.
    var reach: Int
    /// One a length of ``lengths``; a NaN leaves the length out of the mean (Q30).
    var sums: [Double]
    var weights: [Double]
  }

  /// Places on the curve that belong to the interval.
  let lengths: Range<Int>
  /// True where a length of which no run says anything counts as 0 (pysot, multi-start); otherwise it is left out.
  let gapsAreZero: Bool
  /// By name.
  let parts: [Part]

  init(lengths: Range<Int>, gapsAreZero: Bool, parts: [Part]) {
    self.lengths = lengths
    self.gapsAreZero = gapsAreZero
    self.parts = parts.sorted { $0.name < $1.name }
  }

  /// The lengths of an interval, 0 and above.
  static func lengths(of interval: EAOInterval, shift: Int) -> Range<Int> {
    let first = max(0, interval.low + shift)
    return first..<max(first, interval.high + shift + 1)
  }
}

extension MultiStartScores {
  var expectation: ExpectationSample {
    let lengths = eao.interval.low..<max(eao.interval.low, eao.interval.high)
    return ExpectationSample(
      lengths: lengths, gapsAreZero: true,
      parts: sequences.map { sequence in
        ExpectationSample.Part(
          name: sequence.name, reach: eao.interval.high,
          sums: lengths.map { sequence.curve[$0] * sequence.active[$0] }, weights: lengths.map { sequence.active[$0] })
      })
  }
}

extension ExpectationSample {
  /// The curve over ``lengths``, 0 where it has no number, the places that enter the mean, and the mean: the data set's
  /// number but for pysot's float32. nil where no run reaches the interval.
  var whole: (curve: [Double], counted: [Int], mean: Double)? {
    let totals = (0..<lengths.count).map { place in
      (sum: parts.reduce(0) { $0 + $1.sums[place] }, weight: parts.reduce(0) { $0 + $1.weights[place] })
    }
    let curve = totals.map { $0.weight > 0 && !$0.sum.isNaN ? $0.sum / $0.weight : 0 }
    let reach = parts.map(\.reach).max() ?? 0
    let counted = (0..<min(lengths.count, max(0, reach - lengths.lowerBound))).filter {
      totals[$0].weight > 0 ? !totals[$0].sum.isNaN : gapsAreZero
    }
    guard !counted.isEmpty else { return nil }
    return (curve, counted, counted.reduce(0) { $0 + curve[$1] } / Double(counted.count))
  }
}

extension SupervisedScores {
  /// The number the interval is around: ``eao`` but for pysot's float32. For tests.
  package var resampledEAO: Double? { expectation?.whole?.mean }
}

extension Bootstrap {
  /// The interval of an expected average overlap; nil for fewer than two sequences and for lengths no run reaches.
  func interval(of sample: ExpectationSample) -> Interval? {
    guard let (differences, mean) = differences(of: sample) else { return nil }
    return percentileInterval(of: differences, around: mean)
  }

  /// The interval of the difference of two expected average overlaps, first minus second, each resample drawing the same
  /// sequences for both; nil where they are not over the same sequences.
  func interval(of first: ExpectationSample, minus second: ExpectationSample) -> Interval? {
    guard first.parts.map(\.name) == second.parts.map(\.name), let one = differences(of: first),
      let other = differences(of: second)
    else { return nil }
    let paired = zip(one.differences, other.differences).map { $0 - $1 }
    return percentileInterval(of: paired[...], around: one.mean - other.mean)
  }

  /// The expected average overlap of each resample, as a difference to that of all sequences.
  private func differences(of sample: ExpectationSample) -> (differences: ArraySlice<Float>, mean: Double)? {
    let rows = sample.parts.count
    guard rows >= 2, let (curve, _, mean) = sample.whole else { return nil }
    // As differences to the whole data set's curve, which keep their digits in float32.
    let width = curve.count
    let columns =
      (0..<width).map { place in sample.parts.map { $0.sums[place] - curve[place] * $0.weights[place] } }
      + (0..<width).map { place in sample.parts.map { $0.weights[place] } }
    let base = curve.map { Float($0 - mean) }
    let reaches = sample.parts.map(\.reach)
    let first = sample.lengths.lowerBound
    let gap = Float(-mean)
    let gapsAreZero = sample.gapsAreZero
    let values = statistics(1, of: Resampling(columns: columns, rows: rows)) { sums, draws, results in
      var reach = 0
      for draw in draws { reach = max(reach, reaches[Int(draw.row)]) }
      var sum: Float = 0
      var count: Float = 0
      for place in 0..<min(width, max(0, reach - first)) {
        let weight = sums[width + place]
        if weight > 0 {
          guard !sums[place].isNaN else { continue }
          sum += base[place] + sums[place] / weight
          count += 1
        } else if gapsAreZero {
          sum += gap
          count += 1
        }
      }
      results[0] = sum / count
    }
    return (values[0], mean)
  }
}
