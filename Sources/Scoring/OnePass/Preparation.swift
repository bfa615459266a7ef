import Geometry

extension Profile {
  /// Truth and prediction of equal length, ready for the formulas.
  struct Prepared {
    var truth: [Box]
    var prediction: [Box]
    /// False where the toolkit stops at normalised precision.
    var hasNormalised = true
  }

  /// Does what the toolkit does before its formulas: refuses, repairs, brings to one length, overrides frame 0.
  ///
  /// In that order: repairs look at the rows as they were predicted, so a row that repeats frame 0 repeats the predicted
  /// one; padded rows are not repaired (metric reference, 1.4).
  /// - Parameter shift: the ratio of a spatial shift that the prediction is scaled back by, after repairs and before frame 0
  ///   is overridden; nil for none.
  func prepare(
    truth: [Box], prediction: [Box], sequence: String, shift: Double? = nil
  ) throws(ScoringError) -> Prepared {
    func refuse(_ reason: ScoringError.Reason) -> ScoringError {
      ScoringError(sequence: sequence, profile: name, reason: reason)
    }
    guard scoresOnePass else { throw refuse(.noSuchScores) }
    guard !truth.isEmpty else { throw refuse(.noFrames) }
    guard prediction.count >= minimumRows || short == .refuse, truth.count >= minimumRows else {
      throw refuse(.tooFewRows(found: min(prediction.count, truth.count), needed: minimumRows))
    }
    if refusesInvalidNumbers {
      if let frame = prediction.firstIndex(where: { $0.hasNaN || $0.width < 0 || $0.height < 0 }) {
        throw refuse(.invalidPrediction(frame: frame))
      }
      if !acceptsNaNTruth, let frame = truth.firstIndex(where: \.hasNaN) { throw refuse(.invalidTruth(frame: frame)) }
    }
    let isCut = cutsSequences.contains(sequence)
    if prediction.count < truth.count && short == .refuse || prediction.count > truth.count && long == .refuse && !isCut
    {
      throw refuse(.lengthMismatch(truth: truth.count, predicted: prediction.count))
    }

    var result = Prepared(truth: truth, prediction: prediction)
    if result.prediction.count > truth.count {
      result.prediction.removeLast(result.prediction.count - truth.count)
      result.hasNormalised = long != .cutWithoutNormalised || isCut
    }
    repairRows(&result.prediction, truth: truth)
    let missing = truth.count - result.prediction.count
    if missing > 0 {
      switch short {
      case .refuse: break
      case .cutTruth: result.truth.removeLast(missing)
      case .padWithZeros:
        result.prediction.append(contentsOf: repeatElement(Box(x: 0, y: 0, width: 0, height: 0), count: missing))
      }
    }
    if let shift {
      for row in result.prediction.indices { result.prediction[row] = result.prediction[row].scaledBack(by: shift) }
    }
    if firstFrame == .truth { result.prediction[0] = result.truth[0] }
    return result
  }

  private func repairRows(_ boxes: inout [Box], truth: [Box]) {
    guard repair != .none, boxes.count > 1 else { return }
    for row in 1..<boxes.count where needsRepair(boxes[row]) && !truth[row].hasNaN {
      boxes[row] = boxes[row - 1]
    }
  }

  private func needsRepair(_ box: Box) -> Bool {
    switch repair {
    case .none: false
    case .zeroSize: box.width == 0 || box.height == 0
    case .noSizeOrAllNaN: box.width <= 0 || box.height <= 0 || box.isAllNaN
    case .noSizeOrAnyNaN: box.width <= 0 || box.height <= 0 || box.hasNaN
    }
  }
}

extension Box {
  var hasNaN: Bool { x.isNaN || y.isNaN || width.isNaN || height.isNaN }
  var isAllNaN: Bool { x.isNaN && y.isNaN && width.isNaN && height.isNaN }
}
