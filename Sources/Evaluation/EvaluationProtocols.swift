public import Faults
public import Tracking

/// The protocols by name.
public enum EvaluationProtocols {
  /// Written behind a name: the run keeps the pace of the video (``RealTime``).
  public static let realTimeSuffix = "@realtime"

  /// Every name but for the suffix, in the order lists show them.
  public static let names = [
    OnePass.name, TemporalRobustness.name, SpatialRobustness.name, Supervised.name, Unsupervised.name, MultiStart.name,
    LongTerm.name,
  ]

  /// The protocol called `name`, with or without `@realtime`.
  ///
  /// - Parameters:
  ///   - conditions: ``RunConditions/realTime`` is set by the name: with the suffix to what it is or the rule's own, without
  ///     it to nil.
  ///   - omitting: see ``TemporalRobustness/omitted``; only `tre` and `sre` ask.
  /// - Throws: ``ProtocolFault`` for an unknown name, and where more than one repetition is wanted of a protocol whose runs
  ///   differ otherwise.
  public static func named(
    _ name: String, _ conditions: RunConditions, omitting omitted: [String: [ClosedRange<Int>]] = [:]
  ) throws(ProtocolFault) -> any EvaluationProtocol {
    let isRealTime = name.hasSuffix(realTimeSuffix)
    var conditions = conditions
    conditions.realTime = isRealTime ? conditions.realTime ?? RealTime() : nil
    let found: any EvaluationProtocol
    switch isRealTime ? String(name.dropLast(realTimeSuffix.count)) : name {
    case OnePass.name: found = OnePass(conditions)
    case TemporalRobustness.name: found = TemporalRobustness(conditions, omitting: omitted)
    case SpatialRobustness.name: found = SpatialRobustness(conditions, omitting: omitted)
    case Supervised.name: found = Supervised(conditions)
    case Unsupervised.name: found = Unsupervised(conditions)
    case MultiStart.name: found = MultiStart(conditions)
    case LongTerm.name: found = LongTerm(conditions)
    default: throw ProtocolFault(unknown: name)
    }
    let hasOwnRuns = found is TemporalRobustness || found is SpatialRobustness || found is MultiStart
    if hasOwnRuns, conditions.repetitions > 1 { throw ProtocolFault(repeating: name, conditions.repetitions) }
    return found
  }

  /// The protocol called `name`, with or without `@realtime`; see ``named(_:_:omitting:)``.
  public static func named(
    _ name: String, convention: BoxConvention, frameLimit: Int? = nil, repetitions: Int = 1,
    omitting omitted: [String: [ClosedRange<Int>]] = [:]
  ) throws(ProtocolFault) -> any EvaluationProtocol {
    try named(
      name, RunConditions(convention: convention, frameLimit: frameLimit, repetitions: repetitions), omitting: omitted)
  }
}

/// A protocol that does not exist, or not in that way.
public struct ProtocolFault: Fault, Hashable {
  public let place: String
  public let cause: String
  public let remedy: String?

  init(unknown name: String) {
    let known = EvaluationProtocols.names + EvaluationProtocols.names.map { $0 + EvaluationProtocols.realTimeSuffix }
    place = "unknown protocol \"\(name)\""
    cause =
      Suggestion.nearest(to: name, among: known).map { "did you mean \($0)?" }
      ?? "known are \(EvaluationProtocols.names.joined(separator: ", ")), each with or without @realtime"
    remedy = nil
  }

  init(repeating name: String, _ repetitions: Int) {
    place = "protocol \(name)"
    cause =
      "its runs over a sequence differ in where or how they start, so it has no repetitions, and \(repetitions) were wanted"
    remedy = "leave the number of repetitions out"
  }
}
