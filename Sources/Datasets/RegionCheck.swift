import Geometry

/// Looks at the regions of one sequence, frame by frame.
struct RegionCheck {
  private let sequence: Sequence
  private let target: OTBList.Target?
  private(set) var faults: [DatasetError] = []
  private(set) var fine = 0
  private(set) var absentTargets = 0
  private var knownEmpty: [Int] = []
  private var beyond: [Int] = []
  private var farthest = 0.0
  private var lastSize: PictureProbe.Size?

  init(sequence: Sequence) {
    self.sequence = sequence
    target = OTBList.targets.first { $0.name == sequence.name && $0.count == sequence.count }
  }

  /// - Parameter size: of the frame's picture; nil where it is not known.
  mutating func check(_ region: Region, frame: Int, size: PictureProbe.Size?) {
    let bounds = RegionBounds(region)
    guard !bounds.isDamagedLine else { return }
    // Where the data set says that nothing can be seen, whatever stands for a box is a placeholder.
    if isHidden(frame), !bounds.hasArea {
      absentTargets += 1
      return
    }
    guard bounds.allNumbers else {
      if bounds.noNumbers, frame == 0 {
        report(frame, "expected a target to begin with, found none")
      } else if bounds.noNumbers {
        absentTargets += 1
      } else {
        report(frame, "expected numbers, or NaN for all of them, found \(bounds.text)")
      }
      return
    }
    guard bounds.hasArea else {
      if target?.isKnownEmpty(frame) == true {
        knownEmpty.append(frame)
      } else {
        report(frame, "expected a width and a height above 0, found \(bounds.text)")
      }
      return
    }
    if let size, !accept(bounds, frame, size) { return }
    fine += 1
  }

  private func isHidden(_ frame: Int) -> Bool {
    if let visible = sequence.visible, visible.indices.contains(frame), !visible[frame] { return true }
    if let cover = sequence.cover, cover.indices.contains(frame), cover[frame] == 0 { return true }
    return false
  }

  private mutating func accept(_ bounds: RegionBounds, _ frame: Int, _ size: PictureProbe.Size) -> Bool {
    let first = sequence.annotation.firstPixel
    let (width, height) = (Double(size.width), Double(size.height))
    let (left, top) = (bounds.left - first, bounds.top - first)
    let (right, bottom) = (bounds.right - first, bounds.bottom - first)
    guard left < width, top < height, right > 0, bottom > 0 else {
      report(frame, "expected a box with a pixel inside the picture of \(size), found \(bounds.text)")
      return false
    }
    let excess = max(-left, -top, right - width, bottom - height)
    // Annotations that count from another pixel, or name the pixel behind the last, are not worth a word.
    if excess > 1 {
      beyond.append(frame)
      farthest = max(farthest, excess)
      lastSize = size
    }
    return true
  }

  private mutating func report(_ frame: Int, _ cause: String) {
    faults.append(
      DatasetError(
        .box, sequence: sequence.name, file: sequence.annotation.source, line: sequence.annotation.line(of: frame),
        cause: "frame \(frame + 1): \(cause)", remedy: Wording.orExclude("fix the line", sequence.name)))
  }

  /// What is odd and left as it is: one note a kind.
  var notes: [DatasetError] {
    var notes: [DatasetError] = []
    if let files = sequence.frames.files, files.unused > 0 {
      let are = files.unused == 1 ? "is" : "are"
      notes.append(
        DatasetError(
          .countMismatch, sequence: sequence.name, file: files.shown,
          cause: "\(Wording.count(files.unused, "picture")) \(are) not annotated and not used"))
    }
    if let first = beyond.first, let lastSize {
      notes.append(
        note(
          first,
          "\(Wording.count(beyond.count, "box", plural: "boxes")) up to \(Wording.short(farthest)) pixels beyond the "
            + "picture of \(lastSize), the first in frame \(first + 1); kept, annotators draw the whole target"))
    }
    if let first = knownEmpty.first {
      notes.append(
        note(first, "frame \(first + 1) is without box, as in the benchmark's own file"))
    }
    return notes
  }

  private func note(_ frame: Int, _ cause: String) -> DatasetError {
    DatasetError(
      .box, sequence: sequence.name, file: sequence.annotation.source, line: sequence.annotation.line(of: frame),
      cause: cause)
  }
}

/// The extent of a region in the numbers of its file.
private struct RegionBounds {
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double
  private let numbers: [Double]

  init(_ region: Region) {
    switch region {
    case .box(let box):
      numbers = [box.x, box.y, box.width, box.height]
      (left, top, right, bottom) = (box.x, box.y, box.x + box.width, box.y + box.height)
    case .polygon(let polygon):
      numbers = polygon.vertices.flatMap { [$0.x, $0.y] }
      let xs = polygon.vertices.map(\.x)
      let ys = polygon.vertices.map(\.y)
      (left, top) = (xs.min() ?? .nan, ys.min() ?? .nan)
      (right, bottom) = (xs.max() ?? .nan, ys.max() ?? .nan)
    case .mask(let mask):
      let box = mask.boundingBox
      // A mask without a pixel says that there is no target.
      numbers = mask.area > 0 ? [box.x, box.y, box.width, box.height] : [.nan]
      (left, top, right, bottom) = (box.x, box.y, box.x + box.width, box.y + box.height)
    }
  }

  /// A line that could not be read, and was reported when it was.
  var isDamagedLine: Bool { numbers.isEmpty }
  var allNumbers: Bool { numbers.allSatisfy { !$0.isNaN } }
  var noNumbers: Bool { numbers.allSatisfy(\.isNaN) }
  var hasArea: Bool { right > left && bottom > top }

  var text: String { numbers.map(Wording.short).joined(separator: ",") }
}
