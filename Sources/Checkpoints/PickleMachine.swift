/// Runs a pickle without running anything: the result is a table of inert records.
///
/// Only the opcodes a state dict needs are known, and only the names in ``PickleGlobal``. Memory is bounded by the pickle's
/// length: no opcode makes more than a constant number of values, except copies of pairs and tuples, which are counted.
struct PickleMachine {
  /// Where persistent ids point.
  enum Storages {
    /// None may occur.
    case none
    /// Byte ranges of `ROOT/data/KEY`, by KEY.
    case records([String: Range<Int>])
    /// After the pickles, in an order not known yet.
    case trailing
  }

  /// The corpus's limits: depth of values and number of open marks; memo index; bytes of an integer.
  static let maxNesting = 1000
  static let maxMemoIndex = 1 << 20
  static let maxIntegerBytes = 8
  /// Limits of our own, far above real files (a checkpoint makes about five containers a tensor).
  private static let maxContainers = 1 << 20
  private static let maxItems = 1 << 22

  private(set) var cursor: ByteCursor
  private let base: Int
  let storageSource: Storages
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var itemCount = 0
  private var integerTuples: [Int: [Int]] = [:]
  private(set) var containers: [PickleContainer] = [PickleContainer()]
  var storages: [PickleStorage] = []
  var tensors: [PickleTensor] = []
  var dtypes: [PickleDtype] = []
  var arrays: [PickleArray] = []

  /// `range` must lie within `bytes`.
  init(_ bytes: [UInt8], _ range: Range<Int>, storages: Storages, place: String) throws(CheckpointError) {
    cursor = ByteCursor(bytes, range, place: place)
    base = range.lowerBound
    storageSource = storages
    guard range.count <= Int(UInt32.max) else {
      throw cursor.fault("a pickle of \(range.count) bytes; at most 4 GiB are read", kind: .unsupported)
    }
  }

  /// Runs up to STOP and returns what it left; ``cursor`` then stands behind STOP.
  mutating func run() throws(CheckpointError) -> PickleValue {
    while true {
      let opcode = try cursor.byte()
      if opcode == UInt8(ascii: ".") {
        let result = try pop()
        try checkNesting()
        return result
      }
      try step(opcode)
    }
  }

