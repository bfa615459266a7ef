/// A data set list in pysot's layout, opened as a data set of its own.
enum PysotFile {
  /// Whether a path is that of a list: a file that ends in `.json`.
  static func isList(_ path: String) -> Bool {
    guard path.lowercased().hasSuffix(".json"), let slash = path.lastIndex(of: "/") else {
      return path.lowercased().hasSuffix(".json") && FolderListing(".")?.hasFile(path) ?? false
    }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    return FolderListing(parent)?.hasFile(String(path[path.index(after: slash)...])) ?? false
  }

  /// The list of a folder that holds no sequences: the one called like the folder or like a benchmark, else the only one
  /// where it is one; nil where there is none.
  static func survey(in listing: FolderListing, named name: String) -> Dataset? {
    let lists = listing.files.filter { $0.lowercased().hasSuffix(".json") }
    if let named = lists.first(where: { BenchmarkName.key(stem($0)) == BenchmarkName.key(name) })
      ?? lists.first(where: { file in Benchmark.all.contains { $0.isList(file) } })
    {
      return survey("\(listing.path)/\(named)", folder: listing)
    }
    guard lists.count == 1 else { return nil }
    let found = survey("\(listing.path)/\(lists[0])", folder: listing)
    return found.sequences.isEmpty ? nil : found
  }

  /// All of a list's sequences, with the pictures in the folder beside it where they are there.
  static func survey(_ path: String, folder: FolderListing? = nil) -> Dataset {
    let parts = path.split(separator: "/").map(String.init)
    let file = parts.last ?? path
    let parent =
      folder ?? FolderListing(parts.count > 1 || path.hasPrefix("/") ? String(path.dropLast(file.count)) : ".")
    let benchmark = Benchmark.all.first { $0.isList(file) }
    // A folder of lists alone holds no pictures; what lies beside lists with pictures are folders.
    let hasFolders = parent.map { !$0.folders.isEmpty } ?? false
    var survey = Survey()
    var list = PysotList(
      path: path, shown: file, folder: hasFolders ? parent : nil,
      folderName: parent.map { FolderDataset.lastComponent($0.path) } ?? ".")
    list.firstPixel = benchmark?.firstPixel ?? (stem(file).uppercased().hasPrefix("OTB") ? 1 : 0)
    _ = list.add(to: &survey)
    return FolderDataset.dataset(survey, named: stem(file), of: benchmark)
  }

  private static func stem(_ file: String) -> String { String(file.dropLast(".json".count)) }
}
