import Datasets
import Foundation
import Geometry

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/trackbench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
}

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
