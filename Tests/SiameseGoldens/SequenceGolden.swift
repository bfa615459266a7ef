package import Geometry
import Imaging
import TestSupport
import Testing
package import Tracking

/// `golden/sequences/*.json`: whole runs of an original tracker, never initialised again.
package struct SequenceGolden: Decodable {
  package struct Sequence: Decodable, Sendable {
    let folder: String
    let firstFrame: String
    let frames: Int
    /// As the annotation file has it; nil where only what the original made of it is known.
    let firstAnnotation: [Double]?
    package let firstBox: [Double]
    package let boxes: [[Double]]
    let scores: [Double?]
    package let argmaxGap: [Double?]
    /// For trackers that choose between scales.
    let scaleGap: [Double?]?

    enum CodingKeys: String, CodingKey {
      case folder, frames, boxes, scores
      case firstFrame = "first_frame"
      case firstAnnotation = "first_annotation"
      case firstBox = "first_box"
      case argmaxGap = "argmax_gap"
      case scaleGap = "scale_gap"
    }

    /// The frames' paths below `data/`: the folder in name order, from the first frame on, as many as annotated.
    package var paths: [String] {
      let names = Shared.list("data/\(folder)").filter { $0 >= firstFrame }
      return names.prefix(frames).map { "\(folder)\($0)" }
    }
  }

  /// Where a run leaves the original's: by how much the place chosen, and the scale, lead in the original.
  package struct Parting: Sendable {
    let frame: Int
    package let argmaxGap: Double
    package let scaleGap: Double?

    var clause: String {
      ", parted at frame \(frame), "
        + (scaleGap.map { "gaps \(argmaxGap) and \($0)" } ?? "which leads by \(argmaxGap)")
    }
  }

  package let weights: String
  package let sequences: [String: Sequence]

  package init(path: String) throws { self = try Shared.json(path) }

  /// Tracks the first frames of every sequence and compares box by box until the runs part.
  ///
  /// - Parameters:
  ///   - limit: frames of each.
  ///   - isExplained: whether two maxima so close cannot be told apart; such a parting is excused, not counted.
  package func compare(
    _ title: String, with model: any TrackerModel, convention: BoxConvention, limit: Int,
    isExplained: (Parting) -> Bool
  ) async throws {
    var tally = Tally("\(title) sequences, \(limit) frames of each")
    let runs = try await withThrowingTaskGroup(of: (String, Run).self) { group in
      for (name, sequence) in sequences where Shared.has("data/\(sequence.folder)\(sequence.firstFrame)") {
        group.addTask { (name, try Run(sequence, with: model, convention: convention, limit: limit)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for name in sequences.keys.sorted() where runs[name] == nil { tally.excuse("\(name): no frames here") }
    for (name, run) in runs.sorted(by: { $0.key < $1.key }) {
      let parting = run.parting?.clause ?? ""
      print(
        "golden \(title) \(name): \(run.equal) of \(run.compared) boxes equal, by at most \(run.largest) pixels, "
          + "scores by \(run.largestScore)\(parting)")
      if let explained = run.parting.map(isExplained), explained {
        tally.excuse("\(name)\(parting)")
      } else {
        tally.expect(run.equal == run.compared, "\(name)\(parting)")
      }
      tally.expect(run.largestScore <= 1e-4, "\(name): scores differ by \(run.largestScore)")
    }
    tally.finish()
  }

  /// The largest difference of a box's numbers from the golden's, infinite where there is none to compare.
  package static func difference(_ box: Box, _ wanted: [Double]) -> Double {
    zip([box.x, box.y, box.width, box.height], wanted).map { $0.isNaN ? .infinity : abs($0 - $1) }.max() ?? .infinity
  }

  /// How a run went beside the original's.
  private struct Run: Sendable {
    /// Frames whose boxes were compared, the first one where there is an annotation.
    var compared = 0
    /// Frames whose boxes are equal within a hundredth of a pixel.
    var equal = 0
    /// The largest difference of a box's number while the two went together, in pixels.
    var largest = 0.0
    /// The largest difference of a score while the two went together, relative to max(1, score).
    var largestScore = 0.0
    var parting: Parting?

    init(_ golden: Sequence, with model: any TrackerModel, convention: BoxConvention, limit: Int) throws {
      let paths = golden.paths
      guard let first = paths.first, golden.boxes.count >= paths.count else {
        throw ModelGoldens.Malformed("\(golden.folder): \(paths.count) frames, \(golden.boxes.count) boxes")
      }
      var target = try ModelGoldens.box(golden.firstBox)
      if let annotation = golden.firstAnnotation {
        target = convention.firstBox(of: try Self.region(annotation))
        compared += 1
        equal += SequenceGolden.difference(target, golden.firstBox) <= 1e-9 ? 1 : 0
      }
      func frame(_ path: String) throws -> Image { try Image(contentsOf: Shared.path("data/\(path)")) }
      var tracker = model.makeTracker()
      try tracker.start(on: frame(first), target: convention.toPixels(target))
      for (index, path) in paths.enumerated().prefix(limit).dropFirst() {
        let estimate = try tracker.track(frame(path))
        let difference = SequenceGolden.difference(convention.fromPixels(estimate.box), golden.boxes[index])
        compared += 1
        guard difference <= 1e-2 else {
          parting = Parting(
            frame: index, argmaxGap: golden.argmaxGap[index] ?? .infinity,
            scaleGap: golden.scaleGap.map { $0[index] ?? .infinity })
          break
        }
        equal += 1
        largest = max(largest, difference)
        if let wanted = golden.scores[index] {
          largestScore = max(largestScore, abs((estimate.score ?? .infinity) - wanted) / max(1, abs(wanted)))
        }
      }
    }

    /// A box of four numbers, or a polygon.
    private static func region(_ numbers: [Double]) throws -> Region {
      if numbers.count == 4 { return .box(try ModelGoldens.box(numbers)) }
      guard let polygon = Polygon(coordinates: numbers) else {
        throw ModelGoldens.Malformed("a region of \(numbers.count) numbers")
      }
      return .polygon(polygon)
    }
  }
}
