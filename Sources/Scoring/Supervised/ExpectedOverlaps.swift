extension SupervisedRules {
  /// Refuses runs from which no expected overlap can be made: the VOT toolkit looks for a start to every failure.
  func check(_ runs: [RunOverlaps], of record: SupervisedRecord, profile: String) throws(ScoringError) {
    guard case .runs? = eao?.curve else { return }
    for run in runs {
      for (index, failure) in run.failures.enumerated()
      where index >= run.starts.count || run.starts[index] > failure || failure >= run.all.count {
        throw ScoringError(sequence: record.name, profile: profile, reason: .failureWithoutStart(frame: failure))
      }
    }
  }
}

extension [MeasuredSequence] {
  /// The expected average overlap of everything, and of each tag with `all` and `empty` where the toolkit has them.
  func expectedOverlaps(
    tags names: [String], rules: SupervisedRules, interval: EAOInterval
  ) -> (overall: ExpectedOverlap?, tags: [String: Double]) {
    guard let eao = rules.eao, !isEmpty else { return (nil, [:]) }
    switch eao.curve {
    case .runs:
      let curve = runCurve()
      return (ExpectedOverlap(curve: curve, interval: interval, shift: eao.shift), [:])
    case .fragments(let offset, let stops):
      let wanted = names.isEmpty ? ["all"] : ["all"] + names + ["empty"]
      // Sorted by name, the last sequence's number of repetitions weighs all of them.
      let last = self.max { $0.record.name < $1.record.name }
      let weight = 1 / (Double(last?.runs.count ?? 1) + offset)
      let table = fragments(tags: wanted, names: names, weight: weight)
      var overall: ExpectedOverlap?
      var values: [String: Double] = [:]
      for (index, tag) in wanted.enumerated() {
        guard let curve = table.curve(tag: index, stopsWithoutWeight: stops) else { continue }
        let expected = ExpectedOverlap(curve: curve, interval: interval, shift: eao.shift)
        values[tag] = expected.value
        if tag == "all" { overall = expected }
      }
      return (overall, values)
    }
  }
}

extension ExpectedOverlap {
  /// The mean of the curve's numbers from `low + shift` to `high + shift`, both included.
  init(curve: [Double], interval: EAOInterval, shift: Int) {
    let first = Swift.max(0, interval.low + shift)
    let end = Swift.min(curve.count, interval.high + shift + 1)
    self.curve = curve
    self.interval = interval
    value = first < end ? MeanOfNumbers(curve[first..<end]).value : .nan
  }
}

extension [MeasuredSequence] {
  /// The expected average overlap of everything by sequence; nil where the toolkit has none.
  func expectationSample(rules: SupervisedRules, interval: EAOInterval) -> ExpectationSample? {
    guard let eao = rules.eao, !isEmpty else { return nil }
    let lengths = ExpectationSample.lengths(of: interval, shift: eao.shift)
    switch eao.curve {
    case .runs:
      return ExpectationSample(
        lengths: lengths, gapsAreZero: false,
        parts: map { sequence in
          let runs = [sequence].startedRuns
          var part = sequence.emptyPart(lengths, reach: runs.map(\.overlaps.count).max() ?? 0)
          for run in runs { part.add(run.overlaps, failed: run.failed, lengths) }
          return part
        })
    case .fragments:
      return ExpectationSample(
        lengths: lengths, gapsAreZero: true,
        parts: map { sequence in
          var part = sequence.emptyPart(lengths, reach: sequence.runs.map(\.all.count).max() ?? 0)
          // The repetitions' weight is the same everywhere and falls out of the quotient.
          for fragment in [sequence].fragments(tags: ["all"], names: [], weight: 1).fragments {
            part.add(fragment, lengths)
          }
          return part
        })
    }
  }
}

// MARK: - pysot: weighted fragments

/// Stretches between failures, as running sums of their overlaps, and the weight of each under every tag.
private struct FragmentTable {
  struct Fragment {
    /// sums[j] = overlaps of frames 1...j of the fragment; NaN from the first frame on that has none.
    var sums: [Double]
    /// Frames that are in the fragment and have an overlap; beyond them the fragment says nothing, unless it failed.
    var isKnown: [Bool]
    /// True where the tracker failed: all later frames count as overlap 0.
    var failed: Bool
    var weights: [Double]
  }

