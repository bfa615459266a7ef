/// The 123 targets of UAV123, known without any file but the annotations.
enum UAV123List {
  struct Target: Sendable, Hashable {
    let name: String
    /// Of the pictures: `bird1` for `bird1_2`.
    let folder: String
    /// Numbers of the first and the last picture.
    let range: ClosedRange<Int>
    /// In the order of ``AttributeOrder/uav123``.
    let attributes: [String]
  }

  static let targets: [Target] = table.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 4, let first = Int(words[2]), let last = Int(words[3]), first <= last else { return nil }
    return Target(
      name: words[0], folder: words[1] == "-" ? words[0] : words[1], range: first...last,
      attributes: Array(words[4...]))
  }

  static let names = Set(targets.map(\.name))

  /// The targets that a `sequences.json` lists: `[{"name": …, "folder": …, "first_frame": 1, "last_frame": 253,
  /// "attributes": […]}, …]`.
  /// - Throws: ``DatasetError`` of kind `malformed`, with the line.
  static func targets(json bytes: [UInt8], name: String) throws(DatasetError) -> [Target] {
    var targets: [Target] = []
    var seen: Set<String> = []
    var reader = JSONReader(bytes, name: name)
    try reader.enterArray()
    while try reader.nextElement() {
      let target = try self.target(&reader)
      guard seen.insert(target.name).inserted else {
        throw reader.fault("the target \(Quote.text(target.name.utf8)) stands here twice")
      }
      targets.append(target)
    }
    return targets
  }

  private static func target(_ reader: inout JSONReader) throws(DatasetError) -> Target {
    var name: String?
    var folder: String?
    var first: Int?
    var last: Int?
    var attributes: [String] = []
    try reader.enterObject()
    while let key = try reader.nextKey() {
      switch key {
      case "name": name = try reader.string()
      case "folder": folder = try reader.string()
      case "first_frame": first = try number(&reader)
      case "last_frame": last = try number(&reader)
      case "attributes":
        try reader.enterArray()
        while try reader.nextElement() { attributes.append(try reader.string()) }
      default: try reader.skipValue()
      }
    }
    guard let name, let first, let last, first <= last else {
      throw reader.fault("expected a name, a first_frame and a last_frame not before it")
    }
    for part in [name, folder ?? name] where !FolderListing.isPlainName(part) {
      throw reader.fault("expected the name of a file or folder, found \(Quote.text(part.utf8))")
    }
    return Target(
      name: name, folder: folder ?? name, range: first...last, attributes: AttributeOrder.uav123.sorted(attributes))
  }

  private static func number(_ reader: inout JSONReader) throws(DatasetError) -> Int {
    let value = try reader.number()
    guard let number = Int(exactly: value), (0...1_000_000_000).contains(number) else {
      throw reader.fault("expected a picture's number, found \(value)")
    }
    return number
  }
}
