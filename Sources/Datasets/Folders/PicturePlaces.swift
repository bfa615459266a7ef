/// Folders in which the pictures of a sequence may lie; the first that holds one is taken.
struct PicturePlaces {
  /// Folders that are there, best first.
  private let folders: [(listing: FolderListing, shown: String)]
  /// What is named where there is no picture: `bag/color`.
  private let wanted: String
  /// Whether the wanted folder is there and empty.
  private let isEmptyFolder: Bool

  /// Folders inside a sequence's own, and that folder itself (VOT2016, GOT-10k).
  ///
  /// - Parameter name: what messages call the sequence's folder.
  init(in listing: FolderListing, named name: String, _ names: [String]) {
    let inside = names.filter(listing.hasFolder).compactMap { folder in
      FolderListing("\(listing.path)/\(folder)").map { (listing: $0, shown: "\(name)/\(folder)") }
    }
    folders = inside + [(listing: listing, shown: name)]
    wanted = inside.first?.shown ?? names.first.map { "\(name)/\($0)" } ?? name
    isEmptyFolder = !inside.isEmpty || names.isEmpty
  }

  /// One folder elsewhere.
  init(_ path: String, shown: String) {
    let listing = FolderListing(path)
    folders = listing.map { [(listing: $0, shown: shown)] } ?? []
    wanted = shown
    isEmptyFolder = listing != nil
  }

  /// The pictures numbered `range`, or the first `rows`, of `sequence`.
  ///
  /// - Parameters:
  ///   - rows: annotated frames; 0 where the annotation is damaged: then all pictures are looked at.
  ///   - range: numbers of the first and the last picture, where a list tells them.
  ///   - digits: of the file names, for messages.
  func pictures(
    of sequence: String, rows: Int, numbered range: ClosedRange<Int>? = nil, digits: Int = 1, _ survey: inout Survey
  ) -> SequencePictures {
    guard let (folder, shown, pictures) = found else {
      let cause =
        isEmptyFolder ? "expected pictures (.jpg, .jpeg or .png), found none" : "there is no such folder"
      return SequencePictures(
        files: nil,
        obstacle: .withoutPictures(
          DatasetError(
            .framesMissing, sequence: sequence, file: wanted, cause: cause,
            remedy: "put the \(Wording.count(rows, "picture")) there; until then \(sequence) is scored only")))
    }
    let frames =
      if let range {
        FrameRange(pictures, numbered: range, digits: digits, folder: folder.path, shown: shown, sequence: sequence)
      } else {
        FrameRange(
          pictures, firstOf: rows > 0 ? rows : pictures.count, folder: folder.path, shown: shown, sequence: sequence)
      }
    return SequencePictures(files: frames.files, obstacle: survey.obstacle(of: frames))
  }

  /// How many pictures there are.
  var count: Int { found?.pictures.count ?? 0 }

  /// Whether there is a picture of that number.
  func hasPicture(numbered number: Int) -> Bool { found?.pictures.contains { $0.number == number } ?? false }

  private var found: (folder: FolderListing, shown: String, pictures: [FrameName])? {
    for (listing, shown) in folders {
      let pictures = listing.pictures
      if !pictures.isEmpty { return (listing, shown, pictures) }
    }
    return nil
  }
}

/// The pictures of a sequence, and what stands in the way of running it.
struct SequencePictures {
  var files: FrameFiles?
  var obstacle: Sequence.Obstacle?

  var frames: Frames { files.map(Frames.init(files:)) ?? .none }
}
