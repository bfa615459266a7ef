import Scoreboard
import Scoring
import Store

/// What a reader must know before believing a run's numbers.
enum RunNotes {
  static func lines(on run: RunScores, label: String) -> [String] {
    var notes: [String] = []
    if let limit = run.run.identity.frameLimit {
      notes.append("\(label): only the first \(limit) frames of each sequence")
    }
    for failure in run.failures { notes.append("\(label): \(failure.sequence) failed at \(failure.message)") }
    for error in run.results.failed { notes.append("\(label): \(error)") }
    if !run.missing.isEmpty {
      let shown = run.missing.prefix(5).joined(separator: ", ")
      let more = run.missing.count > 5 ? " and \(run.missing.count - 5) more" : ""
      notes.append(
        "\(label): \(run.results.sequenceCount) of \(run.known) sequences scored; no result for \(shown)\(more)")
    }
    if case .supervised(let scores) = run.results, scores.eao == nil {
      notes.append(
        "\(label): no EAO, for \(run.run.identity.dataset) has no published interval of lengths under \(run.profile): give one with --eao-interval, as vot2016 or 108-371"
      )
    }
    if run.run.identity.settings["weights"] == "rule" {
      notes.append("\(label): weights made by rule, untrained; these scores say nothing about the tracker")
    }
    return notes
  }
}
