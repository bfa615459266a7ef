extension Safetensors {
  /// Writes stored tensors under their keys, in their order and with their own element types, values unchanged to the bit.
  ///
  /// Views are written out; throws for one that ``StoredTensor/isExpanded``, for a key given twice, and when the file cannot
  /// be written. The file appears whole or not at all.
  public static func write(
    _ tensors: [StoredTensor], metadata: [String: String] = [:], to path: String
  ) throws(CheckpointError) {
    for tensor in tensors where tensor.isExpanded { _ = try tensor.floats() }
    let fields = tensors.map {
      Field(key: $0.key, dtype: $0.dtype, shape: $0.shape, byteCount: $0.count * $0.dtype.width)
    }
    let header = try header(fields, metadata, path)
    try FileBytes.write(to: path) { write throws(CheckpointError) in
      header.withUnsafeBytes(write)
      for tensor in tensors { try tensor.forEachRun(write) }
    }
  }

  /// Writes float32 tensors. Throws when a shape does not have as many elements as there are values, for a key given twice,
  /// and when the file cannot be written.
  public static func write(
    _ tensors: [(key: String, shape: [Int], values: [Float])], metadata: [String: String] = [:], to path: String
  ) throws(CheckpointError) {
    for tensor in tensors where TensorBounds.elements(tensor.shape) != tensor.values.count {
      throw CheckpointError(.damaged, at: tensor.key, "\(tensor.values.count) values for shape \(tensor.shape)")
    }
    let fields = tensors.map { Field(key: $0.key, dtype: .f32, shape: $0.shape, byteCount: $0.values.count * 4) }
    let header = try header(fields, metadata, path)
    try FileBytes.write(to: path) { write in
      header.withUnsafeBytes(write)
      for tensor in tensors { tensor.values.withUnsafeBytes(write) }
    }
  }

  private struct Field {
    var key: String
    var dtype: ElementType
    var shape: [Int]
    var byteCount: Int
  }

  /// Length and JSON, padded with spaces so that the elements start at a multiple of eight.
  private static func header(
    _ fields: [Field], _ metadata: [String: String], _ path: String
  ) throws(CheckpointError) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var at = 0
    var keys: Set<String> = ["__metadata__"]
    for field in fields {
      guard keys.insert(field.key).inserted else {
        throw CheckpointError(.damaged, at: path, "the key \(field.key) cannot be written twice")
      }
      let shape = field.shape.map(String.init).joined(separator: ",")
      let end = at + field.byteCount
      members.append(
        "\(quoted(field.key)):{\"dtype\":\"\(name(of: field.dtype))\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(at),\(end)]}")
      at = end
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    // Readers that look at the first byte alone would take this length for the start of a pickle.
    if json.count & 0xff == 0x80 { json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 8)) }
    guard json.count <= maxHeader else {
      throw CheckpointError(.unsupported, at: path, "a header of \(json.count) bytes, at most \(maxHeader) are written")
    }
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> ($0 * 8)) } + json
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
