import Foundation
import Geometry
import Scoring
import TestSupport
import Testing

private let multiStart = "golden/eval/edge/multistart"
private let longTerm = "golden/eval/edge/longterm"
private let got10k = "golden/eval/edge/got10k"

@Suite("Multi-start, long-term and GOT-10k as the toolkits score them")
struct OtherProtocolsGoldenTests {
  private struct Anchored: Decodable {
    let size: [Int]
    let groundtruth: [String]
    let anchor: [Int]
    let ignore: [String?]?
  }

  @Test(
    "Runs from anchors, over boxes, masks with pixels to ignore, and polygons",
    .enabled(if: Shared.has(multiStart), "needs ../shared/\(multiStart)"))
  func anchors() throws {
    let dataset: [String: Anchored] = try Shared.json("\(multiStart)/dataset.json")
    let golden: GoldenTree = try Shared.json("\(multiStart)/expected.json")
    let records = try dataset.sorted { $0.key < $1.key }.map { name, entry in
      let runs = try entry.anchor.enumerated().filter { $0.element != 0 }.map { frame, anchor in
        let number = String(repeating: "0", count: 8 - String(frame).count) + String(frame)
        let run = try RegionText.run("\(multiStart)/results/T/baseline/\(name)/\(name)_\(number).txt")
        return AnchoredRun(anchor: frame, isForward: anchor > 0, frames: run.frames)
      }
      return MultiStartRecord(
        name: name, truth: entry.groundtruth.map { RegionText.region($0) ?? .absent },
        ignored: (entry.ignore ?? []).map { line in
          if let line, case .mask(let mask)? = RegionText.region(line) { mask } else { nil }
        }, width: entry.size[0], height: entry.size[1], anchors: entry.anchor, runs: runs)
    }
    var tally = Tally("eval/edge/multistart vot")
    defer { tally.finish() }
    guard case .list(let bounds)? = golden["eao_interval"], bounds.count == 2, let low = bounds[0].number,
      let high = bounds[1].number
    else { return tally.expect(false, "no interval") }
    let scores = try #require(
      MultiStartScores(records, profile: .vot, interval: EAOInterval(low: Int(low), high: Int(high))))
    tally.expect(scores.isComplete, "stopped: \(scores.failed)")
    var sequences: [String: Ours] = [:]
    for (sequence, record) in zip(scores.sequences, records) {
      let anchors = record.anchors.enumerated()
      sequences[sequence.name] = .object([
        "accuracy": .number(sequence.accuracy, 1e-9), "robustness": .number(sequence.robustness, 1e-9),
        "weight_accuracy": .number(Double(sequence.progress), 0),
        "weight_robustness": .number(Double(sequence.frames), 0),
        "eao_curve": .curve(sequence.curve, 1e-6), "eao_active": .curve(sequence.active, 0),
        "anchors": .passed,
      ])
      let wanted = golden["sequences"]?[sequence.name]?["anchors"]
      guard case .list(let lists)? = wanted, lists.count == 2 else { continue }
      let starts = [anchors.filter { $0.element > 0 }, anchors.filter { $0.element < 0 }]
      for (found, wanted) in zip(starts, lists) {
        tally.expect(.curve(found.map { Double($0.offset) }, 0), equals: wanted, "\(sequence.name)/anchors")
      }
    }
    tally.expect(
      .object([
        "accuracy": .number(scores.accuracy, 1e-9), "robustness": .number(scores.robustness, 1e-9),
        "eao": .number(scores.eao.value, 1e-6), "eao_curve": .curve(scores.eao.curve, 1e-6),
        "eao_interval": .interval(scores.eao.interval), "sequences": .object(sequences),
      ]), equals: golden, "")
  }

  private struct Confident: Decodable {
    let size: [Int]
    let truth: [[GoldenNumber]]
    let scores: [GoldenNumber]

    enum CodingKeys: String, CodingKey {
      case size, scores
      case truth = "gt_rect"
    }
  }

  @Test(
    "Long-term runs with confidences", .enabled(if: Shared.has(longTerm), "needs ../shared/\(longTerm)"))
  func confidences() throws {
    let dataset: [String: Confident] = try Shared.json("\(longTerm)/dataset.json")
    let golden: GoldenTree = try Shared.json("\(longTerm)/expected.json")
    let records = try dataset.sorted { $0.key < $1.key }.map { name, entry in
      let place = "\(longTerm)/results/T/longterm/\(name)/\(name)_001"
      return LongTermRecord(
        name: name, truth: entry.truth.map { RegionText.region($0.map(\.value)) ?? .absent }, width: entry.size[0],
        height: entry.size[1], frames: try RegionText.run("\(place).txt").frames,
        confidences: try RegionText.lines("\(place)_confidence.value").map { Double($0) ?? .nan })
    }
    for key in golden.keys {
      var tally = Tally("eval/edge/longterm \(key)")
      defer { tally.finish() }
      guard let profile = Profile.named(key), let wanted = golden[key],
        let scores = try LongTermScores(records, profile: profile)
      else {
        tally.expect(false, "no profile \(key) for such runs")
        continue
      }
      tally.expect(
        .object([
          "precision": .number(scores.precision, 1e-6), "recall": .number(scores.recall, 1e-6),
          "f1": .number(scores.f, 1e-6), "f": .number(scores.f, 1e-6), "index": .number(Double(scores.best), 0),
          "precision_curve": .curve(scores.precisionCurve, 1e-6), "recall_curve": .curve(scores.recallCurve, 1e-6),
          "f1_curve": .curve(scores.fCurve, 1e-6), "thresholds": .curve(scores.thresholds, 1e-9), "note": .passed,
        ]), equals: wanted, "")
    }
  }

  @Test(
    "Average overlap, success rates and speed on GOT-10k, with repetitions and a missing time file (Q22)",
    .enabled(if: Shared.has(got10k), "needs ../shared/\(got10k)"))
  func overlaps() throws {
    let golden: GoldenTree = try Shared.json("\(got10k)/expected.json")
    let names = try RegionText.lines("\(got10k)/val/list.txt").map(String.init).filter { !$0.isEmpty }
    for tracker in golden.keys {
      var tally = Tally("eval/edge/got10k \(tracker)")
      defer { tally.finish() }
      let records = try names.map { try Self.record($0, tracker: tracker) }
      let scores = GOT10kScores(records, needsTimes: true)
      tally.expect(scores.isComplete, "stopped: \(scores.failed)")
      func tree(_ overlap: GOT10kScores.Overlap) -> Ours {
        .object([
          "ao": .number(overlap.ao, 1e-9), "sr": .number(overlap.sr50, 1e-9), "speed_fps": .number(overlap.fps, 1e-9),
          "length": .number(Double(overlap.frames), 0), "succ_curve": .curve(overlap.success, 1e-9),
        ])
      }
      let sequences = Dictionary(uniqueKeysWithValues: scores.sequences.map { ($0.name, tree($0)) })
      tally.expect(
        .object(["overall": tree(scores.overall), "seq_wise": .object(sequences)]), equals: golden[tracker] ?? .null, ""
      )
    }
  }

  private static func record(_ name: String, tracker: String) throws -> GOT10kRecord {
    let sequence = "\(got10k)/val/\(name)"
    let results = "\(got10k)/results/GOT-10k/\(tracker)/\(name)"
    let line = try RegionText.lines("\(sequence)/meta_info.ini").first { $0.hasPrefix("resolution") } ?? ""
    let size = line.split { !$0.isNumber }.compactMap { Int($0) }
    let files = Shared.list(results)
    let time = files.first { $0.hasSuffix("_time.txt") }
    return GOT10kRecord(
      name: name, truth: try ResultText("\(sequence)/groundtruth.txt").boxes,
      cover: try RegionText.lines("\(sequence)/cover.label").compactMap { Int($0) }, width: size[0], height: size[1],
      repetitions: try files.filter { $0 != time }.map { try ResultText("\(results)/\($0)").boxes },
      seconds: try time.map { try RegionText.lines("\(results)/\($0)").flatMap { $0.split(separator: ",") } }?
        .compactMap { Double($0) })
  }
}
