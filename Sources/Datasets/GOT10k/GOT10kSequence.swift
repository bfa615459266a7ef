import Geometry

/// One sequence of GOT-10k: pictures `00000001.jpg` beside `groundtruth.txt`, `cover.label` (visible share in eighths),
/// `absence.label`, `cut_by_image.label` and `meta_info.ini`.
///
/// In the test part only the first box is published and the labels are missing.
struct GOT10kSequence: SequenceLayout {
  private let name: String
  private let listing: FolderListing

  init?(_ listing: FolderListing, name: String) {
    guard listing.hasFile("groundtruth.txt") else { return nil }
    let isLabelled = listing.hasFile("cover.label") && listing.hasFile("cut_by_image.label")
    guard listing.hasFile("meta_info.ini") || isLabelled || name.hasPrefix("GOT-10k_") else { return nil }
    self.name = name
    self.listing = listing
  }

  func add(to survey: inout Survey) {
    let places = PicturePlaces(in: listing, named: name, [])
    let read = survey.read(
      path: "\(listing.path)/groundtruth.txt", shown: "\(name)/groundtruth.txt", sequence: name, boxesOnly: true,
      firstPixel: 0)
    let (reading, isFirstOnly) = read.stretched(to: places.count)
    let rows = reading.annotation.regions.count
    let frames = rows == 0 || isFirstOnly ? nil : rows
    let cover = labels("cover.label", .cover, frames, &survey)
    let absence = labels("absence.label", .flags, frames, &survey)
    let cut = labels("cut_by_image.label", .flags, frames, &survey)
    let pictures = places.pictures(of: name, rows: rows, &survey)
    let sequence = Sequence(
      name: name, frames: pictures.frames, annotation: reading.annotation,
      frameTags: cut.map { ["cut_by_image": $0.map { $0 == 1 }] } ?? [:],
      visible: absence.map { $0.map { $0 == 0 } } ?? cover.map { $0.map { $0 > 0 } }, cover: cover,
      video: video(&survey), hasOnlyFirstBox: isFirstOnly, obstacle: pictures.obstacle)
    survey.add(sequence, isWhole: reading.isWhole)
  }

  private func labels(
    _ file: String, _ rules: FrameValues.Rules, _ frames: Int?, _ survey: inout Survey
  ) -> [Int]? {
    guard listing.hasFile(file) else {
      if frames != nil, file == "cover.label" {
        survey.notes.append(
          DatasetError(
            .missing, sequence: name, file: "\(name)/\(file)",
            cause: "there is no such file: which frames the target can be seen in is not known"))
      }
      return nil
    }
    return FrameValues.read(file, in: listing, shown: "\(name)/\(file)", sequence: name, rules, &survey)?
      .exactly(frames, &survey)
  }

  /// `resolution: (1920, 1080)` and `anno_fps: 10Hz` of `meta_info.ini`.
  private func video(_ survey: inout Survey) -> Sequence.VideoInfo? {
    guard listing.hasFile("meta_info.ini") else { return nil }
    let pairs: [KeyedLines.Pair]
    do throws(DatasetError) {
      pairs = try KeyedLines.read(
        "\(listing.path)/meta_info.ini", shown: "\(name)/meta_info.ini", sequence: name, separator: ":")
    } catch {
      survey.faults.append(error)
      return nil
    }
    var video = Sequence.VideoInfo()
    for pair in pairs {
      switch pair.key {
      case "resolution":
        let sides = pair.value.filter { !"() ".contains($0) }.split(separator: ",").map { Int($0) }
        if sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0 {
          (video.width, video.height) = (width, height)
        } else {
          survey.faults.append(pair.fault("a width and a height, (W, H), for resolution"))
        }
      case "anno_fps":
        video.frameRate = Double(pair.value.prefix { $0.isNumber || $0 == "." }).flatMap { $0 > 0 ? $0 : nil }
        if video.frameRate == nil { survey.faults.append(pair.fault("a number above 0 and Hz for anno_fps")) }
      default: continue
      }
    }
    return video
  }
}

extension Survey.Reading {
  /// The annotation of a sequence of `pictures` frames of which only the first box is published: the others are absent.
  /// As it is where there is more than one box, or no more than one picture.
  func stretched(to pictures: Int) -> (reading: Survey.Reading, isFirstOnly: Bool) {
    guard isWhole, annotation.regions.count == 1, pictures > 1 else { return (self, false) }
    let regions = annotation.regions + Array(repeating: .absent, count: pictures - 1)
    let long = Annotation(
      regions: regions, source: annotation.source, lines: annotation.lines, firstPixel: annotation.firstPixel)
    return (Survey.Reading(annotation: long, isWhole: true), true)
  }
}
