/// REDUCE, BUILD and BINPERSID: what they may do is to make or fill one of the inert records.
extension PickleMachine {
  /// What calling `function` would give. Nothing is called.
  mutating func reduce(_ function: PickleValue, _ arguments: PickleValue) throws(CheckpointError) -> PickleValue {
    guard case .global(let global) = function else {
      throw cursor.fault("a call of what is no function", kind: .unsafe)
    }
    guard case .tuple(let row) = arguments else { throw cursor.fault("a call without a tuple of arguments") }
    let arguments = items(row)
    switch global {
    case .orderedDict: return try orderedDict(arguments)
    case .rebuildTensor: return try tensor(arguments)
    case .rebuildParameter:
      guard arguments.count == 3, case .tensor = arguments[0] else { throw wrongArguments(global) }
      return arguments[0]
    case .dtype: return try dtype(arguments)
    case .reconstruct1, .reconstruct2:
      guard arguments.count == 3, case .global(.ndarray) = arguments[0], integers(arguments[1]) == [0],
        isLetterB(arguments[2])
      else { throw wrongArguments(global) }
      try countRecord()
      arrays.append(PickleArray())
      return .array(arrays.count - 1)
    case .scalar1, .scalar2:
      guard arguments.count == 2, case .dtype(let row) = arguments[0], isBytes(arguments[1]) else {
        throw wrongArguments(global)
      }
      guard dtypes[row].isBuilt || dtypes[row].type == nil || dtypes[row].width == 1 else {
        throw wrongArguments(global)
      }
      return .scalar
    case .encode:
      guard arguments.count == 2, case .text(let slice) = arguments[0], shortText(arguments[1]) == "latin1" else {
        throw wrongArguments(global)
      }
      return .encoded(slice)
    case .bytes:
      guard arguments.isEmpty else { throw wrongArguments(global) }
      return .bytes(PickleValue.Slice(start: 0, count: 0))
    default: throw cursor.fault("a call of \(global.rawValue), which is a type", kind: .unsafe)
    }
  }

  /// Fills `target`, which stays on the stack.
  mutating func build(_ target: PickleValue, _ state: PickleValue) throws(CheckpointError) {
    switch target {
    case .orderedDict: return  // `_metadata` and the like: attributes, not items.
    case .dtype(let row): try build(dtype: row, state)
    case .array(let row): try build(array: row, state)
    default: throw cursor.fault("state for what has none", kind: .unsafe)
    }
  }

  private func wrongArguments(_ global: PickleGlobal) -> CheckpointError {
    cursor.fault("wrong arguments for \(global.rawValue)")
  }

  private mutating func orderedDict(_ arguments: [PickleValue]) throws(CheckpointError) -> PickleValue {
    let dict = PickleValue.orderedDict(try container([]))
    guard let first = arguments.first else { return dict }
    guard arguments.count == 1, case .list(let row) = first else { throw wrongArguments(.orderedDict) }
    var pairs: [PickleValue] = []
    for pair in items(row) {
      switch pair {
      case .tuple(let row) where items(row).count == 2, .list(let row) where items(row).count == 2:
        pairs.append(contentsOf: items(row))
      default: throw wrongArguments(.orderedDict)
      }
    }
    try set(pairs, in: dict)
    return dict
  }

  // MARK: PyTorch

