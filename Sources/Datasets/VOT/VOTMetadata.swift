/// What lies beside VOT's `groundtruth.txt`: per-frame tags, the anchors of multi-start runs and the `sequence` file.
struct VOTMetadata {
  private(set) var tags: [String: [Bool]] = [:]
  private(set) var anchors: [Int]?
  private(set) var video: Sequence.VideoInfo?

  /// The five tags of VOT, in the order of pysot's toolkit.
  static let tagNames = ["camera_motion", "illum_change", "motion_change", "size_change", "occlusion"]

  /// - Parameters:
  ///   - frames: annotated frames; nil where the annotation itself is damaged: tags are then read for their faults only.
  init(_ listing: FolderListing, name: String, frames: Int?, _ survey: inout Survey) {
    for file in listing.files where file.hasSuffix(".tag") || file.hasSuffix(".label") {
      // GOT-10k's visible share in eighths has the suffix of a tag and is none.
      guard file != "cover.label" else { continue }
      let tag = String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)])
      let read = FrameValues.read(
        file, in: listing, shown: "\(name)/\(file)", sequence: name, .flags, &survey)
      if let read { tags[tag] = read.filled(to: frames, &survey).map { $0 == 1 } }
    }
    if listing.hasFile("anchor.value") {
      let read = FrameValues.read(
        "anchor.value", in: listing, shown: "\(name)/anchor.value", sequence: name, .anchors, &survey)
      anchors = read?.filled(to: frames, &survey)
    }
    if listing.hasFile("sequence") { video = Self.video(listing, name: name, &survey.faults) }
  }

  /// `key=value` lines, of which fps, width and height are taken.
  private static func video(
    _ listing: FolderListing, name: String, _ faults: inout [DatasetError]
  ) -> Sequence.VideoInfo? {
    let file = "\(name)/sequence"
    let pairs: [KeyedLines.Pair]
    do throws(DatasetError) {
      pairs = try KeyedLines.read("\(listing.path)/sequence", shown: file, sequence: name, separator: "=")
    } catch {
      faults.append(error)
      return nil
    }
    var video = Sequence.VideoInfo()
    for pair in pairs {
      switch pair.key {
      case "fps":
        video.frameRate = Double(pair.value).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
        if video.frameRate == nil { faults.append(pair.fault("a number above 0 for fps")) }
      case "width":
        video.width = Int(pair.value).flatMap { $0 > 0 ? $0 : nil }
        if video.width == nil { faults.append(pair.fault("a whole number above 0 for width")) }
      case "height":
        video.height = Int(pair.value).flatMap { $0 > 0 ? $0 : nil }
        if video.height == nil { faults.append(pair.fault("a whole number above 0 for height")) }
      default: continue
      }
    }
    return video
  }
}
