import Datasets
import Evaluation
import Foundation
import Geometry
import Scoring
import TestSupport
import Testing
import Tracking

private let golden = "golden/eval/TRE_SRE"
private let otb = "data/annotations/OTB100"

private struct Entry: Decodable {
  let boxes: [[Double]]

  enum CodingKeys: String, CodingKey {
    case boxes = "gt_rect"
  }
}

private struct Info: Decodable {
  let name: String
  let firstFrame: Int

  enum CodingKeys: String, CodingKey {
    case name
    case firstFrame = "first_frame"
  }
}

private struct Segments: Decodable {
  let segments: [String: [Int]]
}

private struct Shifts: Decodable {
  let image: [Int]
  let shifts: [String: [String: [Double]]]
}

@Suite(
  "Robustness evaluations start where the OTB toolkit starts them",
  .enabled(
    if: Shared.has("\(otb)/OTB100.json") && Shared.has("\(otb)/sequences.json"),
    "needs ../shared/data/annotations/OTB100"))
struct RobustnessGoldenTests {
  let first: [String: Int]
  let sequences: [String: Sequence]
  let conditions = RunConditions(convention: .oneBased)

  init() throws {
    let infos: [Info] = try Shared.json("\(otb)/sequences.json")
    first = Dictionary(uniqueKeysWithValues: infos.map { ($0.name, $0.firstFrame) })
    let entries: [String: Entry] = try Shared.json("\(otb)/OTB100.json")
    let size =
      Shared.has("\(golden)/shifts.json") ? try Shared.json("\(golden)/shifts.json", as: Shifts.self).image : []
    let video = size.count == 2 ? Sequence.VideoInfo(width: size[0], height: size[1]) : nil
    sequences = Dictionary(
      uniqueKeysWithValues: entries.map { name, entry in
        let truth = entry.boxes.map { Region.box(Box(x: $0[0], y: $0[1], width: $0[2], height: $0[3])) }
        return (
          name,
          Sequence(
            name: name, frames: .none,
            annotation: Annotation(regions: truth, source: name, lines: [], firstPixel: 1), video: video)
        )
      })
  }

  @Test("Segments of tre", .enabled(if: Shared.has("\(golden)/segments.json"), "needs ../shared/golden/eval/TRE_SRE"))
  func segments() throws {
    let wanted: Segments = try Shared.json("\(golden)/segments.json")
    let evaluation = TemporalRobustness(conditions, omitting: OmittedStarts.otb)
    var tally = Tally("eval/TRE_SRE/segments, by the protocol")
    for (name, images) in wanted.segments.sorted(by: { $0.key < $1.key }) {
      guard let sequence = sequences[name], let first = first[name] else {
        tally.expect(false, "\(name): no annotation")
        continue
      }
      let starts = try evaluation.passes(of: sequence).map { $0.start + first }
      tally.expect(starts.count == images.count, "\(name): \(starts.count) segments")
      for (found, image) in zip(starts, images) { tally.expect(found == image, "\(name): \(found), golden \(image)") }
    }
    tally.finish()
  }

  @Test("Shifts of sre", .enabled(if: Shared.has("\(golden)/shifts.json"), "needs ../shared/golden/eval/TRE_SRE"))
  func shifts() throws {
    let wanted: Shifts = try Shared.json("\(golden)/shifts.json")
    let evaluation = SpatialRobustness(conditions, omitting: OmittedStarts.otb)
    var tally = Tally("eval/TRE_SRE/shifts, by the protocol")
    for (name, shifts) in wanted.shifts.sorted(by: { $0.key < $1.key }) {
      guard let sequence = sequences[name] else {
        tally.expect(false, "\(name): no annotation")
        continue
      }
      for pass in try evaluation.passes(of: sequence) {
        guard let shift = pass.shift, let numbers = shifts[shift.rawValue] else { continue }
        let box = Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
        let target = try evaluation.target(of: sequence, pass: pass)
        tally.expect(target == .box(box), "\(name) \(shift): \(target), golden \(box)")
      }
    }
    tally.finish()
  }

  @Test(
    "The omitted frames are those of the toolkit's files",
    .enabled(if: Shared.has("\(otb)/init_omit"), "needs ../shared/data/annotations/OTB100/init_omit"))
  func omitted() throws {
    var tally = Tally("annotations/OTB100/init_omit")
    for file in Shared.list("\(otb)/init_omit") where file.hasSuffix(".txt") {
      let name = String(file.dropLast(4))
      guard let first = first[name] else { continue }
      let text = String(decoding: try Shared.bytes("\(otb)/init_omit/\(file)"), as: UTF8.self)
      let ranges = text.split { $0.isNewline }.compactMap { line -> ClosedRange<Int>? in
        let numbers = line.split { " \t,".contains($0) }.compactMap { Int($0) }
        // Ranges before the first image say nothing (Q8).
        guard numbers.count == 2, numbers[1] >= first else { return nil }
        return numbers[0] - first...numbers[1] - first
      }
      tally.expect(OmittedStarts.otb[name] == ranges, "\(name): \(OmittedStarts.otb[name] ?? []), file \(ranges)")
    }
    tally.finish()
  }
}
