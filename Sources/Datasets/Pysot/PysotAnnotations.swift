/// A data set list in pysot's layout: `{"Basketball": {"gt_rect": [[198,214,34,81], …], "img_names": […], …}, …}`.
struct PysotAnnotations {
  /// By name.
  private(set) var entries: [String: PysotEntry] = [:]
  /// Names in the order of the file.
  private(set) var names: [String] = []
  /// What is wrong with single entries.
  let faults: [DatasetError]

  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: what to call it in messages.
  ///   - wanted: which entries to keep, the others are passed over; nil for all.
  ///   - wantsPictures: whether the names of an entry's pictures are kept, asked with the first of them and
  ///     the entry's `video_dir`.
  ///   - boxesOnly: whether polygons are a fault.
  /// - Throws: ``DatasetError`` of kind `malformed` where the file is not of that form, also after the wanted entries.
  init(
    _ bytes: [UInt8], name: String, wanted: Set<String>? = nil,
    wantsPictures: @escaping (String, String?) -> Bool = { _, _ in false }, boxesOnly: Bool = false
  ) throws(DatasetError) {
    var reader = JSONReader(bytes, name: name)
    var entryReader = PysotEntryReader(file: name, wantsPictures: wantsPictures, boxesOnly: boxesOnly)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard wanted?.contains(key) ?? true else {
        try reader.skipValue()
        continue
      }
      let entry = try entryReader.entry(key, &reader)
      if let first = entries.updateValue(entry, forKey: key) {
        throw reader.fault("the entry \(Quote.text(key.utf8)) stands in line \(first.line) already")
      }
      names.append(key)
    }
    faults = entryReader.faults
  }
}
