/// A data set while it is being looked through: sequences, and everything that is wrong.
struct Survey {
  var sequences: [Sequence] = []
  var absent: [AbsentSequence] = []
  var faults: [DatasetError] = []

  /// The annotation of a sequence from its own file; nil where the file is damaged, which is then among ``faults``.
  mutating func annotation(
    path: String, shown: String, sequence: String, boxesOnly: Bool
  ) -> Annotation? {
    let before = faults.count
    do throws(DatasetError) {
      let bytes = try TextFile.read(path, name: shown, sequence: sequence)
      let rules = RegionFile.rules(boxesOnly: boxesOnly, sequence: sequence)
      let table = NumberTable.parse(bytes, name: shown, rules: rules, faults: &faults)
      guard faults.count == before else { return nil }
      guard table.count > 0 else {
        throw DatasetError(
          .countMismatch, sequence: sequence, file: shown, cause: "expected one line a frame, found an empty file",
          remedy: Wording.orExclude("fetch the file again", sequence))
      }
      return RegionFile.annotation(table, source: shown)
    } catch {
      faults.append(error)
      return nil
    }
  }

  /// What stands in the way of running a sequence over `range`; its faults are kept.
  mutating func obstacle(of range: FrameRange) -> Sequence.Obstacle? {
    faults += range.faults
    return range.faults.first.map { .damaged($0) }
  }

  func dataset(named name: String, attributes: [String] = [], subsets: [String: [String]] = [:]) -> Dataset {
    let names = Set(sequences.map(\.name) + absent.map(\.name))
    return Dataset(
      name: name, sequences: sequences, attributes: attributes,
      subsets: subsets.filter { !$0.value.allSatisfy { !names.contains($0) } }, absent: absent, faults: faults)
  }
}
