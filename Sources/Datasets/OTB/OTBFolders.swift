import Geometry

/// The Object Tracking Benchmark in its original folders.
///
/// Pictures come from `<root>/OTB100/<Folder>/img`, boxes from the annotation file in the same folder or, where there is
/// none, from `<root>/annotations/OTB100/OTB100.json`: such a target can be scored and perhaps not run.
struct OTBFolders {
  private let folder: String
  private let listing: FolderListing?
  private let listPath: String
  private let listExists: Bool
  private var listings: [String: FolderListing] = [:]
  private var survey = Survey()

  static let folderName = "OTB100"
  static let listName = "annotations/OTB100/OTB100.json"

  /// - Throws: ``DatasetError`` of kind `missing` where `root` has neither the folder nor the list of boxes.
  static func survey(_ list: OTBList, root: String?) throws(DatasetError) -> Dataset {
    guard let root else { throw nowhere(list, "no data folder is known") }
    guard let rootListing = FolderListing(root) else { throw nowhere(list, "there is no folder \(root)") }
    var folders = OTBFolders(root: root)
    guard folders.listing != nil || folders.listExists else {
      let nested = list.targets.contains { rootListing.hasFolder($0.folder) }
      throw nowhere(
        list,
        "\(root) has neither a folder \(folderName) nor \(listName)"
          + (nested ? " (it holds sequences itself: name the folder above it, with these in \(folderName))" : ""))
    }
    let dataset = folders.dataset(list)
    guard dataset.absent.count < list.targets.count || !dataset.faults.isEmpty else {
      throw nowhere(list, "\(root)/\(folderName) holds none of the \(list.targets.count) sequences")
    }
    return dataset
  }

  private static func nowhere(_ list: OTBList, _ cause: String) -> DatasetError {
    DatasetError(
      .missing, file: list.rawValue, cause: cause,
      remedy:
        "put the sequences into <data root>/\(folderName)/<Sequence>/img and groundtruth_rect.txt, and point at it"
        + " with --data-root or $TRACKBENCH_DATA")
  }

  private init(root: String) {
    folder = "\(root)/\(Self.folderName)"
    listing = FolderListing(folder)
    listPath = "\(root)/\(Self.listName)"
    listExists = FolderListing("\(root)/annotations/OTB100")?.hasFile("OTB100.json") ?? false
  }

  private mutating func dataset(_ list: OTBList) -> Dataset {
    // Targets without boxes of their own are gathered first, so that the list of boxes is read once or not at all.
    let targets = list.targets
    let places = targets.map { place(of: $0) }
    let wanted = zip(targets, places).filter { $1?.annotation == nil }.map { $0.0.name }
    let boxes = listed(wanted)
    for (target, place) in zip(targets, places) { add(target, place, boxes?.entries[target.name]) }
    return survey.dataset(
      named: list.rawValue, attributes: Attribute.shortNames, subsets: list == .otb100 ? OTBList.subsets : [:])
  }

  /// The boxes of `names` from the list, nil where there is no list (or it is damaged, which is then a fault).
  private mutating func listed(_ names: [String]) -> PysotAnnotations? {
    guard listExists, !names.isEmpty else { return nil }
    do throws(DatasetError) {
      let bytes = try TextFile.read(listPath, name: Self.listName)
      let list = try PysotAnnotations(bytes, name: Self.listName, wanted: Set(names), boxesOnly: true)
      survey.faults += list.faults
      return list
    } catch {
      survey.faults.append(error)
      return nil
    }
  }

  /// Where a target's files lie.
  private struct Place {
    /// The folder's name as it is on disk.
    let folder: String
    let annotation: String?
    let listing: FolderListing
  }

  /// The target's folder, or a folder of the target's own name as pysot's packing has it (`Jogging-1`).
  private mutating func place(of target: OTBList.Target) -> Place? {
    guard let listing else { return nil }
    for name in [target.folder, target.name] where listing.hasFolder(name) {
      guard let inside = cachedListing(name) else { continue }
      let candidates =
        name == target.folder ? [target.annotationFile] : [target.annotationFile, "groundtruth_rect.txt"]
      return Place(folder: name, annotation: candidates.first(where: inside.hasFile), listing: inside)
    }
    return nil
  }

  private mutating func cachedListing(_ name: String) -> FolderListing? {
    if let known = listings[name] { return known }
    listings[name] = FolderListing("\(folder)/\(name)")
    return listings[name]
  }

