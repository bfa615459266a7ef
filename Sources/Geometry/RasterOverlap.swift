/// Intersection over union of two regions, counted in pixels the way a toolkit counts them.
///
/// Holds buffers that are used again for every pair, so make one and keep it for a whole sequence or data set:
///
///     var overlaps = RasterOverlap(.vot)
///     let value = overlaps.overlap(of: predicted, with: truth, in: .pixels(width: 640, height: 480))
///
/// - Complexity: the rows the regions span, times their vertices; nothing is allocated once the buffers have grown to the
///   vertices or runs of the largest region.
public struct RasterOverlap: ~Copyable {
  /// Whose pixels.
  public let rule: RasterRule

  private var first = RegionPixels()
  private var second = RegionPixels()
  private var ignored = RegionPixels()
  private let block1 = PixelRows.Block()
  private let block2 = PixelRows.Block()

  public init(_ rule: RasterRule) {
    self.rule = rule
  }

  deinit {
    block1.deallocate()
    block2.deallocate()
  }

  /// The overlap, 0...1.
  ///
  /// - Parameters:
  ///   - a: any region; a polygon may have any number of vertices and cross itself.
  ///   - b: likewise; the order does not matter.
  ///   - bounds: pixels outside do not count; nil counts everywhere. The vot rule rounds them to whole pixels.
  ///   - ignore: pixels that count neither in the intersection nor in the union; the pysot rule has no such thing and
  ///     passes over it.
  /// - Returns: 0 for regions that are absent or not finite. NaN where the pysot rule finds no pixel in either
  ///   (two polygons without height), where it meets a mask, which it does not know, and where more than 2^24 rows or
  ///   columns would have to be counted. The vot rule gives 1 for a union one pixel wide or high, whatever is in it (Q19).
  public mutating func overlap(
    of a: Region, with b: Region, in bounds: RasterBounds? = nil, ignoring ignore: Mask? = nil
  ) -> Double {
    switch rule.boxShape {
    case .polygon: polygonOverlap(a, b, bounds)
    case .pixels: pixelOverlap(a, b, bounds, ignore)
    }
  }

  /// The overlaps of the same regions in two bounds. Regions that lie well inside both are drawn once.
  public mutating func overlaps(
    of a: Region, with b: Region, in one: RasterBounds, and other: RasterBounds
  ) -> (Double, Double) {
    let value = overlap(of: a, with: b, in: one)
    if rule.boxShape == .polygon, let extent1 = first.vertices.loadedExtent, let extent2 = second.vertices.loadedExtent,
      extent1.clipped(to: one) == extent1.clipped(to: other), extent2.clipped(to: one) == extent2.clipped(to: other)
    {
      return (value, value)
    }
    return (value, one == other ? value : overlap(of: a, with: b, in: other))
  }
}

// MARK: - pysot: float32, boxes as polygons

extension RasterOverlap {
  private mutating func polygonOverlap(_ a: Region, _ b: Region, _ bounds: RasterBounds?) -> Double {
    guard first.vertices.load(a), second.vertices.load(b) else { return .nan }
    guard let around1 = first.vertices.extent, let around2 = second.vertices.extent else { return 0 }
    let whole1 = around1.roundedOut
    let whole2 = around2.roundedOut
    first.vertices.loadedExtent = whole1
    second.vertices.loadedExtent = whole2
    let box1 = whole1.clipped(to: bounds)
    let box2 = whole2.clipped(to: bounds)
    let left = min(box1.left, box2.left)
    let top = min(box1.top, box2.top)
    let width = max(box1.right, box2.right) - left
    let height = max(box1.bottom, box2.bottom) - top
    let limit = Float(RasterRule.largestSide)
    guard width < limit, height < limit else { return .nan }
    let area1 = (box1.right - box1.left) * (box1.bottom - box1.top)
    let area2 = (box2.right - box2.left) * (box2.bottom - box2.top)
    // x / 0 is infinite and 0 / 0 is NaN: neither is below the limit.
    if Double(area1 / area2) < 1e-10 || Double(area2 / area1) < 1e-10 || width <= -1 || height <= -1 { return 0 }
    // Two negative extents make a positive product here: pysot does not ask.
    let common =
      (min(box1.right, box2.right) - max(box1.left, box2.left))
      * (min(box1.bottom, box2.bottom) - max(box1.top, box2.top))
    let quotient = common / (area1 + area2 - common)
    // NaN goes on, as in C's `0 > q ? 0 : q`.
    if quotient <= 0 { return 0 }

    let columns = Int(width) + 1
    let rows = Int(height) + 1
    first.vertices.moveAndRound(left: left, top: top)
    second.vertices.moveAndRound(left: left, top: top)
    first.rows.setPolygon(first.vertices.points, columns: columns, height: rows, rule: rule)
    second.rows.setPolygon(second.vertices.points, columns: columns, height: rows, rule: rule)
    let counts = count(ignoring: false)
    return Double(Float(counts.intersection) / Float(counts.union))
  }
}

// MARK: - vot: whole pixels

