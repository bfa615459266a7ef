/// The safetensors container: a length, a JSON header, and the elements.
public enum Safetensors {
  /// The corpus's `max_safetensors_header`.
  static let maxHeader = 100_000_000

  private static let types: [String: ElementType] = [
    "F64": .f64, "F32": .f32, "F16": .f16, "BF16": .bf16, "I64": .i64, "I32": .i32, "I16": .i16, "I8": .i8, "U8": .u8,
    "BOOL": .bool,
  ]

  static func name(of type: ElementType) -> String { type.rawValue.uppercased() }

  static func read(_ bytes: [UInt8], name: String) throws(CheckpointError) -> Checkpoint {
    guard bytes.count >= 8 else { throw CheckpointError(.damaged, at: name, "ends inside the header length") }
    let length = (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[$1]) }
    guard length <= UInt64(maxHeader), length <= UInt64(bytes.count - 8) else {
      throw CheckpointError(
        .damaged, at: name, "a header of \(length) bytes in a file of \(bytes.count), at most \(maxHeader) are read")
    }
    let dataStart = 8 + Int(length)
    var header = SafetensorsHeader(bytes: bytes, range: 8..<dataStart, place: "\(name): header")
    let (entries, metadata) = try header.parse()
    var tensors: [StoredTensor] = []
    tensors.reserveCapacity(entries.count)
    for entry in entries {
      let place = "\(name): \(entry.key)"
      guard let type = types[entry.dtype] else {
        throw CheckpointError(
          .unsupported, at: place, "element type \(entry.dtype) is not read, wanted one of \(types.keys.sorted())",
          remedy: "save the tensor as F32")
      }
      guard entry.begin <= entry.end, entry.end <= bytes.count - dataStart else {
        throw CheckpointError(
          .damaged, at: place,
          "bytes \(entry.begin) to \(entry.end) of a data part of \(bytes.count - dataStart)")
      }
      let room = entry.end - entry.begin
      guard let count = product(entry.shape, atMost: room / type.width), count * type.width == room else {
        throw CheckpointError(
          .damaged, at: place, "shape \(entry.shape) of \(entry.dtype) does not fill its \(room) bytes")
      }
      tensors.append(
        StoredTensor(
          key: entry.key, dtype: type, shape: entry.shape, source: .file(bytes), storageStart: dataStart + entry.begin,
          storageCount: count))
    }
    try checkCover(entries, dataCount: bytes.count - dataStart, name: name)
    return Checkpoint(name: name, container: .safetensors, tensors: tensors, metadata: metadata, bytes: bytes)
  }

  /// Product of sizes that are known to be at least 0; nil above `limit`.
  private static func product(_ shape: [Int], atMost limit: Int) -> Int? {
    guard !shape.contains(0) else { return 0 }
    var product = 1
    for size in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow, next <= limit else { return nil }
      product = next
    }
    return product
  }

  /// Sorted by begin, the ranges must follow one another without holes or overlaps and end where the file ends.
  private static func checkCover(
    _ entries: [SafetensorsHeader.Entry], dataCount: Int, name: String
  ) throws(CheckpointError) {
    var at = 0
    for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard entry.begin == at else {
        let what = entry.begin < at ? "overlaps the tensor before it" : "leaves a hole before it"
        throw CheckpointError(.damaged, at: "\(name): \(entry.key)", "begins at byte \(entry.begin), \(what) (\(at))")
      }
      at = entry.end
    }
    guard at == dataCount else {
      throw CheckpointError(.damaged, at: name, "\(dataCount - at) bytes behind the last tensor belong to none")
    }
  }
}
