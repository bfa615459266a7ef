public import Geometry

/// Annotation text to regions: `groundtruth_rect.txt`, VOT's `groundtruth.txt`.
public enum RegionFile {
  /// One region a line: 4 numbers make a box, an even number from 8 up makes a polygon, `m` and whole numbers a mask (VOT2020
  /// and later); NaN numbers an absent target.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, in any of the forms ``NumberTable`` takes.
  ///   - name: what to call the file in messages.
  ///   - boxesOnly: whether 8 numbers and masks are a fault, as in OTB's files.
  ///   - sequence: the sequence that cannot be used when the file is damaged.
  /// - Throws: ``DatasetError`` of kind `malformed`, for the first damaged line.
  public static func parse(
    _ bytes: [UInt8], name: String, boxesOnly: Bool = false, sequence: String? = nil
  ) throws(DatasetError) -> Annotation {
    var faults: [DatasetError] = []
    let found = read(
      bytes, name: name, boxesOnly: boxesOnly, firstPixel: boxesOnly ? 1 : 0, sequence: sequence, faults: &faults)
    if let first = faults.min(by: { $0.line ?? 0 < $1.line ?? 0 }) { throw first }
    return found
  }

  /// The same, going on after a fault: a damaged line holds its place as an empty polygon.
  static func read(
    _ bytes: [UInt8], name: String, boxesOnly: Bool, firstPixel: Double, sequence: String?,
    faults: inout [DatasetError]
  ) -> Annotation {
    let rules = rules(boxesOnly: boxesOnly, sequence: sequence)
    guard !boxesOnly, MaskLines.areIn(bytes) else {
      let table = NumberTable.parse(bytes, name: name, rules: rules, faults: &faults)
      return annotation(table, source: name, firstPixel: firstPixel)
    }
    let lines = MaskLines(bytes, name: name, sequence: sequence, &faults)
    let table = NumberTable.parse(lines.bytes, name: name, rules: rules, faults: &faults)
    return annotation(table, source: name, firstPixel: firstPixel, masks: lines.masks)
  }

  private static func rules(boxesOnly: Bool, sequence: String?) -> NumberTable.Rules {
    NumberTable.Rules(width: boxesOnly ? .exactly(4) : .boxOrPolygon, sequence: sequence)
  }

  /// Rows that have been checked; one without numbers (a damaged line, reported elsewhere) becomes an empty polygon.
  private static func annotation(
    _ table: NumberTable, source: String, firstPixel: Double, masks: [Int: Mask] = [:]
  ) -> Annotation {
    let regions = (0..<table.count).map { row in
      masks.isEmpty ? region(table[row]) : masks[table.line(ofRow: row)].map(Region.mask) ?? region(table[row])
    }
    return Annotation(regions: regions, source: source, lines: table.lines, firstPixel: firstPixel)
  }

  /// The region that a row of numbers stands for: a box from 4, a polygon from 6 or more (of an odd count, the last number
  /// is left out), a polygon without vertices from fewer.
  public static func region(_ row: ArraySlice<Double>) -> Region {
    let start = row.startIndex
    switch row.count {
    case 4: return .box(Box(x: row[start], y: row[start + 1], width: row[start + 2], height: row[start + 3]))
    case 6...:
      return .polygon(
        Polygon(
          vertices: stride(from: start, to: row.endIndex - 1, by: 2).map { Point(x: row[$0], y: row[$0 + 1]) }))
    default: return .polygon(Polygon(vertices: []))
    }
  }
}
