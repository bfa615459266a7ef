import Datasets
import Evaluation
import Faults
import Scoring

/// The sequences whose results are looked for.
struct Selection {
  let dataset: Dataset
  /// Those to be read, in the data set's order.
  let wanted: [Datasets.Sequence]
  /// Of the whole data set: a file of a sequence that is not wanted is not somebody else's.
  let names: [String]

  /// - Parameter sequences: those to be read; nil for all.
  /// - Throws: ``InterchangeError`` where the data set does not know one of them.
  init(_ dataset: Dataset, sequences: Set<String>?) throws(InterchangeError) {
    self.dataset = dataset
    names = dataset.sequences.map(\.name)
    guard let sequences else {
      wanted = dataset.sequences
      return
    }
    let unknown = sequences.subtracting(names).sorted()
    if let first = unknown.first {
      let more = unknown.count > 1 ? " (and \(unknown.count - 1) more)" : ""
      throw InterchangeError(
        file: "--sequences \(first)",
        cause: "\(dataset.name) has no such sequence\(more)\(Suggestion.tail(for: first, among: names))",
        remedy: "`trackbench datasets show \(dataset.name)` lists them")
    }
    wanted = dataset.sequences.filter { sequences.contains($0.name) }
  }
}

/// What became of one sequence.
struct SequenceImport {
  let sequence: String
  var trajectories: [Trajectory] = []
  var layout: ResultLayout?
  var notes: [ImportNote] = []
  /// The sequence has no trajectory then.
  var refusal: InterchangeError?
  /// Files of its own folder that were not read.
  var ignored: [String] = []

  init(_ sequence: String) { self.sequence = sequence }

  var isMissing: Bool { trajectories.isEmpty && refusal == nil }

  /// Leaves nothing but the reason.
  mutating func refuse(_ error: InterchangeError) {
    trajectories = []
    layout = nil
    notes = []
    refusal = InterchangeError(
      sequence: sequence, file: error.file, line: error.line, cause: error.cause, remedy: error.remedy)
  }
}
