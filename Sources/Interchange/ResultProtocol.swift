import Faults

/// A protocol as the command line and the folders of results name it: `ope`, `supervised`, `supervised@realtime`.
public struct ResultProtocol: Hashable, Sendable, CustomStringConvertible {
  /// How a tracker was driven over its sequences.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// From the first frame to the last; GOT-10k's repetitions are several such runs.
    case ope
    /// From several frames of each sequence to its end.
    case tre
    /// From several boxes in the first frame.
    case sre
    /// Started again after each failure.
    case supervised
    /// One run without resets, in files with codes.
    case unsupervised
    /// From anchors, forwards or backwards.
    case multistart
    /// One run with confidences over sequences in which the target goes and comes back.
    case longterm
  }

  public let kind: Kind
  /// True where the tracker lost the frames it was too slow for.
  public let isRealTime: Bool

  public init(_ kind: Kind, isRealTime: Bool = false) {
    self.kind = kind
    self.isRealTime = isRealTime
  }

  /// The protocol of that name.
  /// - Throws: ``InterchangeError`` for an unknown name, with the nearest right one.
  public init(named name: String) throws(InterchangeError) {
    let isRealTime = name.hasSuffix(Self.realTime)
    guard let kind = Kind(rawValue: isRealTime ? String(name.dropLast(Self.realTime.count)) : name) else {
      let known = Kind.allCases.map(\.rawValue)
      throw InterchangeError(
        file: "--protocol \(name)", cause: "unknown protocol\(Suggestion.tail(for: name, among: known))",
        remedy: "one of \(known.joined(separator: ", ")), with \(Self.realTime) behind it for real time")
    }
    self.init(kind, isRealTime: isRealTime)
  }

  public var name: String { isRealTime ? kind.rawValue + Self.realTime : kind.rawValue }

  public var description: String { name }

  private static let realTime = "@realtime"
}

extension ResultProtocol {
  /// The folder of such results below a tracker's; nil for protocols whose results lie in the tracker's own folder.
  ///
  /// `baseline` and `realtime` stand for runs with resets until 2019 and for runs from anchors since. Toolkits have no name
  /// for other protocols in real time; ours are `unsupervised-realtime` and `longterm-realtime`.
  var experiment: String? {
    switch kind {
    case .ope, .tre, .sre: nil
    case .supervised, .multistart: isRealTime ? "realtime" : "baseline"
    case .unsupervised, .longterm: isRealTime ? "\(kind.rawValue)-realtime" : kind.rawValue
    }
  }

  /// The protocols whose results lie in a folder of that name, runs with resets before runs from anchors; none for other
  /// names. `supervised` is what got10k's users call `baseline`.
  static func named(byExperiment folder: String) -> [ResultProtocol] {
    if folder == "supervised" { return [ResultProtocol(.supervised)] }
    return all.filter { $0.experiment == folder }
  }

  private static let all = [false, true].flatMap { late in Kind.allCases.map { ResultProtocol($0, isRealTime: late) } }
}
