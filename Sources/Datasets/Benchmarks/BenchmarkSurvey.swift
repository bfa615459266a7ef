/// Looks for a known benchmark under a data root.
///
/// Sequences are taken from the benchmark's own folder first, then from a copy of its annotation in `annotations/`, then
/// from pysot's list of it (`VOT2018.json`) in any of these; the list's boxes also serve for pictures without annotation.
struct BenchmarkSurvey {
  private let benchmark: Benchmark
  private let root: FolderListing
  private var survey = Survey()
  /// Names that are accounted for.
  private var known: Set<String> = []
  /// Names in the order in which they were found, and in pysot's list.
  private var order: [String] = []

  /// - Throws: ``DatasetError`` of kind `missing` where `root` has nothing of the benchmark.
  static func survey(_ benchmark: Benchmark, root: String?) throws(DatasetError) -> Dataset {
    guard let root else { throw nowhere(benchmark, "no data folder is known") }
    guard let listing = FolderListing(root) else { throw nowhere(benchmark, "there is no folder \(root)") }
    var search = BenchmarkSurvey(benchmark: benchmark, root: listing)
    search.run()
    let found = search.survey
    let isSomething = !found.sequences.isEmpty || !found.damaged.isEmpty || !found.faults.isEmpty
    guard isSomething || found.absent.contains(where: { $0.fault != nil }) else {
      throw nowhere(benchmark, "\(root) has no folder \(search.name) with sequences, and no list of its boxes")
    }
    return search.dataset()
  }

  private init(benchmark: Benchmark, root: FolderListing) {
    self.benchmark = benchmark
    self.root = root
  }

  private var name: String { benchmark.folderNames[0] }

  private static func nowhere(_ benchmark: Benchmark, _ cause: String) -> DatasetError {
    DatasetError(
      .missing, file: benchmark.name, cause: cause,
      remedy: "put <data root>/\(benchmark.info.expectedFolders ?? "") there, and point at it with --data-root or "
        + "$TRACKBENCH_DATA")
  }

  private mutating func run() {
    let own = benchmark.folders(in: root)
    for folder in own { merge(read(folder), isCopy: false) }
    let annotations = FolderListing("\(root.path)/annotations")
    let copies = annotations.map(benchmark.folders) ?? []
    for folder in copies { merge(read(folder), isCopy: true) }
    // Lists lie beside the sequences (pysot's packing), among the annotations, or in the root.
    for (folder, shown) in own.map({ ($0, name) }) + copies.map({ ($0, "annotations/\(name)") }) + [(root, "")] {
      guard let file = folder.files.first(where: benchmark.isList) else { continue }
      add(list: "\(folder.path)/\(file)", shown: shown.isEmpty ? file : "\(shown)/\(file)", pictures: own.first)
    }
  }

  /// What a folder holds in the benchmark's own layout.
  private func read(_ folder: FolderListing) -> Survey {
    var survey = Survey()
    func open(_ lists: [String] = ["list.txt"], _ layout: (FolderListing, String) -> (any SequenceLayout)?) {
      FolderEntries(folder, lists: lists, &survey).add(to: &survey, open: layout)
    }
    switch benchmark.layout {
    case .vot: open { VOTSequence($0, name: $1) }
    case .got10k:
      let part = FolderListing("\(folder.path)/val") ?? folder
      FolderEntries(part, &survey).add(to: &survey) { listing, name in
        GOT10kSequence(listing, name: name) ?? VOTSequence(listing, name: name)
      }
    case .lasot:
      // The list of the test part, as the toolkit and some copies of the data have it.
      open(["testing_set.txt", "list.txt"]) { listing, name in
        LaSOTSequence(listing, name: name) ?? VOTSequence(listing, name: name)
      }
    case .uav123: UAV123Folders(folder)?.add(to: &survey)
    case .nfs(let rate):
      if rate != 240, let texts = TextNFSFolders(folder) {
        texts.add(to: &survey)
      } else if var folders = NFSFolders(folder) {
        folders.rate = rate
        folders.add(to: &survey)
      }
    case .dtb70:
      open { listing, name in
        var sequence = OTBSequence(listing, name: name)
        // Basketball, Car4 and Walking are other sequences here.
        sequence?.knowsOTB = false
        sequence?.order = .dtb70
        return sequence
      }
    case .tcolor128: open { TColorSequence($0, name: $1) }
    case .trackingNet: TrackingNetFolders(folder)?.add(to: &survey)
    }
    return survey
  }

  /// Keeps what is new of a part. Of a copy of the annotations nobody expects pictures.
  private mutating func merge(_ part: Survey, isCopy: Bool) {
    func settled(_ sequence: Sequence) -> Sequence {
      guard isCopy, case .withoutPictures = sequence.obstacle else { return sequence }
      return sequence.with(obstacle: .notHere("no folder \(name)/\(sequence.name)"))
    }
    let before = known
    for sequence in part.sequences where known.insert(sequence.name).inserted {
      survey.sequences.append(settled(sequence))
    }
    for sequence in part.damaged where known.insert(sequence.name).inserted {
      survey.damaged.append(settled(sequence))
    }
    func isNew(_ fault: DatasetError) -> Bool { fault.sequence.map { !before.contains($0) } ?? true }
    survey.faults += part.faults.filter(isNew)
    survey.notes += part.notes.filter(isNew)
    known.formUnion(part.faults.compactMap(\.sequence))
    let away = Set(survey.absent.map(\.name))
    survey.absent += part.absent.filter { !away.contains($0.name) }
    order += (part.sequences + part.damaged).map(\.name)
  }

  /// Adds what a list has and no folder does.
  private mutating func add(list path: String, shown: String, pictures: FolderListing?) {
    // Pictures lie where the list says, in the benchmark's own folder.
    var list = PysotList(path: path, shown: shown, folder: pictures, folderName: name)
    list.firstPixel = benchmark.firstPixel
    var part = Survey()
    let already = known
    let names = list.add(to: &part) { !already.contains($0) }
    // The list's order is the benchmark's.
    let added = Set(names)
    order = names + order.filter { !added.contains($0) }
    let before = order
    merge(part, isCopy: false)
    order = before
  }

  private func dataset() -> Dataset {
    var result = survey
    let names = benchmark.names ?? order
    var ranks: [String: Int] = [:]
    for name in names where ranks[name] == nil { ranks[name] = ranks.count }
    func rank(_ name: String) -> Int { ranks[name] ?? .max }
    result.sequences = survey.sequences.enumerated()
      .sorted { (rank($0.element.name), $0.offset) < (rank($1.element.name), $1.offset) }.map(\.element)
    // What one place lacks another may have.
    result.absent.removeAll { known.contains($0.name) }
    let away = Set(result.absent.map(\.name))
    for name in benchmark.names ?? [] where !known.contains(name) && !away.contains(name) {
      result.absent.append(
        AbsentSequence(name: name, reason: "no folder \(self.name)/\(name), and no list with its boxes"))
    }
    if survey.sequences.count > benchmark.sequences {
      result.notes.append(
        DatasetError(
          .countMismatch, file: self.name,
          cause: "\(Wording.grouped(survey.sequences.count)) sequences are here, the benchmark has "
            + "\(benchmark.sequences)"))
    }
    return result.dataset(
      named: benchmark.name, attributes: benchmark.attributes?.shortNames ?? [], expected: benchmark.sequences)
  }
}
