/// Small files of `key=value` or `key: value` lines; other lines are passed over.
enum KeyedLines {
  struct Pair {
    let key: String
    let value: String
    private let file: String
    private let line: Int
    private let sequence: String

    init(key: String, value: String, file: String, line: Int, sequence: String) {
      self.key = key
      self.value = value
      self.file = file
      self.line = line
      self.sequence = sequence
    }

    /// `expected a number above 0 for fps, found "fast"`
    func fault(_ wanted: String) -> DatasetError {
      DatasetError(
        .malformed, sequence: sequence, file: file, line: line,
        cause: "expected \(wanted), found \(Quote.text(value.utf8))",
        remedy: Wording.orExclude("fix the line", sequence))
    }
  }

  static func read(
    _ path: String, shown: String, sequence: String, separator: Character
  ) throws(DatasetError) -> [Pair] {
    let bytes = try TextFile.read(path, name: shown, sequence: sequence)
    var pairs: [Pair] = []
    for (index, line) in TextLines(bytes).enumerated() {
      let parts = line.split(separator: separator, maxSplits: 1).map { $0.trimmingBlanks() }
      guard parts.count == 2 else { continue }
      pairs.append(Pair(key: parts[0], value: parts[1], file: shown, line: index + 1, sequence: sequence))
    }
    return pairs
  }
}
