import Datasets
import Evaluation
import Geometry
import Parallel
import Scoring

/// Results of TRE and SRE as text: `<Sequence>_<k>.txt` for run k of a sequence, boxes as in one-pass results, and
/// ``PerturbedMetadata`` where there is one.
struct PerturbedFolder {
  private let listing: ResultListing
  private let names: ResultFileNames
  /// By the sequence's part of the name: number and file of each run.
  private let runs: [String: [(number: Int, file: String)]]
  let metadata: PerturbedMetadata?

  init(_ listing: ResultListing, _ selection: Selection) throws(InterchangeError) {
    self.listing = listing
    metadata = listing.files.contains(PerturbedMetadata.fileName) ? try PerturbedMetadata(listing) : nil
    var runs: [String: [(number: Int, file: String)]] = [:]
    for file in listing.files {
      if let (stem, number) = Self.split(file) { runs[stem, default: []].append((number, file)) }
    }
    self.runs = runs.mapValues { $0.sorted { ($0.number, $0.file) < ($1.number, $1.file) } }
    names = ResultFileNames(sequences: selection.names, stems: Array(runs.keys))
  }

  var isEmpty: Bool { names.isEmpty }

  /// `Jogging-1_07.txt` as `Jogging-1` and 7; nil for other names.
  private static func split(_ file: String) -> (String, Int)? {
    guard file.hasSuffix(".txt"), let bar = file.lastIndex(of: "_") else { return nil }
    let digits = file[file.index(after: bar)...].dropLast(4)
    guard (1...3).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
      number > 0
    else { return nil }
    return (String(file[..<bar]), number)
  }

  func read(
    _ selection: Selection, _ kind: ResultProtocol.Kind
  ) -> (results: [SequenceImport], ignored: [String]) {
    let results = Parallel.map(selection.wanted) { sequence -> SequenceImport in
      var result = SequenceImport(sequence.name)
      do throws(InterchangeError) {
        try read(sequence, kind, &result)
      } catch {
        result.refuse(error)
      }
      return result
    }
    let known = Set(
      (Array(names.stems.values) + names.ambiguous.values.joined()).flatMap { runs[$0] ?? [] }.map(\.file))
    return (results, listing.files.filter { !known.contains($0) && $0 != PerturbedMetadata.fileName })
  }

  private func read(
    _ sequence: Datasets.Sequence, _ kind: ResultProtocol.Kind, _ result: inout SequenceImport
  ) throws(InterchangeError) {
    func refusal(_ file: String, _ cause: String, _ remedy: String? = nil) -> InterchangeError {
      InterchangeError(
        sequence: sequence.name, file: file, cause: cause, remedy: remedy ?? Wording.again(sequence.name))
    }
    if let stems = names.ambiguous[sequence.name] {
      throw refusal(
        "\(stems[0])_…", "\(stems.joined(separator: "_… and "))_… could all be the runs of \(sequence.name)",
        "keep one of them, as \(sequence.name)_…")
    }
    guard let stem = names.stems[sequence.name], let runs = runs[stem] else { return }
    for (run, next) in zip(runs, runs.dropFirst()) where run.number == next.number {
      throw refusal(run.file, "\(run.file) and \(next.file) are both run \(run.number)", "keep one of them")
    }
    let described = metadata?.runs[sequence.name] ?? metadata?.runs[stem]
    let wanted =
      described.map { Set($0.map(\.index)) } ?? Set(1...(kind == .sre ? SpatialShift.allCases.count : runs.count))
    let found = Set(runs.map(\.number))
    if let absent = wanted.subtracting(found).min() {
      throw refusal(
        "\(stem)_\(padded(absent, 2)).txt", "there is no such file, and a sequence is scored over all its runs")
    }
    if let extra = runs.first(where: { !wanted.contains($0.number) }) {
      throw refusal(
        extra.file, "there is no run \(extra.number)", "take the file away, or correct \(PerturbedMetadata.fileName)")
    }
    var files: [BoxFile] = []
    for run in runs {
      files.append(
        try BoxFile(listing.path(of: run.file), name: run.file, sequence: sequence.name, frames: sequence.count))
    }
    var places: [(start: Int, shift: SpatialShift?)] = []
    if let described {
      for run in runs {
        guard let entry = described.first(where: { $0.index == run.number }) else { continue }
        places.append(try entry.place(kind, sequence: sequence.name, frames: sequence.count))
      }
    } else {
      places = try guessedPlaces(kind, files.map(\.boxes), sequence, names: runs.map(\.file))
    }
    result.layout = files[0].layout
    var seen: [Pass: Int] = [:]
    for (index, file) in files.enumerated() {
      let place = places[index]
      if let note = file.lengthNote(
        frames: sequence.count - place.start, sequence: sequence.name, file: runs[index].file)
      {
        result.notes.append(note)
      }
      // Sequences with few frames to start in have several runs from the same one.
      var pass = Pass(start: place.start, shift: place.shift)
      seen[pass, default: 0] += 1
      pass.repetition = seen[pass] ?? 1
      result.trajectories.append(Trajectory(sequence: sequence.name, pass: pass, boxes: file.boxes))
    }
  }

  /// Where the runs start without ``PerturbedMetadata``: every run ends with the sequence, so its length tells, and so do
  /// the toolkit's rules but for omitted frames, of which the data set says nothing.
  private func guessedPlaces(
    _ kind: ResultProtocol.Kind, _ boxes: [[Box]], _ sequence: Datasets.Sequence, names: [String]
  ) throws(InterchangeError) -> [(start: Int, shift: SpatialShift?)] {
    let truth = sequence.annotation.boxes
    let segments = TemporalSegments.starts(truth: truth)
    func byLength(_ run: Int) -> Int? {
      boxes[run].count <= truth.count ? truth.count - boxes[run].count : nil
    }
    if kind == .sre {
      // All start in the same frame; the shifted first boxes say nothing of which.
      let lengths = Set(boxes.map(\.count))
      let start = (lengths.count == 1 ? byLength(0) : nil) ?? segments.first ?? 0
      return SpatialShift.allCases.map { (start, $0) }
    }
    var places: [(start: Int, shift: SpatialShift?)] = []
    for run in boxes.indices {
      let candidates = [byLength(run), run < segments.count ? segments[run] : nil].compactMap { $0 }
      // A run of TRE begins with the annotated box, which a tracker may have rounded; where length and rules agree, that
      // is enough.
      let agree = candidates.count == 2 && candidates[0] == candidates[1]
      guard
        let start = candidates.first(where: { start in
          truth.indices.contains(start) && (agree || truth[start].isWithinOnePixel(of: boxes[run][0]))
        })
      else {
        throw InterchangeError(
          sequence: sequence.name, file: names[run], line: 1,
          cause: "it does not begin with the annotated box of a frame it could have started in",
          remedy: "put a \(PerturbedMetadata.fileName) beside it that says where each run starts")
      }
      places.append((start, nil))
    }
    return places
  }
}

extension Box {
  fileprivate func isWithinOnePixel(of other: Box) -> Bool {
    abs(x - other.x) <= 1 && abs(y - other.y) <= 1 && abs(width - other.width) <= 1 && abs(height - other.height) <= 1
  }
}