  private mutating func step(_ opcode: UInt8) throws(CheckpointError) {
    switch opcode {
    case 0x80:  // PROTO
      let version = try cursor.byte()
      guard version <= 5 else { throw cursor.fault("pickle protocol \(version), at most 5 is read") }
    case 0x95:  // FRAME
      let length = try cursor.unsigned(8)
      guard length <= UInt64(cursor.left) else { throw cursor.fault("a frame of \(length) bytes, \(cursor.left) left") }
    case UInt8(ascii: "("):  // MARK
      guard marks.count < Self.maxNesting else { throw cursor.fault("more than \(Self.maxNesting) open marks") }
      marks.append(stack.count)
    case UInt8(ascii: "0"):  // POP, which takes a mark that lies on top
      if let mark = marks.last, mark == stack.count { marks.removeLast() } else { _ = try pop() }
    case UInt8(ascii: "1"): _ = try popToMark()  // POP_MARK
    case UInt8(ascii: "2"): try push(try top())  // DUP
    case UInt8(ascii: "N"): try push(.none)
    case 0x88: try push(.bool(true))
    case 0x89: try push(.bool(false))
    case UInt8(ascii: "J"): try push(.int(try cursor.signed(4)))  // BININT
    case UInt8(ascii: "K"): try push(.int(Int(try cursor.unsigned(1))))
    case UInt8(ascii: "M"): try push(.int(Int(try cursor.unsigned(2))))
    case 0x8a: try pushLong(Int(try cursor.unsigned(1)))
    case 0x8b: try pushLong(try cursor.signed(4))
    case UInt8(ascii: "G"):  // BINFLOAT, big-endian
      try push(.float(Double(bitPattern: try cursor.unsigned(8).byteSwapped)))
    case UInt8(ascii: "X"): try pushText(try cursor.block(lengthOf: 4))
    case 0x8c: try pushText(try cursor.block(lengthOf: 1))
    case 0x8d: try pushText(try cursor.block(lengthOf: 8))
    case UInt8(ascii: "U"): try pushString(try cursor.block(lengthOf: 1))
    case UInt8(ascii: "T"): try pushString(try cursor.block(lengthOf: 4))
    case UInt8(ascii: "C"): try push(.bytes(slice(try cursor.block(lengthOf: 1))))
    case UInt8(ascii: "B"): try push(.bytes(slice(try cursor.block(lengthOf: 4))))
    case 0x8e: try push(.bytes(slice(try cursor.block(lengthOf: 8))))
    case UInt8(ascii: ")"): try push(.tuple(0))  // EMPTY_TUPLE: all are row 0
    case UInt8(ascii: "t"): try pushTuple(try popToMark())
    case 0x85...0x87:  // TUPLE1...3
      var items: [PickleValue] = []
      for _ in 0..<(opcode - 0x84) { items.append(try pop()) }
      try pushTuple(items.reversed())
    case UInt8(ascii: "]"): try push(.list(try container([])))
    case UInt8(ascii: "l"): try push(.list(try container(try popToMark())))
    case UInt8(ascii: "a"):
      let item = try pop()
      try append([item], to: try top())
    case UInt8(ascii: "e"):
      let items = try popToMark()
      try append(items, to: try top())
    case UInt8(ascii: "}"): try push(.dict(try container([])))
    case UInt8(ascii: "d"):
      let pairs = try popToMark()
      let dict = PickleValue.dict(try container([]))
      try set(pairs, in: dict)
      try push(dict)
    case UInt8(ascii: "s"):
      let value = try pop()
      let key = try pop()
      try set([key, value], in: try top())
    case UInt8(ascii: "u"):
      let pairs = try popToMark()
      try set(pairs, in: try top())
    case UInt8(ascii: "q"): try store(Int(try cursor.unsigned(1)))
    case UInt8(ascii: "r"): try store(Int(try cursor.unsigned(4)))
    case 0x94: try store(memo.count)  // MEMOIZE
    case UInt8(ascii: "h"): try push(try recall(Int(try cursor.unsigned(1))))
    case UInt8(ascii: "j"): try push(try recall(Int(try cursor.unsigned(4))))
    case UInt8(ascii: "c"):  // GLOBAL
      let module = try line()
      try pushGlobal(module: module, try line())
    case 0x93:  // STACK_GLOBAL
      let (name, module) = (try pop(), try pop())
      guard let name = text(name), let module = text(module) else {
        throw cursor.fault("a global whose names are not text", kind: .unsafe)
      }
      try pushGlobal(module: module, name)
    case UInt8(ascii: "R"):
      let arguments = try pop()
      try push(try reduce(try pop(), arguments))
    case UInt8(ascii: "b"):
      let state = try pop()
      try build(try top(), state)
    case UInt8(ascii: "Q"): try push(try persistent(try pop()))
    default:
      throw cursor.fault(
        "the pickle opcode 0x\(String(opcode, radix: 16)) is not one a state dict needs", kind: .unsafe)
    }
  }

  // MARK: Stack and memo

  private mutating func push(_ value: PickleValue) throws(CheckpointError) {
    guard stack.count < Self.maxItems else { throw cursor.fault("more than \(Self.maxItems) values on the stack") }
    stack.append(value)
  }

