/// TrackingNet's `TEST` part, or any other part of it: `anno/<name>.txt` and pictures in `frames/<name>/0.jpg`, `1.jpg`, ….
///
/// Pictures are counted from 0 and without leading zeros, so they are put in order by their numbers. In TEST only the
/// first box is published (metrics reference, 4.4).
struct TrackingNetFolders: FolderLayout {
  private let path: String
  private let annotations: FolderListing
  /// The part, where the folder is that of all parts: `TEST/`.
  private let part: String

  let benchmark = "trackingnet"

  init?(_ listing: FolderListing) {
    for (part, inside) in [("TEST/", FolderListing("\(listing.path)/TEST")), ("", listing)] {
      guard let inside, inside.hasFolder("anno"), part == "TEST/" || inside.hasFolder("frames"),
        let anno = FolderListing("\(inside.path)/anno"), anno.files.contains(where: { $0.hasSuffix(".txt") })
      else { continue }
      (path, annotations, self.part) = (inside.path, anno, part)
      return
    }
    return nil
  }

  func add(to survey: inout Survey) {
    for file in annotations.files where file.hasSuffix(".txt") && file.count > ".txt".count {
      let name = String(file.dropLast(".txt".count))
      let folder = "frames/\(name)"
      let places = PicturePlaces("\(path)/\(folder)", shown: part + folder)
      let read = survey.read(
        path: "\(annotations.path)/\(file)", shown: "\(part)anno/\(file)", sequence: name, boxesOnly: true,
        firstPixel: 0)
      let (reading, isFirstOnly) = read.stretched(to: places.count)
      let pictures = places.pictures(of: name, rows: reading.annotation.regions.count, &survey)
      let sequence = Sequence(
        name: name, frames: pictures.frames, annotation: reading.annotation, hasOnlyFirstBox: isFirstOnly,
        obstacle: pictures.obstacle)
      survey.add(sequence, isWhole: reading.isWhole)
    }
  }
}
