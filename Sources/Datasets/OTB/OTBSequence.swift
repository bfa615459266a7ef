/// One sequence in OTB's form: `groundtruth_rect.txt`, or `.1.txt`, `.2.txt` for several targets, and pictures in `img`
/// (or `imgs`, `color`, or beside the annotation).
struct OTBSequence: SequenceLayout {
  private let name: String
  private let listing: FolderListing
  private let files: [String]
  /// Whether a folder with the name and the rows of an OTB sequence is taken as that one.
  var knowsOTB = true
  /// How flags in `attributes.txt` are read.
  var order: AttributeOrder?

  init?(_ listing: FolderListing, name: String) {
    files = listing.files.filter(Self.isRectangleFile)
    guard !files.isEmpty else { return nil }
    self.name = name
    self.listing = listing
  }

  /// `groundtruth_rect.txt` or `groundtruth_rect.<number>.txt`.
  private static func isRectangleFile(_ file: String) -> Bool {
    guard file.hasPrefix("groundtruth_rect."), file.hasSuffix("txt") else { return false }
    let middle = file.dropFirst("groundtruth_rect.".count).dropLast("txt".count)
    return middle.isEmpty || middle.last == "." && middle.count > 1 && middle.dropLast().allSatisfy(\.isNumber)
  }

  func add(to survey: inout Survey) {
    for file in files { add(file, to: &survey) }
  }

  private func add(_ file: String, to survey: inout Survey) {
    let path = "\(listing.path)/\(file)"
    let numbered = file.dropFirst("groundtruth_rect.".count).dropLast(".txt".count)
    let target = numbered.isEmpty || file == "groundtruth_rect.txt" ? name : "\(name)-\(numbered)"
    // Human4's first annotation file is empty in the original: the folder's one target stands in the second.
    if files.count > 1, let bytes = try? TextFile.read(path), bytes.allSatisfy({ $0 <= Byte.space }) { return }
    var reading = survey.read(path: path, shown: "\(name)/\(file)", sequence: target, boxesOnly: true)
    let found = reading.annotation.regions.count
    let known = knowsOTB ? OTBList.target(folder: name, annotationFile: file, rows: found) : nil
    if let trimmed = known.flatMap({ reading.annotation.dropping($0) }) { reading.annotation = trimmed }
    let rows = reading.annotation.regions.count
    let metadata = VOTMetadata(listing, name: name, frames: rows == 0 ? nil : rows, &survey)
    let attributes =
      known?.attributes.map(\.rawValue)
      ?? AttributeFile.read("attributes.txt", in: listing, named: name, order, &survey)
    let places = PicturePlaces(in: listing, named: name, ["img", "imgs", "color"])
    let range: ClosedRange<Int>? =
      if let known, known.count == rows, places.hasPicture(numbered: known.range.lowerBound) {
        // David's folder begins 299 pictures before its annotation.
        known.range
      } else {
        nil
      }
    let pictures = places.pictures(of: target, rows: rows, numbered: range, digits: known?.digits ?? 1, &survey)
    let sequence = Sequence(
      name: target, frames: pictures.frames, annotation: reading.annotation, attributes: attributes,
      frameTags: metadata.tags, obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }
}
