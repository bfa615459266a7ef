import Scoreboard
import Scoring
import Store

/// What a reader must know before believing a run's numbers.
enum RunNotes {
  /// - Parameter scored: one run, under one profile or several; never empty.
  static func lines(on scored: [RunScores], label: String) -> [String] {
    guard let first = scored.first else { return [] }
    var notes: [String] = []
    if let limit = first.run.identity.frameLimit {
      notes.append("\(label): only the first \(limit) frames of each sequence")
    }
    for failure in first.failures { notes.append("\(label): \(failure.sequence) failed at \(failure.message)") }
    notes += refusals(scored).map { "\(label): \($0)" }
    notes += unscored(first).map { "\(label): \($0)" }
    let unmeasured = scored.filter { run in
      guard case .supervised(let scores) = run.results else { return false }
      return scores.eao == nil && Profile.named(run.profile)?.eaoInterval(of: "vot2018") != nil
    }
    if !unmeasured.isEmpty {
      notes.append(
        "\(label): no EAO, for \(first.run.identity.dataset) has no published interval of lengths under "
          + "\(list(unmeasured.map(\.profile))): give one with --eao-interval, as vot2016 or 108-371")
    }
    if first.run.identity.settings["weights"] == "rule" {
      notes.append("\(label): weights made by rule, untrained; these scores say nothing about the tracker")
    }
    return notes
  }

  /// What the profiles' toolkits stop at, each sequence and reason once, and the way out once for all.
  private static func refusals(_ scored: [RunScores]) -> [String] {
    struct Stop: Hashable {
      let sequence: String
      let reason: ScoringError.Reason
    }
    var order: [Stop] = []
    var errors: [Stop: [ScoringError]] = [:]
    for error in scored.flatMap(\.results.failed) {
      let stop = Stop(sequence: error.sequence, reason: error.reason)
      if errors[stop] == nil { order.append(stop) }
      errors[stop, default: []].append(error)
    }
    var lines = order.compactMap { stop -> String? in
      guard let same = errors[stop], let error = same.first else { return nil }
      let others = same.count > 1 ? " (under \(list(same.map(\.profile))))" : ""
      return "\(error.place): \(error.cause)\(others)"
    }
    let remedies = order.compactMap { errors[$0]?.first?.remedy }
    for remedy in remedies.reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
      lines.append("remedy: \(remedy)")
    }
    return lines
  }

  /// Sequences without a number.
  private static func unscored(_ run: RunScores) -> [String] {
    var lines: [String] = []
    if !run.missing.isEmpty {
      let shown = run.missing.prefix(5).joined(separator: ", ")
      let more = run.missing.count > 5 ? " and \(run.missing.count - 5) more" : ""
      lines.append("\(run.results.sequenceCount) of \(run.benchmark) sequences scored; no result for \(shown)\(more)")
    }
    if run.benchmark > run.known {
      lines.append(
        "\(run.known) of the \(run.benchmark) sequences of \(run.run.identity.dataset) are here; "
          + "the score is over \(run.results.sequenceCount) of them")
    }
    if !run.withheld.isEmpty {
      lines.append(
        "\(run.withheld.count) sequences have no score: only their first boxes are published; "
          + "`trackbench export` writes what the benchmark's server takes")
    }
    return lines
  }

  private static func list(_ names: [String]) -> String {
    let unique = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard let last = unique.last, unique.count > 1 else { return unique.first ?? "" }
    return unique.dropLast().joined(separator: ", ") + " and " + last
  }
}
