import TestSupport
import Testing

/// Commands that compare, explain and pass on what the store holds.
@Suite("Comparing, explaining, passing on")
struct ComparingTests {
  let program: Program
  private static let names = ["one", "two", "three", "four", "five"]

  /// Two trackers over five sequences of twenty frames: `Near` off by one pixel, `Far` by six; `Near` lacks the last row of
  /// one sequence.
  init() throws {
    program = Program(folder: try TemporaryFolder())
    for (index, name) in Self.names.enumerated() {
      func boxes(off: Int, _ rows: Int = 20) -> String {
        (0..<rows).map { "\(10 + $0 + ($0 == 0 ? 0 : off)),\(10 + index),30,30\n" }.joined()
      }
      try program.folder.write(boxes(off: 0), to: "set/\(name)/groundtruth_rect.txt")
      try program.folder.write("", to: "set/\(name)/img/placeholder.txt")
      try program.folder.write(boxes(off: 1, name == "four" ? 19 : 20), to: "results/Near/\(name).txt")
      try program.folder.write(boxes(off: 6 + index), to: "results/Far/\(name).txt")
    }
    let result = try program.run("import", "results/Near", "results/Far", "--dataset", "set", "--format", "csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.rows.map { $0["tracker"] } == ["Near", "Far"], "a ranking: \(result.output)")
    #expect(result.rows.map { $0["group"] } == ["1", "2"], "\(result.output)")
  }

  @Test("A report at data-set scope bounds its numbers, and the bounds hold them")
  func bounds() throws {
    let rows = try program.run("report", "--format", "csv").rows
    #expect(rows.count == 2)
    for row in rows {
      for (metric, low, high) in [("success", "low", "high"), ("precision", "precision_low", "precision_high")] {
        let numbers = [low, metric, high].compactMap { row[$0].flatMap(Double.init) }
        #expect(numbers.count == 3 && numbers == numbers.sorted(), "\(metric) \(numbers)")
      }
    }
  }

  @Test("A comparison says in words that the data tell the two apart")
  func compare() throws {
    let result = try program.run("compare", "Near", "Far", "--profile", "got10k")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Near is ahead of Far by"), "\(result.output)")
    #expect(result.output.contains("it wins 5, loses 0") || result.output.contains("Near wins 5, loses 0"))
    let partly = try program.run("compare", "Near", "Far")
    #expect(partly.output.contains("only Far has four"), "\(partly.output)")
    let typo = try program.run("compare", "Naer", "Far")
    #expect(typo.status == 64 && typo.errors.contains("did you mean Near?"), "\(typo.errors)")
  }

  @Test("An explanation's shares add up to the difference, forwards and backwards, and name the short file")
  func explain() throws {
    let result = try program.run(
      "explain", "--tracker", "Near", "--dataset", "set", "pysot", "got10k", "--format", "csv")
    #expect(result.status == 0, "\(result.errors)")
    for part in ["rules", "rules reversed"] {
      let steps = result.rows.filter { $0["part"] == part }
      let numbers = steps.compactMap { row in row["share"].flatMap(Double.init) }
      let first = try #require(steps.first?["before"].flatMap(Double.init))
      let last = try #require(steps.last?["after"].flatMap(Double.init))
      #expect(numbers.count == steps.count && abs(numbers.reduce(0, +) - (last - first)) < 1e-9)
      #expect(!steps.contains { $0["rule"] == "other" })
      let short = try #require(steps.first { $0["rule"] == "result too short" })
      #expect(short["most"] == "four", "\(short)")
    }
    let words = try program.run("explain", "--tracker", "Near", "pysot", "got10k")
    #expect(words.output.contains("the rule that moves it most is result too short"), "\(words.output)")
  }

  @Test(
    "What is exported and imported again is what was there, in every layout",
    arguments: [("otb", "otb/Far"), ("pysot", "pysot/Far"), ("got10k", "got10k/Far"), ("pytracking", "pytracking/Far")])
  func export(layout: String, folder: String) throws {
    let written = try program.run("export", layout, "--tracker", "Far", "--dataset", "set", "--layout", layout)
    #expect(written.status == 0, "\(written.errors)")
    let read = try program.run(
      "import", folder, "--dataset", "set", "--store", "other.sqlite", "--protocol", "ope", "--format", "csv")
    #expect(read.status == 0, "\(read.errors)")
    let before = try program.run("report", "--tracker", "Far", "--format", "csv").rows
    #expect(read.rows.map { $0["success"] } == before.map { $0["success"] } && !before.isEmpty)
    let again = try program.run("export", layout, "--tracker", "Far", "--dataset", "set", "--layout", layout)
    #expect(again.status == 1, "nothing is written over: \(again.errors)")
  }

  @Test("A list of names in a file stands for the names")
  func lists() throws {
    try program.folder.write("one\n# a remark\n\n three # and one behind a name\n", to: "list.txt")
    let some = try program.run(
      "import", "results/Far", "--dataset", "set", "--store", "b.sqlite", "--sequences", "@list.txt")
    #expect(some.status == 0 && some.errors.contains("2 of 5 sequences imported"), "\(some.errors)")
    let none = try program.run("import", "results/Far", "--dataset", "set", "--sequences", "@lost.txt")
    #expect(none.status == 64 && none.errors.contains("@lost.txt"), "\(none.errors)")
    let wrong = try program.run("import", "results/Far", "--dataset", "set", "--sequences", "oen")
    #expect(wrong.status == 1 && wrong.errors.contains("did you mean one?"), "\(wrong.errors)")
  }

  @Test("The self-test passes and explains the 20/21 of perfect tracking")
  func selfTest() throws {
    let result = try program.run("selftest")
    #expect(result.status == 0)
    #expect(result.output.contains("0.952381") && result.output.contains("no overlap is above 1"), "\(result.output)")
  }
}