extension RasterOverlap {
  private mutating func pixelOverlap(_ a: Region, _ b: Region, _ bounds: RasterBounds?, _ ignore: Mask?) -> Double {
    let box1 = first.pixelBox(of: a)
    let box2 = second.pixelBox(of: b)
    var union = PixelBox(
      left: min(box1.left, box2.left), top: min(box1.top, box2.top), right: max(box1.right, box2.right),
      bottom: max(box1.bottom, box2.bottom))
    // Asked before the bounds are: Q19.
    if union.left >= union.right || union.top >= union.bottom { return 1 }
    if let bounds {
      union.left = max(union.left, PixelBox.whole(bounds.left))
      union.top = max(union.top, PixelBox.whole(bounds.top))
      union.right = min(union.right, PixelBox.whole(bounds.right))
      union.bottom = min(union.bottom, PixelBox.whole(bounds.bottom))
      if union.left >= union.right || union.top >= union.bottom { return 0 }
    }
    guard union.right - union.left < RasterRule.largestSide, union.bottom - union.top < RasterRule.largestSide
    else { return .nan }
    first.place(a, in: union, rule: rule)
    second.place(b, in: union, rule: rule)
    if let ignore { ignored.place(ignore, in: union) }
    let counts = count(ignoring: ignore != nil)
    return counts.union == 0 ? 0 : Double(counts.intersection) / Double(counts.union)
  }
}

// MARK: - Counting

extension RasterOverlap {
  /// Pixels in both and pixels in either, row by row.
  private mutating func count(ignoring: Bool) -> (intersection: Int, union: Int) {
    let rows1 = first.rows.range
    let rows2 = second.rows.range
    let rows =
      rows1.isEmpty
      ? rows2
      : rows2.isEmpty
        ? rows1 : min(rows1.lowerBound, rows2.lowerBound)..<max(rows1.upperBound, rows2.upperBound)
    var counts = Counts()
    var row = rows.lowerBound
    while row < rows.upperBound {
      let block = row..<min(row + PixelRows.blockRows, rows.upperBound)
      if !ignoring, first.rows.fill(block1, rows: block), second.rows.fill(block2, rows: block) {
        counts.add(block1, block2, rows: block.count)
      } else {
        for row in block { addRow(row, ignoring: ignoring, to: &counts) }
      }
      row = block.upperBound
    }
    return (counts.intersection, counts.area - counts.intersection)
  }

  /// Pixels in both, and pixels of one and of the other.
  private struct Counts {
    var intersection = 0
    var area = 0

    /// Rows with at most one run each.
    mutating func add(_ one: PixelRows.Block, _ other: PixelRows.Block, rows: Int) {
      var common = 0
      var lengths = 0
      for row in 0..<rows {
        let (first1, last1) = (one.first[row], one.last[row])
        let (first2, last2) = (other.first[row], other.last[row])
        common &+= Int(max(0, min(last1, last2) &- max(first1, first2) &+ 1))
        lengths &+= Int(last1 &- first1 &+ 1) &+ Int(last2 &- first2 &+ 1)
      }
      intersection += common
      area += lengths
    }
  }

  private mutating func addRow(_ row: Int, ignoring: Bool, to counts: inout Counts) {
    let count1 = first.rows.find(row: row)
    let count2 = second.rows.find(row: row)
    let runs1 = first.rows.runs
    let runs2 = second.rows.runs
    counts.intersection += Self.common(runs1, count1, runs2, count2)
    counts.area += Self.length(runs1, count1) + Self.length(runs2, count2)
    guard ignoring else { return }
    let count3 = ignored.rows.find(row: row)
    let runs3 = ignored.rows.runs
    counts.intersection -= Self.common(runs1, count1, runs2, count2, runs3, count3)
    counts.area -= Self.common(runs1, count1, runs3, count3) + Self.common(runs2, count2, runs3, count3)
  }

  private typealias Runs = UnsafeMutableBufferPointer<PixelRows.Run>

  @inline(__always)
  private static func length(_ runs: Runs, _ count: Int) -> Int {
    var length = 0
    for index in 0..<count { length += runs[index].last - runs[index].first + 1 }
    return length
  }

  @inline(__always)
  private static func common(_ a: Runs, _ countA: Int, _ b: Runs, _ countB: Int) -> Int {
    var length = 0
    var i = 0
    var j = 0
    while i < countA, j < countB {
      length += max(0, min(a[i].last, b[j].last) - max(a[i].first, b[j].first) + 1)
      if a[i].last < b[j].last { i += 1 } else { j += 1 }
    }
    return length
  }

  private static func common(
    _ a: Runs, _ countA: Int, _ b: Runs, _ countB: Int, _ c: Runs, _ countC: Int
  ) -> Int {
    var length = 0
    var i = 0
    var j = 0
    var k = 0
    while i < countA, j < countB, k < countC {
      let last = min(a[i].last, b[j].last, c[k].last)
      length += max(0, last - max(a[i].first, b[j].first, c[k].first) + 1)
      if a[i].last == last { i += 1 } else if b[j].last == last { j += 1 } else { k += 1 }
    }
    return length
  }
}
