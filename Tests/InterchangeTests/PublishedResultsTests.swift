import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport
import Testing

private let results = "data/results/OTB100"
private let annotations = "data/annotations/OTB100/OTB100.json"
private let golden = "golden/eval/OTB100"

private struct Annotated: Decodable {
  let boxes: [[Double]]

  enum CodingKeys: String, CodingKey { case boxes = "gt_rect" }

  /// Read once for all trackers.
  static let dataset = Result {
    let entries: [String: Annotated] = try Shared.json(annotations)
    return InterchangeTests.dataset(
      "otb100",
      entries.sorted { $0.key < $1.key }.map { entry in
        (entry.key, entry.value.boxes.map { Box(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) })
      })
  }
}

private struct GoldenFile: Decodable {
  struct Overall: Decodable {
    let auc: Double

    enum CodingKeys: String, CodingKey { case auc = "success_auc" }
  }
  struct Stop: Decodable {}
  let overall: Overall
  let failed: [String: Stop]?
}

@Suite(
  "Published result folders",
  .enabled(
    if: Shared.has(results) && Shared.has(annotations), "needs ../shared/data/results/OTB100 and annotations/OTB100"))
struct PublishedResultsTests {
  @Test("Every file is taken whole or refused with a line, and nothing is lost", arguments: Shared.list(results))
  func imports(_ tracker: String) throws {
    let dataset = try Annotated.dataset.get()
    let files = Shared.list("\(results)/\(tracker)").filter { $0.hasSuffix(".txt") }
    var outcome: ImportOutcome?
    let time = try ContinuousClock().measure {
      outcome = try ResultFolder.readOTB(path: Shared.path("\(results)/\(tracker)"), tracker: tracker, dataset: dataset)
    }
    let found = try #require(outcome)
    var tally = Tally("data/results/OTB100 \(tracker)")
    #expect(found.trajectories.count + found.refused.count + found.ignored.count == files.count)
    #expect(
      found.trajectories.count + found.refused.count + found.missing.count == dataset.sequences.count)
    for trajectory in found.trajectories {
      tally.expect(
        trajectory.boxes.count == dataset.sequence(trajectory.sequence)?.count, "\(trajectory.sequence): length")
    }
    for fault in found.refused {
      tally.expect(fault.line != nil && fault.sequence != nil, "\(fault.place): \(fault.cause)")
      print("\(tracker)/\(fault.place): \(fault.cause)")
    }
    tally.finish()
    print("imported \(tracker), \(found.trajectories.reduce(0) { $0 + $1.boxes.count }) boxes: \(time)")
  }

  @Test(
    "Imported results have the score of the original toolkit, and stop on the sequences it stops on",
    .enabled(if: Shared.has(golden), "needs ../shared/golden/eval/OTB100"), arguments: [Profile.otb, .pysot])
  func scores(_ profile: Profile) throws {
    let dataset = try Annotated.dataset.get()
    var tally = Tally("eval/OTB100 imported, \(profile.name)")
    for tracker in Shared.list(results) where Shared.has("\(golden)/\(tracker).\(profile.name).json") {
      let wanted: GoldenFile = try Shared.json("\(golden)/\(tracker).\(profile.name).json")
      let outcome = try ResultFolder.readOTB(path: Shared.path(results), tracker: tracker, dataset: dataset)
      // What the toolkit stops on was refused before; what it would cut and we refuse changes its means.
      let stopped = Set((wanted.failed ?? [:]).keys)
      let left = Set(outcome.refused.compactMap(\.sequence)).union(outcome.missing)
      tally.expect(stopped.isSubset(of: left), "\(tracker): imported \(stopped.subtracting(left).sorted())")
      guard left == stopped else {
        tally.excuse("\(tracker), as \(left.subtracting(stopped).sorted()) is not imported")
        continue
      }
      let truth = Dictionary(uniqueKeysWithValues: dataset.sequences.map { ($0.name, $0.annotation.boxes) })
      let scores = DatasetScores(
        outcome.trajectories.map {
          SequenceRecord(name: $0.sequence, truth: truth[$0.sequence] ?? [], prediction: $0.boxes)
        }, profile: profile)
      let found = try #require(scores.overall).scores.auc
      tally.expect(abs(found - wanted.overall.auc) < 1e-9, "\(tracker): \(found), golden \(wanted.overall.auc)")
    }
    tally.finish()
  }
}
