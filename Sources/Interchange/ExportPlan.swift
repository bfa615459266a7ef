import Datasets
import Evaluation
import Foundation
import Geometry
import Scoring

/// The files of an export, before any is written.
struct ExportPlan {
  /// Paths from the folder on, and contents.
  private(set) var files: [(path: String, text: String)] = []
  /// What must not be there before, and appears as one: files and folders, from the folder on.
  private(set) var units: [String] = []
  /// Files that may be there, and whose new contents take the place of the old at the end.
  var replacements: [(path: String, text: String)] = []

  /// A file that appears by itself.
  mutating func add(_ path: String, _ text: String) { add(path, text, in: path) }

  /// A file that appears with others in `unit`, a folder above it.
  mutating func add(_ path: String, _ text: String, in unit: String) {
    files.append((path, text))
    if !units.contains(unit) { units.append(unit) }
  }
}

/// What is to be exported, checked.
struct Export {
  let trajectories: [Trajectory]
  let resultProtocol: ResultProtocol
  let layout: FolderLayout
  let tracker: String
  let dataset: Dataset
  /// Sequences in the data set's order, each with its runs in the order of their passes.
  let sequences: [(sequence: Datasets.Sequence, runs: [Trajectory])]

  /// - Throws: ``InterchangeError`` for a protocol the layout has no files for, a sequence that the data set does not have
  ///   or that cannot be a file's name, a run that comes twice or is empty, an infinite number.
  init(
    _ trajectories: [Trajectory], _ resultProtocol: ResultProtocol, _ layout: FolderLayout, tracker: String,
    dataset: Dataset, path: String
  ) throws(InterchangeError) {
    guard layout.kinds.contains(resultProtocol.kind) else {
      let others = FolderLayout.allCases.filter { $0.kinds.contains(resultProtocol.kind) }.map(\.rawValue)
      throw InterchangeError(
        file: path, cause: "the layout \(layout.rawValue) has no files for \(resultProtocol.kind.rawValue)",
        remedy: "one of the layouts \(others.joined(separator: ", "))")
    }
    guard !trajectories.isEmpty else {
      throw InterchangeError(
        file: path, cause: "there is no result to write", remedy: "run the tracker, or import its results, first")
    }
    let runs = Dictionary(grouping: trajectories, by: \.sequence)
    let known = Set(dataset.sequences.map(\.name))
    for name in runs.keys.sorted() {
      guard ResultListing.isPlainName(name), !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
        throw InterchangeError(
          sequence: name, file: path, cause: "the sequence name \(name.debugDescription) cannot be a file name",
          remedy: "rename the sequence")
      }
      guard known.contains(name) else {
        throw InterchangeError(
          sequence: name, file: path, cause: "\(dataset.name) has no sequence \(name)",
          remedy: "name the data set it was run on")
      }
      try Self.check(runs[name] ?? [], of: name, path)
    }
    self.trajectories = trajectories
    self.resultProtocol = resultProtocol
    self.layout = layout
    self.tracker = tracker
    self.dataset = dataset
    sequences = dataset.sequences.compactMap { sequence in
      runs[sequence.name].map { (sequence, $0.sorted { $0.pass < $1.pass }) }
    }
  }

  private static func check(_ runs: [Trajectory], of name: String, _ path: String) throws(InterchangeError) {
    guard Set(runs.map(\.pass)).count == runs.count else {
      throw InterchangeError(
        sequence: name, file: path, cause: "there are two trajectories of \(name) for the same run",
        remedy: "write each to a folder of its own")
    }
    for run in runs {
      guard !run.boxes.isEmpty, (1...999).contains(run.pass.repetition), run.pass.start >= 0 else {
        throw InterchangeError(
          sequence: name, file: path,
          cause: run.boxes.isEmpty ? "a run of \(name) has no frames" : "a run of \(name) has an impossible number",
          remedy: "run the tracker on \(name) again")
      }
      if let frame = run.frames.firstIndex(where: \.isInfinite) {
        throw InterchangeError(
          sequence: name, file: path, cause: "frame \(frame + 1) of \(name) has an infinite number",
          remedy: "run the tracker on \(name) again")
      }
    }
  }

  func plan(_ path: String) throws(InterchangeError) -> ExportPlan {
    switch (layout, resultProtocol.kind) {
    case (.vot, _): try workspace(path)
    case (_, .tre), (_, .sre): try perturbed(path)
    case (_, .ope) where holdsRepetitions: try repeated(path)
    case (_, .ope): onePass()
    default: try experiment(path)
    }
  }

  /// True for GOT-10k, whose runs lie in folders of sequences in all layouts but pytracking's.
  private var holdsRepetitions: Bool {
    sequences.contains { $0.runs.count > 1 || $0.runs[0].pass.repetition > 1 }
      || layout != .pytracking && layout != .otb
        && dataset.name.lowercased().replacing("-", with: "").hasPrefix("got10k")
  }

  func refusal(_ sequence: String, _ path: String, _ cause: String, _ remedy: String) -> InterchangeError {
    InterchangeError(sequence: sequence, file: path, cause: cause, remedy: remedy)
  }
}

extension Trajectory {
  /// Times, where there is one a frame.
  var fittingSeconds: [Double]? { seconds.count == boxes.count ? seconds : nil }

  /// Confidences, where there is one a frame and not every one is NaN.
  var fittingScores: [Double]? {
    scores.count == boxes.count && scores.contains { !$0.isNaN } ? scores : nil
  }
}

extension FrameOutcome {
  fileprivate var isInfinite: Bool {
    switch region {
    case .box(let box)?: [box.x, box.y, box.width, box.height].contains { $0.isInfinite }
    case .polygon(let polygon)?: polygon.vertices.contains { $0.x.isInfinite || $0.y.isInfinite }
    case .mask?, nil: false
    }
  }

  /// A line of a VOT result file, without its end.
  var text: String {
    switch self {
    case .skipped: "0"
    case .initialized: "1"
    case .failed: "2"
    case .region(let region): region.text
    }
  }
}

extension Region {
  /// A line of a file of regions, without its end: numbers in their shortest form that reads back as the same bits.
  var text: String {
    switch self {
    case .box(let box): "\(box.x),\(box.y),\(box.width),\(box.height)"
    case .polygon(let polygon): polygon.vertices.map { "\($0.x),\($0.y)" }.joined(separator: ",")
    case .mask(let mask):
      "m" + ([mask.x, mask.y, mask.width, mask.height] + mask.runs).map(String.init).joined(separator: ",")
    }
  }
}
