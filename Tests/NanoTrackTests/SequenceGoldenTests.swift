import Foundation
import Geometry
import NanoTrack
import TestSupport
import Testing
import Tracking

/// Whole runs of the original tracker, never initialised again.
struct SequenceGolden: Decodable, Sendable {
  let folder: String
  let firstFrame: String
  let frames: Int
  let firstAnnotation: [Double]
  let firstBox: [Double]
  let boxes: [[Double]]
  let scores: [Double?]
  let argmaxGap: [Double?]

  enum CodingKeys: String, CodingKey {
    case folder, frames, boxes, scores
    case firstFrame = "first_frame"
    case firstAnnotation = "first_annotation"
    case firstBox = "first_box"
    case argmaxGap = "argmax_gap"
  }

  struct File: Decodable {
    let weights: String
    let sequences: [String: SequenceGolden]
  }

  /// The frames' paths below `data/`: the folder in name order, from the first frame on, as many as annotated.
  var paths: [String] {
    let names = Shared.list("data/\(folder)").filter { $0 >= firstFrame }
    return names.prefix(frames).map { "\(folder)\($0)" }
  }

  /// What the description's convention makes of the annotation.
  var target: Box? {
    let region: Region? =
      firstAnnotation.count == 4
      ? (try? Golden.box(firstAnnotation)).map { .box($0) }
      : Polygon(coordinates: firstAnnotation).map { .polygon($0) }
    return region.map { TrackerDescription.nanoTrack.convention.firstBox(of: $0) }
  }
}

/// How a run went beside the original's.
struct SequenceComparison {
  /// Frames whose boxes were compared, the first one included.
  var compared = 0
  /// Frames whose boxes are equal within the tolerance.
  var equal = 0
  /// The largest difference of a box's number while the two went together, in pixels.
  var largest = 0.0
  /// The largest difference of a score while the two went together.
  var largestScore = 0.0
  /// The first frame that differs, if any, and by how much its best place leads.
  var parting: (frame: Int, gap: Double)?

  /// Two places this close cannot be told apart in single precision: the original's own scores are off by up to 2e-6 (cases.json),
  /// and either may be.
  var isExplained: Bool { (parting?.gap ?? 0) <= 4e-6 }
}

/// Tracks the first `limit` frames of a sequence and compares box by box until the runs part.
func compare(
  _ golden: SequenceGolden, with model: NanoTrackModel, limit: Int, tolerance: Double = 1e-2
) throws -> SequenceComparison {
  var comparison = SequenceComparison()
  let paths = golden.paths
  guard let first = paths.first, golden.boxes.count >= paths.count, let target = golden.target else {
    throw Golden.Malformed(what: "\(golden.folder): \(paths.count) frames, \(golden.boxes.count) boxes")
  }
  func difference(_ box: Box, _ wanted: [Double]) -> Double {
    zip([box.x, box.y, box.width, box.height], wanted).map { $0.isNaN ? .infinity : abs($0 - $1) }.max() ?? .infinity
  }
  var tracker = model.makeTracker()
  comparison.compared += 1
  comparison.equal += difference(target, golden.firstBox) <= 1e-9 ? 1 : 0
  try tracker.start(on: try Golden.frame(first), target: target)
  for (index, path) in paths.enumerated().prefix(limit).dropFirst() {
    let estimate = try tracker.track(try Golden.frame(path))
    let difference = difference(estimate.box, golden.boxes[index])
    comparison.compared += 1
    guard difference <= tolerance else {
      comparison.parting = (index, golden.argmaxGap[index] ?? .infinity)
      break
    }
    comparison.equal += 1
    comparison.largest = max(comparison.largest, difference)
    if let wanted = golden.scores[index] {
      comparison.largestScore = max(comparison.largestScore, abs((estimate.score ?? .infinity) - wanted))
    }
  }
  return comparison
}

struct SequenceGoldenTests {
  /// Frames of each sequence, so that the short ones run whole; the command line runs the others.
  static let limit = Int(ProcessInfo.processInfo.environment["TRACKBENCH_GOLDEN_FRAMES"] ?? "") ?? 150

  @Test(
    "The first frames of every sequence get the original's boxes, or part where two places cannot be told apart",
    .enabled(
      if: !Golden.sequenceVersions.isEmpty, "needs ../shared/golden/sequences/nanotrack-*.json and ../shared/data"),
    arguments: Golden.sequenceVersions)
  func beginnings(version: NanoTrackVersion) async throws {
    let file = try Shared.json(Golden.sequencesPath(version), as: SequenceGolden.File.self)
    guard Shared.has("data/weights/\(file.weights)") else { throw Golden.Malformed(what: "no \(file.weights) here") }
    let model = try Golden.model(version)
    var tally = Tally("nanotrack-\(version.rawValue) sequences, \(Self.limit) frames of each")
    let results = try await withThrowingTaskGroup(of: (String, SequenceComparison).self) { group in
      for (name, golden) in file.sequences where Shared.has("data/\(golden.folder)\(golden.firstFrame)") {
        group.addTask { (name, try compare(golden, with: model, limit: Self.limit)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for name in file.sequences.keys.sorted() where results[name] == nil { tally.excuse("\(name): no frames here") }
    for (name, result) in results.sorted(by: { $0.key < $1.key }) {
      let parting = result.parting.map { ", parted at frame \($0.frame), which leads by \($0.gap)" } ?? ""
      print(
        "golden nanotrack-\(version.rawValue) \(name): \(result.equal) of \(result.compared) boxes equal, by at most "
          + "\(result.largest) pixels, scores by \(result.largestScore)\(parting)")
      if result.parting != nil, result.isExplained {
        tally.excuse("\(name)\(parting)")
      } else {
        tally.expect(result.equal == result.compared, "\(name)\(parting)")
      }
      tally.expect(result.largestScore <= 1e-4, "\(name): scores differ by \(result.largestScore)")
    }
    tally.finish()
  }
}
