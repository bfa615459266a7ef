import Geometry

/// Boxes out of a data set list in pysot's layout: `{"Basketball": {"gt_rect": [[198,214,34,81], …], …}, …}`.
struct PysotAnnotations {
  /// One entry's boxes and the line its object begins on.
  struct Entry {
    let boxes: [Box]
    let line: Int
  }

  let entries: [String: Entry]

  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: what to call it in messages.
  ///   - wanted: which entries to keep; the others are passed over.
  /// - Throws: ``DatasetError`` of kind `malformed` where the file is not of that form, also after the wanted entries.
  init(_ bytes: [UInt8], name: String, wanted: Set<String>) throws(DatasetError) {
    var entries: [String: Entry] = [:]
    var reader = JSONReader(bytes, name: name)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard wanted.contains(key) else {
        try reader.skipValue()
        continue
      }
      let line = reader.line()
      var boxes: [Box]?
      try reader.enterObject()
      while let field = try reader.nextKey() {
        if field == "gt_rect" {
          boxes = try Self.boxes(&reader, of: key)
        } else {
          try reader.skipValue()
        }
      }
      guard let boxes else { throw reader.fault("the entry \(Quote.text(key.utf8)) has no gt_rect") }
      entries[key] = Entry(boxes: boxes, line: line)
    }
    self.entries = entries
  }

  private static func boxes(_ reader: inout JSONReader, of key: String) throws(DatasetError) -> [Box] {
    var boxes: [Box] = []
    try reader.enterArray()
    while try reader.nextElement() {
      var numbers: [Double] = []
      try reader.enterArray()
      while try reader.nextElement() { numbers.append(try reader.number()) }
      guard numbers.count == 4 else {
        throw reader.fault(
          "expected 4 numbers in row \(boxes.count + 1) of gt_rect of \(Quote.text(key.utf8)), found \(numbers.count)")
      }
      boxes.append(Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
    }
    return boxes
  }
}
