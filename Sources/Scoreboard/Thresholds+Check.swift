import Scoring
public import Store

extension Thresholds {
  /// One metric of one gate, held against the store.
  public struct Verdict: Hashable, Sendable {
    public let gate: Gate
    public let metric: String
    public let minimum: Double
    /// nil where the store holds no such score.
    public let value: Double?

    public var passes: Bool { value.map { $0 >= minimum } ?? false }
  }

  /// Every metric of every gate, in the file's order. Where several runs of a tracker are stored, the newest counts.
  public func check(against store: ResultStore) throws(StoreError) -> [Verdict] {
    var verdicts: [Verdict] = []
    var scored: [String: RunScores] = [:]
    for gate in gates {
      let key = "\(gate.tracker)\n\(gate.dataset)\n\(gate.profileName)"
      if scored[key] == nil, let profile = Profile.all.first(where: { $0.name == gate.profileName }),
        let run = try store.runs(tracker: [gate.tracker], dataset: [gate.dataset]).last
      {
        scored[key] = try Scoreboard.scores(of: [run], in: store, profiles: .named([profile])).first
      }
      for metric in Self.metrics {
        guard let minimum = gate.minimum[metric] else { continue }
        let value = scored[key].flatMap { Self.value(metric, in: $0, sequence: gate.sequence) }
        verdicts.append(Verdict(gate: gate, metric: metric, minimum: minimum, value: value))
      }
    }
    return verdicts
  }

  private static func value(_ metric: String, in run: RunScores, sequence: String?) -> Double? {
    let scores: Scores?
    if let sequence {
      scores = run.results.onePass?.sequences.first { $0.name == sequence }?.scores
    } else {
      scores = run.results.onePass?.overall?.scores
    }
    return switch metric {
    case "success": scores?.auc
    case "success50": scores?.success50
    case "precision": scores?.precision20
    case "norm_precision": scores?.normPrecision20
    case "ao": scores?.ao
    default: nil
    }
  }

  /// The same gates with what the store holds now as minimum, rounded down in the third place, as YAML.
  ///
  /// A metric without a score keeps its minimum. Comments of the old file are lost.
  public static func updated(_ verdicts: [Verdict]) -> String {
    var lines = ["thresholds:"]
    var gates: [Gate] = []
    for verdict in verdicts where !gates.contains(verdict.gate) { gates.append(verdict.gate) }
    for gate in gates {
      lines.append("  - tracker: \(quoted(gate.tracker))")
      lines.append("    dataset: \(quoted(gate.dataset))")
      if let profile = gate.profile { lines.append("    profile: \(profile)") }
      if let sequence = gate.sequence { lines.append("    sequence: \(quoted(sequence))") }
      let minimum = verdicts.filter { $0.gate == gate }.map { verdict in
        let value = verdict.value.map { ($0 * 1000).rounded(.down) / 1000 } ?? verdict.minimum
        return "\(verdict.metric): \(value)"
      }
      lines.append("    minimum: {\(minimum.joined(separator: ", "))}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Always in quotes: `no`, `1e3` and `a: b` are names here, not YAML.
  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }
}
