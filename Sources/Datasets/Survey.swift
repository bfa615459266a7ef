/// A data set while it is being looked through: sequences, and everything that is wrong.
struct Survey {
  var sequences: [Sequence] = []
  /// Sequences whose annotation cannot be used; the rest of them is still looked at.
  var damaged: [Sequence] = []
  var absent: [AbsentSequence] = []
  var faults: [DatasetError] = []
  /// What is odd and as its makers left it.
  var notes: [DatasetError] = []

  /// What could be read of a sequence's annotation.
  struct Reading {
    var annotation: Annotation
    /// Whether nothing is wrong with it; else ``Survey/faults`` says what is.
    var isWhole: Bool
  }

  /// The annotation of a sequence from its own file, with everything that is wrong with it among ``faults``.
  ///
  /// - Parameter firstPixel: what the file calls the first pixel; nil for OTB's 1 where `boxesOnly`, else 0.
  mutating func read(
    path: String, shown: String, sequence: String, boxesOnly: Bool, firstPixel: Double? = nil
  ) -> Reading {
    let before = faults.count
    do throws(DatasetError) {
      let bytes = try TextFile.read(path, name: shown, sequence: sequence)
      let annotation = RegionFile.read(
        bytes, name: shown, boxesOnly: boxesOnly, firstPixel: firstPixel ?? (boxesOnly ? 1 : 0), sequence: sequence,
        faults: &faults)
      if annotation.regions.isEmpty, faults.count == before {
        throw DatasetError(
          .countMismatch, sequence: sequence, file: shown, cause: "expected one line a frame, found an empty file",
          remedy: Wording.orExclude("fetch the file again", sequence))
      }
      return Reading(annotation: annotation, isWhole: faults.count == before)
    } catch {
      faults.append(error)
      return Reading(annotation: Annotation(regions: [], source: shown), isWhole: false)
    }
  }

  /// Keeps a sequence: among ``sequences``, or, where its annotation cannot be used, for the check alone.
  mutating func add(_ sequence: Sequence, isWhole: Bool) {
    if isWhole { sequences.append(sequence) } else { damaged.append(sequence) }
  }

  /// What stands in the way of running a sequence over `range`; its faults are kept.
  mutating func obstacle(of range: FrameRange) -> Sequence.Obstacle? {
    faults += range.faults
    return range.faults.first.map { .damaged($0) }
  }

  func dataset(
    named name: String, attributes: [String] = [], subsets: [String: [String]] = [:], expected: Int? = nil
  ) -> Dataset {
    let names = Set(sequences.map(\.name) + absent.map(\.name))
    return Dataset(
      name: name, sequences: sequences, attributes: attributes,
      subsets: subsets.filter { !$0.value.allSatisfy { !names.contains($0) } }, absent: absent, faults: faults,
      notes: notes, expected: expected, damaged: damaged)
  }

  /// Where no sequence has pictures and all have what only a benchmark's own files have (LaSOT's flags, GOT-10k's shares),
  /// the folder is a copy of the annotations.
  mutating func settleLabelledCopies() {
    if sequences.allSatisfy({ $0.visible != nil || $0.cover != nil }) { settleAnnotationsOnly() }
  }

  /// Where no sequence has pictures, the folder is a copy of the annotations: nothing is missing in each of them.
  mutating func settleAnnotationsOnly() {
    func isBare(_ sequence: Sequence) -> Bool {
      if case .withoutPictures = sequence.obstacle { true } else { false }
    }
    guard !sequences.isEmpty, sequences.allSatisfy(isBare), damaged.allSatisfy(isBare) else { return }
    func settled(_ sequence: Sequence) -> Sequence {
      guard case .withoutPictures(let fault) = sequence.obstacle else { return sequence }
      return sequence.with(obstacle: .notHere("no pictures in \(fault.file)"))
    }
    sequences = sequences.map(settled)
    damaged = damaged.map(settled)
  }
}
