import Foundation
import Reporting
import Testing

@Suite("Report formats")
struct ReportFormatTests {
  let report = Report(
    tables: [
      Table(
        title: "siamfc on demo, profile otb",
        columns: [
          Column("tracker"), Column("success"), Column("fps", digits: 1), Column("curve", isForPrograms: true),
        ],
        rows: [
          [.text("a, \"b\""), .number(2.0 / 3), .missing, .list([1, 0.5])],
          [.text("long name"), .number(.nan), .number(12.345), .missing],
        ])
    ], notes: ["one note"])

  @Test("A table aligns text to the left, numbers to the right, and shows no program columns")
  func table() {
    #expect(
      ReportFormat.table.render(report) == """
        siamfc on demo, profile otb
        tracker    success   fps
        a, "b"       0.667     -
        long name        -  12.3
        one note

        """)
  }

  @Test("Markdown marks numeric columns")
  func markdown() {
    #expect(
      ReportFormat.markdown.render(report) == """
        ### siamfc on demo, profile otb

        | tracker | success | fps |
        | --- | ---: | ---: |
        | a, "b" | 0.667 | - |
        | long name | - | 12.3 |

        - one note

        """)
  }

  @Test("CSV quotes what it must and keeps full precision")
  func csv() {
    #expect(
      ReportFormat.csv.render(report) == #"""
        tracker,success,fps
        "a, ""b""",0.6666666666666666,
        long name,,12.345

        """#)
  }

  @Test("JSON reads back to the same numbers, curves included")
  func json() throws {
    let text = ReportFormat.json.render(report)
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(rows.count == 2)
    #expect(rows[0]["tracker"] as? String == "a, \"b\"")
    #expect(rows[0]["success"] as? Double == 2.0 / 3)
    #expect(rows[0]["curve"] as? [Double] == [1, 0.5])
    #expect(rows[1]["success"] is NSNull)
  }

  @Test("Control characters survive JSON", arguments: ["\u{1}", "\u{1f}\n\t\r", "é\"\\"])
  func escapes(text: String) throws {
    let report = Report(tables: [Table(columns: [Column("k")], rows: [[.text(text)]])])
    let rows = try JSONDecoder().decode([[String: String]].self, from: Data(ReportFormat.json.render(report).utf8))
    #expect(rows == [["k": text]])
  }

  @Test(
    "Rounding for people", arguments: [(0.0005, "0.001"), (-0.0001, "0.000"), (12.3456, "12.346"), (-1.5, "-1.500")])
  func rounding(number: Double, shown: String) {
    let report = Report(tables: [Table(columns: [Column("k")], rows: [[.number(number)]])])
    #expect(
      ReportFormat.table.render(report) == "k\n\(shown)\n".replacing("k\n", with: pad("k", to: shown.count) + "\n"))
  }

  private func pad(_ text: String, to width: Int) -> String { String(repeating: " ", count: width - text.count) + text }
}