  private mutating func add(_ target: OTBList.Target, _ place: Place?, _ entry: PysotEntry?) {
    guard let reading = annotation(of: target, place, entry) else { return }
    var files: FrameFiles?
    var obstacle: Sequence.Obstacle?
    if let place {
      (files, obstacle) = pictures(of: target, place)
    } else {
      obstacle = .notHere("no folder \(Self.folderName)/\(target.folder)")
    }
    let sequence = Sequence(
      name: target.name, frames: files.map(Frames.init(files:)) ?? .none, annotation: reading.annotation,
      attributes: target.attributes.map(\.rawValue), obstacle: obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }

  /// nil where there is nothing of the target on this machine: then it is absent.
  private mutating func annotation(
    of target: OTBList.Target, _ place: Place?, _ entry: PysotEntry?
  ) -> Survey.Reading? {
    if let place, let file = place.annotation {
      let shown = "\(place.folder)/\(file)"
      let reading = survey.read(path: "\(folder)/\(shown)", shown: shown, sequence: target.name, boxesOnly: true)
      return trimmed(reading, to: target)
    }
    if let entry { return listed(entry, target) }
    guard let place else {
      survey.absent.append(
        AbsentSequence(
          name: target.name,
          reason: "no folder \(Self.folderName)/\(target.folder), and no boxes in \(Self.listName)"))
      return nil
    }
    let file = "\(place.folder)/\(target.annotationFile)"
    survey.faults.append(
      DatasetError(
        .missing, sequence: target.name, file: file,
        cause: "there is no such file, and no boxes of \(target.name) in \(Self.listName)",
        remedy: Wording.orExclude("put the annotation there", target.name)))
    return Survey.Reading(annotation: Annotation(regions: [], source: file), isWhole: false)
  }

  /// The boxes of an entry of the list.
  private mutating func listed(_ entry: PysotEntry, _ target: OTBList.Target) -> Survey.Reading {
    let isWhole = entry.isWhole && entry.regions.count == target.count
    if entry.regions.count != target.count {
      survey.faults.append(
        DatasetError(
          .countMismatch, sequence: target.name, file: Self.listName, line: entry.line,
          cause: "expected \(target.count) boxes for \(target.name), found \(entry.regions.count)",
          remedy: Wording.orExclude("fetch the file again", target.name)))
    }
    let lines = Array(repeating: entry.line, count: entry.regions.count)
    return Survey.Reading(
      annotation: Annotation(regions: entry.regions, source: Self.listName, lines: lines, firstPixel: 1),
      isWhole: isWhole)
  }

  /// The rows of the benchmark's own range: all of them, or those behind the ones it leaves out (quirk Q8).
  private mutating func trimmed(_ reading: Survey.Reading, to target: OTBList.Target) -> Survey.Reading {
    let count = reading.annotation.regions.count
    // A file without any row has been reported as that.
    if count == target.count || count == 0 { return reading }
    if let trimmed = reading.annotation.dropping(target) {
      return Survey.Reading(annotation: trimmed, isWhole: reading.isWhole)
    }
    let original = target.leadingRows > 0 ? " (or \(target.count + target.leadingRows), from image 1 on)" : ""
    survey.faults.append(
      DatasetError(
        .countMismatch, sequence: target.name, file: reading.annotation.source,
        cause: "expected \(target.count) lines for the images \(target.range.lowerBound) to \(target.range.upperBound)"
          + "\(original), found \(count)",
        remedy: Wording.orExclude("fetch the original file", target.name)))
    return Survey.Reading(annotation: reading.annotation, isWhole: false)
  }

  private mutating func pictures(
    of target: OTBList.Target, _ place: Place
  ) -> (FrameFiles?, Sequence.Obstacle?) {
    let shown = "\(place.folder)/img"
    func empty(_ cause: String) -> DatasetError {
      DatasetError(
        .framesMissing, sequence: target.name, file: shown, cause: cause,
        remedy: "put the \(target.count) pictures there; until then \(target.name) is scored only")
    }
    guard place.listing.hasFolder("img"), let images = cachedListing(shown) else {
      return (nil, .withoutPictures(empty("there is no such folder")))
    }
    let pictures = images.pictures
    guard !pictures.isEmpty else {
      return (nil, .withoutPictures(empty("expected pictures (.jpg, .jpeg or .png), found none")))
    }
    let range = FrameRange(
      pictures, numbered: target.range, digits: target.digits, folder: images.path, shown: shown, sequence: target.name)
    let obstacle = survey.obstacle(of: range)
    return (range.files, obstacle)
  }
}

extension Annotation {
  /// Without the rows that stand before the target's first frame; nil where the count does not tell that they are there.
  func dropping(_ target: OTBList.Target) -> Annotation? {
    guard target.leadingRows > 0, regions.count == target.count + target.leadingRows else { return nil }
    return Annotation(
      regions: Array(regions.dropFirst(target.leadingRows)), source: source,
      lines: Array(lines.dropFirst(target.leadingRows)), firstPixel: firstPixel)
  }
}
