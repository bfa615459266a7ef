import Datasets
import Foundation
import Scoring

/// The `meta.json` beside results of TRE and SRE: for each sequence, what the cells of the toolkit's `.mat` file say of each
/// run besides its boxes.
struct PerturbedMetadata {
  struct Run: Decodable {
    /// From 1, as in the file's name.
    let index: Int
    /// `rect`; anything else is no box.
    let type: String?
    /// The number of the sequence's first image.
    let annoBegin: Int?
    /// The number of the image the run starts in.
    let startFrame: Int?
    /// SRE's shift, nil in TRE.
    let shiftType: String?
  }

  static let fileName = "meta.json"
  let runs: [String: [Run]]

  var hasShifts: Bool { runs.values.contains { $0.contains { $0.shiftType != nil } } }

  /// - Throws: ``InterchangeError`` where the file is there and is not that.
  init(_ listing: ResultListing) throws(InterchangeError) {
    let bytes: [UInt8]
    do {
      bytes = try TextFile.read(listing.path(of: Self.fileName), name: Self.fileName)
    } catch {
      throw InterchangeError(file: Self.fileName, cause: error.cause, remedy: error.remedy)
    }
    do {
      runs = try JSONDecoder().decode([String: [Run]].self, from: Data(bytes))
    } catch {
      throw InterchangeError(
        file: Self.fileName, cause: "expected runs of sequences with index and startFrame, found something else",
        remedy: "correct it, or take it away: starts then come from the lengths of the files")
    }
  }
}

extension PerturbedMetadata.Run {
  /// The frame it starts in, from 0, and its shift.
  /// - Throws: ``InterchangeError`` where it is of another type, outside the sequence, or shifted in an unknown way.
  func place(
    _ kind: ResultProtocol.Kind, sequence: String, frames: Int
  ) throws(InterchangeError) -> (start: Int, shift: SpatialShift?) {
    func refusal(_ cause: String) -> InterchangeError {
      InterchangeError(
        sequence: sequence, file: PerturbedMetadata.fileName, cause: "\(sequence), run \(index): \(cause)",
        remedy: "correct the file; the other sequences are not affected")
    }
    guard type == nil || type == "rect" else {
      throw refusal("its rows are of type \(type ?? ""), and only rect is read")
    }
    let (start, overflow) = (startFrame ?? 1).subtractingReportingOverflow(annoBegin ?? 1)
    guard !overflow, (0..<max(frames, 1)).contains(start) else {
      throw refusal("it starts in frame \(startFrame ?? 1), and there are \(frames) from \(annoBegin ?? 1) on")
    }
    guard kind == .sre else { return (start, nil) }
    guard let shift = shiftType.flatMap(SpatialShift.init(rawValue:)) else {
      throw refusal("unknown shiftType \(shiftType ?? "(none)")")
    }
    return (start, shift)
  }
}
