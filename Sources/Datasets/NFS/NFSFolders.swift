/// Need for Speed as its archives unpack: `<name>/30` and `<name>/240`, each with `<name>.txt` and pictures in `<name>/`.
///
/// The annotation has one line for each picture of 240 a second, in both folders: of the 30 a second, every eighth line
/// from the first on is a frame's (metrics reference, 4.3).
struct NFSFolders: FolderLayout {
  private let listing: FolderListing
  /// Sequences with the rates they have.
  private let sequences: [(name: String, rates: [Int])]
  /// Pictures a second: 30, what papers report, where nil and both are there.
  var rate: Int?

  let benchmark = "nfs"

  init?(_ listing: FolderListing) {
    self.listing = listing
    sequences = listing.folders.sorted().compactMap { name in
      guard let inside = FolderListing("\(listing.path)/\(name)") else { return nil }
      let rates = [30, 240].filter { inside.hasFolder(String($0)) }
      return rates.isEmpty ? nil : (name, rates)
    }
    guard !sequences.isEmpty else { return nil }
  }

  func add(to survey: inout Survey) {
    let wanted = rate ?? (sequences.contains { $0.rates.contains(30) } ? 30 : 240)
    let both = sequences.count { $0.rates.count == 2 }
    if rate == nil, both > 0 {
      survey.notes.append(
        DatasetError(
          .countMismatch, file: FolderDataset.lastComponent(listing.path),
          cause: "\(Wording.count(both, "sequence")) at 30 and at 240 pictures a second; those of 30 are taken, "
            + "--dataset nfs240 takes the others"))
    }
    for (name, rates) in sequences {
      if rates.contains(wanted) {
        add(name, wanted, to: &survey)
      } else {
        survey.absent.append(AbsentSequence(name: name, reason: "no folder \(name)/\(wanted)"))
      }
    }
  }

  private func add(_ name: String, _ rate: Int, to survey: inout Survey) {
    let shown = "\(name)/\(rate)"
    guard let inside = FolderListing("\(listing.path)/\(shown)") else {
      survey.absent.append(AbsentSequence(name: name, reason: "the folder \(shown) cannot be read"))
      return
    }
    let texts = inside.files.filter { $0.hasSuffix(".txt") }
    guard let file = texts.first(where: { $0 == "\(name).txt" }) ?? (texts.count == 1 ? texts[0] : nil) else {
      survey.faults.append(
        DatasetError(
          .missing, sequence: name, file: "\(shown)/\(name).txt", cause: "there is no such file",
          remedy: Wording.orExclude("put the annotation there", name)))
      return
    }
    let places = PicturePlaces(in: inside, named: shown, [String(file.dropLast(4)), "img"])
    let read = NFSAnnotation.read("\(inside.path)/\(file)", shown: "\(shown)/\(file)", sequence: name, &survey)
    let reading = read.paired(with: places.count, rate: rate, sequence: name, &survey)
    let pictures = places.pictures(of: name, rows: reading.annotation.regions.count, &survey)
    let sequence = Sequence(
      name: name, frames: pictures.frames, annotation: reading.annotation,
      attributes: AttributeFile.read("attributes.txt", in: inside, named: shown, .nfs, &survey),
      video: Sequence.VideoInfo(frameRate: Double(rate)), obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }
}

extension Survey.Reading {
  /// The lines of an annotation at 240 a second that belong to the pictures, by got10k's rule: every eighth where there are
  /// about eight times as many lines as pictures; a difference of one is cut.
  fileprivate func paired(
    with pictures: Int, rate: Int, sequence: String, _ survey: inout Survey
  ) -> Survey.Reading {
    let rows = annotation.regions.count
    guard isWhole, rows > 0, pictures > 0, rows != pictures else { return self }
    var kept = Array(0..<rows)
    var how: [String] = []
    if abs(Double(rows) / Double(pictures) - 8) < 1 {
      kept = Array(stride(from: 0, to: rows, by: 8))
      how.append("every 8th line is taken")
    }
    if kept.count == pictures + 1 {
      kept.removeLast()
      how.append("one line more than pictures is left out")
    } else if kept.count == pictures - 1 {
      how.append("one picture more than lines is left out")
    }
    // What is further apart stays as it is, and is a fault of the pictures.
    guard !how.isEmpty else { return self }
    survey.notes.append(
      DatasetError(
        .countMismatch, sequence: sequence, file: annotation.source,
        cause:
          "\(Wording.count(rows, "line")) for \(Wording.count(pictures, "picture")): \(how.joined(separator: ", "))"))
    let lines = annotation.lines
    return Survey.Reading(
      annotation: Annotation(
        regions: kept.map { annotation.regions[$0] }, source: annotation.source,
        lines: lines.count == rows ? kept.map { lines[$0] } : [], firstPixel: annotation.firstPixel),
      isWhole: true)
  }
}
