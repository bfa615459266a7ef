import Datasets
import Evaluation
import Parallel

/// Results in one folder, one `<Sequence>.txt` a sequence: pysot, got10k's OTB-like experiments, pytracking, and OTB's as
/// text. Times lie beside them as `<Sequence>_time.txt` (pytracking) or in the folder `times` (got10k).
struct OnePassFolder {
  private let listing: ResultListing
  private let names: ResultFileNames
  private let files: Set<String>
  private static let ending = ".txt"
  private static let timeEnding = "_time.txt"

  init(_ listing: ResultListing, _ selection: Selection) {
    self.listing = listing
    files = Set(listing.files)
    names = ResultFileNames(
      sequences: selection.names,
      stems: listing.files.filter { $0.hasSuffix(Self.ending) }.map { String($0.dropLast(Self.ending.count)) })
  }

  /// True where no file belongs to any sequence.
  var isEmpty: Bool { names.isEmpty }

  func read(_ selection: Selection) -> (results: [SequenceImport], ignored: [String]) {
    let timeFolder = listing.folders.contains("times") ? (try? ResultListing(listing.path(of: "times"))) : nil
    let separateTimes = Set(timeFolder?.files ?? [])
    let results = Parallel.map(selection.wanted) { read($0, separateTimes: separateTimes) }
    let times = Set(names.stems.values.map { $0 + Self.timeEnding })
    let known = Set((Array(names.stems.values) + names.ambiguous.values.joined()).map { $0 + Self.ending })
    return (results, listing.files.filter { !known.contains($0) && !times.contains($0) })
  }

  private func read(_ sequence: Datasets.Sequence, separateTimes: Set<String>) -> SequenceImport {
    var result = SequenceImport(sequence.name)
    if let candidates = names.ambiguous[sequence.name]?.map({ $0 + Self.ending }) {
      result.refuse(
        InterchangeError(
          sequence: sequence.name, file: candidates[0],
          cause: "\(candidates.joined(separator: " and ")) could all be the result of \(sequence.name)",
          remedy: "keep one of them, as \(sequence.name).txt"))
      return result
    }
    guard let stem = names.stems[sequence.name] else { return result }
    let name = stem + Self.ending
    do throws(InterchangeError) {
      let file = try BoxFile(
        listing.path(of: name), name: name, sequence: sequence.name, frames: sequence.count)
      var trajectory = Trajectory(sequence: sequence.name, boxes: file.boxes)
      result.layout = file.layout
      if let note = file.lengthNote(frames: sequence.count, sequence: sequence.name, file: name) {
        result.notes.append(note)
      }
      let time = stem + Self.timeEnding
      let inFolder = separateTimes.contains(time)
      if inFolder || files.contains(time) {
        let shown = inFolder ? "times/\(time)" : time
        trajectory.seconds =
          TimeFile.read(
            listing.path(of: shown), name: shown, sequence: sequence.name,
            runs: [(0, file.boxes.count)], notes: &result.notes)[0]
      }
      result.trajectories = [trajectory]
    } catch {
      result.refuse(error)
    }
    return result
  }
}
