import Datasets
import Evaluation
import Geometry
import Scoring

extension Export {
  /// Runs of VOT in the layout that pysot and got10k share: `baseline/<Sequence>/<Sequence>_001.txt`.
  func experiment(_ path: String) throws(InterchangeError) -> ExportPlan {
    var plan = ExportPlan()
    guard let folder = resultProtocol.experiment else { return plan }
    for (sequence, runs) in sequences {
      let name = sequence.name
      let place = "\(folder)/\(name)/\(name)"
      for run in runs {
        let run = try withStart(run)
        if run.frames.contains(where: { if case .region(.mask) = $0 { true } else { false } }) {
          throw refusal(
            name, path, "the results on \(name) are masks, which \(layout.rawValue) cannot read",
            "export to the layout vot")
        }
        let number = padded(run.pass.repetition, 3)
        plan.add("\(place)_\(number).txt", Self.text(run.frames), in: folder)
        guard resultProtocol.kind == .longterm else { continue }
        guard let scores = run.fittingScores else {
          throw refusal(
            name, path, "there are no confidences on \(name), without which long-term results cannot be read",
            "run a tracker that gives them")
        }
        // pysot passes over the first line and cannot read another empty one.
        let lines = [""] + scores.dropFirst().map { "\($0)" }
        plan.add("\(place)_\(number)_confidence.value", Self.lines(lines), in: folder)
      }
      // pysot takes every file with a 0 in its name for a repetition, so it gets no times of short-term runs.
      if layout == .got10k || resultProtocol.kind == .longterm, let times = Self.columns(runs) {
        plan.add("\(place)_time.txt", times, in: folder)
      }
    }
    return plan
  }

  /// The files of one sequence in a workspace.
  func addRuns(_ runs: [Trajectory], of name: String, in folder: String, to plan: inout ExportPlan)
    throws(InterchangeError)
  {
    for run in runs {
      let run = try withStart(run)
      let number = resultProtocol.kind == .multistart ? padded(run.pass.start, 8) : padded(run.pass.repetition, 3)
      let place = "\(folder)/\(name)/\(name)_\(number)"
      plan.add("\(place).txt", Self.text(run.frames), in: folder)
      if let scores = run.fittingScores { plan.add("\(place)_confidence.value", Self.values(scores), in: folder) }
      if let seconds = run.fittingSeconds { plan.add("\(place)_time.value", Self.values(seconds), in: folder) }
    }
  }

  /// The run with code 1 in front, which files of VOT begin with; a run that is boxes alone has the first box there.
  private func withStart(_ run: Trajectory) throws(InterchangeError) -> Trajectory {
    guard run.outcomes.isEmpty else { return run }
    guard resultProtocol.kind != .supervised else {
      throw refusal(
        run.sequence, run.sequence, "the run has boxes alone, and nothing says where the tracker failed",
        "export it under the protocol it was run")
    }
    var run = run
    run.outcomes = [.initialized] + run.boxes.dropFirst().map { .region(.box($0)) }
    return run
  }

  private static func text(_ frames: [FrameOutcome]) -> String { lines(frames.map(\.text)) }

  /// An empty line for NaN.
  private static func values(_ values: [Double]) -> String { lines(values.map { $0.isNaN ? "" : "\($0)" }) }

  static func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
