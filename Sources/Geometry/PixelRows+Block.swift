/// Many rows at once, for shapes that have one run in each: what most regions are, and most of the time of a comparison.
extension PixelRows {
  /// Rows in a block.
  static var blockRows: Int { 128 }

  /// Where the runs of a block are kept: first and last column of each row, the last below the first for no pixel.
  struct Block {
    let first: UnsafeMutablePointer<Int32>
    let last: UnsafeMutablePointer<Int32>

    init() {
      first = .allocate(capacity: PixelRows.blockRows)
      last = .allocate(capacity: PixelRows.blockRows)
    }

    func deallocate() {
      first.deallocate()
      last.deallocate()
    }

    @inline(__always)
    func set(_ index: Int, _ run: Run?) {
      first[index] = Int32(truncatingIfNeeded: run?.first ?? 0)
      last[index] = Int32(truncatingIfNeeded: run?.last ?? -1)
    }
  }

  /// Finds the runs of a block of rows, at most ``blockRows``; false where a row has more than one, or where the shape is a
  /// mask, which must be asked row by row. Nothing is lost then: ``find(row:)`` may be asked for the same rows.
  mutating func fill(_ block: Block, rows: Range<Int>) -> Bool {
    switch shape {
    case .mask: return false
    case .nothing:
      for row in rows { block.set(row - rows.lowerBound, nil) }
    case .rectangle(let run):
      for row in rows { block.set(row - rows.lowerBound, range.contains(row) ? run : nil) }
    case .polygon(let count): return fillPolygon(block, rows: rows, edges: count)
    }
    return true
  }

  private mutating func fillPolygon(_ block: Block, rows: Range<Int>, edges count: Int) -> Bool {
    var row = rows.lowerBound
    while row < rows.upperBound {
      guard range.contains(row) else {
        block.set(row - rows.lowerBound, nil)
        row += 1
        continue
      }
      if row > activeUntil || row < activeFrom { activate(row: row, edges: count) }
      let end = min(activeUntil + 1, rows.upperBound)
      if activeCount == 2 {
        fillBetween(active[0], active[1], block, from: row - rows.lowerBound, rows: row..<end)
        row = end
      } else {
        let found = find(row: row)
        if found > 1 { return false }
        block.set(row - rows.lowerBound, found == 1 ? runs[0] : nil)
        row += 1
      }
    }
    return true
  }

  /// The rows that only two edges cross. Crossings far outside are brought to just outside before they are cut towards zero,
  /// so that they fit.
  private func fillBetween(_ one: Edge, _ other: Edge, _ block: Block, from start: Int, rows: Range<Int>) {
    let limit = Double(columns)
    let lastColumn = Int32(truncatingIfNeeded: columns - 1)
    let drawsPoints: Int32 = drawsLastPixel ? 0 : 1
    let firstOut = block.first + start
    let lastOut = block.last + start
    for index in 0..<rows.count {
      let row = Double(rows.lowerBound + index)
      let x1 = one.dx == 0 ? one.x : one.x + (row - one.y) / one.dy * one.dx
      let x2 = other.dx == 0 ? other.x : other.x + (row - other.y) / other.dy * other.dx
      let node1 = Int32(max(min(x1, limit), -1))
      let node2 = Int32(max(min(x2, limit), -1))
      let first = min(node1, node2)
      let last = max(node1, node2)
      // Equal crossings may be a pixel or none; a last one left of the raster leaves last < first.
      let isDrawn = last &- first >= drawsPoints
      firstOut[index] = isDrawn ? max(first, 0) : 0
      lastOut[index] = isDrawn ? min(last, lastColumn) : -1
    }
  }
}
