import Checkpoints
import Testing

@Suite("The pickle machine")
struct PickleMachineTests {
  private func read(_ bytes: [UInt8]) throws(CheckpointError) -> Checkpoint {
    try Checkpoint.read(bytes: bytes, name: "hand.pkl")
  }

  private func cause(_ bytes: [UInt8]) -> String {
    do throws(CheckpointError) {
      let checkpoint = try read(bytes)
      return "loaded \(checkpoint.tensors.map(\.key))"
    } catch {
      return error.cause
    }
  }

  @Test("A dict with one array loads")
  func smallest() throws {
    let checkpoint = try read(Pickle.file(rest: Pickle.text("note") + [0x4e]))
    #expect(checkpoint.container == .pickle)
    #expect(checkpoint.tensors.map(\.key) == ["w"])
    #expect(checkpoint.skipped == ["note"])
    #expect(try checkpoint.tensors[0].floats() == [1, 2])
  }

  @Test("Values may nest 1000 deep and no deeper", arguments: [(999, true), (1000, false), (300_000, false)])
  func nesting(lists: Int, loads: Bool) {
    // The dict is the first container of the chain; the lists are appended to one another from the inside.
    let nested = [UInt8](repeating: 0x5d, count: lists) + [UInt8](repeating: 0x61, count: lists - 1)
    let cause = cause(Pickle.file(rest: Pickle.text("deep") + nested))
    #expect(cause == (loads ? "loaded [\"w\"]" : "values nested deeper than 1000"))
  }

  @Test("A million nested tuples and a dict of dicts end in an error, not in a full stack")
  func deep() {
    let tuples: [UInt8] = [0x29] + [UInt8](repeating: 0x85, count: 1_000_000)
    #expect(cause(Pickle.file(rest: Pickle.text("t") + [0x4e, 0x85] + tuples.dropFirst())).contains("nested deeper"))
    let dicts: [UInt8] = Array([[UInt8]](repeating: [0x7d, 0x4b, 1], count: 200_000).joined()) + [0x4e]
    let sets = [UInt8](repeating: 0x73, count: 200_000)
    #expect(cause(Pickle.file(rest: Pickle.text("d") + dicts + sets)).contains("nested deeper"))
    #expect(cause([0x80, 2] + [UInt8](repeating: 0x28, count: 100_000)).contains("open marks"))
  }

  @Test("A list made deep after it was put into another counts with its final depth")
  func grownLater() {
    // l0 is memoised and put into the dict, then grows: DUP the memo, append a chain of 1000 lists.
    let chain = [UInt8](repeating: 0x5d, count: 1000) + [UInt8](repeating: 0x61, count: 999)
    let grown = Pickle.text("l") + [0x5d, 0x71, 0] + Pickle.text("x") + [0x68, 0] + chain + [0x61]
    #expect(cause(Pickle.file(rest: grown)).contains("nested deeper"))
  }

  @Test("A list that contains itself is refused")
  func cycle() {
    #expect(cause(Pickle.file(rest: Pickle.text("l") + [0x5d, 0x71, 0, 0x68, 0, 0x61])).contains("contains itself"))
  }

  @Test("Lists that multiply through the memo are not written out")
  func laughs() {
    var rest = Pickle.text("l0") + [0x5d, 0x28] + [UInt8](repeating: 0x4e, count: 10) + [0x65, 0x71, 0]
    for level in 1..<60 {
      rest += Pickle.text("l\(level)") + [0x5d, 0x28]
      for _ in 0..<10 { rest += [0x68, UInt8(level - 1)] }
      rest += [0x65, 0x71, UInt8(level)]
    }
    #expect(cause(Pickle.file(rest: rest)) == "loaded [\"w\"]")
  }

  @Test("Pairs copied over and over are counted")
  func copies() {
    // An OrderedDict of 50 000 pairs, made 200 times from one memoised list.
    var rest = Pickle.text("pairs") + [0x5d, 0x28]
    for _ in 0..<50_000 { rest += [0x4e, 0x4e, 0x86] }
    rest += [0x65, 0x71, 0]
    for copy in 0..<200 {
      rest += Pickle.text("\(copy)") + Pickle.global("collections", "OrderedDict") + [0x68, 0, 0x85, 0x52]
    }
    #expect(cause(Pickle.file(rest: rest)).contains("more than"))
  }

