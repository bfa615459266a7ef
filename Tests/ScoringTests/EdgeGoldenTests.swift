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
  let bounds: [Int]
  let cases: [Case]
}

@Suite("Scores where something is wrong with a box, a row or a file")
struct EdgeGoldenTests {
  /// Every toolkit and variant of the golden file. `pysot.absent` is pysot on a data set that says where the target is
  /// absent; the LaSOT toolkits always know.
  private static let keys: [String] = {
    guard let expected: [String: [String: GoldenScores]] = try? Shared.json("\(folder)/expected.json") else {
      return []
    }
    return Set(expected.values.flatMap(\.keys)).sorted()
  }()

  @Test(
    "Sequences with one defect each score, or stop, as in the original toolkit",
    .enabled(if: Shared.has(folder), "needs ../shared/golden/eval/edge/ope"), arguments: keys)
  func defects(_ key: String) throws {
    let dataset: [String: EdgeSequence] = try Shared.json("\(folder)/dataset.json")
    let expected: [String: [String: GoldenScores]] = try Shared.json("\(folder)/expected.json")
    var tally = Tally("eval/edge/ope \(key)")
    defer { tally.finish() }
    let isAbsentKnown = key.hasSuffix(".absent") || key.hasPrefix("lasot") || key.hasSuffix(".lasot")
    let name = key.hasSuffix(".absent") ? String(key.dropLast(7)) : key
    guard let profile = Profile.named(name) else { return tally.expect(false, "no profile \(name)") }
    for (name, toolkits) in expected.sorted(by: { $0.key < $1.key }) {
      guard let golden = toolkits[key], let entry = dataset[name] else { continue }
      let file = try ResultText("\(folder)/results/T/\(name).txt")
      let record = SequenceRecord(
        name: name, truth: entry.truth.compactMap { Box(numbers: $0.map(\.value)) }, prediction: file.boxes,
        visible: isAbsentKnown ? entry.absent.map { $0 == 0 } : nil)
      let found = Result<Scores, any Error> {
        try profile.check(layout: file.layout, sequence: name)
        return try SequenceScores(record, profile: profile).scores
      }
      switch found {
      case .success(let scores): tally.expect(scores, equals: golden, profile: profile.name, name)
      case .failure(let error):
        for _ in golden.errors {
          tally.expect(error is ScoringError, "\(name): stopped, but not by a rule of the profile: \(error)")
        }
        guard !golden.scores.isEmpty else { continue }
        if name == "short", profile == .pysotToolkit {
          tally.excuse("short: \(golden.scores.joined(separator: ", ")) from undefined memory (Q6)")
        } else {
          tally.expect(false, "\(name): the toolkit has \(golden.scores), we stop: \(error)")
        }
      }
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

  @Test(
    "Boxes clipped to an image overlap as in GOT-10k's experiment",
    .enabled(if: Shared.has(overlapsFile), "needs ../shared/golden/eval/edge/overlaps.json"))
  func clipped() throws {
    let golden: OverlapCases = try Shared.json(overlapsFile)
    var tally = Tally("eval/edge/overlaps got10k.rect.bound")
    let (width, height) = (golden.bounds[0], golden.bounds[1])
    for row in golden.cases {
      guard case .number(let wanted)? = row.overlap["got10k.rect.bound"] else { continue }
      guard let a = Box(numbers: row.a.map(\.value)), let b = Box(numbers: row.b.map(\.value)) else {
        tally.expect(false, "case \(row.id) is not of two boxes")
        continue
      }
      let found = Profile.got10k.overlap.overlap(
        of: a.clippedByGOT10k(width: width, height: height), with: b.clippedByGOT10k(width: width, height: height))
      tally.expect(isClose(found, wanted, 1e-9), "case \(row.id): \(found), golden \(wanted)")
    }
    tally.finish()
  }

  @Test(
    "Codes in place of a region are worth what each toolkit makes of them",
    .enabled(if: Shared.has(overlapsFile), "needs ../shared/golden/eval/edge/overlaps.json"))
  func codes() throws {
    let golden: OverlapCases = try Shared.json(overlapsFile)
    let (width, height) = (golden.bounds[0], golden.bounds[1])
    var tally = Tally("eval/edge/overlaps codes")
    for row in golden.cases where row.a.count == 1 {
      guard let truth = RegionText.region(row.b.map(\.value)) else { continue }
      let outcome: FrameOutcome = row.a[0].value == 1 ? .initialized : .skipped
      for (key, entry) in row.overlap.sorted(by: { $0.key < $1.key }) {
        guard case .number(let wanted) = entry else {
          tally.expect(false, "case \(row.id) \(key): no number")
          continue
        }
        let rules: RegionRule = key.hasPrefix("pysot") ? .pysot : .vot
        // The bounds do not touch a code.
        let found = rules.overlap(of: outcome, with: truth, in: .pixels(width: width, height: height))
        tally.expect(isClose(found, wanted, 0), "case \(row.id) \(key): \(found), golden \(wanted)")
      }
    }
    tally.finish()
  }
}
