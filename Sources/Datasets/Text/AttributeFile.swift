/// A sequence's attributes in a small file: short names between commas, or one row of 0/1 flags.
enum AttributeFile {
  /// None where there is no such file, or it is damaged (which is then a fault).
  ///
  /// - Parameter order: what the flags stand for; nil for the one benchmark that has as many as there are flags (14 are
  ///   LaSOT's, 12 UAV123's, 11 OTB's).
  static func read(
    _ file: String, in listing: FolderListing, named name: String, _ order: AttributeOrder?, _ survey: inout Survey
  ) -> [String] {
    guard listing.hasFile(file) else { return [] }
    let shown = "\(name)/\(file)"
    do throws(DatasetError) {
      let bytes = try TextFile.read("\(listing.path)/\(file)", name: shown, sequence: name)
      return try parse(bytes, shown: shown, sequence: name, order)
    } catch {
      survey.faults.append(error)
      return []
    }
  }

  static func parse(
    _ bytes: [UInt8], shown: String, sequence: String, _ order: AttributeOrder?
  ) throws(DatasetError) -> [String] {
    let words = String(decoding: bytes, as: UTF8.self).split { $0 == "," || $0.isWhitespace }.map(String.init)
    if !words.isEmpty, words.allSatisfy({ $0 == "0" || $0 == "1" }) {
      let orders = order.map { [$0] } ?? AttributeOrder.all
      if let names = orders.lazy.compactMap({ $0.names(flags: words.map { $0 == "1" }) }).first { return names }
      let wanted = order.map { "\($0.shortNames.count) flags" } ?? "as many flags as a known benchmark has attributes"
      throw DatasetError(
        .countMismatch, sequence: sequence, file: shown, line: 1, cause: "expected \(wanted), found \(words.count)",
        remedy: Wording.orExclude("fetch the file again", sequence))
    }
    if let strange = words.first(where: { $0.count > 12 || !$0.allSatisfy { $0.isLetter || $0.isNumber } }) {
      throw DatasetError(
        .malformed, sequence: sequence, file: shown,
        cause: "expected short names between commas, found \"\(strange.prefix(40))\"",
        remedy: Wording.orExclude("write for example SV,OCC", sequence))
    }
    return words
  }
}