  @Test(
    "A flood of one-byte opcodes ends at a limit, long before it fills the memory",
    arguments: [
      ([0x5d], 2_000_000, "containers"), ([0x4e], 5_000_000, "values on the stack"), ([0x94], 2_000_000, "memo index"),
      ([0x5d, 0x61], 2_000_000, "containers"),
    ] as [([UInt8], Int, String)])
  func floods(code: [UInt8], count: Int, part: String) {
    #expect(cause([0x80, 2, 0x5d] + Array(repeatElement(code, count: count).joined())).contains(part))
  }

  @Test("A long key that is repeated for two bytes is read once")
  func repeatedKey() {
    let key = [UInt8](repeating: 0x61, count: 1_000_000)
    let count = UInt32(key.count)
    var rest: [UInt8] = [0x58] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + key + [0x71, 0, 0x4e]
    for _ in 0..<100_000 { rest += [0x68, 0, 0x4e] }
    let clock = ContinuousClock()
    let time = clock.measure { #expect(cause(Pickle.file(rest: rest)) == "loaded [\"w\"]") }
    #expect(time < .seconds(10))
  }

  @Test("Of equal keys the last value counts, and one prefix is removed")
  func keys() throws {
    let other = Pickle.array(shape: [1], bytes: [0, 0, 0x40, 0x40])
    #expect(try read(Pickle.file(rest: Pickle.text("w") + other)).tensors.map { try $0.floats() } == [[3]])
    #expect(cause(Pickle.file(rest: Pickle.text("module.w") + other)).contains("module."))
    let twice = try read(Pickle.file(rest: Pickle.text("module.module.v") + other))
    #expect(twice.tensors.map(\.key) == ["w", "module.v"])
  }

  @Test("state_dict is entered once, and must be a dict")
  func stateDict() throws {
    let inner: [UInt8] = [0x7d] + Pickle.text("v") + Pickle.array() + [0x73]
    #expect(try read(Pickle.file(rest: Pickle.text("state_dict") + inner)).tensors.map(\.key) == ["v"])
    #expect(cause(Pickle.file(rest: Pickle.text("state_dict") + Pickle.array())).contains("not a dict"))
  }

  @Test("Big-endian elements, Fortran order and every NumPy type are read")
  func arrays() throws {
    let numbers: [UInt8] = [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]
    let array = Pickle.array(shape: [2, 3], bytes: numbers, type: "i2", order: ">", fortran: true)
    #expect(try read(Pickle.file(array: array)).tensors[0].floats() == [1, 3, 5, 2, 4, 6])
    #expect(
      try read(Pickle.file(array: Pickle.array(shape: [2, 3], bytes: numbers, type: "i2", order: ">"))).tensors[0]
        .floats() == [1, 2, 3, 4, 5, 6])
    #expect(
      try read(Pickle.file(array: Pickle.array(bytes: [0, 7], type: "b1", order: "|"))).tensors[0].floats() == [0, 1])
  }

  @Test(
    "Hostile arrays are refused",
    arguments: [
      (Pickle.array(shape: [3]), "the array has 8"), (Pickle.array(shape: [1]), "the array has 8"),
      (Pickle.array(type: "O8"), "is not a number"), (Pickle.array(type: "V8"), "is not a number"),
      (Pickle.array(type: "u4"), "not read"), (Pickle.array(order: "="), "byte order"),
      (Pickle.array(shape: [UInt8](repeating: 1, count: 17)), "at most 16"),
      (Pickle.array(shape: [UInt8](repeating: 255, count: 8)), "at most 2^31"),
    ])
  func hostileArrays(array: [UInt8], part: String) {
    #expect(cause(Pickle.file(array: array)).contains(part))
  }

  @Test("Random generator states beside the weights do not stand in the way")
  func otherTypes() {
    #expect(
      cause(Pickle.file(rest: Pickle.text("rng") + [0x5d] + Pickle.array(type: "u4") + [0x61])) == "loaded [\"w\"]")
  }

  @Test("An error shows no control characters of the file")
  func escapes() {
    let cause = cause([0x80, 2] + Pickle.global("os\u{1b}[2J", "system"))
    #expect(cause.contains("os?[2J.system"))
  }
}
