import Geometry

/// NfS's annotation lines, as the labelling tool wrote them: fields between blanks, of which the second to the fifth are
/// left, top, right and bottom; the last is a word in quotation marks.
///
///     0 384 201 456 322 1 0 0 0 "ball"
enum NFSAnnotation {
  /// The boxes of a file, with everything that is wrong with it among the faults.
  static func read(_ path: String, shown: String, sequence: String, _ survey: inout Survey) -> Survey.Reading {
    do throws(DatasetError) {
      let bytes = try TextFile.read(path, name: shown, sequence: sequence)
      return parse(bytes, shown: shown, sequence: sequence, &survey.faults)
    } catch {
      survey.faults.append(error)
      return Survey.Reading(annotation: Annotation(regions: [], source: shown), isWhole: false)
    }
  }

  static func parse(
    _ bytes: [UInt8], shown: String, sequence: String, _ faults: inout [DatasetError]
  ) -> Survey.Reading {
    var regions: [Region] = []
    var lines: [Int] = []
    var wrong = 0
    var emptyLine: Int?
    func report(_ line: Int, _ cause: String) {
      wrong += 1
      guard wrong <= NumberTable.faultLimit else { return }
      faults.append(
        DatasetError(
          .malformed, sequence: sequence, file: shown, line: line, cause: cause,
          remedy: Wording.orExclude("fix the line", sequence)))
    }
    for (index, text) in TextLines(bytes).enumerated() {
      guard text.contains(where: { !$0.isWhitespace }) else {
        emptyLine = emptyLine ?? index + 1
        continue
      }
      // Only a later line tells that an empty one is not the file's end.
      if let emptyLine { report(emptyLine, "expected at least 5 fields, found an empty line") }
      emptyLine = nil
      switch box(text) {
      case .success(let box): regions.append(.box(box))
      case .failure(let trouble):
        report(index + 1, "\(trouble.cause) (\(Quote.text(text.utf8)))")
        regions.append(.polygon(Polygon(vertices: [])))
      }
      lines.append(index + 1)
    }
    if regions.isEmpty, wrong == 0 {
      faults.append(
        DatasetError(
          .countMismatch, sequence: sequence, file: shown, cause: "expected one line a frame, found an empty file",
          remedy: Wording.orExclude("fetch the file again", sequence)))
      wrong = 1
    }
    return Survey.Reading(
      annotation: Annotation(regions: regions, source: shown, lines: lines, firstPixel: 0), isWhole: wrong == 0)
  }

  private struct Trouble: Error {
    let cause: String
  }

  /// The second to the fifth field of a line.
  private static func box(_ line: Substring) -> Result<Box, Trouble> {
    let fields = line.split(maxSplits: 5) { $0 == " " || $0 == "\t" }
    guard fields.count >= 5 else {
      return .failure(Trouble(cause: "expected at least 5 fields, found \(fields.count)"))
    }
    var numbers: [Double] = []
    for field in fields[1...4] {
      let number: Double? = Array(field.utf8).withUnsafeBufferPointer { text in
        var at = 0
        let number = NumberScanner(text: text).number(at: &at)
        return at == text.count ? number : nil
      }
      guard let number else {
        return .failure(
          Trouble(cause: "expected left, top, right and bottom in fields 2 to 5, found \(Quote.text(field.utf8))"))
      }
      numbers.append(number)
    }
    return .success(
      Box(x: numbers[0], y: numbers[1], width: numbers[2] - numbers[0], height: numbers[3] - numbers[1]))
  }
}
