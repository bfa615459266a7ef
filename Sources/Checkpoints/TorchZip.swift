/// PyTorch's container since 1.6: `ROOT/data.pkl` and `ROOT/data/KEY` in a zip archive.
enum TorchZip {
  static func read(_ bytes: [UInt8], name: String) throws(CheckpointError) -> Checkpoint {
    let archive = try ZipArchive(bytes, file: name)
    let pickles = archive.records.keys.filter { record in
      record.hasSuffix("/data.pkl") && record.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 1
    }
    guard pickles.count == 1, let pickle = pickles.first, let range = archive.records[pickle] else {
      throw CheckpointError(
        .unsupported, at: name, "has \(pickles.count) records FOLDER/data.pkl, wanted one",
        remedy: "check that this archive is a PyTorch file, not a folder of them")
    }
    let root = pickle.dropLast("data.pkl".count)
    var isBigEndian = false
    if let order = archive.records[root + "byteorder"] {
      switch String(decoding: bytes[order].prefix(8), as: UTF8.self) {
      case "little": break
      case "big": isBigEndian = true
      default: throw CheckpointError(.damaged, at: "\(name): \(root)byteorder", "is neither little nor big")
      }
    }
    let folder = root + "data/"
    var storages: [String: Range<Int>] = [:]
    for (record, range) in archive.records where record.hasPrefix(folder) {
      storages[String(record.dropFirst(folder.count))] = range
    }

    var machine = try PickleMachine(bytes, range, storages: .records(storages), place: "\(name): \(pickle)")
    let value = try machine.run()
    guard machine.cursor.left == 0 else { throw machine.cursor.fault("\(machine.cursor.left) bytes behind the pickle") }
    var dict = StateDict(machine, isBigEndian: isBigEndian, file: name)
    let (tensors, skipped) = try dict.select(value)
    return Checkpoint(name: name, container: .zip, tensors: tensors, skipped: skipped, bytes: bytes)
  }
}
