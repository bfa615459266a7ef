/// One region's pixels, row by row, as runs: the reusable half of a ``RasterOverlap``.
///
/// Nothing is stored per pixel or per row. A row of a polygon costs its crossings, a row of a mask the runs in it, and the
/// buffers grow with the vertices or runs of the largest region seen, not with the size of the raster.
struct PixelRows: ~Copyable {
  /// A run of pixels, first and last column included.
  struct Run {
    var first: Int
    var last: Int
  }

  /// From (x, y) on; `dy` is the row difference to the other end, `dx` the column difference.
  struct Edge {
    var x: Double
    var y: Double
    var dx: Double
    var dy: Double
    var top: Double
    var bottom: Double
  }

  enum Shape {
    case nothing
    case rectangle(Run)
    case polygon(edges: Int)
    case mask(rowOffset: Int, columnOffset: Int, width: Int, runs: Int)
  }

  var shape = Shape.nothing
  var drawsLastPixel = false
  var columns = 0
  private var edges = UnsafeMutableBufferPointer<Edge>(start: nil, count: 0)
  /// The edges that reach the row asked for last and all rows from `activeFrom` to `activeUntil`.
  var active = UnsafeMutableBufferPointer<Edge>(start: nil, count: 0)
  var activeCount = 0
  var activeFrom = 0
  var activeUntil = -1
  private var nodes = UnsafeMutableBufferPointer<Int>(start: nil, count: 0)
  private var maskRuns = UnsafeMutableBufferPointer<Int>(start: nil, count: 0)
  /// Where the mask's walk stands: the run, and the pixel after its end.
  private var maskRun = 0
  private var maskEnd = 0
  /// The runs of the row asked for last, ascending, none touching another's pixels.
  private(set) var runs = UnsafeMutableBufferPointer<Run>(start: nil, count: 0)

  init() {}

  deinit {
    edges.deallocate()
    active.deallocate()
    nodes.deallocate()
    maskRuns.deallocate()
    runs.deallocate()
  }

  /// Rows that can have pixels; others have none.
  private(set) var range = 0..<0

  mutating func setNothing() {
    shape = .nothing
    range = 0..<0
  }

  /// A rectangle of whole rows and columns of a raster of `columns` columns. Empty ranges give no pixels.
  mutating func setRectangle(columns: Range<Int>, rows: Range<Int>) {
    guard !columns.isEmpty, !rows.isEmpty else { return setNothing() }
    if runs.isEmpty { runs = Self.grown(runs, to: 1) }
    shape = .rectangle(Run(first: columns.lowerBound, last: columns.upperBound - 1))
    range = rows
  }

  /// A polygon of whole coordinates relative to the raster's corner, drawn into `columns` by `height` pixels.
  /// Coordinates must be finite and below 2^52 in size.
  mutating func setPolygon(
    _ vertices: UnsafeMutableBufferPointer<Point>, columns: Int, height: Int, rule: RasterRule
  ) {
    let count = vertices.count
    if edges.count < count {
      edges = Self.grown(edges, to: count)
      active = Self.grown(active, to: count)
      nodes = Self.grown(nodes, to: count)
    }
    if runs.count < count / 2 + 1 { runs = Self.grown(runs, to: count / 2 + 1) }
    var used = 0
    var top = Double.infinity
    var bottom = -Double.infinity
    var other = count - 1
    for index in 0..<count {
      let a = vertices[index]
      let b = vertices[other]
      other = index
      if a.y == b.y && !rule.horizontalEdges { continue }
      // An edge within a row counts as standing in it, at its first vertex.
      let flat = a.y == b.y
      edges[used] = Edge(
        x: a.x, y: a.y, dx: flat ? 0 : b.x - a.x, dy: flat ? 1 : b.y - a.y, top: min(a.y, b.y), bottom: max(a.y, b.y))
      top = min(top, edges[used].top)
      bottom = max(bottom, edges[used].bottom)
      used += 1
    }
    let first = max(0, top)
    let last = min(Double(height - 1), bottom)
    guard used > 0, first <= last else { return setNothing() }
    self.columns = columns
    drawsLastPixel = rule.drawsLastPixel
    activeUntil = -1
    shape = .polygon(edges: used)
    range = Int(first)..<Int(last) + 1
  }

  /// A mask, whose rectangle begins `column` columns and `row` rows from the raster's corner.
  mutating func setMask(_ mask: Mask, column: Int, row: Int, columns: Int, height: Int) {
    let first = max(0, row)
    let last = min(height, row + mask.height)
    guard mask.area > 0, first < last else { return setNothing() }
    if maskRuns.count < mask.runs.count {
      maskRuns = Self.grown(maskRuns, to: mask.runs.count)
    }
    if runs.count < mask.runs.count / 2 + 1 { runs = Self.grown(runs, to: mask.runs.count / 2 + 1) }
    for (index, run) in mask.runs.enumerated() { maskRuns[index] = run }
    maskRun = 0
    maskEnd = maskRuns[0]
    self.columns = columns
    shape = .mask(rowOffset: row, columnOffset: column, width: mask.width, runs: mask.runs.count)
    range = first..<last
  }

