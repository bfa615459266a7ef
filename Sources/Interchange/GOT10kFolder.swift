import Datasets
import Evaluation

/// Results of GOT-10k: boxes in `<Sequence>/<Sequence>_001.txt` and up to two more repetitions, times in
/// `<Sequence>_time.txt`, a column a repetition. got10k and pysot share the layout.
enum GOT10kFolder {
  static func read(
    _ sequence: Datasets.Sequence, _ files: RunFiles, into result: inout SequenceImport
  ) throws(InterchangeError) {
    for run in files.repetitions {
      let file = try BoxFile(run.path, name: run.name, sequence: sequence.name, frames: sequence.count)
      if result.layout == nil { result.layout = file.layout }
      if let note = file.lengthNote(frames: sequence.count, sequence: sequence.name, file: run.name) {
        result.notes.append(note)
      }
      result.trajectories.append(
        Trajectory(sequence: sequence.name, pass: Pass(repetition: run.number), boxes: file.boxes))
    }
    if let note = files.gapNote(sequence: sequence.name) { result.notes.append(note) }
    VOTFolder.takeTimes(files, &result)
  }
}
