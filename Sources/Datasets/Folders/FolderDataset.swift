/// Sequences found in a folder by its path: one sequence's own folder, or a folder of such folders.
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
    if let single = SequenceFolder(listing, name: name) {
      single.add(to: &survey)
      return dataset(survey, named: name)
    }
    for entry in entries(listing, &survey) { add(entry, in: listing, &survey) }
    guard !survey.sequences.isEmpty || !survey.faults.isEmpty || !survey.absent.isEmpty else {
      let nested = listing.hasFolder(OTBFolders.folderName)
      throw DatasetError(
        .missing, file: path,
        cause: "expected a sequence, or folders of sequences (\(SequenceFolder.wanted)), found none",
        remedy: nested
          ? "this looks like a data root: --dataset otb100 --data-root \(path)" : "name the folder that holds them")
    }
    return dataset(survey, named: name)
  }

  private static func dataset(_ survey: Survey, named name: String) -> Dataset {
    // OTB's own in OTB's order, then whatever else a folder's attributes.txt says.
    let found = survey.sequences.reduce(into: Set<String>()) { $0.formUnion($1.attributes) }
    let others = found.subtracting(Attribute.shortNames).sorted()
    return survey.dataset(named: name, attributes: found.isEmpty ? [] : Attribute.shortNames + others)
  }

  /// One name that `list.txt` gives, or one folder.
  private struct Entry {
    let name: String
    /// nil where no list names it: folders without annotation are then passed over.
    let listedOn: Int?
  }

  private static func entries(_ listing: FolderListing, _ survey: inout Survey) -> [Entry] {
    guard listing.hasFile("list.txt") else {
      return listing.folders.sorted().map { Entry(name: $0, listedOn: nil) }
    }
    var entries: [Entry] = []
    var seen: [String: Int] = [:]
    do throws(DatasetError) {
      for (index, line) in TextLines(try TextFile.read("\(listing.path)/list.txt", name: "list.txt")).enumerated() {
        let name = line.trimmingBlanks()
        guard !name.isEmpty else { continue }
        if name.contains("/") || name.hasPrefix(".") || name.utf8.contains(0) || name.utf8.count > 255 {
          survey.faults.append(
            DatasetError(
              .malformed, file: "list.txt", line: index + 1,
              cause: "expected the name of a folder, found \(Quote.text(name.utf8))", remedy: "fix the line"))
        } else if let first = seen.updateValue(index + 1, forKey: name) {
          survey.faults.append(
            DatasetError(
              .malformed, file: "list.txt", line: index + 1, cause: "\(name) stands in line \(first) already",
              remedy: "remove the line"))
        } else {
          entries.append(Entry(name: name, listedOn: index + 1))
        }
      }
    } catch {
      survey.faults.append(error)
    }
    return entries
  }

  private static func add(_ entry: Entry, in listing: FolderListing, _ survey: inout Survey) {
    let inside = FolderListing("\(listing.path)/\(entry.name)")
    if let folder = inside.flatMap({ SequenceFolder($0, name: entry.name) }) {
      folder.add(to: &survey)
    } else if let line = entry.listedOn {
      let cause = inside == nil ? "there is no folder \(entry.name)" : "the folder \(entry.name) has no groundtruth.txt"
      survey.absent.append(
        AbsentSequence(
          name: entry.name, reason: cause,
          fault: DatasetError(
            .missing, sequence: entry.name, file: "list.txt", line: line, cause: cause,
            remedy: "put the sequence there, or remove the line")))
    }
  }

  static func lastComponent(_ path: String) -> String {
    // `.` and `..` name no data set; the folder they lead to does.
    let known = path.split(separator: "/").last.map(String.init) ?? path
    return known == "." || known == ".." ? absoluteName(path) ?? known : known
  }
}
