import Foundation
import Geometry
import Imaging
import NanoTrack
import Siamese
import SiameseGoldens
import Tensors
import TestSupport
import Testing
import Tracking

/// Whole runs, and why they part from the original's where they do.
///
/// Rounding moves boxes by less than a thousandth of a pixel. Where that carries a crop's corner or side over a whole number, the
/// network sees other pixels than the original's, and the maps differ by more than the places that lead.
struct PartingTests {
  private static let runsAll = ProcessInfo.processInfo.environment["TRACKBENCH_GOLDEN_ALL"] == "1"

  @Test(
    "A whole run leaves the original's only where the two see maps that differ by more than the best places do",
    .enabled(if: runsAll && !Golden.sequenceVersions.isEmpty, "TRACKBENCH_GOLDEN_ALL=1 runs it, with ../shared"),
    arguments: Golden.sequenceVersions)
  func partings(version: NanoTrackVersion) throws {
    let golden = try SequenceGolden(path: Golden.sequencesPath(version))
    let model = try Golden.model(version)
    var tally = Tally("nanotrack-\(version.rawValue) whole runs")
    for (name, sequence) in golden.sequences.sorted(by: { $0.key < $1.key }) {
      guard let first = sequence.paths.first, Shared.has("data/\(first)") else {
        tally.excuse("\(name): no frames here")
        continue
      }
      guard let parting = try parting(of: sequence, from: model) else {
        tally.expect(true, name)
        continue
      }
      print("golden nanotrack-\(version.rawValue) \(name): \(parting)")
      tally.expect(parting.gap < parting.mapDifference, "\(name): \(parting)")
    }
    tally.finish()
  }

  private struct Parting: CustomStringConvertible {
    let frame: Int
    let gap: Double
    let mapDifference: Double
    let boxDifference: Double

    var description: String {
      "parted at frame \(frame), where the best place leads by \(gap); the maps differ by \(mapDifference), the boxes before by \(boxDifference) pixels"
    }
  }

  /// The first frame whose box is off by more than a tenth of a pixel, nil where there is none.
  private func parting(of sequence: SequenceGolden.Sequence, from model: NanoTrackModel) throws -> Parting? {
    let convention = TrackerDescription.nanoTrack.convention
    let paths = sequence.paths
    let target = convention.toPixels(try ModelGoldens.box(sequence.firstBox))
    let start = try Golden.frame(paths[0])
    var tracker = NanoTrackTracker(model)
    try tracker.start(on: start, target: target)
    let workspace = Workspace(engine: model.engine)
    let template = tracker.template(start, around: TargetState(target: target)).crop
    let memory = model.network.memory(of: template, target: TargetSize(width: 0, height: 0), in: workspace)
    func scores(_ state: TargetState?, on frame: Image) throws -> [Float] {
      tracker.state = state
      let maps = model.network(try tracker.look(at: frame).crop, memory: memory, in: workspace)
      return NanoTrackResponse.scores(maps.classes)
    }
    for (index, path) in paths.enumerated().dropFirst() {
      let frame = try Golden.frame(path)
      let before = tracker.state
      let box = convention.fromPixels(try tracker.step(frame).box)
      guard SequenceGolden.difference(box, sequence.boxes[index]) > 0.1 else { continue }
      let last = convention.toPixels(try ModelGoldens.box(sequence.boxes[index - 1]))
      let original = TargetState(
        centerX: last.x + last.width / 2, centerY: last.y + last.height / 2, width: last.width, height: last.height)
      let (own, theirs) = (try scores(before, on: frame), try scores(original, on: frame))
      return Parting(
        frame: index, gap: sequence.argmaxGap[index] ?? .infinity,
        mapDifference: Double(zip(own, theirs).map { abs($0 - $1) }.max() ?? 0),
        boxDifference: before.map { abs($0.centerX - original.centerX) + abs($0.centerY - original.centerY) }
          ?? .infinity)
    }
    return nil
  }
}
