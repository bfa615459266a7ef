import Datasets
import Geometry

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
