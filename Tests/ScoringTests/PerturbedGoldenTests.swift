import Foundation
import Geometry
import Scoring
import TestSupport
import Testing

private let folder = "golden/eval/TRE_SRE"

private struct Golden: Decodable {
  let overall: GoldenScores
  let sequences: [String: GoldenScores]
}

private struct Run: Decodable {
  let index: Int
  let startFrame: Int
  let shiftType: String?
}

private struct SequenceInfo: Decodable {
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

/// First image numbers, and omitted ranges as frames from 0, by sequence.
private struct Frames {
  let first: [String: Int]
  let omitted: [String: [ClosedRange<Int>]]

  init() throws {
    let infos: [SequenceInfo] = try Shared.json("\(OTB100Material.folder)/sequences.json")
    first = Dictionary(uniqueKeysWithValues: infos.map { ($0.name, $0.firstFrame) })
    var omitted: [String: [ClosedRange<Int>]] = [:]
    for (name, start) in first {
      let path = "\(OTB100Material.folder)/init_omit/\(name).txt"
      guard Shared.has(path) else { continue }
      omitted[name] = try RegionText.lines(path).compactMap { line in
        let numbers = line.split { " \t\r,".contains($0) }.compactMap { Int($0) }
        return numbers.count == 2 && numbers[0] <= numbers[1] ? numbers[0] - start...numbers[1] - start : nil
      }
    }
    self.omitted = omitted
  }
}

@Suite(
  "Robustness evaluations of the OTB toolkit",
  .enabled(
    if: Shared.has(folder) && OTB100Material.isThere, "needs ../shared/golden/eval/TRE_SRE and OTB100's annotation"))
struct PerturbedGoldenTests {
  @Test("Runs from later frames and from shifted boxes", arguments: ["TRE", "SRE"])
  func scores(_ kind: String) throws {
    let material = try OTB100Material.loaded.get()
    let frames = try Frames()
    for file in Shared.list(folder) where file.hasSuffix(".\(kind).otb.json") {
      let tracker = file.dropLast(".\(kind).otb.json".count)
      var tally = Tally("eval/TRE_SRE/\(file.dropLast(5))")
      defer { tally.finish() }
      let golden: Golden = try Shared.json("\(folder)/\(file)")
      let results = "data/results/OTB100-\(kind)/\(tracker)"
      let runs: [String: [Run]] = try Shared.json("\(results)/meta.json")
      let records = try golden.sequences.keys.sorted().compactMap { name -> PerturbedRecord? in
        guard let truth = material.truth[name], let first = frames.first[name], let runs = runs[name] else {
          return nil
        }
        return PerturbedRecord(
          name: name, truth: truth,
          runs: try runs.map { run in
            let number = run.index < 10 ? "0\(run.index)" : "\(run.index)"
            return PerturbedRun(
              start: run.startFrame - first, shift: run.shiftType.flatMap(SpatialShift.init(rawValue:)),
              boxes: try ResultText("\(results)/\(name)_\(number).txt").boxes)
          })
      }
      let scores = DatasetScores(perturbed: records, profile: .otb)
      tally.expect(scores.sequences.count == golden.sequences.count, "scored \(scores.sequences.count) sequences")
      if kind == "SRE" {
        tally.expect(records.allSatisfy { $0.runs.allSatisfy { $0.shift != nil } }, "a run without a known shift")
      }
      if let overall = scores.overall {
        tally.expect(overall.scores, equals: golden.overall, profile: "otb", isMean: true, "overall")
      }
      for sequence in scores.sequences {
        guard let wanted = golden.sequences[sequence.name] else { continue }
        tally.expect(sequence.scores, equals: wanted, profile: "otb", sequence.name)
      }
    }
  }

  @Test("Segments start where the toolkit starts them", .enabled(if: Shared.has("\(folder)/segments.json")))
  func segments() throws {
    let golden: Segments = try Shared.json("\(folder)/segments.json")
    let material = try OTB100Material.loaded.get()
    let frames = try Frames()
    var tally = Tally("eval/TRE_SRE/segments")
    for (name, wanted) in golden.segments.sorted(by: { $0.key < $1.key }) {
      guard let truth = material.truth[name], let first = frames.first[name] else {
        tally.expect(false, "\(name): no annotation")
        continue
      }
      let starts = TemporalSegments.starts(truth: truth, omitting: frames.omitted[name] ?? []).map { $0 + first }
      tally.expect(starts.count == wanted.count, "\(name): \(starts.count) segments")
      for (index, pair) in zip(starts, wanted).enumerated() {
        tally.expect(pair.0 == pair.1, "\(name) segment \(index): \(pair.0), golden \(pair.1)")
      }
    }
    tally.finish()
  }

  @Test("First boxes are shifted as the toolkit shifts them", .enabled(if: Shared.has("\(folder)/shifts.json")))
  func shifts() throws {
    let golden: Shifts = try Shared.json("\(folder)/shifts.json")
    let material = try OTB100Material.loaded.get()
    let frames = try Frames()
    var tally = Tally("eval/TRE_SRE/shifts")
    for (name, shifts) in golden.shifts.sorted(by: { $0.key < $1.key }) {
      guard let truth = material.truth[name],
        let start = TemporalSegments.starts(truth: truth, omitting: frames.omitted[name] ?? []).first
      else {
        tally.expect(false, "\(name): no first segment")
        continue
      }
      for (type, wanted) in shifts.sorted(by: { $0.key < $1.key }) {
        let box = SpatialShift(rawValue: type)?.box(
          from: truth[start], imageWidth: golden.image[0], imageHeight: golden.image[1])
        let numbers = box.map { [$0.x, $0.y, $0.width, $0.height] } ?? []
        tally.expect(numbers.count == wanted.count, "\(name) \(type): no such shift")
        for (found, wanted) in zip(numbers, wanted) {
          tally.expect(found == wanted, "\(name) \(type): \(found), golden \(wanted)")
        }
      }
    }
    tally.finish()
  }
}
