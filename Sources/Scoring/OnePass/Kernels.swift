package import CKernels

// The rules of a profile as the kernels of one-pass scoring take them.

extension OverlapRule {
  /// - Parameter truth: the annotated boxes that count.
  package func kernel(counting truth: Profile.TruthRule) -> tb_overlap_rule {
    let quotient =
      switch self.quotient {
      case .plain: TB_QUOTIENT_PLAIN
      case .clipped: TB_QUOTIENT_CLIPPED
      case .epsilonThenClipped: TB_QUOTIENT_EPSILON_THEN_CLIPPED
      }
    return tb_overlap_rule(
      last_pixel: lastPixel, ignores_nan: nan == .ignoredByMinMax, quotient: quotient, truth: truth.kernel)
  }
}

extension Profile {
  /// The rule of centre errors.
  package var centreKernel: tb_error_rule { tb_error_rule(truth: precisionTruth.kernel, invalid: invalidError.value) }
}

extension Profile.NormalisedRule {
  package var kernel: tb_normalised_rule {
    tb_normalised_rule(
      error: tb_error_rule(truth: truth.kernel, invalid: invalidError.value), divides_difference: dividesDifference,
      size_offset: sizeOffset)
  }
}

extension Profile.TruthRule {
  package var kernel: tb_truth {
    switch self {
    case .any: TB_TRUTH_ANY
    case .positiveSize: TB_TRUTH_POSITIVE_SIZE
    case .positiveNumbers: TB_TRUTH_POSITIVE_NUMBERS
    case .positiveCentre: TB_TRUTH_POSITIVE_CENTRE
    }
  }
}

extension Thresholds {
  /// Adds values to a histogram of ranks, which has a bin more than there are thresholds. A NaN is above no threshold and at
  /// most none: it falls into no bin.
  ///
  /// - Parameter count: of the values, at most `TB_CURVE_BLOCK`.
  package func count(_ values: UnsafePointer<Double>, _ count: Int, into histogram: inout [Int], isa: tb_isa) {
    precondition(histogram.count == self.count + 1)
    fenced.withUnsafeBufferPointer { fenced in
      let thresholds = tb_thresholds(fenced: fenced.baseAddress, count: self.count, per_unit: perUnit)
      tb_count_ranks_f64(isa, values, count, thresholds, &histogram)
    }
  }
}
