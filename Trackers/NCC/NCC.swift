public import Geometry
public import Imaging
public import Tracking

/// The yardstick: the first frame's target in grey, looked for around its last place by normalised cross-correlation.
///
/// The template is never updated, the size never changes, nothing is learned. The score is the correlation at the best place,
/// -1...1. A frame costs well under a millisecond, whatever the target's size.
public struct NCCTracker: Tracker {
  private let settings: NCCSettings
  private var target: Target?
  private var bytes: [UInt8] = []

  /// What is known from the first frame on.
  private struct Target {
    var box: Box
    let template: GreyPatch
    /// Pixels of the frame to one cell of the template.
    let scale: Double
    /// Rows and columns of the searched square, in cells.
    let cells: Int
    /// From the template's corner to the box's, in pixels of the frame.
    let offset: (x: Double, y: Double)
    /// The first frame's mean colour, for what lies outside.
    let border: (UInt8, UInt8, UInt8)
  }

  public init(settings: NCCSettings = NCCSettings()) { self.settings = settings }

  public mutating func start(on frame: Image, target box: Box) throws(TrackerError) {
    guard !box.isEmpty else { throw .emptyTarget(box) }
    let longer = max(box.width, box.height)
    guard [box.x, box.y, longer].allSatisfy({ abs($0) < 0x1p40 }) else {
      throw .failed("the first box (\(box)) is too large, or too far from any picture, to be tracked")
    }
    // Whole pixels to a cell, so that a target that fits is looked at as it is.
    let scale = max(1, (longer / Double(settings.templateSize)).rounded(.up))
    func side(_ length: Double) -> Int { min(max(1, Int((length / scale).rounded())), settings.templateSize) }
    let (width, height) = (side(box.width), side(box.height))
    let cells =
      max(width, height) + 2 * Int((Double(max(width, height)) * (settings.searchFactor - 1) / 2).rounded(.up))
    let border = frame.channelMeans
    func byte(_ mean: Double) -> UInt8 { UInt8(min(max(mean.rounded(), 0), 255)) }
    var target = Target(
      box: box, template: GreyPatch(width: 1, height: 1, values: [0]), scale: scale, cells: cells, offset: (0, 0),
      border: (byte(border.red), byte(border.green), byte(border.blue)))
    let (patch, square) = search(frame, target)
    let (left, top) = ((cells - width) / 2, (cells - height) / 2)
    target = Target(
      box: box, template: patch.part(left: left, top: top, width: width, height: height), scale: scale, cells: cells,
      offset: (
        box.x - (Double(square.left) + Double(left) * scale), box.y - (Double(square.top) + Double(top) * scale)
      ), border: target.border)
    self.target = target
  }

  public mutating func track(_ frame: Image) throws(TrackerError) -> Estimate {
    guard let target else { throw .notStarted }
    let (patch, square) = search(frame, target)
    let map = NormalizedCorrelation.map(target.template, over: patch)
    let columns = target.cells - target.template.width + 1
    let rows = target.cells - target.template.height + 1
    // Where nothing is better than the middle, the target has not moved.
    var best = (rows - 1) / 2 * columns + (columns - 1) / 2
    for place in map.indices where map[place] > map[best] { best = place }
    let (row, column) = best.quotientAndRemainder(dividingBy: columns)
    // Between cells only where a cell is more than a pixel.
    func refined(_ place: Int, count: Int, step: Int) -> Double {
      guard target.scale > 1, place > 0, place < count - 1 else { return Double(place) }
      return Double(place) + vertex(map[best - step], map[best], map[best + step])
    }
    let x = Double(square.left) + refined(column, count: columns, step: 1) * target.scale + target.offset.x
    let y = Double(square.top) + refined(row, count: rows, step: columns) * target.scale + target.offset.y
    // The middle stays in the picture, where the target may come back.
    let (halfWidth, halfHeight) = (target.box.width / 2, target.box.height / 2)
    let box = Box(
      x: min(max(x, -halfWidth), Double(frame.width) - halfWidth),
      y: min(max(y, -halfHeight), Double(frame.height) - halfHeight), width: target.box.width,
      height: target.box.height)
    self.target?.box = box
    return Estimate(box: box, score: map[best])
  }

  /// Where the parabola through three values has its peak, relative to the middle one, which is the largest: -0.5...0.5.
  private func vertex(_ before: Double, _ here: Double, _ after: Double) -> Double {
    let bend = before - 2 * here + after
    return bend < 0 ? min(max((before - after) / (2 * bend), -0.5), 0.5) : 0
  }

  /// The square around the target's last place in grey cells, and where it lies in the frame.
  private mutating func search(_ frame: Image, _ target: Target) -> (GreyPatch, Square) {
    let side = Double(target.cells) * target.scale
    func corner(_ start: Double, _ length: Double) -> Int { Int((start + (length - side) / 2).rounded()) }
    let square = Square(
      left: corner(target.box.x, target.box.width), top: corner(target.box.y, target.box.height), side: Int(side))
    // Some pixels to a cell are enough to average over, however many there are.
    let share = Int(min(target.scale, 4))
    frame.crop(square, to: target.cells * share, border: target.border, into: &bytes)
    return (grey(cells: target.cells, share: share), square)
  }

  /// The mean luma of blocks of `share` x `share` pixels of ``bytes``, rounded down.
  private func grey(cells: Int, share: Int) -> GreyPatch {
    let values = bytes.withUnsafeBufferPointer { bytes in
      [Int32](unsafeUninitializedCapacity: cells * cells) { values, count in
        let stride = cells * share * 3
        for row in 0..<cells {
          for column in 0..<cells {
            var sum: Int32 = 0
            for y in 0..<share {
              var at = (row * share + y) * stride + column * share * 3
              for _ in 0..<share {
                sum &+= 77 &* Int32(bytes[at]) &+ 150 &* Int32(bytes[at + 1]) &+ 29 &* Int32(bytes[at + 2])
                at &+= 3
              }
            }
            values[row * cells + column] = sum / Int32(256 * share * share)
          }
        }
        count = cells * cells
      }
    }
    return GreyPatch(width: cells, height: cells, values: values)
  }
}
