import Faults
import Geometry

/// Looks a whole data set through and names everything that is wrong with it.
public enum DatasetCheck {
  /// What a check found.
  public struct Report: Sendable {
    public let dataset: String
    /// Everything damaged: place, cause and remedy of each, in the order of the sequences.
    public let faults: [DatasetError]
    /// What looks odd and is as its makers left it: boxes that reach beyond the picture, pictures without annotation.
    public let notes: [DatasetError]
    /// Sequences of the benchmark that this machine does not have.
    public let absent: [AbsentSequence]
    /// How many sequences of the benchmark this machine does not have, those among them whose names are not known.
    public let missing: Int
    public let fine: Fine

    /// Whether there is no fault.
    public var isFine: Bool { faults.isEmpty }

    /// `7 sequences can be run, 93 scored only; 1,222 pictures and 59,035 boxes are fine; 0 faults, 2 notes`
    public var summary: String {
      var sequences = ["\(Wording.count(fine.runnable, "sequence")) can be run"]
      if fine.scoredOnly > 0 { sequences.append("\(fine.scoredOnly) scored only") }
      if missing > 0 { sequences.append("\(missing) not here") }
      var frames = "\(Wording.grouped(fine.pictures)) pictures and \(Wording.grouped(fine.regions)) boxes are fine"
      if fine.absentTargets > 0 { frames += ", \(Wording.grouped(fine.absentTargets)) frames are without target" }
      let found = "\(Wording.count(faults.count, "fault")), \(Wording.count(notes.count, "note"))"
      return "\(sequences.joined(separator: ", ")); \(frames); \(found)"
    }
  }

  /// How much is as it should be.
  public struct Fine: Sendable, Hashable {
    /// Sequences that have all their pictures.
    public var runnable = 0
    /// Sequences that have boxes and no pictures.
    public var scoredOnly = 0
    /// Sequences without any fault.
    public var faultless = 0
    /// Pictures whose header (or, in a deep check, whose every pixel) could be read. Targets that share a folder count once.
    public var pictures = 0
    /// Boxes and polygons with an area and at least one pixel in their picture.
    public var regions = 0
    /// Frames annotated as without target.
    public var absentTargets = 0
  }

  /// Checks a data set that ``DatasetCatalog/survey(_:root:)`` has looked through.
  ///
  /// - Parameters:
  ///   - dataset: with its faults.
  ///   - deep: whether every picture is decoded; else only its header is read, tens of thousands a second.
  ///   - workers: how many pictures are opened side by side.
  public static func run(_ dataset: Dataset, deep: Bool = false, workers: Int = 4) -> Report {
    let sequences = dataset.sequences + dataset.damaged
    let pictures = PictureProbe.run(sequences, deep: deep, workers: workers)
    var faults = dataset.faults
    var notes = dataset.notes
    var fine = Fine()
    faults += dataset.absent.compactMap(\.fault)
    fine.pictures = pictures.fine
    faults += pictures.faults
    fine.runnable = dataset.sequences.count(where: \.runnable)
    fine.scoredOnly = dataset.sequences.count - fine.runnable
    for (index, sequence) in sequences.enumerated() {
      if case .withoutPictures(let fault) = sequence.obstacle { faults.append(fault) }
      var boxes = RegionCheck(sequence: sequence)
      let declared = sequence.video?.pictureSize
      for (frame, region) in sequence.annotation.regions.prefix(sequence.hasOnlyFirstBox ? 1 : .max).enumerated() {
        boxes.check(region, frame: frame, size: pictures.size(ofFrame: frame, ofSequence: index) ?? declared)
      }
      faults += boxes.faults
      notes += boxes.notes
      fine.regions += boxes.fine
      fine.absentTargets += boxes.absentTargets
    }
    let damaged = Set(faults.compactMap(\.sequence))
    fine.faultless = dataset.sequences.count { !damaged.contains($0.name) }
    return Report(
      dataset: dataset.name, faults: ordered(faults, sequences), notes: notes,
      absent: dataset.absent.filter { $0.fault == nil },
      missing: dataset.missing - dataset.absent.count { $0.fault != nil }, fine: fine)
  }

  /// Faults of the whole data set first, then sequence by sequence; within one as they were found.
  private static func ordered(_ faults: [DatasetError], _ sequences: [Sequence]) -> [DatasetError] {
    var ranks: [String: Int] = [:]
    for sequence in sequences { ranks[sequence.name] = ranks.count + 1 }
    func rank(_ fault: DatasetError) -> Int { fault.sequence.map { ranks[$0] ?? .max } ?? 0 }
    return faults.enumerated().sorted { a, b in
      (rank(a.element), a.element.sequence ?? "", a.offset) < (rank(b.element), b.element.sequence ?? "", b.offset)
    }.map(\.element)
  }
}
