/// The intervals of the numbers of runs over regions.
public struct RegionIntervals: Hashable, Sendable {
  public let accuracy: Bootstrap.Interval?
  public let robustness: Bootstrap.Interval?
  /// nil also where there is no expected average overlap.
  public let eao: Bootstrap.Interval?
}

// MARK: - Runs with resets

/// What the frames of one sequence that carry a tag add to the tag's numbers.
struct TagPart: Hashable, Sendable {
  var overlapSum: Double
  var counted: Double
  var frames: Double
  var failures: Double
}

extension SupervisedScores {
  /// Accuracy by sequence; nil under a profile that averages over tags, where it is no mean over sequences.
  public var accuracySample: MetricSample? {
    sample("accuracy", isHigherBetter: true) { sequence in
      (sequence.accuracy, Double(averaging == .frames ? sequence.counted : sequence.frames))
    }
  }

  /// Robustness by sequence, fewer are better; nil as for ``accuracySample``.
  public var robustnessSample: MetricSample? {
    sample("robustness", isHigherBetter: false) { sequence in
      let frames = Double(sequence.frames)
      return (averaging == .frames ? sequence.failures / frames * 100 : sequence.failures, frames)
    }
  }

  private func sample(
    _ metric: String, isHigherBetter: Bool, _ number: (SupervisedSequenceScores) -> (value: Double, weight: Double)
  ) -> MetricSample? {
    guard averaging != .tags else { return nil }
    return MetricSample(
      metric: metric, profile: profile, isHigherBetter: isHigherBetter,
      entries: sequences.map { sequence in
        let (value, weight) = number(sequence)
        return MetricSample.Entry(name: sequence.name, value: value, weight: weight)
      })
  }
}

extension Bootstrap {
  /// Intervals of accuracy, robustness and expected average overlap.
  ///
  /// The expected overlap is made again from the drawn sequences' runs at every length; so is, under profile got10k, each
  /// tag's mean.
  public func intervals(of scores: SupervisedScores) -> RegionIntervals {
    let eao = scores.expectation.flatMap { interval(of: $0) }
    guard let accuracy = scores.accuracySample, let robustness = scores.robustnessSample else {
      let (accuracy, robustness) = tagIntervals(of: scores)
      return RegionIntervals(accuracy: accuracy, robustness: robustness, eao: eao)
    }
    let found = intervals(of: [accuracy, robustness])
    return RegionIntervals(accuracy: found[0], robustness: found[1], eao: eao)
  }

  private func tagIntervals(of scores: SupervisedScores) -> (Interval?, Interval?) {
    let tags = scores.tagParts
    guard let rows = tags.first?.count, rows >= 2 else { return (nil, nil) }
    let order = scores.sequences.indices.sorted { scores.sequences[$0].name < scores.sequences[$1].name }
    let columns = tags.flatMap { parts in
      [\TagPart.overlapSum, \.counted, \.frames, \.failures].map { path in order.map { parts[$0][keyPath: path] } }
    }
    let (accuracy, robustness) = (Float(scores.accuracy), Float(scores.robustness))
    let values = statistics(2, of: Resampling(columns: columns, rows: rows)) { sums, _, results in
      var overlap: Float = 0
      var failures: Float = 0
      var frames: Float = 0
      for tag in tags.indices {
        let sum = sums + 4 * tag
        // A tag without a counting frame has accuracy 0 there.
        if sum[1] > 0 { overlap += sum[0] / sum[1] * sum[2] }
        failures += sum[3] * sum[2]
        frames += sum[2]
      }
      results[0] = overlap / frames - accuracy
      results[1] = failures / frames - robustness
    }
    return (
      percentileInterval(of: values[0], around: Double(accuracy)),
      percentileInterval(of: values[1], around: Double(robustness))
    )
  }
}

// MARK: - Runs without resets, from anchors, GOT-10k

extension UnsupervisedScores {
  /// Average overlap by sequence, weighted by length as ``averageOverlap`` is.
  public var overlapSample: MetricSample {
    MetricSample(
      metric: "ao", profile: profile,
      entries: sequences.map {
        MetricSample.Entry(name: $0.name, value: $0.averageOverlap, weight: Double($0.frames))
      })
  }
}