  var fragments: [Fragment] = []
  var length = 0

  /// Expected overlap by length; nil where a length has fragments but no weight and that ends the toolkit.
  func curve(tag: Int, stopsWithoutWeight: Bool) -> [Double]? {
    guard length > 0 else { return [] }
    var sums = [Double](repeating: 0, count: length)
    var weights = [Double](repeating: 0, count: length)
    var present = [Bool](repeating: false, count: length)
    for fragment in fragments {
      let weight = fragment.weights[tag]
      let known = fragment.sums.count
      for j in 1..<max(known, 1) where fragment.failed || fragment.isKnown[j] {
        sums[j] += fragment.sums[j] / Double(j) * weight
        weights[j] += weight
        present[j] = true
      }
      guard fragment.failed, let total = fragment.sums.last else { continue }
      for j in max(known, 1)..<max(length, known) {
        sums[j] += total / Double(j) * weight
        weights[j] += weight
        present[j] = true
      }
    }
    var curve = [Double](repeating: 0, count: length)
    curve[0] = 1
    for j in 1..<max(length, 1) where present[j] {
      if weights[j] == 0, stopsWithoutWeight { return nil }
      // Kept in float32 there.
      curve[j] = Double(Float(sums[j] / weights[j]))
    }
    return curve
  }
}

extension [MeasuredSequence] {
  /// Frames after a failure that are skipped.
  private static var skipped: Int { 5 }

  fileprivate func fragments(tags wanted: [String], names: [String], weight: Double) -> FragmentTable {
    var table = FragmentTable()
    table.length = lazy.flatMap(\.runs).map(\.all.count).max() ?? 0
    for sequence in self {
      let covers = sequence.tagTotals(wanted, names: names)
      for run in sequence.runs {
        let count = run.all.count
        guard !run.failures.isEmpty else {
          // As it is: a code in the middle leaves nothing known behind it (Q30).
          table.fragments.append(
            Self.fragment(
              run.all[...], zeroForUnknown: false, failed: false,
              weights: covers.map { weight * $0(0..<count) / Double(count) }))
          continue
        }
        let cuts = [0] + run.failures.map { $0 + Self.skipped }.filter { $0 <= count }
        for (start, end) in zip(cuts, cuts.dropFirst()) {
          // Up to and with the frame of the next start, if there is one.
          table.fragments.append(
            Self.fragment(
              run.all[start..<Swift.min(end + 1, count)], zeroForUnknown: true, failed: true,
              weights: covers.map { weight * $0(start..<end + 1) / Double(end - start + 1) }))
        }
        let start = cuts[cuts.count - 1]
        let rest = Double(sequence.record.truth.count - start) + 1e-16
        table.fragments.append(
          Self.fragment(
            run.all[start...], zeroForUnknown: true, failed: false,
            weights: covers.map { weight * $0(start..<Swift.max(start, count)) / rest }))
      }
    }
    return table
  }

  private static func fragment(
    _ overlaps: ArraySlice<Double>, zeroForUnknown: Bool, failed: Bool, weights: [Double]
  ) -> FragmentTable.Fragment {
    var sums = [Double](repeating: 0, count: overlaps.count)
    var known = [Bool](repeating: true, count: overlaps.count)
    var sum = 0.0
    for (j, overlap) in overlaps.enumerated() {
      if overlap.isNaN, !zeroForUnknown { known[j] = false }
      if j > 0 { sum += overlap.isNaN && zeroForUnknown ? 0 : overlap }
      sums[j] = sum
    }
    return FragmentTable.Fragment(sums: sums, isKnown: known, failed: failed, weights: weights)
  }
}