  /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])`.
  private mutating func tensor(_ arguments: [PickleValue]) throws(CheckpointError) -> PickleValue {
    guard (6...7).contains(arguments.count), case .storage(let storage) = arguments[0],
      case .int(let offset) = arguments[1], let shape = integers(arguments[2]), let strides = integers(arguments[3]),
      case .bool = arguments[4]
    else { throw wrongArguments(.rebuildTensor) }
    if let fault = TensorBounds.fault(shape: shape, strides: strides, offset: offset, count: storages[storage].count) {
      throw cursor.fault("a tensor on storage \(storages[storage].key): \(fault)")
    }
    try countRecord()
    tensors.append(PickleTensor(storage: storage, offset: offset, shape: shape, strides: strides))
    return .tensor(tensors.count - 1)
  }

  /// `("storage", type, key, device, element count)`, with a sixth field None in the legacy container.
  mutating func persistent(_ id: PickleValue) throws(CheckpointError) -> PickleValue {
    let wanted: Int
    switch storageSource {
    case .none: throw cursor.fault("a persistent id outside a PyTorch file", kind: .unsafe)
    case .records: wanted = 5
    case .trailing: wanted = 6
    }
    guard case .tuple(let row) = id, items(row).count == wanted else {
      throw cursor.fault("a persistent id that is not a tuple of \(wanted)")
    }
    let fields = items(row)
    guard shortText(fields[0]) == "storage", case .global(let global) = fields[1], let type = global.storageType,
      let key = shortText(fields[2]), case .int(let count) = fields[4]
    else { throw cursor.fault("a persistent id that is not a storage of a known type") }
    if wanted == 6 {
      guard case .none = fields[5] else { throw cursor.fault("views of storages are not read", kind: .unsupported) }
    }
    guard !key.isEmpty, key.utf8.allSatisfy(Self.isKeyByte) else {
      throw cursor.fault("a storage key that is no plain name")
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: type.width)
    guard count >= 0, !overflow else { throw cursor.fault("storage \(key) of \(count) elements") }
    var range = 0..<0
    if case .records(let records) = storageSource {
      guard let record = records[key] else { throw cursor.fault("the record of storage \(key) is absent") }
      guard record.count == bytes else {
        throw cursor.fault("storage \(key): \(count) elements are \(bytes) bytes, its record has \(record.count)")
      }
      range = record
    }
    try countRecord()
    storages.append(PickleStorage(key: key, type: type, count: count, range: range))
    return .storage(storages.count - 1)
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  // MARK: NumPy

  private static let types: [String: ElementType] = [
    "f8": .f64, "f4": .f32, "f2": .f16, "i8": .i64, "i4": .i32, "i2": .i16, "i1": .i8, "u1": .u8, "b1": .bool,
  ]

  /// `dtype(name[, align[, copy]])`. Kinds that hold numbers or text but are no tensors pass, objects and records do not.
  private mutating func dtype(_ arguments: [PickleValue]) throws(CheckpointError) -> PickleValue {
    guard (1...3).contains(arguments.count), let name = shortText(arguments[0]) else {
      throw wrongArguments(.dtype)
    }
    let type = Self.types[name]
    let isOther = name.first.map { "uifbcSUmM".contains($0) } == true && name.dropFirst().allSatisfy(\.isASCIIDigit)
    guard type != nil || isOther else {
      throw cursor.fault("the NumPy element type \(name) is not a number", kind: .unsupported)
    }
    try countRecord()
    dtypes.append(PickleDtype(type: type, width: type?.width ?? 0))
    return .dtype(dtypes.count - 1)
  }

  /// `(version, byte order, subarray, names, fields, size, alignment, flags[, metadata])`.
  private mutating func build(dtype row: Int, _ state: PickleValue) throws(CheckpointError) {
    guard case .tuple(let stateRow) = state, (8...9).contains(items(stateRow).count), !dtypes[row].isBuilt else {
      throw wrongArguments(.dtype)
    }
    let fields = items(stateRow)
    guard case .int = fields[0], let order = shortText(fields[1]), case .none = fields[2], case .none = fields[3],
      case .none = fields[4]
    else { throw wrongArguments(.dtype) }
    switch order {
    case "<": break
    case ">": dtypes[row].isBigEndian = true
    case "|" where dtypes[row].width <= 1: break
    default: throw cursor.fault("the byte order \(order.prefix(8)) is unknown")
    }
    dtypes[row].isBuilt = true
  }

  /// `(version, shape, dtype, Fortran order, bytes)`.
  private mutating func build(array row: Int, _ state: PickleValue) throws(CheckpointError) {
    guard case .tuple(let stateRow) = state, items(stateRow).count == 5, arrays[row].state == nil else {
      throw wrongArguments(.ndarray)
    }
    let fields = items(stateRow)
    guard case .int = fields[0], let shape = integers(fields[1]), case .dtype(let type) = fields[2],
      case .bool(let isFortran) = fields[3], isBytes(fields[4])
    else { throw wrongArguments(.ndarray) }
    guard shape.count <= TensorBounds.maxRank, TensorBounds.elements(shape) != nil else {
      throw cursor.fault("an array of shape \(shape.prefix(20)): at most 16 sizes of at least 0, at most 2^31 elements")
    }
    guard dtypes[type].isBuilt || dtypes[type].width <= 1 else {
      throw cursor.fault("an array whose byte order is not given")
    }
    arrays[row].state = PickleArray.State(dtype: dtypes[type], shape: shape, isFortran: isFortran, data: fields[4])
  }

  // MARK: Arguments

  private func isBytes(_ value: PickleValue) -> Bool {
    switch value {
    case .bytes, .encoded, .string: true
    default: false
    }
  }

  /// `b'b'`, the placeholder type that NumPy writes.
  private func isLetterB(_ value: PickleValue) -> Bool {
    switch value {
    case .bytes(let slice), .encoded(let slice), .string(let slice):
      cursor.bytes[range(slice)].elementsEqual([UInt8(ascii: "b")])
    default: false
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) && isASCII }
}
