/// Which of a folder's pictures belong to the annotated frames.
struct FrameRange {
  /// The files, one a frame; only those that are there where some are missing.
  let files: FrameFiles
  /// Empty where every frame has its picture.
  let faults: [DatasetError]
  /// The pictures numbered `first` to `last`.
  ///
  /// - Parameters:
  ///   - digits: of the file names the benchmark uses, for messages; the files' own may differ (quirk Q9).
  ///   - shown: the folder's name in messages.
  init(
    _ pictures: [FrameName], numbered range: ClosedRange<Int>, digits: Int, folder: String, shown: String,
    sequence: String
  ) {
    let inside = pictures.filter { $0.number.map(range.contains) ?? false }
    var faults = Self.repeated(inside, shown: shown, sequence: sequence)
    let pattern = Pattern(inside.first ?? pictures.first, digits: digits)
    faults += Self.gaps(inside.compactMap(\.number), in: range, step: 1).map { gap in
      Self.missing(gap, of: range.count, pattern, shown: shown, sequence: sequence)
    }
    files = FrameFiles(
      folder: folder, names: inside.map(\.file), shown: shown, unused: pictures.count - inside.count)
    self.faults = faults
  }

  /// The first `rows` pictures, where no list says which ones are annotated. Numbers may begin anywhere and go up by any
  /// constant step; a number left out is a fault, because every later picture would be taken for the one before it.
  init(_ pictures: [FrameName], firstOf rows: Int, folder: String, shown: String, sequence: String) {
    var faults = Self.repeated(pictures, shown: shown, sequence: sequence)
    let numbers = pictures.compactMap(\.number)
    if faults.isEmpty, numbers.count == pictures.count, let first = numbers.first, let last = numbers.last {
      let step = zip(numbers, numbers.dropFirst()).map { $1 - $0 }.min() ?? 1
      // Rows, steps and numbers come from outside: where they are too large to add up, the last picture ends the range.
      let length = step.multipliedReportingOverflow(by: rows - 1)
      let sum = first.addingReportingOverflow(length.partialValue)
      let end = length.overflow || sum.overflow ? last : min(last, sum.partialValue)
      if end >= first {
        let pattern = Pattern(pictures.first, digits: 1)
        faults += Self.gaps(numbers.filter { $0 <= end }, in: first...end, step: step).map { gap in
          Self.missing(gap, of: rows, pattern, shown: shown, sequence: sequence)
        }
      }
    }
    if faults.isEmpty, pictures.count < rows {
      faults.append(
        DatasetError(
          .countMismatch, sequence: sequence, file: shown,
          cause: "expected \(Wording.count(rows, "picture")), one for each annotated line, found \(pictures.count)",
          remedy: Wording.orExclude("put the missing pictures there", sequence)))
    }
    files = FrameFiles(
      folder: folder, names: pictures.prefix(rows).map(\.file), shown: shown, unused: max(0, pictures.count - rows))
    self.faults = faults
  }

  /// Two files with the same number: which of them is the frame cannot be told.
  private static func repeated(_ pictures: [FrameName], shown: String, sequence: String) -> [DatasetError] {
    zip(pictures, pictures.dropFirst()).filter { $0.number != nil && $0.number == $1.number }.prefix(100).map {
      DatasetError(
        .countMismatch, sequence: sequence, file: "\(shown)/\($1.file)",
        cause: "expected one picture a number, found \($0.file) and \($1.file)",
        remedy: Wording.orExclude("remove one of them", sequence))
    }
  }

  /// A run of frames without pictures.
  private struct Gap {
    let first: Int
    let last: Int
    let count: Int

    init(from first: Int, before next: Int, step: Int) {
      self.first = first
      count = max(1, (next - first) / step)
      last = first + (count - 1) * step
    }
  }

  /// Runs of numbers that `numbers` (ascending) leaves out of `range`.
  private static func gaps(_ numbers: [Int], in range: ClosedRange<Int>, step: Int) -> [Gap] {
    var gaps: [Gap] = []
    var next = range.lowerBound
    for number in numbers where number >= next {
      if number > next { gaps.append(Gap(from: next, before: number, step: step)) }
      next = number + step  // both below 10^18: FrameName takes no longer numbers
    }
    if next <= range.upperBound { gaps.append(Gap(from: next, before: range.upperBound + 1, step: step)) }
    return gaps
  }

  private static func missing(
    _ gap: Gap, of count: Int, _ pattern: Pattern, shown: String, sequence: String
  ) -> DatasetError {
    let what =
      gap.count == 1
      ? "the picture is missing" : "\(gap.count) pictures are missing, this one to \(pattern.name(gap.last))"
    return DatasetError(
      .framesMissing, sequence: sequence, file: "\(shown)/\(pattern.name(gap.first))",
      cause: "\(what) (\(count) frames are annotated)",
      remedy: Wording.orExclude("put \(gap.count == 1 ? "it" : "them") there", sequence))
  }

  /// How the folder's pictures are called: `0017.jpg`.
  private struct Pattern {
    var prefix = ""
    var digits: Int
    var suffix = ".jpg"

    init(_ example: FrameName?, digits: Int) {
      self.digits = digits
      guard let example, let point = example.file.lastIndex(of: ".") else { return }
      let stem = example.file[..<point]
      guard let end = stem.lastIndex(where: \.isWholeNumber) else { return }
      let run = stem[...end].reversed().prefix { $0.isWholeNumber }.count
      self.digits = run
      prefix = String(stem[...end].dropLast(run))
      suffix = String(example.file[stem.index(after: end)...])
    }

    func name(_ number: Int) -> String {
      let text = String(number)
      return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text + suffix
    }
  }
}
