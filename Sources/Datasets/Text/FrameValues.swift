/// A file of one whole number a frame: tags, occlusion flags, visible shares, anchors.
struct FrameValues {
  let values: [Int]
  private let lines: [Int]
  private let file: String
  private let sequence: String
  /// Whether the one line that holds everything could not be read; the count then says nothing.
  private let isLost: Bool

  /// What a file may hold.
  struct Rules {
    var allowed: ClosedRange<Int>
    /// As messages say it: `0 or 1`.
    var wanted: String
    /// Whether all numbers may stand in one line between commas, as LaSOT has them.
    var allowsOneLine = false

    static let flags = Rules(allowed: 0...1, wanted: "0 or 1")
    /// LaSOT's `full_occlusion.txt`: one comma line in the data set, one flag a line in its toolkit's copies.
    static let lasotFlags = Rules(allowed: 0...1, wanted: "0 or 1", allowsOneLine: true)
    /// GOT-10k's visible share in eighths.
    static let cover = Rules(allowed: 0...8, wanted: "a whole number from 0 to 8")
    /// VOT2020's starts: above 0 forward, below 0 backward.
    static let anchors = Rules(allowed: -1_000_000...1_000_000, wanted: "a whole number")
  }

  /// nil where the file cannot be read at all; what is wrong with it is among the faults.
  static func read(
    _ file: String, in listing: FolderListing, shown: String, sequence: String, _ rules: Rules,
    _ survey: inout Survey
  ) -> FrameValues? {
    do throws(DatasetError) {
      let bytes = try TextFile.read("\(listing.path)/\(file)", name: shown, sequence: sequence)
      return FrameValues(bytes, file: shown, sequence: sequence, rules, &survey)
    } catch {
      survey.faults.append(error)
      return nil
    }
  }

  init(_ bytes: [UInt8], file: String, sequence: String, _ rules: Rules, _ survey: inout Survey) {
    self.file = file
    self.sequence = sequence
    var width = NumberTable.Rules.Width.exactly(1)
    if rules.allowsOneLine, Self.isOneLine(bytes) { width = .any }
    let table = NumberTable.parse(
      bytes, name: file, rules: NumberTable.Rules(width: width, sequence: sequence), faults: &survey.faults)
    isLost = width == .any && table.values.isEmpty && table.count > 0
    var values: [Int] = []
    var lines: [Int] = []
    for row in 0..<table.count {
      let numbers = table[row]
      // A damaged line holds a place, so that the count is that of the file.
      for number in numbers.isEmpty && width != .any ? [0] : numbers {
        let value = Int(exactly: number).flatMap { rules.allowed.contains($0) ? $0 : nil }
        if value == nil {
          survey.faults.append(
            DatasetError(
              .malformed, sequence: sequence, file: file, line: table.line(ofRow: row),
              cause: "expected \(rules.wanted), found \(number)", remedy: Wording.orExclude("fix the line", sequence)))
        }
        values.append(value ?? 0)
        lines.append(table.line(ofRow: row))
      }
    }
    self.values = values
    self.lines = lines
  }

  /// One line that holds a comma.
  private static func isOneLine(_ bytes: [UInt8]) -> Bool {
    guard bytes.contains(where: Byte.isComma) else { return false }
    let text = bytes.prefix { !Byte.endsLine($0) }
    return bytes.dropFirst(text.count).allSatisfy { $0 <= Byte.space }
  }

  /// As many as there are frames: short files are filled up with 0, and noted (quirk Q29); longer ones are a fault.
  /// - Parameter frames: nil where the annotation itself is damaged; then the values as they are.
  func filled(to frames: Int?, _ survey: inout Survey) -> [Int] {
    guard let frames else { return values }
    if values.count > frames {
      survey.faults.append(
        DatasetError(
          .countMismatch, sequence: sequence, file: file, line: lines[frames],
          cause: "expected at most \(Wording.count(frames, "line")), one a frame, found \(values.count)",
          remedy: Wording.orExclude("remove the lines beyond", sequence)))
    } else if values.count < frames {
      survey.notes.append(
        DatasetError(
          .countMismatch, sequence: sequence, file: file,
          cause: "\(values.count) lines for \(Wording.count(frames, "frame")); the rest counts as 0 (Q29)"))
    }
    return Array(values.prefix(frames)) + Array(repeating: 0, count: max(0, frames - values.count))
  }

  /// As many as there are frames; nil where there are not, which is a fault.
  func exactly(_ frames: Int?, _ survey: inout Survey) -> [Int]? {
    guard let frames, !isLost else { return nil }
    guard values.count == frames else {
      survey.faults.append(
        DatasetError(
          .countMismatch, sequence: sequence, file: file, line: values.count > frames ? lines[frames] : lines.last,
          cause: "expected \(Wording.count(frames, "number")), one a frame, found \(values.count)",
          remedy: Wording.orExclude("fetch the file again", sequence)))
      return nil
    }
    return values
  }
}
