/// The sequences that a folder of folders holds: those its list names, else every folder.
struct FolderEntries {
  /// One name that the list gives, or one folder.
  struct Entry {
    let name: String
    /// The folder it stands for; nil where the list names one that is not there.
    let folder: FolderListing?
    /// nil where no list names it: folders without annotation are then passed over.
    let line: Int?
  }

  let entries: [Entry]
  /// The list, nil where there is none.
  let list: String?

  /// - Parameter lists: names of lists, of which the first that is there is used.
  init(_ listing: FolderListing, lists: [String] = ["list.txt"], _ survey: inout Survey) {
    list = lists.first(where: listing.hasFile)
    guard let list else {
      entries = Self.folders(listing)
      return
    }
    var entries: [Entry] = []
    var seen: [String: Int] = [:]
    do throws(DatasetError) {
      for (index, line) in TextLines(try TextFile.read("\(listing.path)/\(list)", name: list)).enumerated() {
        let name = line.trimmingBlanks()
        guard !name.isEmpty else { continue }
        func report(_ cause: String, _ remedy: String) {
          survey.faults.append(
            DatasetError(.malformed, file: list, line: index + 1, cause: cause, remedy: remedy))
        }
        if !FolderListing.isPlainName(name) {
          report("expected the name of a folder, found \(Quote.text(name.utf8))", "fix the line")
        } else if let first = seen.updateValue(index + 1, forKey: name) {
          report("\(name) stands in line \(first) already", "remove the line")
        } else {
          entries.append(Entry(name: name, folder: Self.folder(name, in: listing), line: index + 1))
        }
      }
      if seen.isEmpty, survey.faults.isEmpty {
        survey.faults.append(
          DatasetError(
            .malformed, file: list, cause: "expected the names of sequences, one a line, found none",
            remedy: "fetch the file again, or remove it: then every folder is a sequence"))
      }
    } catch {
      survey.faults.append(error)
    }
    self.entries = entries
  }

  /// All folders by name; those of a class (`airplane` with `airplane-1`, `airplane-2`) give what they hold.
  private static func folders(_ listing: FolderListing) -> [Entry] {
    listing.folders.sorted().flatMap { name -> [Entry] in
      guard let inside = FolderListing("\(listing.path)/\(name)") else { return [] }
      let members = inside.folders.filter { $0.hasPrefix("\(name)-") }
      guard !members.isEmpty, !inside.hasFile("groundtruth.txt") else {
        return [Entry(name: name, folder: inside, line: nil)]
      }
      return members.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map {
        Entry(name: $0, folder: FolderListing("\(inside.path)/\($0)"), line: nil)
      }
    }
  }

  /// The folder of that name, or LaSOT's: inside the folder of its class.
  private static func folder(_ name: String, in listing: FolderListing) -> FolderListing? {
    if let found = FolderListing("\(listing.path)/\(name)") { return found }
    guard let dash = name.lastIndex(of: "-"), dash > name.startIndex else { return nil }
    return FolderListing("\(listing.path)/\(name[..<dash])/\(name)")
  }

  /// Adds every entry; `open` tells the layout of its folder.
  func add(to survey: inout Survey, open: (FolderListing, String) -> (any SequenceLayout)?) {
    for entry in entries {
      if let layout = entry.folder.flatMap({ open($0, entry.name) }) {
        layout.add(to: &survey)
      } else if let line = entry.line, let list {
        let cause =
          entry.folder == nil
          ? "there is no folder \(entry.name)" : "the folder \(entry.name) has no \(Self.annotationFile)"
        survey.absent.append(
          AbsentSequence(
            name: entry.name, reason: cause,
            fault: DatasetError(
              .missing, sequence: entry.name, file: list, line: line, cause: cause,
              remedy: "put the sequence there, or remove the line")))
      }
    }
  }

  private static let annotationFile = "groundtruth.txt"
}
