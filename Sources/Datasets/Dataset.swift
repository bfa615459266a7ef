import Faults

/// A named list of sequences.
public struct Dataset: Sendable {
  /// As typed on the command line: `otb100`, `demo`, or a folder's last path component.
  public let name: String
  /// In the order of the benchmark's own list.
  public let sequences: [Sequence]
  /// Attribute names in the benchmark's order, for tables.
  public let attributes: [String]
  /// Named parts, for example `otb50` within `otb100`: part name to sequence names.
  public let subsets: [String: [String]]
  /// Sequences of the benchmark's list that have no boxes anywhere on this machine, and why.
  public let absent: [AbsentSequence]
  /// What is damaged. A sequence named here may be missing from ``sequences``.
  public let faults: [DatasetError]
  /// What is odd and as its makers left it: tag lists that are too short, annotation at another frame rate.
  public let notes: [DatasetError]
  /// How many sequences the benchmark has, where the program does not know their names; nil where it does.
  public let expected: Int?
  /// Sequences whose annotation cannot be used, for the check to look at the rest of them.
  let damaged: [Sequence]

  public init(
    name: String, sequences: [Sequence], attributes: [String] = [], subsets: [String: [String]] = [:],
    absent: [AbsentSequence] = [], faults: [DatasetError] = []
  ) {
    self.init(
      name: name, sequences: sequences, attributes: attributes, subsets: subsets, absent: absent, faults: faults,
      notes: [], expected: nil, damaged: [])
  }

  init(
    name: String, sequences: [Sequence], attributes: [String], subsets: [String: [String]], absent: [AbsentSequence],
    faults: [DatasetError], notes: [DatasetError], expected: Int?, damaged: [Sequence]
  ) {
    self.name = name
    self.sequences = sequences
    self.attributes = attributes
    self.subsets = subsets
    self.absent = absent
    self.faults = faults
    self.notes = notes
    self.expected = expected
    self.damaged = damaged
  }
}

/// A sequence that a benchmark lists and this machine does not have.
public struct AbsentSequence: Sendable, Hashable {
  public let name: String
  /// One clause: `no folder OTB100/Biker and no annotations/OTB100/OTB100.json`.
  public let reason: String
  /// The line of the data set's own `list.txt` that promises it; nil where a benchmark's list known to the program does.
  public let fault: DatasetError?

  public init(name: String, reason: String, fault: DatasetError? = nil) {
    self.name = name
    self.reason = reason
    self.fault = fault
  }
}

extension Dataset {
  /// The sequence of that name, nil where there is none.
  public func sequence(_ name: String) -> Sequence? { sequences.first { $0.name == name } }

  /// Names of per-frame tags that any sequence carries: VOT's in the order of its toolkits, then the others, sorted.
  public var tagNames: [String] {
    let found = Set(sequences.flatMap(\.frameTags.keys))
    return VOTMetadata.tagNames.filter(found.contains) + found.subtracting(VOTMetadata.tagNames).sorted()
  }

  /// How many of the benchmark's sequences are not on this machine, by name or not.
  public var missing: Int {
    absent.count + max(0, (expected ?? 0) - sequences.count - damaged.count - absent.count)
  }

  /// `7 of 100 sequences can be run, 93 scored only`, and how many are not there at all.
  public var summary: String {
    let runnable = sequences.count(where: \.runnable)
    var parts = ["\(runnable) of \(Wording.count(sequences.count + missing, "sequence")) can be run"]
    if sequences.count > runnable { parts.append("\(sequences.count - runnable) scored only") }
    if missing > 0 { parts.append("\(missing) not here") }
    let firstOnly = sequences.count(where: \.hasOnlyFirstBox)
    if firstOnly > 0 { parts.append("\(firstOnly) with their first box only (a server scores them)") }
    return parts.joined(separator: ", ")
  }

  /// The part of the data set that a command works on, proved to be whole.
  ///
  /// - Parameters:
  ///   - names: sequences wanted, in any order; nil for all. The order of the data set stays.
  ///   - excluded: sequences to leave out.
  /// - Throws: ``DatasetError``: a name that is not in the data set (with the nearest right one), a wanted sequence that is
  ///   not on this machine, or the first fault that concerns a sequence wanted (or the data set as a whole).
  public func selecting(_ names: [String]? = nil, excluding excluded: [String] = []) throws(DatasetError) -> Dataset {
    var known = Set(sequences.map(\.name)).union(absent.map(\.name))
    known.formUnion(faults.compactMap(\.sequence))
    for (option, wanted) in [("--sequences", names ?? []), ("--exclude", excluded)] {
      for name in wanted where !known.contains(name) {
        throw DatasetError(
          .unknownName, file: option,
          cause: "\(self.name) has no sequence \"\(name)\"\(Suggestion.tail(for: name, among: known.sorted()))",
          remedy: "trackbench datasets show \(self.name) lists them")
      }
    }
    let left = Set(names ?? Array(known)).subtracting(excluded)
    if let fault = faults.first(where: { $0.sequence.map(left.contains) ?? true }) { throw fault }
    if let names, let missing = absent.first(where: { names.contains($0.name) && left.contains($0.name) }) {
      throw DatasetError(
        .missing, sequence: missing.name, file: "--sequences",
        cause: "\(missing.name) of \(name) is not on this machine: \(missing.reason)",
        remedy: "put it there, or leave it out of --sequences")
    }
    return Dataset(
      name: name, sequences: sequences.filter { left.contains($0.name) }, attributes: attributes,
      subsets: subsets.mapValues { $0.filter(left.contains) }, absent: absent.filter { left.contains($0.name) },
      faults: [], notes: notes.filter { $0.sequence.map(left.contains) ?? true },
      expected: names == nil ? expected.map { $0 - Set(excluded).count } : nil, damaged: [])
  }
}
