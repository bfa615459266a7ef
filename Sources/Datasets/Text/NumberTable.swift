/// Rows of numbers from a text file: annotations, result files, tags.
///
/// One row a line. Numbers are separated by blanks and tabs, with at most one comma or semicolon among them, in any mixture
/// from line to line; one comma or semicolon after the last number is allowed. Line ends are LF, CRLF or CR, the last one
/// may be missing, and a UTF-8 byte order mark is skipped. Numbers are decimal, with fraction and exponent as they like;
/// `NaN` in any capitals is a number. Everything else is a fault that names the line.
///
/// Parsing costs one pass over the bytes: 60,000 rows take a few milliseconds in a release build. Values are correctly
/// rounded (the same bits as `Double(String)`).
public struct NumberTable: Sendable, Hashable {
  /// Every number of the file, row after row.
  public private(set) var values: [Double] = []
  /// The line, from 1, that each row stands on.
  public var lines: [Int] { lineNumbers.map(Int.init) }
  private var lineNumbers: [Int32] = []
  /// Where each row ends in ``values``.
  private var ends: [Int32] = []

  /// How many rows there are.
  public var count: Int { ends.count }

  /// The numbers of row `row`, from 0.
  public subscript(row: Int) -> ArraySlice<Double> { values[start(ofRow: row)..<Int(ends[row])] }

  /// How many numbers row `row` has.
  public func width(ofRow row: Int) -> Int { Int(ends[row]) - start(ofRow: row) }

  /// The line, from 1, that row `row` stands on.
  public func line(ofRow row: Int) -> Int { Int(lineNumbers[row]) }

  private func start(ofRow row: Int) -> Int { row == 0 ? 0 : Int(ends[row - 1]) }

  mutating func append(_ number: Double) { values.append(number) }

  mutating func endRow(line: Int) {
    ends.append(Int32(clamping: values.count))
    lineNumbers.append(Int32(clamping: line))
  }

  /// A row without numbers before the one under way.
  mutating func endEmptyRow(line: Int) {
    ends.append(ends.last ?? 0)
    lineNumbers.append(Int32(clamping: line))
  }

  /// How many numbers the row has that is not ended yet.
  var unfinished: Int { values.count - Int(ends.last ?? 0) }

  /// Takes back the numbers of a row that turned out to be damaged.
  mutating func dropUnfinishedRow() { values.removeLast(unfinished) }
}

extension NumberTable {
  /// What a file of numbers has to look like.
  public struct Rules: Sendable {
    /// How many numbers a row has.
    public enum Width: Sendable, Hashable {
      case any
      case exactly(Int)
      /// 4 numbers, a box; or an even number of them from 8 up, a polygon.
      case boxOrPolygon
    }

    /// What an empty line is.
    public enum EmptyLines: Sendable, Hashable {
      /// Nothing after the last row, a fault before it: the rows behind would be taken for other frames.
      case atEnd
      /// Nothing, wherever it stands.
      case skipped
      /// A row without numbers, except after the last row that has some.
      case rows
    }

    public var width: Width
    public var emptyLines: EmptyLines
    /// Whether `inf` and `Infinity` are numbers. A number too large for a `Double` is a fault in any case.
    public var allowsInfinity: Bool
    /// The sequence that cannot be used when the file is damaged.
    public var sequence: String?
    /// The way out; nil for `fix the line`, with `--exclude` where a sequence is named.
    public var remedy: String?

    public init(
      width: Width = .any, emptyLines: EmptyLines = .atEnd, allowsInfinity: Bool = false, sequence: String? = nil,
      remedy: String? = nil
    ) {
      self.width = width
      self.emptyLines = emptyLines
      self.allowsInfinity = allowsInfinity
      self.sequence = sequence
      self.remedy = remedy
    }
  }

  /// More faults than this in one file are counted, not listed.
  static let faultLimit = 1000

  /// The rows of a file.
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what to call it in messages: `Crossing/groundtruth_rect.txt`.
  /// - Throws: ``DatasetError`` of kind `malformed` for the first line that breaks a rule.
  public static func parse(
    _ bytes: [UInt8], name: String, rules: Rules = Rules()
  ) throws(DatasetError) -> NumberTable {
    var faults: [DatasetError] = []
    var parser = NumberTableParser(name: name, rules: rules, faultLimit: 1)
    let table = parser.parse(bytes, &faults)
    if let first = faults.first { throw first }
    return table
  }

  /// The rows of a file, going on after a fault.
  ///
  /// Every line that breaks a rule is added to `faults` and stands in the table as a row without numbers, so that the row
  /// count is that of the file. Beyond 1,000 faults in one file the rest are counted in one last fault.
  public static func parse(
    _ bytes: [UInt8], name: String, rules: Rules = Rules(), faults: inout [DatasetError]
  ) -> NumberTable {
    var parser = NumberTableParser(name: name, rules: rules, faultLimit: faultLimit)
    return parser.parse(bytes, &faults)
  }

  /// The bytes of a file of these rows: numbers in their shortest form that reads back as the same bits, `separator`
  /// between them, LF after each row.
  public static func format(_ rows: some Swift.Sequence<[Double]>, separator: String = ",") -> String {
    rows.map { row in row.map { "\($0)" }.joined(separator: separator) + "\n" }.joined()
  }
}
