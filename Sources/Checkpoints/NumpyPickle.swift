/// A pickle of NumPy arrays, alone in its file.
enum NumpyPickle {
  static func read(_ bytes: [UInt8], name: String) throws(CheckpointError) -> Checkpoint {
    var machine = try PickleMachine(bytes, 0..<bytes.count, storages: .none, place: name)
    let value = try machine.run()
    guard machine.cursor.left == 0 else { throw machine.cursor.fault("\(machine.cursor.left) bytes behind the pickle") }
    var dict = StateDict(machine, file: name)
    let (tensors, skipped) = try dict.select(value)
    return Checkpoint(name: name, container: .pickle, tensors: tensors, skipped: skipped, bytes: bytes)
  }
}
