/// Finds the result file of each sequence among names that differ from toolkit to toolkit.
///
/// The same target is `Jogging-1` to pysot, `Jogging_1` to pytracking, `Jogging.1` to got10k, `jogging-1` to the MATLAB
/// toolkit, `jogging_1` in older pysot results, and `FaceOcc1` is `faceocc1` (metric reference, 1.5). So after the exact
/// name, a file counts whose name is the same but for capitals and for the kind of separator.
struct ResultFileNames {
  /// Sequence name to file name.
  private(set) var files: [String: String] = [:]
  /// Sequence name to several file names, none of them exact, among which there is no choosing.
  private(set) var ambiguous: [String: [String]] = [:]
  /// Files that belong to no sequence, sorted.
  private(set) var ignored: [String] = []

  /// Names in which a toolkit leaves the target's number out or attaches it: got10k and vot know one target in Human4 only,
  /// vot writes Jogging1.
  private static let otherNames = ["human4-2": "human4", "jogging-1": "jogging1", "jogging-2": "jogging2"]

  init(sequences: [String], files names: [String]) {
    var free: [String: String] = [:]  // stem to file name
    for name in names.sorted() where name.hasSuffix(".txt") { free[String(name.dropLast(4))] = name }
    for sequence in sequences {
      if let name = free.removeValue(forKey: sequence) { files[sequence] = name }
    }
    var byKey: [String: [String]] = [:]
    for (stem, name) in free { byKey[Self.key(stem), default: []].append(name) }
    // Sequences that differ only in capitals or separators can be told apart by exact names alone.
    let owners = Dictionary(grouping: sequences, by: Self.key)
    for sequence in sequences where files[sequence] == nil {
      let key = Self.key(sequence)
      guard owners[key]?.count == 1 else { continue }
      var keys = [key]
      if let other = Self.otherNames[key], owners[other] == nil { keys.append(other) }
      for candidates in keys.compactMap({ byKey[$0] }) {
        if candidates.count == 1 { files[sequence] = candidates[0] } else { ambiguous[sequence] = candidates.sorted() }
        break
      }
    }
    ignored = Set(names).subtracting(files.values).subtracting(ambiguous.values.joined()).sorted()
  }

  /// Lower case, with `-` for every separator.
  private static func key(_ stem: String) -> String {
    String(stem.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
  }
}
