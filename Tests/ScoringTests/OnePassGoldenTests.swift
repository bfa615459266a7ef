import Foundation
import Geometry
import Scoring
import TestSupport
import Testing

/// A golden of one-pass runs: means and sequences.
private struct Golden: Decodable {
  let overall: GoldenScores
  let sequences: [String: GoldenScores]
  let failed: [String: GoldenTree]?
}

extension Tally {
  fileprivate mutating func compare(_ records: [SequenceRecord], _ golden: Golden, _ profile: Profile) {
    let scores = DatasetScores(records, profile: profile, attributes: [])
    let wanted = Set(golden.sequences.keys)
    expect(Set(records.map(\.name)) == wanted, "sequences: \(records.count) of \(wanted.count) have a result")
    expect(scores.failed.map(\.sequence) == (golden.failed ?? [:]).keys.sorted(), "failed: \(scores.failed)")
    if case .number(let count)? = golden.overall.entries["count"] {
      expect(scores.overall.map { Double($0.sequences) } == count, "overall: not \(count) sequences")
    }
    if let overall = scores.overall {
      expect(overall.scores, equals: golden.overall, profile: profile.name, isMean: true, "overall")
    } else {
      expect(false, "overall is not scored")
    }
    for sequence in scores.sequences {
      guard let wanted = golden.sequences[sequence.name] else { continue }
      expect(sequence.scores, equals: wanted, profile: profile.name, sequence.name)
    }
  }
}

@Suite("Scores of one-pass runs on other data sets")
struct OnePassGoldenTests {
  private static let lasotFolder = "golden/eval/LaSOT"
  private static let annotations = "data/annotations/LaSOT"

  @Test(
    "LaSOT, with frames in which the target is absent",
    .enabled(
      if: Shared.has(lasotFolder) && Shared.has(annotations), "needs ../shared/golden/eval/LaSOT and its annotations"),
    arguments: Shared.list(lasotFolder).filter { $0.hasSuffix(".json") })
  func lasot(_ file: String) throws {
    var tally = Tally("eval/LaSOT/\(file.dropLast(5))")
    defer { tally.finish() }
    let parts = file.dropLast(5).split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let toolkit = Profile.named(parts[1]) else {
      return tally.expect(false, "no profile for \(file)")
    }
    let golden: Golden = try Shared.json("\(Self.lasotFolder)/\(file)")
    let records = try golden.sequences.keys.sorted().compactMap { name -> SequenceRecord? in
      let result = "data/results/LaSOT/\(parts[0])/\(name).txt"
      guard Shared.has(result) else { return nil }
      let absent = try RegionText.lines("\(Self.annotations)/\(name)/absent.txt")
      return SequenceRecord(
        name: name, truth: try ResultText("\(Self.annotations)/\(name)/groundtruth.txt").boxes,
        prediction: try ResultText(result).boxes, visible: absent.map { $0.hasPrefix("0") })
    }
    tally.compare(records, golden, toolkit.adapted(to: "lasot"))
  }

  private static let uavFolder = "golden/eval/edge/uav123"

  @Test(
    "UAV123, with annotations that are not numbers",
    .enabled(if: Shared.has(uavFolder), "needs ../shared/golden/eval/edge/uav123"))
  func uav123() throws {
    let goldens: [String: Golden] = try Shared.json("\(Self.uavFolder)/expected.json")
    for (toolkit, golden) in goldens.sorted(by: { $0.key < $1.key }) {
      var tally = Tally("eval/edge/uav123 \(toolkit)")
      defer { tally.finish() }
      guard let profile = Profile.named(toolkit)?.adapted(to: "uav123") else {
        tally.expect(false, "no profile \(toolkit)")
        continue
      }
      let records = try golden.sequences.keys.sorted().map { name in
        SequenceRecord(
          name: name, truth: try ResultText("data/annotations/UAV123/anno/\(name).txt").boxes,
          prediction: try ResultText("\(Self.uavFolder)/results/Made/\(name).txt").boxes)
      }
      tally.compare(records, golden, profile)
    }
  }
}