extension MeasuredSequence {
  /// For each tag the number of frames of a range that carry it. `empty` gives, whatever the range, the number of tags that
  /// have a list and no frame in the whole sequence: the toolkit builds it along the wrong axis (Q17).
  fileprivate func tagTotals(_ wanted: [String], names: [String]) -> [(Range<Int>) -> Double] {
    wanted.map { tag in
      switch tag {
      case "all":
        let length = record.truth.count
        return { Double($0.clamped(to: 0..<length).count) }
      case "empty":
        let never = names.count { name in
          guard let list = record.tags[name], !list.isEmpty else { return false }
          return !list.contains(true)
        }
        return { _ in Double(never) }
      default:
        var totals = [0]
        for carried in record.tags[tag] ?? [] { totals.append(totals[totals.count - 1] + (carried ? 1 : 0)) }
        let last = totals.count - 1
        return { Double(totals[Swift.min($0.upperBound, last)] - totals[Swift.min($0.lowerBound, last)]) }
      }
    }
  }
}

// MARK: - vot: runs from start to failure

extension [MeasuredSequence] {
  /// Mean overlap of the first j frames after a start, over all runs that are as long or failed before.
  private func runCurve() -> [Double] {
    let runs = startedRuns
    let length = runs.map(\.overlaps.count).max() ?? 0
    var sums = [Double](repeating: 0, count: length)
    var counts = [Double](repeating: 0, count: length)
    for run in runs {
      var sum = 0.0
      for j in 0..<(run.failed ? length : run.overlaps.count) {
        if j < run.overlaps.count {
          let overlap = run.overlaps[run.overlaps.startIndex + j]
          if j == 0 { sums[0] += overlap } else { sum += overlap }
        }
        if j > 0 { sums[j] += sum / Double(j) }
        counts[j] += 1
      }
    }
    return zip(sums, counts).map { $0 / $1 }
  }

  /// Every run from a start to its failure or the end.
  fileprivate var startedRuns: [(overlaps: ArraySlice<Double>, failed: Bool)] {
    var runs: [(overlaps: ArraySlice<Double>, failed: Bool)] = []
    for run in lazy.flatMap(\.runs) {
      guard !run.failures.isEmpty else {
        runs.append((run.all[...], false))
        continue
      }
      for (start, failure) in zip(run.starts, run.failures) { runs.append((run.all[start..<failure], true)) }
      if run.starts.count > run.failures.count, let start = run.starts.last, start < run.all.count {
        runs.append((run.all[start...], false))
      }
    }
    return runs
  }
}

// MARK: - One sequence's part

extension MeasuredSequence {
  fileprivate func emptyPart(_ lengths: Range<Int>, reach: Int) -> ExpectationSample.Part {
    let zeros = [Double](repeating: 0, count: lengths.count)
    return ExpectationSample.Part(name: record.name, reach: reach, sums: zeros, weights: zeros)
  }
}

extension ExpectationSample.Part {
  /// As in `runCurve`; a run that failed goes on for ever with overlap 0.
  fileprivate mutating func add(_ overlaps: ArraySlice<Double>, failed: Bool, _ lengths: Range<Int>) {
    var sum = 0.0
    for j in 0..<(failed ? lengths.upperBound : Swift.min(overlaps.count, lengths.upperBound)) {
      let overlap = j < overlaps.count ? overlaps[overlaps.startIndex + j] : 0
      if j > 0 { sum += overlap }
      guard lengths.contains(j) else { continue }
      sums[j - lengths.lowerBound] += j == 0 ? overlap : sum / Double(j)
      weights[j - lengths.lowerBound] += 1
    }
  }

  /// As in `FragmentTable.curve`, under the first tag; the number at length 0 is 1. A NaN stays one (Q30).
  fileprivate mutating func add(_ fragment: FragmentTable.Fragment, _ lengths: Range<Int>) {
    let weight = fragment.weights[0]
    let known = fragment.sums.count
    for j in lengths {
      let total: Double
      if j == 0 {
        total = 1
      } else if j < known {
        guard fragment.failed || fragment.isKnown[j] else { continue }
        total = fragment.sums[j] / Double(j)
      } else {
        guard fragment.failed, let last = fragment.sums.last else { return }
        total = last / Double(j)
      }
      sums[j - lengths.lowerBound] += total * weight
      weights[j - lengths.lowerBound] += weight
    }
  }
}
