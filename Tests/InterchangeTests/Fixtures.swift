import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Testing

/// A data set of annotations alone: sequence name to boxes, in the order given.
func dataset(_ name: String, _ sequences: [(name: String, boxes: [Box])]) -> Dataset {
  Dataset(
    name: name,
    sequences: sequences.map { sequence in
      Datasets.Sequence(
        name: sequence.name, frames: .none,
        annotation: Annotation(regions: sequence.boxes.map(Region.box), source: "test"))
    })
}

/// `frames` equal boxes for every name.
func dataset(_ names: [String], frames: Int) -> Dataset {
  let boxes = Array(repeating: Box(x: 1, y: 2, width: 3, height: 4), count: frames)
  return dataset("small", names.map { ($0, boxes) })
}

/// The one outcome of reading a folder.
func read(
  _ path: String, tracker: String? = nil, _ dataset: Dataset, _ protocolName: String? = nil,
  sequences: Set<String>? = nil
) throws -> ImportOutcome {
  let outcomes = try ResultFolder.read(
    path: path, tracker: tracker, dataset: dataset, protocolName: protocolName, sequences: sequences)
  #expect(outcomes.count == 1)
  return try #require(outcomes.first)
}

/// What reading a folder stops with; nil where it does not.
func stop(_ path: String, tracker: String? = nil, _ dataset: Dataset, _ protocolName: String? = nil)
  -> InterchangeError?
{
  do throws(InterchangeError) {
    _ = try ResultFolder.read(path: path, tracker: tracker, dataset: dataset, protocolName: protocolName)
    return nil
  } catch {
    return error
  }
}
