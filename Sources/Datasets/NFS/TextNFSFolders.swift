/// Need for Speed as pytracking has it: `anno/nfs_<name>.txt` of left, top, width, height at 30 frames a second, and
/// pictures in `sequences/<name>/00001.jpg`.
///
/// Sequences have the names of the benchmark; pytracking's own begin with `nfs_`.
struct TextNFSFolders: FolderLayout {
  private let listing: FolderListing
  private let files: [String]

  let benchmark = "nfs"

  init?(_ listing: FolderListing) {
    guard listing.hasFolder("anno"), let anno = FolderListing("\(listing.path)/anno") else { return nil }
    files = anno.files.filter { $0.hasPrefix("nfs_") && $0.hasSuffix(".txt") && $0.count > "nfs_.txt".count }
    guard !files.isEmpty else { return nil }
    self.listing = listing
  }

  func add(to survey: inout Survey) {
    for file in files {
      let name = String(file.dropFirst("nfs_".count).dropLast(".txt".count))
      let reading = survey.read(
        path: "\(listing.path)/anno/\(file)", shown: "anno/\(file)", sequence: name, boxesOnly: true, firstPixel: 0)
      let folder = "sequences/\(name)"
      let pictures = PicturePlaces("\(listing.path)/\(folder)", shown: folder).pictures(
        of: name, rows: reading.annotation.regions.count, &survey)
      let sequence = Sequence(
        name: name, frames: pictures.frames, annotation: reading.annotation,
        video: Sequence.VideoInfo(frameRate: 30), obstacle: pictures.obstacle)
      survey.add(sequence, isWhole: reading.isWhole)
    }
  }
}
