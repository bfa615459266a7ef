import Datasets
import Evaluation

/// Runs of VOT, in the layout that the VOT toolkits, pysot and got10k share: codes and regions in
/// `<Sequence>/<Sequence>_001.txt` (or `.bin`), times in `<Sequence>_time.txt` or `_001_time.value`, confidences in
/// `_001_confidence.value`.
enum VOTFolder {
  static func read(
    _ sequence: Datasets.Sequence, _ files: RunFiles, _ protocolKind: ResultProtocol.Kind,
    into result: inout SequenceImport
  ) throws(InterchangeError) {
    for run in files.repetitions {
      let file = try RegionRunFile(run.path, name: run.name, sequence: sequence.name)
      result.notes += file.notes
      if let note = file.lengthNote(frames: sequence.count) { result.notes.append(note) }
      var trajectory = Trajectory(
        sequence: sequence.name, pass: Pass(repetition: run.number), outcomes: file.outcomes)
      try addProperties(of: run, to: &trajectory, areNeeded: protocolKind == .longterm, &result.notes)
      result.trajectories.append(trajectory)
    }
    if let note = files.gapNote(sequence: sequence.name) { result.notes.append(note) }
    takeTimes(files, &result)
  }

  /// Runs from anchors: the file's number is the frame a run starts in, from 0, and the data set's anchor says which way
  /// it goes. Where the data set has no anchors, the run's length does.
  static func readAnchored(
    _ sequence: Datasets.Sequence, _ files: RunFiles, into result: inout SequenceImport
  ) throws(InterchangeError) {
    for run in files.anchored {
      guard run.number < sequence.count else {
        throw InterchangeError(
          sequence: sequence.name, file: run.name,
          cause: "it starts in frame \(run.number), counted from 0, and the annotation has \(sequence.count)",
          remedy: "name the data set it was run on")
      }
      let file = try RegionRunFile(run.path, name: run.name, sequence: sequence.name)
      let forward = sequence.count - run.number
      let isForward = try direction(of: run, rows: file.outcomes.count, in: sequence)
      result.notes += file.notes
      if let note = file.lengthNote(frames: isForward ? forward : run.number + 1) { result.notes.append(note) }
      var trajectory = Trajectory(
        sequence: sequence.name, pass: Pass(start: run.number, isReversed: !isForward), outcomes: file.outcomes)
      try addProperties(of: run, to: &trajectory, areNeeded: false, &result.notes)
      result.trajectories.append(trajectory)
    }
    if let anchors = sequence.anchors, !files.anchored.isEmpty {
      let found = Set(files.anchored.map(\.number))
      let absent = anchors.indices.filter { anchors[$0] != 0 && !found.contains($0) }
      if let first = absent.first {
        throw InterchangeError(
          sequence: sequence.name, file: "\(sequence.name)_\(padded(first, 8)).txt",
          cause: "there is no such file, and frame \(first) is an anchor (\(absent.count) of them have no run)",
          remedy: Wording.again(sequence.name))
      }
    }
  }

  private static func direction(
    of run: RunFiles.Run, rows: Int, in sequence: Datasets.Sequence
  ) throws(InterchangeError) -> Bool {
    if let anchors = sequence.anchors {
      let anchor = run.number < anchors.count ? anchors[run.number] : 0
      guard anchor != 0 else {
        throw InterchangeError(
          sequence: sequence.name, file: run.name,
          cause: "it starts in frame \(run.number), counted from 0, which is no anchor of the data set",
          remedy: "name the data set it was run on")
      }
      return anchor > 0
    }
    let forward = rows == sequence.count - run.number
    let backward = rows == run.number + 1
    guard forward != backward else {
      throw InterchangeError(
        sequence: sequence.name, file: run.name,
        cause:
          "its \(Wording.lines(rows)) do not tell whether it runs forwards or backwards, and the data set has no anchors",
        remedy: "name a data set with anchor.value files")
    }
    return forward
  }

  /// Confidences and times beside a run.
  private static func addProperties(
    of run: RunFiles.Run, to trajectory: inout Trajectory, areNeeded: Bool, _ notes: inout [ImportNote]
  ) throws(InterchangeError) {
    let frames = trajectory.outcomes.count
    if let file = run.properties["confidence"] {
      do {
        trajectory.scores = try ValueFile.read(
          file.path, name: file.name, sequence: trajectory.sequence, frames: frames)
      } catch {
        // Long-term scores are made of confidences, others are not.
        guard !areNeeded else { throw error }
        notes.append(
          ImportNote(
            sequence: trajectory.sequence, file: error.file, line: error.line,
            remark: "no confidences are taken: \(error.cause)"))
      }
    } else if areNeeded {
      notes.append(
        ImportNote(
          sequence: trajectory.sequence, file: run.name,
          remark: "there is no confidence file beside it, without which precision and recall cannot be computed"))
    }
    if let file = run.properties["time"] {
      do {
        trajectory.seconds = try ValueFile.read(
          file.path, name: file.name, sequence: trajectory.sequence, frames: frames)
      } catch {
        notes.append(
          ImportNote(
            sequence: trajectory.sequence, file: error.file, line: error.line,
            remark: "no times are taken: \(error.cause)"))
      }
    }
  }

  /// Times of all repetitions in one file, a column each.
  static func takeTimes(_ files: RunFiles, _ result: inout SequenceImport) {
    guard let time = files.time, !result.trajectories.isEmpty else { return }
    let columns = TimeFile.read(
      time.path, name: time.name, sequence: result.sequence,
      runs: result.trajectories.map { ($0.pass.repetition - 1, $0.boxes.count) }, notes: &result.notes)
    for (index, seconds) in columns.enumerated() where result.trajectories[index].seconds.isEmpty {
      result.trajectories[index].seconds = seconds
    }
  }
}

/// `7` as `007` for a width of 3.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
