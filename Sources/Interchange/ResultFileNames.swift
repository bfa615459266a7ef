/// Finds the result file, or folder, of each sequence among names that differ from toolkit to toolkit.
///
/// The same target is `Jogging-1` to pysot, `Jogging_1` to pytracking, `Jogging.1` to got10k, `jogging-1` to the MATLAB
/// toolkit, `jogging_1` in older pysot results, and `FaceOcc1` is `faceocc1` (metric reference, 1.5). So after the exact
/// name, a file counts whose name is the same but for capitals and for the kind of separator, and then one with the prefix
/// that pytracking gives to the sequences of UAV123 and NfS.
struct ResultFileNames {
  /// Sequence name to the name without its ending.
  private(set) var stems: [String: String] = [:]
  /// Sequence name to several names without ending, none of them exact, among which there is no choosing.
  private(set) var ambiguous: [String: [String]] = [:]
  /// Names without ending that belong to no sequence, sorted.
  private(set) var others: [String] = []

  /// Names in which a toolkit leaves the target's number out or attaches it: got10k and vot know one target in Human4 only,
  /// vot writes Jogging1.
  private static let otherNames = ["human4-2": "human4", "jogging-1": "jogging1", "jogging-2": "jogging2"]
  /// pytracking, `evaluation/uavdataset.py` and `nfsdataset.py`.
  private static let prefixes = ["uav-", "nfs-"]

  /// - Parameters:
  ///   - sequences: all of the data set, so that a file of one is never taken for another's.
  ///   - stems: names without their ending.
  init(sequences: [String], stems names: [String]) {
    var free = Set(names)
    var open: [String] = []
    for sequence in sequences {
      if free.remove(sequence) != nil { stems[sequence] = sequence } else { open.append(sequence) }
    }
    guard !open.isEmpty, !free.isEmpty else {
      others = free.sorted()
      return
    }
    let byKey = Dictionary(grouping: free.sorted(), by: Self.key)
    // Sequences that differ only in capitals or separators can be told apart by exact names alone.
    let owners = Dictionary(grouping: sequences, by: Self.key)
    for sequence in open {
      let key = Self.key(sequence)
      guard owners[key]?.count == 1 else { continue }
      var keys = [key]
      if let other = Self.otherNames[key], owners[other] == nil { keys.append(other) }
      keys += Self.prefixes.map { $0 + key }.filter { owners[$0] == nil }
      for candidates in keys.compactMap({ byKey[$0] }) {
        if candidates.count == 1 { stems[sequence] = candidates[0] } else { ambiguous[sequence] = candidates }
        break
      }
    }
    others = free.subtracting(stems.values).subtracting(ambiguous.values.joined()).sorted()
  }

  /// True where no name belongs to any sequence.
  var isEmpty: Bool { stems.isEmpty && ambiguous.isEmpty }

  /// Lower case, with `-` for every separator.
  private static func key(_ stem: String) -> String {
    String(stem.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
  }
}
