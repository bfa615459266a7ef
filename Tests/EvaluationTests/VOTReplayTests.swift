import Datasets
import Evaluation
import Foundation
import Geometry
import Scoring
import TestSupport
import Testing
import Tracking

private let annotations = "data/annotations"
private let results = "data/results"

/// A VOT annotation in pysot's layout: regions and the size of the images, no pictures.
private struct Entry: Decodable {
  let width: Int
  let height: Int
  let truth: [[Double]]

  enum CodingKeys: String, CodingKey {
    case width, height
    case truth = "gt_rect"
  }

  func sequence(_ name: String) -> Sequence {
    Sequence(
      name: name, frames: .none,
      annotation: Annotation(regions: truth.map { region($0) ?? .absent }, source: name),
      video: .init(width: width, height: height))
  }
}

private func region(_ numbers: [Double]) -> Region? {
  switch numbers.count {
  case 0, 1: nil
  case 4: .box(Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
  default: Polygon(coordinates: numbers).map(Region.polygon)
  }
}

private func outcome(_ line: Substring) -> FrameOutcome {
  let numbers = line.split(separator: ",").compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
  return region(numbers).map(FrameOutcome.region)
    ?? (numbers == [1] ? .initialized : numbers == [2] ? .failed : .skipped)
}

/// Programs that judged failures by a rule of their own: they recorded regions as tracked that lie up to 9 pixels beside the
/// truth, and runs longer or shorter than the annotation.
private let judgedOtherwise: Set = ["Ocean"]

/// Recorded runs with resets, `VOT2018/MFT/baseline`, of every VOT data set the shared folder has an annotation for. Those
/// in real time hold codes for lateness, which no replay has.
private let recordedRuns = Shared.list(results).filter { Shared.has("\(annotations)/\($0)/\($0).json") }.flatMap {
  dataset in
  Shared.list("\(results)/\(dataset)").filter { !judgedOtherwise.contains($0) }
    .map { "\(dataset)/\($0)/baseline" }.filter { Shared.has("\(results)/\($0)") }
}

@Suite(
  "Recorded runs with resets, replayed",
  .enabled(
    if: !recordedRuns.isEmpty, "needs ../shared/data/annotations/VOT* and ../shared/data/results/VOT*/*/baseline"))
struct VOTReplayTests {
  /// What the runner writes when the recorded answers are replayed over the annotation alone, beside what was recorded.
  private func replay(
    _ run: String, rule: FailureRule,
    compare: (_ file: String, _ written: [FrameOutcome], _ recorded: [FrameOutcome]) -> Void
  ) throws {
    let dataset = run.prefix { $0 != "/" }
    let entries: [String: Entry] = try Shared.json("\(annotations)/\(dataset)/\(dataset).json")
    let evaluation = Supervised(RunConditions(convention: .pysot), rule: rule)
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      for file in Shared.list("\(results)/\(run)/\(name)") where file.wholeMatch(of: /.*_\d+\.txt/) != nil {
        let text = String(decoding: try Shared.bytes("\(results)/\(run)/\(name)/\(file)"), as: UTF8.self)
        let recorded = text.split { $0.isNewline }.map(outcome)
        let replay = Replay([Trajectory(sequence: name, outcomes: recorded)])
        compare(file, try evaluation.run(replay, over: entry.sequence(name)).outcomes, recorded)
      }
    }
  }

  @Test("The runner writes back every code and region, frame by frame", arguments: recordedRuns)
  func writesBack(_ run: String) throws {
    var tally = Tally("\(run) replayed, frames")
    var files = 0
    var codes = 0
    try replay(run, rule: .original) { file, written, recorded in
      files += 1
      codes += recorded.count { $0.region == nil }
      #expect(written.count == recorded.count, "\(file): \(written.count) frames, recorded \(recorded.count)")
      for (frame, pair) in zip(written, recorded).enumerated() {
        tally.expect(pair.0 == pair.1, "\(file) frame \(frame + 1): \(pair.0), recorded \(pair.1)")
      }
    }
    print("\(run): \(files) files, \(codes) codes")
    tally.finish()
  }

  @Test("The newer toolkit's raster fails where regions touch, and nowhere else is another", arguments: recordedRuns)
  func newerRaster(_ run: String) throws {
    var contacts = 0
    try replay(run, rule: .vot) { file, written, recorded in
      guard let frame = written.indices.first(where: { written[$0] != recorded[$0] }) else { return }
      contacts += 1
      // The runs part at a region that was recorded as tracked.
      #expect(written[frame] == .failed && recorded[frame].region != nil, "\(file) frame \(frame + 1)")
    }
    print("\(run): \(contacts) files part under the newer raster")
  }
}