extension MultiStartScores {
  /// Accuracy by sequence, weighted by progress.
  public var accuracySample: MetricSample {
    MetricSample(
      metric: "accuracy", profile: profile,
      entries: sequences.map { MetricSample.Entry(name: $0.name, value: $0.accuracy, weight: Double($0.progress)) })
  }

  /// Robustness by sequence, weighted by length; more is better here.
  public var robustnessSample: MetricSample {
    MetricSample(
      metric: "robustness", profile: profile,
      entries: sequences.map { MetricSample.Entry(name: $0.name, value: $0.robustness, weight: Double($0.frames)) })
  }
}

extension Bootstrap {
  /// Intervals of accuracy, robustness and expected average overlap of runs from anchors.
  public func intervals(of scores: MultiStartScores) -> RegionIntervals {
    let found = intervals(of: [scores.accuracySample, scores.robustnessSample])
    return RegionIntervals(accuracy: found[0], robustness: found[1], eao: interval(of: scores.expectation))
  }
}

extension Bootstrap {
  /// The interval of the difference of two runs' expected average overlaps, first minus second; nil where one has none, or
  /// they are not over the same sequences. Sequences are drawn for both alike, as in ``PairedComparison``.
  public func expectedOverlap(of first: SupervisedScores, minus second: SupervisedScores) -> Interval? {
    guard let one = first.expectation, let other = second.expectation else { return nil }
    return interval(of: one, minus: other)
  }

  /// The same for runs from anchors.
  public func expectedOverlap(of first: MultiStartScores, minus second: MultiStartScores) -> Interval? {
    interval(of: first.expectation, minus: second.expectation)
  }
}

extension GOT10kScores {
  /// Numbers of the report of GOT-10k, all frames pooled.
  public enum Number: String, Hashable, Sendable, CaseIterable {
    case ao, sr50, sr75
  }

  /// A number by sequence, weighted by the frames that count.
  public func sample(_ number: Number) -> MetricSample {
    MetricSample(
      metric: number.rawValue, profile: Profile.got10k.name,
      entries: sequences.map { sequence in
        let value =
          switch number {
          case .ao: sequence.ao
          case .sr50: sequence.sr50
          case .sr75: sequence.sr75
          }
        return MetricSample.Entry(name: sequence.name, value: value, weight: Double(sequence.counted))
      })
  }
}

// MARK: - Long-term runs

/// The intervals of the numbers of long-term runs.
public struct LongTermIntervals: Hashable, Sendable {
  public let precision: Bootstrap.Interval?
  public let recall: Bootstrap.Interval?
  public let f: Bootstrap.Interval?
}

extension Bootstrap {
  /// Intervals of precision, recall and F at the best threshold.
  ///
  /// Each resample has its own best threshold, as a data set has; but the thresholds to choose from stay those of the whole
  /// data set, which the toolkits would take from the confidences of the drawn sequences. With 100 of them that moves an
  /// F by less than the steps between neighbours. Sequences in which the target never can be seen have no recall and leave
  /// no interval, as they leave no score.
  public func intervals(of scores: LongTermScores) -> LongTermIntervals {
    let sequences = scores.sequences.sorted { $0.name < $1.name }
    let count = scores.thresholds.count
    guard sequences.count >= 2, scores.precision.isFinite, scores.recall.isFinite, scores.f.isFinite else {
      return LongTermIntervals(precision: nil, recall: nil, f: nil)
    }
    let columns = (0..<count).flatMap { place in
      [sequences.map { $0.precisionCurve[place] }, sequences.map { $0.recallCurve[place] }]
    }
    let rows = Float(sequences.count)
    let (precision, recall, f) = (Float(scores.precision), Float(scores.recall), Float(scores.f))
    let values = statistics(3, of: Resampling(columns: columns, rows: sequences.count)) { sums, _, results in
      var best: (precision: Float, recall: Float, f: Float) = (.nan, .nan, .nan)
      for place in 0..<count {
        let precision = sums[2 * place] / rows
        let recall = sums[2 * place + 1] / rows
        let f = 2 * precision * recall / (precision + recall)
        if f > best.f || best.f.isNaN { best = (precision, recall, f) }
      }
      results[0] = best.precision - precision
      results[1] = best.recall - recall
      results[2] = best.f - f
    }
    return LongTermIntervals(
      precision: percentileInterval(of: values[0], around: Double(precision)),
      recall: percentileInterval(of: values[1], around: Double(recall)),
      f: percentileInterval(of: values[2], around: Double(f)))
  }
}
