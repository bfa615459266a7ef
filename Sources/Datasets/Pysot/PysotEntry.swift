import Geometry

/// One target of a data set list in pysot's layout.
struct PysotEntry {
  let name: String
  /// The line its object begins on.
  let line: Int
  /// `gt_rect`
  var regions: [Region] = []
  /// `img_names`, where they are wanted.
  var pictures: [String] = []
  /// The first of them, wanted or not.
  var firstPicture: String?
  fileprivate(set) var keepsPictures = false
  /// How many `img_names` there are, nil where there are none.
  var pictureCount: Int?
  /// `video_dir`
  var folder: String?
  /// `attr`, as short names.
  var attributes: [String] = []
  /// The five tags of VOT, each a flag a frame (or fewer).
  var tags: [String: [Bool]] = [:]
  /// `absent`: in spite of its name 1 where the target can be seen (quirk Q24).
  var visible: [Bool]?
  var width: Int?
  var height: Int?
  /// Whether nothing is wrong with its boxes.
  var isWhole = true

  init(name: String, line: Int) {
    self.name = name
    self.line = line
  }

  /// The boxes of entries that are not meant to have polygons.
  var boxes: [Box] { regions.map(\.axisAlignedBox) }
}

/// Reads one entry of a list.
struct PysotEntryReader {
  let file: String
  /// Whether the names of an entry's pictures are kept, asked with the first of them and the entry's
  /// `video_dir`; else they are counted.
  let wantsPictures: (String, String?) -> Bool
  /// Whether rows of other than 4 numbers are a fault, as in OTB's list.
  let boxesOnly: Bool
  /// What is wrong with entries that can still be told from the others.
  var faults: [DatasetError] = []
  /// Room for the numbers of one row.
  private var row: [Double] = []

  init(file: String, wantsPictures: @escaping (String, String?) -> Bool, boxesOnly: Bool) {
    self.file = file
    self.wantsPictures = wantsPictures
    self.boxesOnly = boxesOnly
  }

  /// - Throws: ``DatasetError`` of kind `malformed` where the rest of the file cannot be told either.
  mutating func entry(_ key: String, _ reader: inout JSONReader) throws(DatasetError) -> PysotEntry {
    var entry = PysotEntry(name: key, line: reader.line())
    var hasBoxes = false
    try reader.enterObject()
    while let field = try reader.nextKey() {
      switch field {
      case "gt_rect":
        hasBoxes = true
        try regions(&entry, &reader)
      case "img_names":
        try pictures(&entry, &reader)
      case "video_dir": entry.folder = try reader.string()
      case "attr": try attributes(&entry, &reader)
      case "absent": entry.visible = try flags(of: "absent", &entry, &reader)
      case "width": entry.width = try size(&entry, &reader)
      case "height": entry.height = try size(&entry, &reader)
      case _ where VOTMetadata.tagNames.contains(field):
        entry.tags[field] = try flags(of: field, &entry, &reader)
      default: try reader.skipValue()
      }
    }
    guard hasBoxes else { throw reader.fault("the entry \(Quote.text(key.utf8)) has no gt_rect") }
    return entry
  }

  private func pictures(_ entry: inout PysotEntry, _ reader: inout JSONReader) throws(DatasetError) {
    try reader.enterArray()
    var count = 0
    while try reader.nextElement() {
      count += 1
      if count == 1 || entry.keepsPictures {
        let name = try reader.string()
        if count == 1 {
          entry.firstPicture = name
          entry.keepsPictures = wantsPictures(name, entry.folder)
        }
        if entry.keepsPictures { entry.pictures.append(name) }
      } else {
        try reader.skipValue()
      }
    }
    entry.pictureCount = count
  }

  private mutating func regions(_ entry: inout PysotEntry, _ reader: inout JSONReader) throws(DatasetError) {
    try reader.enterArray()
    while try reader.nextElement() {
      row.removeAll(keepingCapacity: true)
      try reader.numbers(into: &row)
      if row.count == 4 {
        entry.regions.append(.box(Box(x: row[0], y: row[1], width: row[2], height: row[3])))
      } else if !boxesOnly, row.count >= 8, row.count.isMultiple(of: 2) {
        entry.regions.append(RegionFile.region(row[...]))
      } else {
        let wanted = boxesOnly ? "4 numbers" : "4 numbers (a box) or 8 (corners)"
        report(
          &entry, &reader,
          "expected \(wanted) in row \(entry.regions.count + 1) of gt_rect of \(Quote.text(entry.name.utf8)), found "
            + "\(row.count)")
        entry.regions.append(.polygon(Polygon(vertices: [])))
      }
    }
  }

  private mutating func flags(
    of list: String, _ entry: inout PysotEntry, _ reader: inout JSONReader
  ) throws(DatasetError) -> [Bool] {
    row.removeAll(keepingCapacity: true)
    try reader.numbers(into: &row)
    if let index = row.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      report(
        &entry, &reader,
        "expected 0 or 1 in \(list) of \(Quote.text(entry.name.utf8)), found \(Wording.short(row[index])) for frame "
          + "\(index + 1)")
    }
    return row.map { $0 == 1 }
  }

  /// Names, or null where a data set has none.
  private mutating func attributes(_ entry: inout PysotEntry, _ reader: inout JSONReader) throws(DatasetError) {
    guard reader.standsBeforeArray() else { return try reader.skipValue() }
    try reader.enterArray()
    while try reader.nextElement() { entry.attributes.append(Attribute.shortName(try reader.string())) }
  }

  private mutating func size(
    _ entry: inout PysotEntry, _ reader: inout JSONReader
  ) throws(DatasetError) -> Int? {
    let number = try reader.number()
    if let side = Int(exactly: number), (1...1_000_000).contains(side) { return side }
    report(
      &entry, &reader,
      "expected the width or height of a picture for \(Quote.text(entry.name.utf8)), found \(Wording.short(number))")
    return nil
  }

  private mutating func report(_ entry: inout PysotEntry, _ reader: inout JSONReader, _ cause: String) {
    entry.isWhole = false
    // A row too short in every line of a large file is one fault, not a hundred thousand.
    guard faults.count < NumberTable.faultLimit else { return }
    faults.append(
      DatasetError(
        .malformed, sequence: entry.name, file: file, line: reader.line(), cause: cause,
        remedy: Wording.orExclude("fetch the file again", entry.name)))
  }
}
