import Datasets
import Testing

@Suite("Rows of numbers from text")
struct NumberTableTests {
  @Test(
    "Every mixture of separators and line ends gives the same rows",
    arguments: [
      "1,2,3,4\n5,6,7,8\n", "1,2,3,4\n5,6,7,8", "1\t2\t3\t4\n5\t6\t7\t8\n", "1 2 3 4\r\n5 6 7 8\r\n",
      "1;2;3;4\r5;6;7;8\r", "\u{feff}1,2,3,4\n5,6,7,8\n", "1, 2,\t3 ;4\n 5  6   7 8 \n", "1,2,3,4,\n5,6,7,8,\n",
      "1,2,3,4\n5,6,7,8\n\n\n \t\n", "1.0,2e0,+3,0.4E1\r\n5,6.,.7e1,80e-1", "1,2,3,4\r\n5,6,7,8\n\r\n\r",
    ])
  func forms(text: String) throws {
    let table = try NumberTable.parse(Array(text.utf8), name: "file.txt", rules: .init(width: .exactly(4)))
    #expect(table.count == 2)
    #expect(table.lines == [1, 2])
    #expect(table.values == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(Array(table[1]) == [5, 6, 7, 8])
  }

  @Test("NaN in any capitals is a number, in annotations an absent target")
  func absent() throws {
    let table = try NumberTable.parse(Array("NaN,nan,NAN,-NaN\n1,2,3,4\n".utf8), name: "file.txt")
    #expect(table[0].allSatisfy(\.isNaN) && table.width(ofRow: 0) == 4)
    #expect(Array(table[1]) == [1, 2, 3, 4])
  }

  @Test("A file without a number has no rows", arguments: ["", "\n", "\r\n\r\n", " \t", "\u{feff}"])
  func empty(text: String) throws {
    #expect(try NumberTable.parse(Array(text.utf8), name: "file.txt").count == 0)
  }

