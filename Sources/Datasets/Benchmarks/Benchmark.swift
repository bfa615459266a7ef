/// A benchmark that the program knows by name beside OTB's lists: where its files lie, and how.
struct Benchmark: Sendable {
  /// As typed on the command line.
  let name: String
  let title: String
  /// Sequences when all are there.
  let sequences: Int
  /// Annotated frames when all are there; nil where the program has not counted them.
  var frames: Int?
  let source: String
  var licence = "for research use; rights are with the owners of the footage"
  /// Names of its folder under the data root, the first of them the one that messages use; capitals, `-` and `_` count for
  /// nothing.
  let folderNames: [String]
  /// Names of pysot's lists of it, without `.json`.
  var listNames: [String] = []
  /// What lies in the folder, for `datasets list`.
  let expected: String
  let layout: Layout
  /// nil where it has none.
  var attributes: AttributeOrder?
  /// Names of its sequences in its own order, where the program knows them.
  var names: [String]?
  /// What its annotation calls the first pixel.
  var firstPixel = 0.0

  enum Layout: Sendable {
    case vot
    case got10k
    case lasot
    case uav123
    /// At 30 pictures a second where there, or at the rate that is wanted.
    case nfs(Int?)
    case dtb70
    case tcolor128
    case trackingNet
  }

  var info: DatasetInfo {
    DatasetInfo(
      name: name, title: title, sequences: sequences, frames: frames, source: source, licence: licence,
      expectedFolders: "\(folderNames[0])/\(expected)")
  }

  static func named(_ name: String) -> Benchmark? { (all + [nfs240]).first { $0.name == name } }

  /// Its folders among those of a data root.
  func folders(in root: FolderListing) -> [FolderListing] {
    let keys = folderNames.map(BenchmarkName.key)
    let found = root.folders.sorted().filter { keys.contains(BenchmarkName.key($0)) }
    return found.compactMap { FolderListing("\(root.path)/\($0)") }
  }

  /// Whether a file is pysot's list of it.
  func isList(_ file: String) -> Bool {
    guard file.lowercased().hasSuffix(".json") else { return false }
    let key = BenchmarkName.key(String(file.dropLast(".json".count)))
    return listNames.contains { BenchmarkName.key($0) == key }
  }
}
