/// One sequence of LaSOT: `groundtruth.txt`, pictures in `img`, and in which frames the target cannot be seen:
/// `full_occlusion.txt` and `out_of_view.txt`, or `absent.txt`, the two in one as LaSOT's toolkit keeps them.
struct LaSOTSequence: SequenceLayout {
  private let name: String
  private let listing: FolderListing

  private static let flagFiles = ["full_occlusion.txt", "out_of_view.txt", "absent.txt"]

  init?(_ listing: FolderListing, name: String) {
    guard listing.hasFile("groundtruth.txt"), Self.flagFiles.contains(where: listing.hasFile) else { return nil }
    self.name = name
    self.listing = listing
  }

  func add(to survey: inout Survey) {
    let reading = survey.read(
      path: "\(listing.path)/groundtruth.txt", shown: "\(name)/groundtruth.txt", sequence: name, boxesOnly: true)
    let rows = reading.annotation.regions.count
    let visible = visible(rows == 0 ? nil : rows, &survey)
    let attributes = AttributeFile.read("attributes.txt", in: listing, named: name, .lasot, &survey)
    let pictures = PicturePlaces(in: listing, named: name, ["img"]).pictures(of: name, rows: rows, &survey)
    let sequence = Sequence(
      name: name, frames: pictures.frames, annotation: reading.annotation, attributes: attributes, visible: visible,
      obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }

  /// Neither fully occluded nor out of view (metrics reference, 4.1); nil where a file is damaged.
  private func visible(_ frames: Int?, _ survey: inout Survey) -> [Bool]? {
    let pair = Self.flagFiles.prefix(2).filter(listing.hasFile)
    let files = pair.isEmpty ? ["absent.txt"] : pair
    if pair.count == 1, let there = pair.first {
      let other = there == "out_of_view.txt" ? "full_occlusion.txt" : "out_of_view.txt"
      survey.notes.append(
        DatasetError(
          .missing, sequence: name, file: "\(name)/\(other)",
          cause: "there is no such file; frames count as without target by \(there) alone"))
    }
    var hidden: [Bool]?
    for file in files {
      let read = FrameValues.read(
        file, in: listing, shown: "\(name)/\(file)", sequence: name, .lasotFlags, &survey)
      guard let flags = read?.exactly(frames, &survey) else { return nil }
      hidden = zip(hidden ?? Array(repeating: false, count: flags.count), flags).map { $0 || $1 == 1 }
    }
    return hidden?.map { !$0 }
  }
}
