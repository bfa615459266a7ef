/// One sequence in VOT's form: `groundtruth.txt` of 4 or 8 numbers a line, pictures in `color` (VOT2017 and later), in
/// `imgs` or `img`, or beside the annotation (VOT2016 and earlier), tags, `anchor.value`, and from 2018 on `sequence`.
struct VOTSequence: SequenceLayout {
  private let name: String
  private let listing: FolderListing

  init?(_ listing: FolderListing, name: String) {
    guard listing.hasFile("groundtruth.txt") else { return nil }
    self.name = name
    self.listing = listing
  }

  func add(to survey: inout Survey) {
    let reading = survey.read(
      path: "\(listing.path)/groundtruth.txt", shown: "\(name)/groundtruth.txt", sequence: name, boxesOnly: false)
    let rows = reading.annotation.regions.count
    let metadata = VOTMetadata(listing, name: name, frames: rows == 0 ? nil : rows, &survey)
    let pictures = PicturePlaces(in: listing, named: name, ["color", "imgs", "img"]).pictures(
      of: name, rows: rows, &survey)
    let sequence = Sequence(
      name: name, frames: pictures.frames, annotation: reading.annotation, frameTags: metadata.tags,
      anchors: metadata.anchors, video: metadata.video, obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }
}
