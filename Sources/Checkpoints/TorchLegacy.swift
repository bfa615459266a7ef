/// PyTorch's container before 1.6: magic number, version, system dict, object and storage keys as pickles in sequence, then
/// for every key the element count and the raw elements. The file ends there.
enum TorchLegacy {
  static func read(_ bytes: [UInt8], name: String) throws(CheckpointError) -> Checkpoint {
    var at = Sniffer.legacyMagic.count
    let (version, _) = try pickle(bytes, &at, .none, "\(name): version")
    guard case .int(1001) = version else {
      throw CheckpointError(.unsupported, at: name, "a legacy container whose version is not 1001")
    }
    let (system, systemMachine) = try pickle(bytes, &at, .none, "\(name): system dict")
    guard isLittleEndian(system, systemMachine) else {
      throw CheckpointError(
        .unsupported, at: name, "a legacy file of a big-endian machine",
        remedy: "save it again with PyTorch 1.6 or later")
    }
    var (object, machine) = try pickle(bytes, &at, .trailing, "\(name): object")
    let (list, listMachine) = try pickle(bytes, &at, .none, "\(name): storage keys")
    try place(&machine.storages, keys: try keys(list, listMachine, name), bytes, at, name: name)
    var dict = StateDict(machine, file: name)
    let (tensors, skipped) = try dict.select(object)
    return Checkpoint(name: name, container: .legacy, tensors: tensors, skipped: skipped, bytes: bytes)
  }

  private static func pickle(
    _ bytes: [UInt8], _ at: inout Int, _ storages: PickleMachine.Storages, _ place: String
  ) throws(CheckpointError) -> (PickleValue, PickleMachine) {
    var machine = try PickleMachine(bytes, at..<bytes.count, storages: storages, place: place)
    let value = try machine.run()
    at = machine.cursor.at
    return (value, machine)
  }

  private static func isLittleEndian(_ system: PickleValue, _ machine: PickleMachine) -> Bool {
    let row: Int
    switch system {
    case .dict(let number), .orderedDict(let number): row = number
    default: return false
    }
    let items = machine.items(row)
    let found = stride(from: items.count - 2, through: 0, by: -2).first {
      machine.shortText(items[$0]) == "little_endian"
    }
    guard let found, case .bool(true) = items[found + 1] else { return false }
    return true
  }

  private static func keys(
    _ list: PickleValue, _ machine: PickleMachine, _ name: String
  ) throws(CheckpointError) -> [String] {
    guard case .list(let row) = list else {
      throw CheckpointError(.damaged, at: "\(name): storage keys", "are not a list")
    }
    var keys: [String] = []
    for item in machine.items(row) {
      guard let key = machine.shortText(item) else {
        throw CheckpointError(.damaged, at: "\(name): storage keys", "one is not text")
      }
      keys.append(key)
    }
    guard Set(keys).count == keys.count else {
      throw CheckpointError(.damaged, at: "\(name): storage keys", "one occurs twice")
    }
    return keys
  }

  /// Finds the elements of every storage behind the pickles.
  private static func place(
    _ storages: inout [PickleStorage], keys: [String], _ bytes: [UInt8], _ start: Int, name: String
  ) throws(CheckpointError) {
    var known: [String: PickleStorage] = [:]
    for storage in storages {
      if let other = known.updateValue(storage, forKey: storage.key),
        other.type != storage.type || other.count != storage.count
      {
        throw CheckpointError(.damaged, at: "\(name): storage \(storage.key)", "is described in two ways")
      }
    }
    var cursor = ByteCursor(bytes, start..<bytes.count, place: "\(name): storages")
    var ranges: [String: Range<Int>] = [:]
    for key in keys {
      guard let storage = known[key] else { throw cursor.fault("storage \(key) belongs to no tensor") }
      let count = try cursor.unsigned(8)
      guard count == UInt64(storage.count) else {
        throw cursor.fault("storage \(key) has \(count) elements, its tensors say \(storage.count)")
      }
      let begin = try cursor.skip(storage.count * storage.type.width)
      ranges[key] = begin..<cursor.at
    }
    guard cursor.left == 0 else { throw cursor.fault("\(cursor.left) bytes behind the last storage") }
    for i in storages.indices {
      guard let range = ranges[storages[i].key] else { throw cursor.fault("storage \(storages[i].key) is absent") }
      storages[i].range = range
    }
  }
}
