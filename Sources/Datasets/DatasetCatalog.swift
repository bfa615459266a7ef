import Faults

/// Data sets by name, and folders by path.
///
///     let dataset = try DatasetCatalog.open("otb100", root: "data")
///     print(dataset.summary)   // 7 of 100 sequences can be run, 93 scored only
public enum DatasetCatalog {
  /// A data set that the program makes itself, without files.
  struct Drawn: Sendable {
    let info: DatasetInfo
    let make: @Sendable () -> Dataset
  }

  /// Every data set that has a name, in the order of `datasets list`.
  public static let known: [DatasetInfo] = drawn.map(\.info) + OTBList.allCases.map(\.info) + Benchmark.all.map(\.info)

  /// A data set, or the part of it that is wanted, proved to be whole. No picture is opened.
  ///
  /// - Parameters:
  ///   - nameOrPath: a name of ``known``; else the path of a folder (a sequence's own, one that holds such folders, or that
  ///     of a benchmark, known by its layout) or of a list in pysot's layout (`VOT2018.json`); else such a path under
  ///     `root`.
  ///   - root: where data sets lie; nil where none is known.
  ///   - sequences: the wanted ones; nil for all.
  ///   - excluding: those to leave out, also where they are damaged.
  /// - Throws: ``DatasetError``: an unknown name (with the nearest right one), a root or folder without the data set, or
  ///   the first fault in a sequence that is wanted.
  public static func open(
    _ nameOrPath: String, root: String?, sequences: [String]? = nil, excluding: [String] = []
  ) throws(DatasetError) -> Dataset {
    try survey(nameOrPath, root: root).selecting(sequences, excluding: excluding)
  }

  /// A data set with everything that is wrong with it in ``Dataset/faults``: damaged sequences do not stop it.
  /// - Throws: ``DatasetError`` where there is no such data set at all.
  public static func survey(_ nameOrPath: String, root: String?) throws(DatasetError) -> Dataset {
    if let drawn = drawn.first(where: { $0.info.name == nameOrPath }) { return drawn.make() }
    if let list = OTBList(rawValue: nameOrPath) { return try OTBFolders.survey(list, root: root) }
    if let benchmark = Benchmark.named(nameOrPath) { return try BenchmarkSurvey.survey(benchmark, root: root) }
    let below = root.flatMap { nameOrPath.isEmpty || nameOrPath.hasPrefix("/") ? nil : "\($0)/\(nameOrPath)" }
    for path in [nameOrPath, below].compactMap(\.self) {
      if FolderListing(path) != nil { return try FolderDataset.survey(path) }
      if PysotFile.isList(path) { return PysotFile.survey(path) }
    }
    throw unknown(nameOrPath)
  }

  private static func unknown(_ name: String) -> DatasetError {
    guard !name.contains("/") else {
      return DatasetError(
        .missing, file: name, cause: "there is no such folder",
        remedy: "name a folder of sequences, or one of \(known.map(\.name).joined(separator: " "))")
    }
    return DatasetError(
      .unknownName, file: "--dataset",
      cause: "unknown dataset \"\(name)\"\(Suggestion.tail(for: name, among: known.map(\.name)))",
      remedy: "trackbench datasets list names them; a folder's path will do too")
  }
}
