import Datasets
import Testing

@Suite("JSON from front to back")
struct JSONReaderTests {
  private static let text = #"""
    {"skip": {"a": [1, {"b": "]}\"{["}, null], "c": true}, "rows": [[1, 2.5e1, NaN], []],
     "name": "Jogging\u002d1 \ud83d\ude00\n", "end": -3}
    """#

  /// Everything the text holds under its keys, in a form that compares.
  private static func read(_ bytes: [UInt8]) throws -> [String] {
    var found: [String] = []
    var reader = JSONReader(bytes, name: "list.json")
    try reader.enterObject()
    while let key = try reader.nextKey() {
      switch key {
      case "rows":
        try reader.enterArray()
        while try reader.nextElement() {
          try reader.enterArray()
          while try reader.nextElement() { found.append("\(try reader.number())") }
          found.append("|")
        }
      case "name": found.append(try reader.string())
      case "end": found.append("\(try reader.number())")
      default: try reader.skipValue()
      }
    }
    return found
  }

  @Test("Wanted values are read, the others passed over")
  func values() throws {
    #expect(try Self.read(Array(Self.text.utf8)) == ["1.0", "25.0", "nan", "|", "|", "Jogging-1 😀\n", "-3.0"])
  }

  @Test("A text cut short anywhere is an error, never a crash")
  func truncated() {
    let bytes = Array(Self.text.utf8)
    for length in 0..<(bytes.count - 1) {
      #expect(throws: DatasetError.self, "\(length)") { try Self.read(Array(bytes.prefix(length))) }
    }
  }

  @Test("Random damage never crashes")
  func damaged() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      var bytes = Array(Self.text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? Self.read(bytes)
    }
  }

  @Test(
    "What is wrong is named with its line",
    arguments: [
      ("[1]", 1, "expected an object"), ("{\"rows\":\n[[1 2]]}", 2, "expected a comma or a closing bracket"),
      ("{\"rows\":\n\n[[x]]}", 3, "expected a number, found \"x\""), ("{\"rows\" 1}", 1, "expected a colon"),
      ("{\"a\": [}]}", 1, "a closing bracket that nothing opened"), ("{\"a\": ", 1, "the file ends inside a value"),
    ])
  func faults(text: String, line: Int, cause: String) {
    let error = #expect(throws: DatasetError.self) { try Self.read(Array(text.utf8)) }
    #expect(error?.line == line)
    #expect(error?.cause.hasPrefix(cause) == true, "\(error?.cause ?? "")")
  }

  @Test("A million open brackets are refused, not followed")
  func deep() {
    let text = "{\"a\": " + String(repeating: "[", count: 1_000_000)
    #expect(throws: DatasetError.self) { try Self.read(Array(text.utf8)) }
  }
}