  private func top() throws(CheckpointError) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw cursor.fault("the stack is empty") }
    return value
  }

  private mutating func pop() throws(CheckpointError) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func popToMark() throws(CheckpointError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw cursor.fault("no mark is open") }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  private mutating func store(_ index: Int) throws(CheckpointError) {
    guard index <= Self.maxMemoIndex else {
      throw cursor.fault("the memo index \(index) is above \(Self.maxMemoIndex)")
    }
    memo[index] = try top()
  }

  private func recall(_ index: Int) throws(CheckpointError) -> PickleValue {
    guard let value = memo[index] else { throw cursor.fault("the memo entry \(index) was never stored") }
    return value
  }

  // MARK: Scalars

  private mutating func pushLong(_ length: Int) throws(CheckpointError) {
    guard (0...Self.maxIntegerBytes).contains(length) else {
      throw cursor.fault("an integer of \(length) bytes, at most \(Self.maxIntegerBytes) are read")
    }
    try push(.int(try cursor.signed(length)))
  }

  private func slice(_ range: Range<Int>) -> PickleValue.Slice {
    PickleValue.Slice(start: UInt32(range.lowerBound - base), count: UInt32(range.count))
  }

  private mutating func pushText(_ range: Range<Int>) throws(CheckpointError) {
    switch TextKind(cursor.bytes, range) {
    case .latin: try push(.text(slice(range)))
    case .wide: try push(.wideText(slice(range)))
    case .invalid: throw cursor.fault("a text that is not UTF-8")
    }
  }

  private mutating func pushString(_ range: Range<Int>) throws(CheckpointError) {
    let isText = TextKind(cursor.bytes, range) != .invalid
    try push(isText ? .string(slice(range)) : .bytes(slice(range)))
  }

  private mutating func line() throws(CheckpointError) -> String {
    let start = cursor.at
    // No known name is longer, so a longer line needs no end.
    for _ in 0...128 where try cursor.byte() == 0x0a {
      return String(decoding: cursor.bytes[start..<(cursor.at - 1)], as: UTF8.self)
    }
    throw cursor.fault("a global's name of more than 128 bytes", kind: .unsafe)
  }

  private mutating func pushGlobal(module: String, _ name: String) throws(CheckpointError) {
    guard let global = PickleGlobal.named(module: module, name) else {
      throw cursor.fault(
        "the pickle names \(Printable.text("\(module).\(name)", atMost: 80)), which no state dict needs", kind: .unsafe)
    }
    try push(.global(global))
  }

  /// The file's bytes of a slice.
  func range(_ slice: PickleValue.Slice) -> Range<Int> {
    base + Int(slice.start)..<base + Int(slice.start) + Int(slice.count)
  }

  /// Where the value's text lies, nil when it is none. A memoised text is the same slice each time.
  func textSlice(_ value: PickleValue) -> PickleValue.Slice? {
    switch value {
    case .text(let slice), .wideText(let slice), .string(let slice): slice
    default: nil
    }
  }

  /// The value as text, nil when it is none. Costs its length, so not for values a file may repeat for a byte or two.
  func text(_ value: PickleValue) -> String? {
    textSlice(value).map { String(decoding: cursor.bytes[range($0)], as: UTF8.self) }
  }

  /// The value as a text of at most 256 bytes.
  func shortText(_ value: PickleValue) -> String? {
    guard let slice = textSlice(value), slice.count <= 256 else { return nil }
    return text(value)
  }

  /// A tuple of integers as an array, nil for anything else. Truth values are none. Equal rows share one array.
  mutating func integers(_ value: PickleValue) -> [Int]? {
    guard case .tuple(let row) = value else { return nil }
    if let known = integerTuples[row] { return known }
    var integers: [Int] = []
    for item in containers[row].items {
      guard case .int(let integer) = item else { return nil }
      integers.append(integer)
    }
    integerTuples[row] = integers
    return integers
  }

  /// Counts a record like an item, so that their number is bounded too.
  mutating func countRecord() throws(CheckpointError) { try count(1) }

  // MARK: Containers

  func items(_ row: Int) -> [PickleValue] { containers[row].items }

  /// Adds a row with `items`.
  mutating func container(_ items: [PickleValue]) throws(CheckpointError) -> Int {
    try count(items.count)
    guard containers.count < Self.maxContainers else {
      throw cursor.fault("more than \(Self.maxContainers) containers")
    }
    containers.append(PickleContainer(items: items, isHashable: items.allSatisfy(isHashable)))
    return containers.count - 1
  }

  private mutating func count(_ items: Int) throws(CheckpointError) {
    itemCount += items
    guard itemCount <= Self.maxItems else { throw cursor.fault("more than \(Self.maxItems) items") }
  }

  private func isHashable(_ value: PickleValue) -> Bool {
    if case .tuple(let row) = value { return containers[row].isHashable }
    return value.isHashable
  }

  private mutating func pushTuple(_ items: [PickleValue]) throws(CheckpointError) {
    try push(.tuple(items.isEmpty ? 0 : try container(items)))
  }

  private mutating func append(_ items: [PickleValue], to list: PickleValue) throws(CheckpointError) {
    guard case .list(let row) = list else { throw cursor.fault("items for what is not a list") }
    try count(items.count)
    containers[row].items.append(contentsOf: items)
  }

  /// `pairs` are keys and values in turn.
  mutating func set(_ pairs: [PickleValue], in dict: PickleValue) throws(CheckpointError) {
    let row: Int
    switch dict {
    case .dict(let number), .orderedDict(let number): row = number
    default: throw cursor.fault("items for what is not a dict")
    }
    guard pairs.count % 2 == 0 else { throw cursor.fault("a key without a value") }
    for i in stride(from: 0, to: pairs.count, by: 2) where !isHashable(pairs[i]) {
      throw cursor.fault("a dict key that is a list, dict or array")
    }
    try count(pairs.count)
    containers[row].items.append(contentsOf: pairs)
  }
}
