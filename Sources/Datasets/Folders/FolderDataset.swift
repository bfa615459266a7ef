/// Sequences found in a folder by its path: one sequence's own folder, a folder of such folders, or a benchmark's folder
/// that is known by what lies in it.
enum FolderDataset {
  /// - Throws: ``DatasetError`` of kind `missing` where the folder is not there or holds no sequence.
  static func survey(_ path: String) throws(DatasetError) -> Dataset {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let listing = FolderListing(path) else {
      throw DatasetError(
        .missing, file: path, cause: "there is no such folder", remedy: "name a data set or a folder of sequences")
    }
    let name = lastComponent(path)
    var survey = Survey()
    if let single = SequenceFolder.recognise(listing, name: name) {
      single.add(to: &survey)
      return dataset(survey, named: name)
    }
    if let layout = FolderLayouts.recognise(listing) {
      layout.add(to: &survey)
      survey.settleAnnotationsOnly()
      return dataset(survey, named: name, of: Benchmark.named(layout.benchmark))
    }
    FolderEntries(listing, &survey).add(to: &survey, open: SequenceFolder.recognise)
    guard survey.sequences.isEmpty, survey.damaged.isEmpty, survey.absent.isEmpty else {
      survey.settleLabelledCopies()
      return dataset(survey, named: name)
    }
    if survey.faults.isEmpty {
      guard let list = PysotFile.survey(in: listing, named: name) else { throw nothing(in: listing) }
      return list
    }
    return dataset(survey, named: name)
  }

  /// A folder without any sequence, with a guess at what was meant.
  private static func nothing(in listing: FolderListing) -> DatasetError {
    let remedy: String
    if listing.hasFolder(OTBFolders.folderName) {
      remedy = "this looks like a data root: --dataset otb100 --data-root \(listing.path)"
    } else if let benchmark = Benchmark.all.first(where: { !$0.folders(in: listing).isEmpty }) {
      remedy = "this looks like a data root: --dataset \(benchmark.name) --data-root \(listing.path)"
    } else if let part = ["val", "test", "train"].first(where: listing.hasFolder) {
      remedy = "this looks like GOT-10k, of which one part is a data set: --dataset \(listing.path)/\(part)"
    } else {
      remedy = "name the folder that holds them"
    }
    return DatasetError(
      .missing, file: listing.path,
      cause: "expected a sequence, or folders of sequences (\(SequenceFolder.wanted)), found none", remedy: remedy)
  }

  static func dataset(_ survey: Survey, named name: String, of benchmark: Benchmark? = nil) -> Dataset {
    let found = survey.sequences.reduce(into: Set<String>()) { $0.formUnion($1.attributes) }
    return survey.dataset(
      named: name, attributes: benchmark?.attributes?.shortNames ?? AttributeOrder.covering(found))
  }

  static func lastComponent(_ path: String) -> String {
    // `.` and `..` name no data set; the folder they lead to does.
    let known = path.split(separator: "/").last.map(String.init) ?? path
    return known == "." || known == ".." ? absoluteName(path) ?? known : known
  }
}
