/// The picture files of one entry of pysot's list.
///
/// `img_names` begin in the data set's folder (`ants1/color/00000001.jpg`). Some versions of the toolkit put the entry's
/// `video_dir` before them; both are tried.
struct PysotPictures {
  let entry: PysotEntry
  let folder: FolderListing
  /// What messages call the folder.
  let shown: String
  /// What messages call the list.
  let list: String

  func find(_ survey: inout Survey) -> SequencePictures {
    guard let first = entry.pictures.first else {
      return SequencePictures(files: nil, obstacle: .notHere("\(list) names no pictures of \(entry.name)"))
    }
    if let strange = entry.pictures.first(where: { !Self.staysInside($0) }) {
      let fault = DatasetError(
        .malformed, sequence: entry.name, file: list, line: entry.line,
        cause: "expected names of pictures below the data set's folder, found \(Quote.text(strange.utf8))",
        remedy: Wording.orExclude("fetch the file again", entry.name))
      survey.faults.append(fault)
      return SequencePictures(files: nil, obstacle: .damaged(fault))
    }
    let inside = Self.split(first).folder
    var places = [inside]
    if let own = entry.folder, FolderListing.isPlainName(own) {
      places.append(inside.isEmpty ? own : "\(own)/\(inside)")
    }
    let top = (inside.isEmpty ? entry.folder ?? "" : String(inside.prefix { $0 != "/" }))
    guard let place = places.first(where: { FolderListing("\(folder.path)/\($0)") != nil }) else {
      let obstacle: Sequence.Obstacle =
        folder.hasFolder(top)
        ? .withoutPictures(
          DatasetError(
            .framesMissing, sequence: entry.name, file: "\(shown)/\(inside)", cause: "there is no such folder",
            remedy: "put the \(Wording.count(entry.pictures.count, "picture")) there; until then \(entry.name) is "
              + "scored only")) : .notHere("no folder \(shown)/\(top)")
      return SequencePictures(files: nil, obstacle: obstacle)
    }
    return files(in: place, inside, &survey)
  }

  /// The files, all of them in one folder as a rule; others by their path from it.
  private func files(in place: String, _ inside: String, _ survey: inout Survey) -> SequencePictures {
    let shownPlace = place.isEmpty ? shown : "\(shown)/\(place)"
    let there = Set(FolderListing("\(folder.path)/\(place)")?.files ?? [])
    var names: [String] = []
    var missing: [String] = []
    for picture in entry.pictures {
      let (parent, name) = Self.split(picture)
      if parent == inside, there.contains(name) { names.append(name) } else { missing.append(name) }
    }
    let files = FrameFiles(
      folder: "\(folder.path)/\(place)", names: names, shown: shownPlace,
      unused: max(0, there.count { FrameName($0) != nil } - names.count))
    guard let first = missing.first else { return SequencePictures(files: files, obstacle: nil) }
    let what =
      missing.count == 1
      ? "the picture is missing" : "\(missing.count) pictures are missing, this one is the first"
    let fault = DatasetError(
      .framesMissing, sequence: entry.name, file: "\(shownPlace)/\(first)",
      cause: "\(what) (\(Wording.count(entry.pictures.count, "frame")) are annotated)",
      remedy: Wording.orExclude("put \(missing.count == 1 ? "it" : "them") there", entry.name))
    survey.faults.append(fault)
    return SequencePictures(files: files, obstacle: .damaged(fault))
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  /// Whether a name out of the file leads to nothing outside the data set's folder.
  private static func staysInside(_ path: String) -> Bool {
    !path.isEmpty && path.utf8.count <= 1024 && !path.utf8.contains(0) && !path.hasPrefix("/")
      && !path.split(separator: "/", omittingEmptySubsequences: false).contains { $0 == ".." || $0.isEmpty }
  }
}
