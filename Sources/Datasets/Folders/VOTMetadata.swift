/// What lies beside VOT's `groundtruth.txt`: per-frame tags and the `sequence` file.
struct VOTMetadata {
  private(set) var tags: [String: [Bool]] = [:]
  private(set) var video: Sequence.VideoInfo?

  /// - Parameters:
  ///   - frames: annotated frames; nil where the annotation itself is damaged: tags are then read for their faults only.
  init(_ listing: FolderListing, name: String, frames: Int?, _ faults: inout [DatasetError]) {
    for file in listing.files where file.hasSuffix(".tag") || file.hasSuffix(".label") {
      // GOT-10k's visible share in eighths has the suffix of a tag and is none.
      guard file != "cover.label" else { continue }
      let tag = String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)])
      do throws(DatasetError) {
        let bytes = try TextFile.read("\(listing.path)/\(file)", name: "\(name)/\(file)", sequence: name)
        tags[tag] = Self.flags(bytes, file: "\(name)/\(file)", sequence: name, frames: frames, &faults)
      } catch {
        faults.append(error)
      }
    }
    if listing.hasFile("sequence") { video = Self.video(listing, name: name, &faults) }
  }

  /// One 0 or 1 a line; a file shorter than the sequence is filled up with 0 (quirk Q29), a longer one is a fault.
  static func flags(
    _ bytes: [UInt8], file: String, sequence: String, frames: Int?, _ faults: inout [DatasetError]
  ) -> [Bool] {
    let rules = NumberTable.Rules(width: .exactly(1), sequence: sequence)
    let table = NumberTable.parse(bytes, name: file, rules: rules, faults: &faults)
    var flags: [Bool] = []
    for row in 0..<table.count {
      let number = table[row].first ?? 0
      if number != 0, number != 1 {
        faults.append(
          DatasetError(
            .malformed, sequence: sequence, file: file, line: table.line(ofRow: row),
            cause: "expected 0 or 1, found \(number)", remedy: Wording.orExclude("fix the line", sequence)))
      }
      flags.append(number == 1)
    }
    guard let frames else { return flags }
    if flags.count > frames {
      faults.append(
        DatasetError(
          .countMismatch, sequence: sequence, file: file, line: table.line(ofRow: frames),
          cause: "expected at most \(Wording.count(frames, "line")), one a frame, found \(flags.count)",
          remedy: Wording.orExclude("remove the lines beyond", sequence)))
    }
    return Array(flags.prefix(frames)) + Array(repeating: false, count: max(0, frames - flags.count))
  }

  /// `key=value` lines, of which fps, width and height are taken.
  private static func video(
    _ listing: FolderListing, name: String, _ faults: inout [DatasetError]
  ) -> Sequence.VideoInfo? {
    let file = "\(name)/sequence"
    let bytes: [UInt8]
    do throws(DatasetError) {
      bytes = try TextFile.read("\(listing.path)/sequence", name: file, sequence: name)
    } catch {
      faults.append(error)
      return nil
    }
    var video = Sequence.VideoInfo()
    for (index, line) in TextLines(bytes).enumerated() {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks() }
      guard parts.count == 2 else { continue }
      var wrong: String?
      switch parts[0] {
      case "fps":
        video.frameRate = Double(parts[1]).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
        if video.frameRate == nil { wrong = "a number above 0 for fps" }
      case "width":
        video.width = Int(parts[1]).flatMap { $0 > 0 ? $0 : nil }
        if video.width == nil { wrong = "a whole number above 0 for width" }
      case "height":
        video.height = Int(parts[1]).flatMap { $0 > 0 ? $0 : nil }
        if video.height == nil { wrong = "a whole number above 0 for height" }
      default: continue
      }
      if let wrong {
        faults.append(
          DatasetError(
            .malformed, sequence: name, file: file, line: index + 1,
            cause: "expected \(wrong), found \(Quote.text(parts[1].utf8))",
            remedy: Wording.orExclude("fix the line", name)))
      }
    }
    return video
  }
}

/// The lines of a small text file, without their ends: LF, CRLF or CR.
struct TextLines: Swift.Sequence {
  private let lines: [Substring]

  init(_ bytes: [UInt8]) {
    let text = String(
      decoding: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
    // CRLF is one Character, so no line end is counted twice.
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  func makeIterator() -> IndexingIterator<[Substring]> { lines.makeIterator() }
}

extension Substring {
  func trimmingBlanks() -> String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