  /// Finds the runs of a row and says how many. Rows must be asked for in ascending order.
  @inline(__always)
  mutating func find(row: Int) -> Int {
    guard range.contains(row) else { return 0 }
    switch shape {
    case .nothing: return 0
    case .rectangle(let run):
      runs[0] = run
      return 1
    case .polygon(let count):
      if row > activeUntil || row < activeFrom { activate(row: row, edges: count) }
      if activeCount == 2 {
        let one = crossing(active[0], Double(row))
        let other = crossing(active[1], Double(row))
        return fill(min(one, other), max(one, other))
      }
      return fill(crossings: cross(row: Double(row)))
    case .mask(let rowOffset, let columnOffset, let width, let count):
      return walkMask(row: row - rowOffset, columnOffset: columnOffset, width: width, count: count)
    }
  }

  /// Chooses the edges that reach a row, and finds how far down they stay the same: vertices lie in whole rows, and only
  /// there they change.
  mutating func activate(row: Int, edges count: Int) {
    let y = Double(row)
    var next = Double(range.upperBound)
    var isVertexRow = false
    activeCount = 0
    for index in 0..<count {
      let edge = edges[index]
      isVertexRow = isVertexRow || edge.top == y || edge.bottom == y
      if edge.top > y { next = min(next, edge.top) }
      if edge.bottom > y { next = min(next, edge.bottom) }
      guard y >= edge.top, y <= edge.bottom else { continue }
      active[activeCount] = edge
      activeCount += 1
    }
    activeFrom = row
    activeUntil = isVertexRow ? row : Int(next) - 1
  }

  /// Where an edge crosses a row, cut towards zero. The quotient comes first, as in the toolkits.
  @inline(__always)
  private func crossing(_ edge: Edge, _ row: Double) -> Int {
    Int(edge.dx == 0 ? edge.x : edge.x + (row - edge.y) / edge.dy * edge.dx)
  }

  /// Collects and sorts the crossings of a row.
  @inline(__always)
  private func cross(row: Double) -> Int {
    for index in 0..<activeCount {
      let node = crossing(active[index], row)
      var place = index
      while place > 0, nodes[place - 1] > node {
        nodes[place] = nodes[place - 1]
        place -= 1
      }
      nodes[place] = node
    }
    return activeCount
  }

  /// Fills between the only two crossings of a row.
  @inline(__always)
  private func fill(_ first: Int, _ last: Int) -> Int {
    guard first < last || drawsLastPixel, first < columns, last >= 0 else { return 0 }
    runs[0] = Run(first: max(first, 0), last: min(last, columns - 1))
    return 1
  }

  /// Fills between pairs of crossings. Two equal ones are a vertex on the row: the first of them is passed over.
  @inline(__always)
  private func fill(crossings count: Int) -> Int {
    var found = 0
    var index = 0
    while index < count - 1 {
      var first = nodes[index]
      var last = nodes[index + 1]
      if first == last, !(drawsLastPixel && index == count - 2) {
        index += 1
        continue
      }
      if first >= columns { break }
      if last >= 0 {
        first = max(first, 0)
        last = min(last, columns - 1)
        if found > 0, first <= runs[found - 1].last {
          runs[found - 1].last = last
        } else {
          runs[found] = Run(first: first, last: last)
          found += 1
        }
      }
      index += 2
    }
    return found
  }

  private mutating func walkMask(row: Int, columnOffset: Int, width: Int, count: Int) -> Int {
    let rowStart = row * width
    let rowEnd = rowStart + width
    while maskEnd <= rowStart {
      maskRun += 1
      guard maskRun < count else { return 0 }
      maskEnd += maskRuns[maskRun]
    }
    var found = 0
    var start = rowStart
    while start < rowEnd {
      let end = min(maskEnd, rowEnd)
      if !maskRun.isMultiple(of: 2), end > start {
        let first = max(start - rowStart + columnOffset, 0)
        let last = min(end - 1 - rowStart + columnOffset, columns - 1)
        if first <= last {
          runs[found] = Run(first: first, last: last)
          found += 1
        }
      }
      start = end
      // The run goes on in the next row.
      guard maskEnd < rowEnd else { break }
      maskRun += 1
      guard maskRun < count else {
        maskRun = count - 1
        break
      }
      maskEnd += maskRuns[maskRun]
    }
    return found
  }

  private static func grown<T>(
    _ buffer: UnsafeMutableBufferPointer<T>, to count: Int
  ) -> UnsafeMutableBufferPointer<T> {
    buffer.deallocate()
    return .allocate(capacity: max(count, 8))
  }
}
