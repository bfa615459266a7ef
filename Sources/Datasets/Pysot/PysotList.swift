/// Sequences out of a data set list in pysot's layout, with the pictures in the folder the list was made for.
struct PysotList {
  /// The list's file.
  let path: String
  /// What messages call it.
  let shown: String
  /// The folder that `img_names` begin in; nil where it is not on this machine.
  let folder: FolderListing?
  /// What messages call that folder: `VOT2018`.
  let folderName: String
  /// What the list calls the first pixel.
  var firstPixel = 0.0

  /// - Parameter wanted: the sequences to add; nil for all.
  /// - Returns: the names in the order of the list; empty where it is damaged, which is then a fault.
  func add(to survey: inout Survey, wanted: ((String) -> Bool)? = nil) -> [String] {
    let list: PysotAnnotations
    do throws(DatasetError) {
      let bytes = try TextFile.read(path, name: shown, limit: Self.byteLimit)
      list = try PysotAnnotations(bytes, name: shown, wantsPictures: isHere(_:below:))
    } catch {
      survey.faults.append(error)
      return []
    }
    survey.faults += list.faults.filter { fault in wanted.map { keeps in fault.sequence.map(keeps) ?? true } ?? true }
    var isInverted = false
    for name in list.names where wanted?(name) ?? true {
      guard let entry = list.entries[name] else { continue }
      isInverted = isInverted || entry.visible != nil
      add(entry, to: &survey)
    }
    if isInverted {
      survey.notes.append(
        DatasetError(
          .malformed, file: shown, cause: "its flag `absent` is 1 where the target can be seen, and is taken so (Q24)"))
    }
    return list.names
  }

  /// Whether the folder that a picture's name begins with is on this machine.
  private func isHere(_ picture: String, below own: String?) -> Bool {
    guard let folder else { return false }
    if let own, folder.hasFolder(own) { return true }
    guard let slash = picture.firstIndex(of: "/") else { return true }
    return folder.hasFolder(String(picture[..<slash]))
  }

  /// LaSOT.json, the largest of them, is 60 MB: 685,000 frames with the names of their pictures.
  static let byteLimit = 96 << 20

  private func add(_ entry: PysotEntry, to survey: inout Survey) {
    let own = Annotation(
      regions: entry.regions, source: shown, lines: Array(repeating: entry.line, count: entry.regions.count),
      firstPixel: firstPixel)
    let (reading, isFirstOnly) = Survey.Reading(annotation: own, isWhole: entry.isWhole).stretched(
      to: entry.pictureCount ?? 0)
    let count = reading.annotation.regions.count
    var isWhole = reading.isWhole
    func mismatch(_ cause: String) {
      isWhole = false
      survey.faults.append(
        DatasetError(
          .countMismatch, sequence: entry.name, file: shown, line: entry.line, cause: cause,
          remedy: Wording.orExclude("fetch the file again", entry.name)))
    }
    if count == 0 { mismatch("expected boxes for \(entry.name), found none") }
    if let pictures = entry.pictureCount, pictures != count {
      mismatch("expected \(count) img_names for \(entry.name), one for each box, found \(pictures)")
    }
    if let visible = entry.visible, visible.count != count {
      mismatch("expected \(count) absent flags for \(entry.name), one for each box, found \(visible.count)")
    }
    for name in VOTMetadata.tagNames {
      if let flags = entry.tags[name], flags.count > count {
        mismatch("expected at most \(count) \(name) flags for \(entry.name), one for each box, found \(flags.count)")
      }
    }
    let pictures = pictures(of: entry, &survey)
    let video =
      entry.width == nil && entry.height == nil
      ? nil : Sequence.VideoInfo(width: entry.width, height: entry.height)
    let sequence = Sequence(
      name: entry.name, frames: pictures.frames, annotation: reading.annotation, attributes: entry.attributes,
      frameTags: tags(of: entry, &survey), visible: entry.visible?.count == count ? entry.visible : nil, video: video,
      hasOnlyFirstBox: isFirstOnly, obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: isWhole)
  }

  /// Lists that are too short are filled up with 0. An empty one means that there was no file: the tag is then left out,
  /// as pysot leaves it out of what it calls `empty` (quirks Q17 and Q29).
  private func tags(of entry: PysotEntry, _ survey: inout Survey) -> [String: [Bool]] {
    var tags: [String: [Bool]] = [:]
    for name in VOTMetadata.tagNames {
      guard let flags = entry.tags[name] else { continue }
      let count = entry.regions.count
      if flags.count < count {
        survey.notes.append(
          DatasetError(
            .countMismatch, sequence: entry.name, file: shown, line: entry.line,
            cause: flags.isEmpty
              ? "\(name) of \(entry.name) is empty: the sequence has no such tag (Q29)"
              : "\(name) of \(entry.name) has \(flags.count) flags for \(Wording.count(count, "frame")); "
                + "the rest counts as 0 (Q29)"))
      }
      guard !flags.isEmpty else { continue }
      tags[name] = Array(flags.prefix(count)) + Array(repeating: false, count: max(0, count - flags.count))
    }
    return tags
  }

  /// The files that `img_names` name.
  private func pictures(of entry: PysotEntry, _ survey: inout Survey) -> SequencePictures {
    guard let folder, !entry.pictures.isEmpty || entry.firstPicture == nil else {
      return SequencePictures(files: nil, obstacle: .notHere("no folder \(folderName)/\(entry.pictureFolder)"))
    }
    return PysotPictures(entry: entry, folder: folder, shown: folderName, list: shown).find(&survey)
  }
}

extension PysotEntry {
  /// The folder that the names of its pictures begin with: `ants1` of `ants1/color/00000001.jpg`.
  fileprivate var pictureFolder: String {
    let first = firstPicture?.split(separator: "/").first.map(String.init) ?? folder ?? name
    return FolderListing.isPlainName(first) ? first : name
  }
}
