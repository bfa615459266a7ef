import Geometry
import Scoring
import Testing

private let box = Box(x: 10, y: 10, width: 20, height: 20)
private let away = Box(x: 900, y: 900, width: 20, height: 20)

private func record(
  _ name: String, frames: Int = 4, hits: Int, first: Box = box, attributes: [String] = []
) -> SequenceRecord {
  var truth = Array(repeating: box, count: frames)
  truth[0] = first
  let prediction = (0..<frames).map { $0 < hits ? truth[$0] : away }
  return SequenceRecord(name: name, truth: truth, prediction: prediction, attributes: attributes)
}

@Suite("Scores of a data set")
struct DatasetScoresTests {
  @Test("Every sequence weighs the same, however long")
  func mean() throws {
    let scores = DatasetScores(
      [record("a", frames: 4, hits: 4), record("b", frames: 400, hits: 200)], profile: .pysot)
    let overall = try #require(scores.overall)
    #expect(overall.scores.success50 == 0.75)
    #expect(overall.sequences == 2)
    #expect(overall.frames == 404)
    #expect(scores.isComplete)
  }

  @Test("A sequence lost entirely costs nothing in otb (Q1) and counts everywhere else")
  func droppedSequence() throws {
    // The first annotation is invalid, so not even the overridden first frame is a success.
    let lost = record("lost", hits: 0, first: Box(x: 0, y: 0, width: 0, height: 0))
    let records = [record("kept", hits: 4), lost]
    #expect(DatasetScores(records, profile: .otb).overall?.scores.success50 == 1)
    #expect(DatasetScores(records, profile: .pysot).overall?.scores.success50 == 0.5)
    let overall = try #require(DatasetScores([lost], profile: .otb).overall)
    #expect(overall.scores.auc.isNaN)
    // The invalid first frame is a hit of precision (Q3), so that curve is not zero and stays.
    #expect(overall.scores.precision20 == 0.25)
  }

  @Test("Attributes of a single sequence are skipped in otb only, and come in the order asked for")
  func attributes() {
    let records = [
      record("a", hits: 4, attributes: ["IV", "OCC"]), record("b", hits: 2, attributes: ["OCC"]),
    ]
    #expect(DatasetScores(records, profile: .otb).attributes.map(\.name) == ["OCC"])
    let pysot = DatasetScores(records, profile: .pysot, attributes: ["OCC", "IV", "LR"])
    #expect(pysot.attributes.map(\.name) == ["OCC", "IV"])
    #expect(pysot.attributes.map(\.scores.success50) == [0.75, 1])
  }

  @Test("Sequences on which the toolkit stops are named and left out of every mean")
  func failures() {
    var short = record("short", hits: 4, attributes: ["IV"])
    short.prediction.removeLast()
    let scores = DatasetScores([record("a", hits: 2), short], profile: .pysot, subsets: ["half": ["short", "a"]])
    #expect(scores.failed.map(\.sequence) == ["short"])
    #expect(!scores.isComplete)
    #expect(scores.overall?.scores.success50 == 0.5)
    #expect(scores.subsets.map(\.sequences) == [1])
    #expect(scores.attributes.isEmpty)
  }

  @Test("Nothing scored gives no overall score rather than a zero")
  func nothing() {
    let scores = DatasetScores([], profile: .otb, subsets: ["otb50": ["a"]])
    #expect(scores.overall == nil)
    #expect(scores.subsets.isEmpty)
    #expect(ScoreRow.Scope.allCases.allSatisfy { scores.rows($0, dataset: "d").isEmpty })
  }

  @Test("Rows carry the numbers of their scope")
  func rows() throws {
    let scores = DatasetScores(
      [record("a", hits: 4, attributes: ["IV"]), record("b", hits: 2)], profile: .pysot, subsets: ["sub": ["b"]])
    let dataset = try #require(scores.rows(.dataset, dataset: "demo").first)
    #expect(dataset.name == "demo")
    #expect(dataset.profile == "pysot")
    #expect(dataset.success50 == 0.75)
    #expect(dataset.frames == 8)
    #expect(dataset.normPrecision == 0.75)
    #expect(scores.rows(.sequence, dataset: "demo").map(\.name) == ["a", "b"])
    #expect(scores.rows(.attribute, dataset: "demo").map(\.name) == ["IV"])
    #expect(scores.rows(.subset, dataset: "demo").map(\.success50) == [0.5])
    let otb = DatasetScores([record("a", hits: 4)], profile: .otb).rows(.dataset, dataset: "demo")
    #expect(otb.map(\.normPrecision) == [nil])
  }
}
