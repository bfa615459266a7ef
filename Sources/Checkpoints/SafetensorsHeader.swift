/// The JSON header of a safetensors file.
///
/// Not a general JSON reader: the header's grammar is two levels deep, so anything nested deeper is wrong at the byte where it
/// starts, and nothing recurses. Duplicate keys are refused at every level.
struct SafetensorsHeader {
  struct Entry {
    var key: String
    var dtype: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  private var cursor: ByteCursor

  /// `range` must lie within `bytes`.
  init(bytes: [UInt8], range: Range<Int>, place: String) { cursor = ByteCursor(bytes, range, place: place) }

  /// Tensors in the order of the header, and `__metadata__`.
  mutating func parse() throws(CheckpointError) -> ([Entry], [String: String]) {
    guard peek() == UInt8(ascii: "{") else { throw cursor.fault("the header does not begin with a brace") }
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    var keys: Set<String> = []
    try object { header, key throws(CheckpointError) in
      guard keys.insert(key).inserted else { throw header.cursor.fault("the key \(key) occurs twice") }
      if key == "__metadata__" {
        metadata = try header.texts()
      } else {
        entries.append(try header.entry(key))
      }
    }
    while let byte = peek() {
      guard byte == UInt8(ascii: " ") else { throw cursor.fault("text behind the header object") }
      _ = try cursor.byte()
    }
    return (entries, metadata)
  }

  private mutating func entry(_ key: String) throws(CheckpointError) -> Entry {
    var dtype: String?
    var shape: [Int]?
    var offsets: [Int]?
    try object { header, field throws(CheckpointError) in
      switch field {
      case "dtype" where dtype == nil: dtype = try header.text()
      case "shape" where shape == nil: shape = try header.integers()
      case "data_offsets" where offsets == nil: offsets = try header.integers()
      default: throw header.cursor.fault("\(key): the field \(field) is unknown or occurs twice")
      }
    }
    guard let dtype, let shape, let offsets, offsets.count == 2 else {
      throw cursor.fault("\(key): wanted dtype, shape and two data_offsets")
    }
    return Entry(key: key, dtype: dtype, shape: shape, begin: offsets[0], end: offsets[1])
  }

  /// An object of texts.
  private mutating func texts() throws(CheckpointError) -> [String: String] {
    var texts: [String: String] = [:]
    try object { header, key throws(CheckpointError) in
      guard texts.updateValue(try header.text(), forKey: key) == nil else {
        throw header.cursor.fault("the key \(key) occurs twice in __metadata__")
      }
    }
    return texts
  }

  // MARK: Tokens

  private func peek() -> UInt8? { cursor.left > 0 ? cursor.bytes[cursor.at] : nil }

  private mutating func space() throws(CheckpointError) {
    while let byte = peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { _ = try cursor.byte() }
  }

  /// Steps over white space and `wanted`, or leaves it.
  private mutating func take(_ wanted: Unicode.Scalar) throws(CheckpointError) -> Bool {
    try space()
    guard peek() == UInt8(ascii: wanted) else { return false }
    _ = try cursor.byte()
    return true
  }

  private mutating func expect(_ wanted: Unicode.Scalar) throws(CheckpointError) {
    guard try take(wanted) else { throw cursor.fault("the header is not the wanted JSON: \"\(wanted)\" expected") }
  }

  private mutating func object(
    _ member: (inout SafetensorsHeader, String) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    try expect("{")
    if try take("}") { return }
    repeat {
      let key = try text()
      try expect(":")
      try member(&self, key)
    } while try take(",")
    try expect("}")
  }

  private mutating func integers() throws(CheckpointError) -> [Int] {
    try expect("[")
    var values: [Int] = []
    if try take("]") { return values }
    repeat { values.append(try integer()) } while try take(",")
    try expect("]")
    return values
  }

  /// An integer from 0 to 2^63 - 1, without sign, fraction or exponent.
  private mutating func integer() throws(CheckpointError) -> Int {
    try space()
    let start = cursor.at
    var value = 0
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, overflowSum) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      guard !overflow, !overflowSum else { throw cursor.fault("a number that does not fit 64 bits") }
      value = next
      _ = try cursor.byte()
    }
    let digits = cursor.at - start
    guard digits > 0, digits == 1 || cursor.bytes[start] != UInt8(ascii: "0") else {
      throw cursor.fault("a whole number of at least 0 expected")
    }
    return value
  }

  private mutating func text() throws(CheckpointError) -> String {
    try expect("\"")
    var units: [UInt8] = []
    while true {
      let byte = try cursor.byte()
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw cursor.fault("text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): try escape(into: &units)
      case 0..<0x20: throw cursor.fault("a control character inside a text")
      default: units.append(byte)
      }
    }
  }

  private mutating func escape(into units: inout [UInt8]) throws(CheckpointError) {
    switch try cursor.byte() {
    case UInt8(ascii: "\""): units.append(0x22)
    case UInt8(ascii: "\\"): units.append(0x5c)
    case UInt8(ascii: "/"): units.append(0x2f)
    case UInt8(ascii: "b"): units.append(0x08)
    case UInt8(ascii: "f"): units.append(0x0c)
    case UInt8(ascii: "n"): units.append(0x0a)
    case UInt8(ascii: "r"): units.append(0x0d)
    case UInt8(ascii: "t"): units.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hex4()
      if (0xd800..<0xdc00).contains(code) {
        guard try cursor.byte() == 0x5c, try cursor.byte() == UInt8(ascii: "u") else {
          throw cursor.fault("half a surrogate pair")
        }
        let low = try hex4()
        guard (0xdc00..<0xe000).contains(low) else { throw cursor.fault("half a surrogate pair") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw cursor.fault("half a surrogate pair") }
      units.append(contentsOf: String(Character(scalar)).utf8)
    default: throw cursor.fault("an unknown escape inside a text")
    }
  }

  private mutating func hex4() throws(CheckpointError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try cursor.byte())).hexDigitValue else {
        throw cursor.fault("four hexadecimal digits expected")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
