/// The records of a zip archive that only stores: where each one's bytes lie, all of them checked.
///
/// Taken from the central directory, since PyTorch's writer leaves the sizes in the local headers zero. Compression,
/// encryption, comments, several disks, and any contradiction between directory and file are refused.
struct ZipArchive {
  /// Byte ranges of the file by record name.
  let records: [String: Range<Int>]

  private struct Entry {
    var name: String
    var crc: UInt32
    var size: Int
    var header: Int
  }

  init(_ bytes: [UInt8], file: String) throws(CheckpointError) {
    let directory = try Self.directory(bytes, file: file)
    let entries = try Self.entries(bytes, directory, file: file)
    var records: [String: Range<Int>] = [:]
    records.reserveCapacity(entries.count)
    var spans: [(start: Int, end: Int, name: String)] = []
    for entry in entries {
      let place = "\(file): \(entry.name)"
      try Self.checkName(entry.name, place)
      let data = try Self.data(bytes, entry, before: directory.range.lowerBound, place: place)
      guard records.updateValue(data, forKey: entry.name) == nil else {
        throw CheckpointError(.damaged, at: place, "the archive has two records of this name")
      }
      spans.append((entry.header, data.upperBound, entry.name))
    }
    spans.sort { $0.start < $1.start }
    for (span, next) in zip(spans, spans.dropFirst()) where next.start < span.end {
      throw CheckpointError(.damaged, at: "\(file): \(next.name)", "overlaps the record \(span.name)")
    }
    // Last, so that each byte of the file is summed at most once.
    for entry in entries {
      guard let data = records[entry.name] else { continue }
      let crc = CRC32.of(bytes, data)
      guard crc == entry.crc else {
        throw CheckpointError(
          .damaged, at: "\(file): \(entry.name)",
          "CRC-32 is \(String(crc, radix: 16)), the directory says \(String(entry.crc, radix: 16))")
      }
    }
    self.records = records
  }

  private struct Directory {
    var range: Range<Int>
    var count: Int
  }

  /// Reads the end record, which must be the last 22 bytes of the file, and the 64-bit end record where there is one.
  private static func directory(_ bytes: [UInt8], file: String) throws(CheckpointError) -> Directory {
    let place = "\(file): end of central directory"
    func damaged(_ cause: String) -> CheckpointError { CheckpointError(.damaged, at: place, cause) }
    let end = bytes.count - 22
    guard end >= 0 else { throw damaged("the file ends before it (\(bytes.count) bytes)") }
    var cursor = ByteCursor(bytes, end..<bytes.count, place: place)
    guard try cursor.unsigned(4) == 0x0605_4b50 else { throw damaged("not at the end of the file; it was cut short") }
    let disks = (try cursor.unsigned(2), try cursor.unsigned(2))
    var (countHere, count) = (try cursor.unsigned(2), try cursor.unsigned(2))
    var (size, start) = (try cursor.unsigned(4), try cursor.unsigned(4))
    guard try cursor.unsigned(2) == 0 else { throw damaged("archives with a comment are not read") }
    guard disks == (0, 0) || disks == (0xffff, 0xffff) else { throw damaged("archives of several disks are not read") }

    var directoryEnd = end
    if end >= 76, try wide(bytes, end - 20, place) == 0x0706_4b50 {
      // PyTorch writes the 64-bit records always, and the true figures in both.
      var locator = ByteCursor(bytes, (end - 16)..<end, place: place)
      _ = try locator.unsigned(4)
      guard try locator.unsigned(8) == UInt64(end - 76), try wide(bytes, end - 76, place) == 0x0606_4b50 else {
        throw damaged("the 64-bit record is not where its locator says")
      }
      var record = ByteCursor(bytes, (end - 72)..<(end - 20), place: place)
      guard try record.unsigned(8) == 44 else { throw damaged("a 64-bit record of unknown length") }
      _ = try record.skip(4)
      guard try record.unsigned(4) == 0, try record.unsigned(4) == 0 else {
        throw damaged("archives of several disks are not read")
      }
      let figures = (
        try record.unsigned(8), try record.unsigned(8), try record.unsigned(8), try record.unsigned(8)
      )
      guard countHere == 0xffff || countHere == figures.0, count == 0xffff || count == figures.1,
        size == 0xffff_ffff || size == figures.2, start == 0xffff_ffff || start == figures.3
      else { throw damaged("the 32-bit and the 64-bit figures differ") }
      (countHere, count, size, start) = figures
      directoryEnd = end - 76
    }
    guard countHere == count else { throw damaged("\(countHere) of \(count) entries on this disk") }
    let (sum, overflow) = start.addingReportingOverflow(size)
    guard !overflow, sum == UInt64(directoryEnd) else {
      throw damaged(
        "the directory of \(size) bytes at \(start) does not end where this record begins (\(directoryEnd))")
    }
    guard count <= size / 46 else { throw damaged("\(count) entries in a directory of \(size) bytes") }
    return Directory(range: Int(start)..<directoryEnd, count: Int(count))
  }

  private static func wide(_ bytes: [UInt8], _ at: Int, _ place: String) throws(CheckpointError) -> UInt64 {
    var cursor = ByteCursor(bytes, at..<(at + 4), place: place)
    return try cursor.unsigned(4)
  }

