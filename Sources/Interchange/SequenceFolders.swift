import Datasets
import Evaluation
import Parallel

/// Results in one folder a sequence: `<Sequence>/<Sequence>_001.txt` and so on.
struct SequenceFolders {
  let listing: ResultListing
  private let names: ResultFileNames

  init(_ listing: ResultListing, _ selection: Selection) {
    self.listing = listing
    names = ResultFileNames(sequences: selection.names, stems: listing.folders)
  }

  /// True where no folder belongs to any sequence.
  var isEmpty: Bool { names.isEmpty }

  /// The first wanted sequence's files that hold results.
  func firstFiles(_ selection: Selection) -> RunFiles? {
    for sequence in selection.wanted {
      guard let folder = names.stems[sequence.name], let inner = try? ResultListing(listing.path(of: folder)) else {
        continue
      }
      let files = RunFiles(inner, folder: folder, sequence: sequence.name)
      if !files.isEmpty { return files }
    }
    return nil
  }

  /// - Parameter read: makes trajectories of a sequence's files; called side by side.
  func read(
    _ selection: Selection,
    with read: @Sendable (Datasets.Sequence, RunFiles, inout SequenceImport) throws(InterchangeError) -> Void
  ) -> (results: [SequenceImport], ignored: [String]) {
    let results = Parallel.map(selection.wanted) { sequence -> SequenceImport in
      var result = SequenceImport(sequence.name)
      do throws(InterchangeError) {
        if let candidates = names.ambiguous[sequence.name] {
          throw InterchangeError(
            sequence: sequence.name, file: candidates[0],
            cause: "\(candidates.joined(separator: " and ")) could all hold the results of \(sequence.name)",
            remedy: "keep one of them, as \(sequence.name)")
        }
        guard let folder = names.stems[sequence.name] else { return result }
        let inner = try ResultListing(listing.path(of: folder))
        let files = RunFiles(inner, folder: folder, sequence: sequence.name)
        result.ignored = files.others
        try read(sequence, files, &result)
      } catch {
        result.refuse(error)
      }
      return result
    }
    let others = Set(names.others)
    return (results, listing.files + listing.folders.filter { others.contains($0) }.map { "\($0)/" })
  }
}

/// The files of one sequence's folder, by what they hold.
struct RunFiles {
  /// A run's file, its name within the folder of all sequences, and the properties beside it.
  struct Run {
    let number: Int
    let path: String
    let name: String
    /// `confidence`, `time`: name and path.
    var properties: [String: (name: String, path: String)] = [:]
  }

  /// By repetition, from 1: `<Sequence>_001.txt`.
  private(set) var repetitions: [Run] = []
  /// By the frame they start in, from 0: `<Sequence>_00000000.txt`.
  private(set) var anchored: [Run] = []
  /// `<Sequence>_time.txt`.
  private(set) var time: (name: String, path: String)?
  /// Names of what else there is, within the folder of all sequences.
  private(set) var others: [String] = []

  var isEmpty: Bool { repetitions.isEmpty && anchored.isEmpty }

  init(_ listing: ResultListing, folder: String, sequence: String) {
    var runs: [String: Run] = [:]  // by the digits
    var properties: [(digits: String, property: String, file: String)] = []
    for file in listing.files {
      guard let tail = Self.tail(file, folder: folder, sequence: sequence) else {
        others.append("\(folder)/\(file)")
        continue
      }
      if tail == "time.txt" {
        time = ("\(folder)/\(file)", listing.path(of: file))
      } else if let (digits, ending) = Self.split(tail), ending == ".txt" || ending == ".bin", let number = Int(digits)
      {
        // The text where there are both: the toolkit takes it first, too.
        if ending == ".bin", runs[digits] != nil { continue }
        runs[digits] = Run(number: number, path: listing.path(of: file), name: "\(folder)/\(file)")
      } else if let (digits, ending) = Self.split(tail), ending.hasPrefix("_"), ending.hasSuffix(".value") {
        properties.append((digits, String(ending.dropFirst().dropLast(6)), file))
      } else {
        others.append("\(folder)/\(file)")
      }
    }
    for (digits, property, file) in properties {
      if runs[digits] == nil || property != "confidence" && property != "time" {
        others.append("\(folder)/\(file)")
      } else {
        runs[digits]?.properties[property] = ("\(folder)/\(file)", listing.path(of: file))
      }
    }
    for (digits, run) in runs.sorted(by: { $0.key < $1.key }) {
      switch digits.count {
      case 3 where run.number > 0: repetitions.append(run)
      case 8: anchored.append(run)
      default: others.append(run.name)
      }
    }
    others += listing.folders.map { "\(folder)/\($0)/" }
    others.sort()
  }

  /// What follows the sequence's name and `_`; the folder may bear another toolkit's name of it.
  private static func tail(_ file: String, folder: String, sequence: String) -> Substring? {
    for stem in [sequence, folder] where file.hasPrefix("\(stem)_") { return file.dropFirst(stem.count + 1) }
    return nil
  }

  /// `001_time.value` as `001` and `_time.value`; nil where it does not begin with a digit.
  private static func split(_ tail: Substring) -> (String, String)? {
    let digits = tail.prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? nil : (String(digits), String(tail[digits.endIndex...]))
  }

  /// What there is to say about repetitions that are not numbered 1, 2, 3, ...; nil where they are.
  func gapNote(sequence: String) -> ImportNote? {
    guard let last = repetitions.last, last.number != repetitions.count else { return nil }
    let present = Set(repetitions.map(\.number))
    let absent = (1..<last.number).filter { !present.contains($0) }.map(String.init)
    return ImportNote(
      sequence: sequence, file: last.name,
      remark: "\(repetitions.count) repetitions are there, but not number \(absent.joined(separator: ", "))")
  }
}
