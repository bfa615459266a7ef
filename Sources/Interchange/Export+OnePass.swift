import Datasets
import Evaluation
import Foundation
import Geometry
import Scoring

extension Export {
  /// `<Sequence>.txt`, with times where the toolkit has them.
  func onePass() -> ExportPlan {
    var plan = ExportPlan()
    for (sequence, runs) in sequences {
      let name = layout.name(of: sequence.name, in: dataset)
      plan.add("\(name).txt", Self.text(runs[0].boxes, separator: layout == .pytracking ? "\t" : ","))
      guard let seconds = runs[0].fittingSeconds else { continue }
      switch layout {
      case .got10k: plan.add("times/\(name)_time.txt", Self.column(seconds))
      case .pytracking: plan.add("\(name)_time.txt", Self.column(seconds))
      default: break
      }
    }
    return plan
  }

  /// GOT-10k: `<Sequence>/<Sequence>_001.txt`, and times where every repetition has them.
  func repeated(_ path: String) throws(InterchangeError) -> ExportPlan {
    guard layout == .pysot || layout == .got10k else {
      let name = sequences.first { $0.runs.count > 1 }?.sequence.name ?? sequences[0].sequence.name
      throw refusal(
        name, path, "\(name) has several repetitions, and the layout \(layout.rawValue) holds one",
        "export to the layout got10k or pysot")
    }
    var plan = ExportPlan()
    for (sequence, runs) in sequences {
      let name = layout.name(of: sequence.name, in: dataset)
      for run in runs {
        plan.add("\(name)/\(name)_\(padded(run.pass.repetition, 3)).txt", Self.text(run.boxes), in: name)
      }
      if let times = Self.columns(runs) { plan.add("\(name)/\(name)_time.txt", times, in: name) }
    }
    return plan
  }

  /// TRE and SRE: `<Sequence>_01.txt`, and `meta.json`, which counts images from 1.
  func perturbed(_ path: String) throws(InterchangeError) -> ExportPlan {
    var plan = ExportPlan()
    var metadata: [String: [RunDescription]] = [:]
    for (sequence, runs) in sequences {
      let isShifted = runs.allSatisfy { $0.pass.shift != nil }
      guard isShifted == (resultProtocol.kind == .sre) else {
        throw refusal(
          sequence.name, path, "the runs of \(sequence.name) are not those of \(resultProtocol.name)",
          "export them under the protocol they were run")
      }
      for (index, run) in runs.enumerated() {
        plan.add("\(sequence.name)_\(padded(index + 1, 2)).txt", Self.text(run.boxes))
        metadata[sequence.name, default: []].append(
          RunDescription(
            index: index + 1, type: "rect", len: run.boxes.count, annoBegin: 1, startFrame: run.pass.start + 1,
            shiftType: run.pass.shift?.rawValue))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let json = try? encoder.encode(metadata) else {
      throw InterchangeError(
        file: path, cause: "what the runs are cannot be written as JSON", remedy: "report this, with the command")
    }
    plan.add(PerturbedMetadata.fileName, String(decoding: json, as: UTF8.self) + "\n")
    return plan
  }

  private struct RunDescription: Encodable {
    let index: Int
    let type: String
    let len: Int
    let annoBegin: Int
    let startFrame: Int
    let shiftType: String?
  }

  private static func text(_ boxes: [Box], separator: String = ",") -> String {
    NumberTable.format(boxes.map { [$0.x, $0.y, $0.width, $0.height] }, separator: separator)
  }

  static func column(_ values: [Double]) -> String { NumberTable.format(values.map { [$0] }) }

  /// Times of all repetitions side by side; nil where one has none, or is of another length.
  static func columns(_ runs: [Trajectory]) -> String? {
    let columns = runs.compactMap(\.fittingSeconds)
    guard columns.count == runs.count, let first = columns.first, columns.allSatisfy({ $0.count == first.count }) else {
      return nil
    }
    return NumberTable.format(first.indices.map { row in columns.map { $0[row] } })
  }
}
