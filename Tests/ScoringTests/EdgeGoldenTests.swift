import Geometry
import Scoring
import TestSupport
import Testing

private let folder = "golden/eval/edge/ope"
private let overlapsFile = "golden/eval/edge/overlaps.json"

private struct EdgeSequence: Decodable {
  let truth: [[GoldenNumber]]
  let absent: [Int]

  enum CodingKeys: String, CodingKey {
    case truth = "gt_rect"
    case absent
  }
}

private struct OverlapCases: Decodable {
  struct Case: Decodable {
    let id: Int
    let a: [GoldenNumber]
    let b: [GoldenNumber]
    let overlap: [String: GoldenScores.Entry]
  }
  let cases: [Case]
}

@Suite("Scores where something is wrong with a box, a row or a file")
struct EdgeGoldenTests {
  @Test(
    "Sequences with one defect each score, or stop, as in the original toolkit",
    .enabled(if: Shared.has(folder), "needs ../shared/golden/eval/edge/ope"), arguments: Profile.all)
  func defects(_ profile: Profile) throws {
    let dataset: [String: EdgeSequence] = try Shared.json("\(folder)/dataset.json")
    let expected: [String: [String: GoldenScores]] = try Shared.json("\(folder)/expected.json")
    // `pysot.absent` is pysot on a data set that says where the target is absent.
    for key in [profile.name, "\(profile.name).absent"] where expected.values.contains(where: { $0[key] != nil }) {
      var tally = Tally("eval/edge/ope \(key)")
      for (name, toolkits) in expected.sorted(by: { $0.key < $1.key }) {
        guard let golden = toolkits[key], let entry = dataset[name] else { continue }
        let file = try ResultText("\(folder)/results/T/\(name).txt")
        let record = SequenceRecord(
          name: name, truth: entry.truth.compactMap { Box(numbers: $0.map(\.value)) }, prediction: file.boxes,
          visible: key == profile.name ? nil : entry.absent.map { $0 == 0 })
        let found = Result<Scores, any Error> {
          try profile.check(layout: file.layout, sequence: name)
          return try SequenceScores(record, profile: profile).scores
        }
        switch (found, golden.isError) {
        case (.success(let scores), false):
          tally.expect(scores, equals: golden, profile: profile.name, name)
        case (.failure(let error), true):
          tally.expect(error is ScoringError, "\(name): stopped, but not by a rule of the profile: \(error)")
        case (.success, true):
          tally.expect(false, "\(name): scored, but the toolkit stops")
        case (.failure(let error), false):
          tally.expect(false, "\(name): the toolkit has scores, we stop: \(error)")
        }
      }
      tally.finish()
    }
  }

  @Test(
    "Overlaps of two rectangles equal those of every implementation",
    .enabled(if: Shared.has(overlapsFile), "needs ../shared/golden/eval/edge/overlaps.json"), arguments: Profile.all)
  func overlaps(_ profile: Profile) throws {
    let golden: OverlapCases = try Shared.json(overlapsFile)
    let key = "\(profile.name).rect"
    let cases = golden.cases.filter { $0.overlap[key] != nil }
    // The otb toolkit has no column of its own.
    guard !cases.isEmpty else { return }
    var tally = Tally("eval/edge/overlaps \(key)")
    var identical = 0
    for row in cases {
      guard let a = Box(numbers: row.a.map(\.value)), let b = Box(numbers: row.b.map(\.value)) else { continue }
      guard case .number(let wanted)? = row.overlap[key] else {
        tally.expect(false, "case \(row.id): no number in the golden file")
        continue
      }
      let found = profile.overlap.overlap(of: a, with: b)
      tally.expect(isClose(found, wanted, 1e-9), "case \(row.id): \(found), golden \(wanted)")
      if found == wanted || found.isNaN && wanted.isNaN { identical += 1 }
    }
    tally.finish()
    print("eval/edge/overlaps \(key): \(identical) of \(tally.compared) to the last bit")
  }

  @Test(
    "The otb overlap is pytracking's to the last bit where no number is NaN",
    .enabled(if: Shared.has(overlapsFile), "needs ../shared/golden/eval/edge/overlaps.json"))
  func otbOverlap() throws {
    let golden: OverlapCases = try Shared.json(overlapsFile)
    var tally = Tally("eval/edge/overlaps pytracking.rect as otb")
    for row in golden.cases {
      guard case .number(let wanted)? = row.overlap["pytracking.rect"],
        let a = Box(numbers: row.a.map(\.value)), let b = Box(numbers: row.b.map(\.value)),
        !(row.a + row.b).contains(where: { $0.value.isNaN })
      else { continue }
      let found = Profile.otb.overlap.overlap(of: a, with: b)
      tally.expect(found == wanted || found.isNaN && wanted.isNaN, "case \(row.id): \(found), golden \(wanted)")
    }
    tally.finish()
  }
}