  private static func entries(
    _ bytes: [UInt8], _ directory: Directory, file: String
  ) throws(CheckpointError) -> [Entry] {
    var cursor = ByteCursor(bytes, directory.range, place: "\(file): central directory")
    var entries: [Entry] = []
    entries.reserveCapacity(directory.count)
    for _ in 0..<directory.count {
      guard try cursor.unsigned(4) == 0x0201_4b50 else { throw cursor.fault("an entry expected") }
      _ = try cursor.skip(4)
      let flags = try cursor.unsigned(2)
      let method = try cursor.unsigned(2)
      _ = try cursor.skip(4)
      let crc = UInt32(try cursor.unsigned(4))
      var (packed, size) = (try cursor.unsigned(4), try cursor.unsigned(4))
      let (nameLength, extraLength) = (Int(try cursor.unsigned(2)), Int(try cursor.unsigned(2)))
      let commentLength = Int(try cursor.unsigned(2))
      _ = try cursor.skip(8)
      var header = try cursor.unsigned(4)
      let nameStart = try cursor.skip(nameLength)
      let extraStart = try cursor.skip(extraLength)
      _ = try cursor.skip(commentLength)
      guard let name = String(validating: bytes[nameStart..<nameStart + nameLength], as: UTF8.self) else {
        throw cursor.fault("a record name that is not UTF-8")
      }
      try widen(&size, &packed, &header, ByteCursor(bytes, extraStart..<extraStart + extraLength, place: cursor.place))
      let place = "\(file): \(name)"
      guard flags & 0x2041 == 0 else {
        throw CheckpointError(.unsupported, at: place, "is encrypted", remedy: "unpack and save it without a password")
      }
      guard method == 0 else {
        throw CheckpointError(
          .unsupported, at: place, "is compressed (method \(method)); only stored records are read",
          remedy: "PyTorch never compresses: unpack the archive and pack it with `zip -0`, or save it again")
      }
      guard packed == size else {
        throw CheckpointError(.damaged, at: place, "is stored, but its sizes differ: \(packed) and \(size)")
      }
      guard size <= UInt64(bytes.count), header <= UInt64(bytes.count) else {
        throw CheckpointError(.damaged, at: place, "\(size) bytes at \(header) in a file of \(bytes.count)")
      }
      entries.append(Entry(name: name, crc: crc, size: Int(size), header: Int(header)))
    }
    guard cursor.left == 0 else { throw cursor.fault("\(cursor.left) bytes behind the last entry") }
    return entries
  }

  /// Takes the figures that do not fit 32 bits from extra field 1, in the order in which they stand there.
  private static func widen(
    _ size: inout UInt64, _ packed: inout UInt64, _ header: inout UInt64, _ extra: ByteCursor
  ) throws(CheckpointError) {
    guard size == 0xffff_ffff || packed == 0xffff_ffff || header == 0xffff_ffff else { return }
    var extra = extra
    while extra.left >= 4 {
      let id = try extra.unsigned(2)
      let field = try extra.block(lengthOf: 2)
      guard id == 1 else { continue }
      var figures = ByteCursor(extra.bytes, field, place: extra.place)
      if size == 0xffff_ffff { size = try figures.unsigned(8) }
      if packed == 0xffff_ffff { packed = try figures.unsigned(8) }
      if header == 0xffff_ffff { header = try figures.unsigned(8) }
      return
    }
  }

  private static func checkName(_ name: String, _ place: String) throws(CheckpointError) {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
    }
    guard isPlain, !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "\\")) else {
      throw CheckpointError(
        .unsafe, at: place, "a record name must be folders and a name, without .., ., backslashes or NUL",
        remedy: "this archive was made to be unpacked somewhere else; do not use it")
    }
  }

  /// Where the bytes of `entry` lie, by its local header; they must end before the directory.
  private static func data(
    _ bytes: [UInt8], _ entry: Entry, before end: Int, place: String
  ) throws(CheckpointError) -> Range<Int> {
    guard entry.header <= end else {
      throw CheckpointError(.damaged, at: place, "its header at byte \(entry.header) lies behind the directory")
    }
    var cursor = ByteCursor(bytes, entry.header..<end, place: place)
    guard try cursor.unsigned(4) == 0x0403_4b50 else { throw cursor.fault("no local header where the directory says") }
    _ = try cursor.skip(2)
    let flags = try cursor.unsigned(2)
    let method = try cursor.unsigned(2)
    guard flags & 0x2041 == 0, method == 0 else {
      throw cursor.fault("the local header says encrypted or compressed, the directory does not")
    }
    _ = try cursor.skip(16)
    let (nameLength, extraLength) = (Int(try cursor.unsigned(2)), Int(try cursor.unsigned(2)))
    let nameStart = try cursor.skip(nameLength)
    guard bytes[nameStart..<nameStart + nameLength].elementsEqual(entry.name.utf8) else {
      throw cursor.fault("the local header has another name than the directory")
    }
    _ = try cursor.skip(extraLength)
    let start = try cursor.skip(entry.size)
    return start..<start + entry.size
  }
}