  @Test(
    "A damaged line is named with what was found and the way out",
    arguments: [
      ("1,2,3,4\n205,151,17\n", 2, #"expected 4 numbers, found 3 ("205,151,17")"#),
      ("1,2,3,4\n\n5,6,7,8\n", 2, "expected 4 numbers, found an empty line"),
      ("1,2,3,4,5\n", 1, #"expected 4 numbers, found 5 ("1,2,3,4,5")"#),
      ("1,2,x3,4\n", 1, #"expected 4 numbers, found "x3" ("1,2,x3,4")"#),
      ("1,,3,4\n", 1, #"expected 4 numbers, found a separator without a number before it ("1,,3,4")"#),
      ("1\t2\t3\t1e999\n", 1, #"expected 4 numbers, found "1e999", too large for a number ("1\t2\t3\t1e999")"#),
      ("1,2,3,inf\n", 1, #"expected 4 numbers, found "inf", which is no finite number ("1,2,3,inf")"#),
      ("1,2,3,0x10\n", 1, #"expected 4 numbers, found "0x10" ("1,2,3,0x10")"#),
      ("1,2,3,4\0\n", 1, #"expected 4 numbers, found "4\0" ("1,2,3,4\0")"#),
      ("1,2,3,1e\n", 1, #"expected 4 numbers, found "1e" ("1,2,3,1e")"#),
      ("1,2,3,--4\n", 1, #"expected 4 numbers, found "--4" ("1,2,3,--4")"#),
    ])
  func faults(text: String, line: Int, cause: String) {
    let rules = NumberTable.Rules(width: .exactly(4), sequence: "Crossing")
    let error = #expect(throws: DatasetError.self) {
      try NumberTable.parse(Array(text.utf8), name: "Crossing/groundtruth_rect.txt", rules: rules)
    }
    #expect(error?.cause == cause)
    #expect(error?.place == "Crossing/groundtruth_rect.txt:\(line)")
    #expect(error?.remedy == "fix the line, or run without this sequence: --exclude Crossing")
    #expect(error?.kind == .malformed && error?.sequence == "Crossing")
  }

  @Test("The whole message reads as the command line prints it")
  func message() {
    let error = #expect(throws: DatasetError.self) {
      try NumberTable.parse(
        Array((lines(16) + "205,151,17\n").utf8), name: "Crossing/groundtruth_rect.txt",
        rules: .init(width: .exactly(4), sequence: "Crossing"))
    }
    #expect(
      error.map { "\($0)" } == """
        Crossing/groundtruth_rect.txt:17: expected 4 numbers, found 3 ("205,151,17")
          remedy: fix the line, or run without this sequence: --exclude Crossing
        """)
  }

  @Test("Boxes and polygons: 4 numbers, or an even count from 8 up")
  func widths() {
    let rules = NumberTable.Rules(width: .boxOrPolygon)
    for width in 0...12 {
      let text = (0..<width).map(String.init).joined(separator: ",") + "\n1,2,3,4\n"
      let good = [4, 8, 10, 12].contains(width)
      let table = try? NumberTable.parse(Array(text.utf8), name: "g", rules: rules)
      #expect((table != nil) == good, "\(width)")
    }
  }

  @Test("Empty lines inside are faults, nothing, or rows, as the rules say")
  func emptyLines() throws {
    let text = Array("\n1\n\n2\n\n".utf8)
    #expect(throws: DatasetError.self) { try NumberTable.parse(text, name: "t") }
    let skipped = try NumberTable.parse(text, name: "t", rules: .init(emptyLines: .skipped))
    #expect(skipped.values == [1, 2] && skipped.lines == [2, 4])
    let rows = try NumberTable.parse(text, name: "t", rules: .init(emptyLines: .rows))
    #expect((0..<rows.count).map { rows.width(ofRow: $0) } == [0, 1, 0, 1])
    #expect(rows.lines == [1, 2, 3, 4])
  }

  @Test("Going on after a fault keeps the row count and names every damaged line")
  func collecting() {
    var faults: [DatasetError] = []
    let text = "1,2,3,4\n1,2\n\nx\n5,6,7,8\n1,2,3,4,5,6\n"
    let table = NumberTable.parse(
      Array(text.utf8), name: "t", rules: .init(width: .exactly(4)), faults: &faults)
    #expect(table.count == 6)
    #expect(faults.map(\.line) == [2, 3, 4, 6])
    #expect(table.values == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test("Thousands of damaged lines are listed up to a thousand, and counted beyond")
  func manyFaults() {
    var faults: [DatasetError] = []
    let table = NumberTable.parse(Array(lines(5000, "?").utf8), name: "t", faults: &faults)
    #expect(table.count == 5000)
    #expect(faults.count == 1001)
    #expect(faults.last?.cause == "4000 more damaged lines, of which this is the last")
    #expect(faults.last?.line == 5000)
  }

  @Test("Infinity is a number only where the rules allow it")
  func infinity() throws {
    let text = Array("inf,-inf,+Infinity\n".utf8)
    #expect(throws: DatasetError.self) { try NumberTable.parse(text, name: "t") }
    let table = try NumberTable.parse(text, name: "t", rules: .init(allowsInfinity: true))
    #expect(table.values == [.infinity, -.infinity, .infinity])
  }

  @Test(
    "Files that are no text are called what they are",
    arguments: [
      ([0xff, 0xfe, 0x31, 0x00], "UTF-16"), ([0xff, 0xd8, 0xff, 0xe0], "a picture"),
      ([0x89, 0x50, 0x4e, 0x47], "a picture"), ([0x50, 0x4b, 3, 4], "a packed file"),
      ([0x1f, 0x8b, 8], "a packed file"),
    ] as [([UInt8], String)])
  func noText(bytes: [UInt8], what: String) {
    let error = #expect(throws: DatasetError.self) { try NumberTable.parse(bytes, name: "t") }
    #expect(error?.cause == "expected plain text, found \(what)")
  }
}

@Suite("Numbers as the standard library reads them")
struct NumberPrecisionTests {
  @Test("Random numbers in random forms come back bit for bit")
  func roundTrip() throws {
    var random = SystemRandomNumberGenerator()
    let separators = [",", "\t", " ", ";", ", ", " , ", "  "]
    let ends = ["\n", "\r\n", "\r"]
    for _ in 0..<300 {
      let width = [1, 4, 8, 10].randomElement(using: &random) ?? 4
      let rows = (0..<Int.random(in: 1...20)).map { _ in (0..<width).map { _ in Self.number(&random) } }
      let end = ends.randomElement(using: &random) ?? "\n"
      var text = rows.map { row in
        row.map { "\($0)" }.joined(separator: separators.randomElement(using: &random) ?? ",")
      }.joined(separator: end)
      if Bool.random(using: &random) { text += end }
      let table = try NumberTable.parse(Array(text.utf8), name: "t", rules: .init(width: .exactly(width)))
      #expect(table.values.map(\.bitPattern) == rows.flatMap { $0 }.map(\.bitPattern), "\(text)")
    }
  }

  @Test("What format writes, parse reads")
  func format() throws {
    let rows = [[1.5, -0.0, 1e-300, .nan], [198, 214, 34, 81]]
    let text = NumberTable.format(rows, separator: "\t")
    #expect(text == "1.5\t-0.0\t1e-300\tnan\n198.0\t214.0\t34.0\t81.0\n")
    let table = try NumberTable.parse(Array(text.utf8), name: "t")
    #expect(table.values.map(\.bitPattern).dropLast(5) == rows.flatMap { $0 }.map(\.bitPattern).dropLast(5))
    #expect(table[0].last?.isNaN == true && Array(table[1]) == rows[1])
  }

  @Test(
    "Hard decimals are rounded as the standard library rounds them",
    arguments: [
      "0.1", "123456789012345678901234567890", "2.2250738585072011e-308", "5e-324", "1e-400", "1.7976931348623157e308",
      "9007199254740993", "0.000000000000000000000000000001", "1e22", "1e23", "4.35", "-0", "0e999999999999999999",
      "179769313486231580793728971405301e276", "000000000000000000000000000000000001.5", "8.5e-00000000000000000001",
    ])
  func hard(text: String) throws {
    let table = try NumberTable.parse(Array(text.utf8), name: "t")
    #expect(table.values.map(\.bitPattern) == [Double(text)].compactMap { $0?.bitPattern })
  }

  @Test("400 digits are read, a million are refused")
  func longNumbers() throws {
    let long = "0." + String(repeating: "3", count: 400)
    #expect(try NumberTable.parse(Array(long.utf8), name: "t").values == [1.0 / 3])
    let endless = String(repeating: "7", count: 1_000_000)
    let error = #expect(throws: DatasetError.self) { try NumberTable.parse(Array(endless.utf8), name: "t") }
    #expect(error?.cause.hasPrefix("expected numbers, found a number of 1000000 digits") == true)
    #expect((error?.cause.count ?? .max) < 200)
  }

  @Test("Random bytes never crash, and what parses is made of rows of numbers")
  func randomBytes() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("0123456789.,;\t \r\n+-eEnNaA\0x".utf8)
    for round in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...80)).map { _ in
        round % 3 == 0 ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
      }
      var faults: [DatasetError] = []
      let table = NumberTable.parse(bytes, name: "t", rules: .init(width: .boxOrPolygon), faults: &faults)
      let strict = try? NumberTable.parse(bytes, name: "t", rules: .init(width: .boxOrPolygon))
      #expect((strict == nil) == !faults.isEmpty)
      for row in 0..<table.count where table.width(ofRow: row) > 0 {
        let width = table.width(ofRow: row)
        #expect(width == 4 || width >= 8 && width.isMultiple(of: 2))
      }
    }
  }

  @Test("A damaged line of ten megabytes is quoted in a few words")
  func hugeLine() {
    let bytes = [UInt8](repeating: UInt8(ascii: "z"), count: 10_000_000)
    let error = #expect(throws: DatasetError.self) { try NumberTable.parse(bytes, name: "t") }
    #expect((error?.cause.count ?? .max) < 200)
  }

  private static func number(_ random: inout SystemRandomNumberGenerator) -> Double {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return Double(Int.random(in: -2000...2000, using: &random))
    case 1: return (Double.random(in: -2000...2000, using: &random) * 1000).rounded() / 1000
    case 2: return Double.random(in: -1e6...1e6, using: &random)
    default:
      let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
      return value.isFinite ? value : 0
    }
  }
}
