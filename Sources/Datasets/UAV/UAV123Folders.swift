/// UAV123 in its original folders: `anno/UAV123/<name>.txt`, and pictures in `data_seq/UAV123/<folder>/000001.jpg`.
///
/// 91 videos hold 123 targets: which pictures belong to a target is told by `sequences.json` beside `anno`, else by the
/// program's own list. A copy of the annotations alone has its files in `anno` itself.
struct UAV123Folders: FolderLayout {
  private let listing: FolderListing
  private let annotations: FolderListing
  /// What messages call the folder of the annotations: `anno/UAV123`.
  private let shown: String

  let benchmark = "uav123"

  init?(_ listing: FolderListing) {
    guard listing.hasFolder("anno"), let anno = FolderListing("\(listing.path)/anno") else { return nil }
    if anno.hasFolder("UAV123"), let inside = FolderListing("\(anno.path)/UAV123") {
      (annotations, shown) = (inside, "anno/UAV123")
    } else if listing.hasFile("sequences.json") || Self.knowsMost(of: anno) {
      (annotations, shown) = (anno, "anno")
    } else {
      return nil
    }
    self.listing = listing
  }

  /// Whether the annotation files of a folder are UAV123's by their names.
  private static func knowsMost(of anno: FolderListing) -> Bool {
    let texts = anno.files.filter { $0.hasSuffix(".txt") }
    let known = texts.count { UAV123List.names.contains(String($0.dropLast(4))) }
    return known > 0 && known * 2 >= texts.count
  }

  func add(to survey: inout Survey) {
    let targets = targets(&survey)
    for target in targets { add(target, to: &survey) }
    let known = Set(targets.map(\.name))
    let others = annotations.files.filter { $0.hasSuffix(".txt") && !known.contains(String($0.dropLast(4))) }
    if !others.isEmpty {
      survey.notes.append(
        DatasetError(
          .unknownName, file: shown,
          cause: "\(Wording.count(others.count, "file")) of no target of UAV123, not used: \(others[0])"
            + (others.count > 1 ? " and others" : "")))
    }
  }

  private func targets(_ survey: inout Survey) -> [UAV123List.Target] {
    guard listing.hasFile("sequences.json") else { return UAV123List.targets }
    do throws(DatasetError) {
      let bytes = try TextFile.read("\(listing.path)/sequences.json", name: "sequences.json")
      return try UAV123List.targets(json: bytes, name: "sequences.json")
    } catch {
      survey.faults.append(error)
      return []
    }
  }

  private func add(_ target: UAV123List.Target, to survey: inout Survey) {
    let file = "\(target.name).txt"
    guard annotations.hasFile(file) else {
      survey.absent.append(AbsentSequence(name: target.name, reason: "no file \(shown)/\(file)"))
      return
    }
    var reading = survey.read(
      path: "\(annotations.path)/\(file)", shown: "\(shown)/\(file)", sequence: target.name, boxesOnly: true)
    let rows = reading.annotation.regions.count
    if reading.isWhole, rows != target.range.count {
      reading.isWhole = false
      survey.faults.append(
        DatasetError(
          .countMismatch, sequence: target.name, file: "\(shown)/\(file)",
          cause: "expected \(target.range.count) lines for the images \(target.range.lowerBound) to "
            + "\(target.range.upperBound), found \(rows)",
          remedy: Wording.orExclude("fetch the original file", target.name)))
    }
    let folder = "data_seq/UAV123/\(target.folder)"
    let pictures = PicturePlaces("\(listing.path)/\(folder)", shown: folder).pictures(
      of: target.name, rows: rows, numbered: target.range, digits: 6, &survey)
    let sequence = Sequence(
      name: target.name, frames: pictures.frames, annotation: reading.annotation, attributes: target.attributes,
      obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }
}
