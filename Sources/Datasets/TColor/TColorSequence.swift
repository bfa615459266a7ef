/// One sequence of Temple Color 128: `<name>_gt.txt`, `<name>_frames.txt` with the numbers of the first and the last
/// picture, `<name>_att.txt` with OTB's eleven flags, and pictures in `img`.
///
/// Files are found by their ends, because not all of them begin with the folder's name: the annotation of `Yo_yos_ce1` is
/// `Yo-yos_ce1_gt.txt`.
struct TColorSequence: SequenceLayout {
  private let name: String
  private let listing: FolderListing
  private let annotation: String

  init?(_ listing: FolderListing, name: String) {
    guard let annotation = Self.file("_gt.txt", in: listing, named: name) else { return nil }
    self.name = name
    self.listing = listing
    self.annotation = annotation
  }

  /// The file of that end: the one with the folder's name, else the only one.
  private static func file(_ end: String, in listing: FolderListing, named name: String) -> String? {
    if listing.hasFile(name + end) { return name + end }
    let found = listing.files.filter { $0.hasSuffix(end) && $0 != end }
    return found.count == 1 ? found[0] : nil
  }

  func add(to survey: inout Survey) {
    let reading = survey.read(
      path: "\(listing.path)/\(annotation)", shown: "\(name)/\(annotation)", sequence: name, boxesOnly: true)
    let rows = reading.annotation.regions.count
    let range = range(rows, &survey)
    let attributes =
      Self.file("_att.txt", in: listing, named: name).map {
        AttributeFile.read($0, in: listing, named: name, .otb, &survey)
      } ?? []
    let pictures = PicturePlaces(in: listing, named: name, ["img"]).pictures(
      of: name, rows: rows, numbered: range, digits: 4, &survey)
    let sequence = Sequence(
      name: name, frames: pictures.frames, annotation: reading.annotation, attributes: attributes,
      obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }

  /// The picture numbers of the annotated frames; nil where no file tells them or it is damaged.
  private func range(_ rows: Int, _ survey: inout Survey) -> ClosedRange<Int>? {
    guard let file = Self.file("_frames.txt", in: listing, named: name) else {
      survey.notes.append(
        DatasetError(
          .missing, sequence: name, file: "\(name)/\(name)_frames.txt",
          cause: "there is no such file; the annotation is taken to begin at the first picture"))
      return nil
    }
    let shown = "\(name)/\(file)"
    do throws(DatasetError) {
      let bytes = try TextFile.read("\(listing.path)/\(file)", name: shown, sequence: name)
      let table = try NumberTable.parse(bytes, name: shown, rules: .init(width: .exactly(2), sequence: name))
      let limit = 0.0...1e9
      guard table.count == 1, let first = table.values.first, let last = table.values.last, limit.contains(first),
        limit.contains(last), first <= last, let lower = Int(exactly: first), let upper = Int(exactly: last)
      else {
        throw DatasetError(
          .malformed, sequence: name, file: shown, line: table.count == 0 ? nil : table.line(ofRow: 0),
          cause: "expected one line with the numbers of the first and the last picture, found "
            + (table.count == 1 ? table[0].map(Wording.short).joined(separator: ",") : "\(table.count) lines"),
          remedy: Wording.orExclude("fix the file", name))
      }
      if rows > 0, upper - lower + 1 != rows {
        throw DatasetError(
          .countMismatch, sequence: name, file: shown, line: table.line(ofRow: 0),
          cause: "expected a range of \(Wording.count(rows, "picture")), one for each line of \(annotation), found "
            + "\(lower),\(upper), which is \(upper - lower + 1)",
          remedy: Wording.orExclude("fetch both files again", name))
      }
      return lower...upper
    } catch {
      survey.faults.append(error)
      return nil
    }
  }
}
