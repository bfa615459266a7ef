/// Picks the tensors out of a pickle's value: the top-level dict or its `state_dict`, one leading `module.` removed.
struct StateDict {
  let machine: PickleMachine
  let isBigEndian: Bool
  let file: String
  /// Decoded `latin1` texts by their start, so that arrays which share one share its bytes.
  private var decoded: [UInt32: [UInt8]] = [:]

  init(_ machine: PickleMachine, isBigEndian: Bool = false, file: String) {
    self.machine = machine
    self.isBigEndian = isBigEndian
    self.file = file
  }

  /// Tensors in order, and the keys of values that are none. Throws when there is no dict or no tensor in it.
  mutating func select(_ value: PickleValue) throws(CheckpointError) -> (tensors: [StoredTensor], skipped: [String]) {
    guard var items = dict(value) else {
      throw CheckpointError(
        .unsupported, at: file, "the top level is not a dict of tensors", remedy: "save model.state_dict()")
    }
    // As Python would: of equal keys, the last one counts.
    if let inner = stride(from: items.count - 2, through: 0, by: -2).first(where: {
      machine.shortText(items[$0]) == "state_dict"
    }) {
      guard let state = dict(items[inner + 1]) else {
        throw CheckpointError(
          .unsupported, at: "\(file): state_dict", "is not a dict of tensors", remedy: "save model.state_dict()")
      }
      items = state
    }

    var rows: [(key: String, value: PickleValue)] = []
    var known: [String: Int] = [:]
    // A memoised key is found by where it lies: a long one that is repeated for two bytes is read once.
    var knownSlices: [UInt32: Int] = [:]
    for i in stride(from: 0, to: items.count, by: 2) {
      guard let slice = machine.textSlice(items[i]) else {
        guard !Self.isTensor(items[i + 1]) else {
          throw CheckpointError(.damaged, at: file, "a tensor under a key that is not text")
        }
        continue
      }
      if let row = knownSlices[slice.start] {
        rows[row].value = items[i + 1]
        continue
      }
      guard let key = machine.text(items[i]) else { continue }
      let row = known[key] ?? rows.count
      known[key] = row
      knownSlices[slice.start] = row
      if row == rows.count { rows.append((key, items[i + 1])) } else { rows[row].value = items[i + 1] }
    }

    var tensors: [StoredTensor] = []
    var skipped: [String] = []
    var names: Set<String> = []
    for (key, value) in rows {
      let name = key.hasPrefix("module.") ? String(key.dropFirst("module.".count)) : key
      guard let tensor = try tensor(value, name) else {
        skipped.append(key)
        continue
      }
      guard names.insert(name).inserted else {
        throw CheckpointError(.damaged, at: "\(file): \(name)", "two tensors have this key once module. is removed")
      }
      tensors.append(tensor)
    }
    guard !tensors.isEmpty else {
      throw CheckpointError(
        .unsupported, at: file, "holds no tensor under its top level or state_dict",
        remedy: "save model.state_dict(), alone or under the key state_dict")
    }
    return (tensors, skipped)
  }

  private func dict(_ value: PickleValue) -> [PickleValue]? {
    switch value {
    case .dict(let row), .orderedDict(let row): machine.items(row)
    default: nil
    }
  }

  private static func isTensor(_ value: PickleValue) -> Bool {
    switch value {
    case .tensor, .array: true
    default: false
    }
  }

  /// nil for a value that is no tensor.
  private mutating func tensor(_ value: PickleValue, _ key: String) throws(CheckpointError) -> StoredTensor? {
    switch value {
    case .tensor(let row):
      let tensor = machine.tensors[row]
      let storage = machine.storages[tensor.storage]
      return StoredTensor(
        key: key, dtype: storage.type, shape: tensor.shape, strides: tensor.strides, offset: tensor.offset,
        source: .file(machine.cursor.bytes), storageStart: storage.range.lowerBound, storageCount: storage.count,
        isBigEndian: isBigEndian)
    case .array(let row): return try array(machine.arrays[row], key)
    default: return nil
    }
  }

  private mutating func array(_ array: PickleArray, _ key: String) throws(CheckpointError) -> StoredTensor {
    let place = "\(file): \(key)"
    guard let state = array.state, let count = TensorBounds.elements(state.shape) else {
      throw CheckpointError(.damaged, at: place, "an array without content")
    }
    guard let type = state.dtype.type else {
      throw CheckpointError(
        .unsupported, at: place, "an array of an element type that is not read", remedy: "save it as float32")
    }
    let (source, range) = data(state.data)
    guard range.count == count * type.width else {
      throw CheckpointError(
        .damaged, at: place,
        "shape \(state.shape) of \(type.rawValue) is \(count * type.width) bytes, the array has \(range.count)")
    }
    return StoredTensor(
      key: key, dtype: type, shape: state.shape,
      strides: state.isFortran ? StoredTensor.rowMajor(state.shape.reversed()).reversed() : nil, source: source,
      storageStart: range.lowerBound, storageCount: count, isBigEndian: state.dtype.isBigEndian)
  }

  /// The bytes of an array: a stretch of the file, or what `latin1` makes of one.
  private mutating func data(_ value: PickleValue) -> (StoredTensor.Source, Range<Int>) {
    switch value {
    case .bytes(let slice), .string(let slice): return (.file(machine.cursor.bytes), machine.range(slice))
    case .encoded(let slice):
      let bytes = decoded[slice.start] ?? TextKind.latin1(machine.cursor.bytes, machine.range(slice))
      decoded[slice.start] = bytes
      return (.decoded(bytes), bytes.indices)
    default: return (.decoded([]), 0..<0)
    }
  }
}
