public import Faults

/// The file was read, but does not fit the network: every key that is missing, misshapen or left over.
public struct WeightsError: Fault, Equatable {
  /// One key that does not fit. `inFile` is the key before ``Weights/renamed(_:)``.
  public enum Mismatch: Sendable, Equatable {
    case missing(key: String, wanted: [Int])
    case misshapen(key: String, found: [Int], wanted: [Int], inFile: String)
    case unread(key: String, shape: [Int], inFile: String)
    /// Renaming gave two keys of the file one name.
    case clash(key: String, first: String, second: String)
    /// It fits, but its values could not be read; alone in its error.
    case unreadable(key: String, fault: CheckpointError)

    /// The key as the network spells it.
    public var key: String {
      switch self {
      case .missing(let key, _), .misshapen(let key, _, _, _), .unread(let key, _, _), .clash(let key, _, _),
        .unreadable(let key, _):
        key
      }
    }

    private func named(_ key: String, _ inFile: String) -> String {
      key == inFile ? key : "\(key) (\(inFile) in the file)"
    }

    var clause: String {
      switch self {
      case .missing(let key, let wanted): "\(key) is missing, wanted \(Self.shape(wanted))"
      case .misshapen(let key, let found, let wanted, let inFile):
        "\(named(key, inFile)) has shape \(Self.shape(found)), wanted \(Self.shape(wanted))"
      case .unread(let key, let shape, let inFile):
        "\(named(key, inFile)) \(Self.shape(shape)) belongs to no layer"
      case .clash(let key, let first, let second): "\(first) and \(second) both mean \(key)"
      case .unreadable(let key, let fault): "\(key): \(fault.cause)"
      }
    }

    private static func shape(_ sizes: [Int]) -> String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }
  }

  /// The file's name.
  public let file: String
  /// In the order the network asked, then the keys left over, sorted. Never empty.
  public let mismatches: [Mismatch]

  /// How many are spelled out in ``cause``.
  private static let spelledOut = 6

  package init(file: String, mismatches: [Mismatch]) {
    self.file = file
    self.mismatches = mismatches
  }

  public var place: String { file }

  /// How many of each, then the first few one by one.
  public var cause: String {
    if case .unreadable(_, let fault)? = mismatches.first { return fault.cause }
    var counts: [(String, Int)] = [("missing", 0), ("of another shape", 0), ("left over", 0), ("ambiguous", 0)]
    for mismatch in mismatches {
      switch mismatch {
      case .missing: counts[0].1 += 1
      case .misshapen: counts[1].1 += 1
      case .unread: counts[2].1 += 1
      case .clash: counts[3].1 += 1
      case .unreadable: break
      }
    }
    let summary = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    let shown = mismatches.prefix(Self.spelledOut).map { Printable.text($0.clause) }.joined(separator: "; ")
    let rest = mismatches.count - min(mismatches.count, Self.spelledOut)
    return "the weights do not fit the network (keys: \(summary)): \(shown)" + (rest > 0 ? "; and \(rest) more" : "")
  }

  public var remedy: String? {
    if case .unreadable(_, let fault)? = mismatches.first { return fault.remedy }
    return "`trackbench weights inspect \(file)` lists what the file holds"
  }
}
