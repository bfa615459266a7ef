import TestSupport
import Testing

/// Every layout of data sets through the door: checked, tracked over, results imported and scored.
@Suite("Layouts of data sets, end to end")
struct LayoutCommandTests {
  let program: Program

  private static let vot: [@Sendable () throws -> LayoutWriter] = [{ try .vot2016() }, { try .vot2018() }]

  init() throws { program = Program(folder: try TemporaryFolder()) }

  /// The truth as a tracker's result, its last box where the target is absent.
  private func writeTruth(of layout: LayoutWriter) throws {
    for sequence in layout.sequences {
      var last: [Double] = []
      let boxes = sequence.truth.map { row -> [Double] in
        if !row.contains(where: \.isNaN) { last = row }
        guard last.count == 8 else { return last }
        return [last[0], last[1], last[2] - last[0], last[5] - last[1]]
      }
      try program.folder.write(LayoutWriter.text(boxes), to: "results/Truth/\(sequence.name).txt")
    }
  }

  @Test("Check, import and scoring under every profile", arguments: LayoutWriter.all)
  func importsAndScores(make: @Sendable () throws -> LayoutWriter) throws {
    let layout = try make()
    let data = ["--dataset", layout.dataset, "--data-root", layout.root]
    let checked = try program.run("datasets", "check", layout.dataset, "--data-root", layout.root)
    #expect(checked.status == 0, "\(layout.dataset): \(checked.output)\(checked.errors)")

    try writeTruth(of: layout)
    let imported = try program.run(
      ["import", "results/Truth", "--protocol", "ope", "--profile", "all", "--format", "csv"] + data)
    #expect(imported.status == 0, "\(layout.dataset): \(imported.errors)")
    #expect(imported.errors.contains("\(layout.sequences.count) of \(layout.sequences.count) sequences"))
    let rows = imported.rows
    if layout.dataset == "trackingnet" {
      #expect(rows.isEmpty)
      let report = try program.run("report")
      #expect(report.output.contains("2 sequences have no score: only their first boxes are published"))
      return
    }
    #expect(rows.count == 5, "\(layout.dataset): \(imported.output)")
    for row in rows {
      let score = try #require([row["success"], row["ao"]].compactMap { $0.flatMap(Double.init) }.first)
      // A frame without its target costs its share; the box that pysot makes of a polygon is larger.
      #expect(score > 0.75 && score <= 1, "\(layout.dataset), \(row["profile"] ?? ""): \(score)")
    }
  }

  @Test("A tracker runs over each", arguments: LayoutWriter.all)
  func runs(make: @Sendable () throws -> LayoutWriter) throws {
    let layout = try make()
    let result = try program.run(
      "run", "--tracker", "ncc", "--dataset", layout.dataset, "--data-root", layout.root, "--protocol", "ope",
      "--frames",
      "3")
    #expect(result.status == 0, "\(layout.dataset): \(result.errors)")
    #expect(result.errors.contains("\(layout.sequences.count) sequences"), "\(result.errors)")
  }

  @Test(
    "VOT's layouts are scored with resets", arguments: vot)
  func supervised(make: @Sendable () throws -> LayoutWriter) throws {
    let layout = try make()
    for sequence in layout.sequences {
      let lines = "1\n" + LayoutWriter.text(Array(sequence.truth.dropFirst()))
      try program.folder.write(lines, to: "results/Truth/baseline/\(sequence.name)/\(sequence.name)_001.txt")
    }
    let result = try program.run(
      "import", "results/Truth", "--dataset", layout.dataset, "--data-root", layout.root, "--profile", "all",
      "--format",
      "csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("supervised: 2 of 2 sequences"), "\(result.errors)")
    #expect(result.rows.map { $0["profile"] } == ["pysot", "pysot-toolkit", "got10k", "vot"])
    for row in result.rows { #expect(row["failures"] == "0.0" && row["protocol"] == "supervised", "\(row)") }
  }
}
