/// One sequence on disk as its own folder tells it, without any benchmark's list.
///
/// Two layouts: OTB's (`groundtruth_rect.txt`, or `.1.txt`, `.2.txt` for several targets; pictures in `img`) and VOT's
/// (`groundtruth.txt` of 4 or 8 numbers a line, tags, pictures in `color`). In both, the pictures may also lie in one of
/// the other's folders, in `imgs`, or beside the annotation.
struct SequenceFolder {
  let name: String
  private let listing: FolderListing
  private let layout: Layout

  private enum Layout {
    case otb([String])
    case vot
  }

  static let wanted = "groundtruth_rect.txt beside img/*.jpg, or groundtruth.txt beside color/*.jpg"

  /// nil where the folder holds no annotation.
  init?(_ listing: FolderListing, name: String) {
    let rects = listing.files.filter(Self.isRectangleFile)
    guard !rects.isEmpty || listing.hasFile("groundtruth.txt") else { return nil }
    self.name = name
    self.listing = listing
    layout = rects.isEmpty ? .vot : .otb(rects)
  }

  /// `groundtruth_rect.txt` or `groundtruth_rect.<number>.txt`.
  private static func isRectangleFile(_ file: String) -> Bool {
    guard file.hasPrefix("groundtruth_rect."), file.hasSuffix("txt") else { return false }
    let middle = file.dropFirst("groundtruth_rect.".count).dropLast("txt".count)
    return middle.isEmpty || middle.last == "." && middle.count > 1 && middle.dropLast().allSatisfy(\.isNumber)
  }

  /// Adds the folder's targets, and what is wrong with them.
  func add(to survey: inout Survey) {
    switch layout {
    case .vot: addVOT(to: &survey)
    case .otb(let files): for file in files { addOTB(file, alone: files.count == 1, to: &survey) }
    }
  }

  private func addOTB(_ file: String, alone: Bool, to survey: inout Survey) {
    let shown = "\(name)/\(file)"
    let path = "\(listing.path)/\(file)"
    let numbered = file.dropFirst("groundtruth_rect.".count).dropLast(".txt".count)
    let target = numbered.isEmpty || file == "groundtruth_rect.txt" ? name : "\(name)-\(numbered)"
    // Human4's first annotation file is empty in the original: the folder's one target stands in the second.
    if !alone, let bytes = try? TextFile.read(path), bytes.allSatisfy({ $0 <= Byte.space }) { return }
    var reading = survey.read(path: path, shown: shown, sequence: target, boxesOnly: true)
    let known = OTBList.target(folder: name, annotationFile: file, rows: reading.annotation.regions.count)
    if let trimmed = known.flatMap({ reading.annotation.dropping($0) }) { reading.annotation = trimmed }
    let rows = reading.annotation.regions.count
    let metadata = VOTMetadata(listing, name: name, frames: rows == 0 ? nil : rows, &survey.faults)
    add(
      target, reading, known: known, attributes: attributes(&survey.faults), tags: metadata.tags,
      places: ["img", "imgs", "color"], to: &survey)
  }

  /// `attributes.txt`: short names between commas, as `trackbench datasets export` writes them. None without the file.
  private func attributes(_ faults: inout [DatasetError]) -> [String] {
    guard listing.hasFile("attributes.txt") else { return [] }
    let shown = "\(name)/attributes.txt"
    do throws(DatasetError) {
      let bytes = try TextFile.read("\(listing.path)/attributes.txt", name: shown, sequence: name)
      let words = String(decoding: bytes, as: UTF8.self).split { $0 == "," || $0.isWhitespace }.map(String.init)
      guard let strange = words.first(where: { $0.count > 12 || !$0.allSatisfy { $0.isLetter || $0.isNumber } }) else {
        return words
      }
      throw DatasetError(
        .malformed, sequence: name, file: shown,
        cause: "expected short names between commas, found \"\(strange.prefix(40))\"",
        remedy: Wording.orExclude("write for example SV,OCC", name))
    } catch {
      faults.append(error)
      return []
    }
  }

  private func addVOT(to survey: inout Survey) {
    let shown = "\(name)/groundtruth.txt"
    let path = "\(listing.path)/groundtruth.txt"
    let reading = survey.read(path: path, shown: shown, sequence: name, boxesOnly: false)
    let rows = reading.annotation.regions.count
    let metadata = VOTMetadata(listing, name: name, frames: rows == 0 ? nil : rows, &survey.faults)
    add(name, reading, tags: metadata.tags, video: metadata.video, places: ["color", "imgs", "img"], to: &survey)
  }

  private func add(
    _ target: String, _ reading: Survey.Reading, known: OTBList.Target? = nil, attributes: [String] = [],
    tags: [String: [Bool]] = [:],
    video: Sequence.VideoInfo? = nil, places: [String], to survey: inout Survey
  ) {
    let rows = reading.annotation.regions.count
    let (files, obstacle) = pictures(for: target, rows, known: known, places: places, &survey)
    let sequence = Sequence(
      name: target, frames: files.map(Frames.init(files:)) ?? .none, annotation: reading.annotation,
      attributes: known?.attributes.map(\.rawValue) ?? attributes, frameTags: tags, video: video, obstacle: obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }

  private func pictures(
    for target: String, _ rows: Int, known: OTBList.Target?, places: [String], _ survey: inout Survey
  ) -> (FrameFiles?, Sequence.Obstacle?) {
    let inside = places.filter(listing.hasFolder).compactMap { place in
      FolderListing("\(listing.path)/\(place)").map { (listing: $0, shown: "\(name)/\(place)") }
    }
    let all = inside + [(listing: listing, shown: name)]
    guard let (folder, shown) = all.first(where: { !$0.listing.pictures.isEmpty }) else {
      let place = inside.first?.shown ?? "\(name)/\(places[0])"
      let cause = inside.isEmpty ? "there is no such folder" : "expected pictures (.jpg, .jpeg or .png), found none"
      return (
        nil,
        .withoutPictures(
          DatasetError(
            .framesMissing, sequence: target, file: place, cause: cause,
            remedy: "put the \(Wording.count(rows, "picture")) there; until then \(target) is scored only"))
      )
    }
    let pictures = folder.pictures
    let range =
      if let known, known.count == rows, pictures.contains(where: { $0.number == known.range.lowerBound }) {
        // David's folder begins 299 pictures before its annotation.
        FrameRange(
          pictures, numbered: known.range, digits: known.digits, folder: folder.path, shown: shown, sequence: target)
      } else {
        // Without a row to pair with, all pictures are looked at.
        FrameRange(
          pictures, firstOf: rows > 0 ? rows : pictures.count, folder: folder.path, shown: shown, sequence: target)
      }
    let obstacle = survey.obstacle(of: range)
    return (range.files, obstacle)
  }
}
