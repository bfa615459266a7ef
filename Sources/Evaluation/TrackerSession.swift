import Datasets
import Geometry
import Imaging
import Tracking

/// One pass of one tracker, seen from the protocol: opens frames, times the tracker, holds it to the pace of the video, turns
/// boxes from the annotation's numbers into pixels and back, and says of every error where it happened.
struct TrackerSession {
  /// What the tracker said of a frame, in the numbers of the annotation.
  struct Answer {
    var box: Box
    var region: Region
    /// NaN where it has no confidence.
    var score: Double
    /// Time it took; 0 where an earlier answer stands for this frame.
    var seconds: Double
  }

  private let sequence: Sequence
  private let pass: Pass
  private let conditions: RunConditions
  private var pace: RealTimePace?
  private var latest: Answer?
  private var pictureSize: (width: Int, height: Int)?

  init(_ sequence: Sequence, pass: Pass, conditions: RunConditions) {
    self.sequence = sequence
    self.pass = pass
    self.conditions = conditions
    pace = conditions.realTime.map { RealTimePace($0, over: sequence) }
    pictureSize = sequence.namedSize
  }

  /// Starts the tracker on `region` of frame `frame`; the answer holds what it was started with.
  mutating func start(_ tracker: inout any Tracker, at frame: Int, on region: Region) throws -> Answer {
    try locating(frame) { session in
      let seconds: Double
      var given = region
      if var indirect = tracker as? any IndirectTracker {
        guard !region.axisAlignedBox.isEmpty else { throw TrackerError.emptyTarget(region.axisAlignedBox) }
        let reference = session.reference(frame)
        seconds = try session.timed { try indirect.start(at: reference, region: region) }
        tracker = indirect
      } else {
        let box = session.conditions.convention.firstBox(of: region)
        guard !box.isEmpty else { throw TrackerError.emptyTarget(box) }
        given = .box(box)
        let target = session.conditions.convention.toPixels(box)
        let image = try session.open(frame)
        seconds = try session.timed { try tracker.start(on: image, target: target) }
      }
      session.pace?.started(seconds)
      let answer = Answer(box: given.axisAlignedBox, region: given, score: .nan, seconds: seconds)
      session.latest = answer
      return answer
    }
  }

  /// The tracker's answer to frame `frame`, or its last one where it is too late to see the frame, which is not opened then.
  mutating func track(_ tracker: inout any Tracker, at frame: Int) throws -> Answer {
    try locating(frame) { session in
      if session.pace?.missesFrame() == true, var repeated = session.latest {
        repeated.score = .nan
        repeated.seconds = 0
        return repeated
      }
      let answer = try session.ask(&tracker, frame)
      session.pace?.answered(answer.seconds)
      session.latest = answer
      return answer
    }
  }

  private mutating func ask(_ tracker: inout any Tracker, _ frame: Int) throws -> Answer {
    var estimate = Estimate(box: Region.absent.axisAlignedBox, score: nil)
    let seconds: Double
    if var indirect = tracker as? any IndirectTracker {
      let reference = reference(frame)
      seconds = try timed { estimate = try indirect.track(at: reference) }
      tracker = indirect
    } else {
      let image = try open(frame)
      seconds = try timed { estimate = try tracker.track(image) }
      estimate.box = conditions.convention.fromPixels(estimate.box)
      estimate.region = estimate.region.map(conditions.convention.fromPixels)
    }
    return Answer(
      box: estimate.box, region: estimate.region ?? .box(estimate.box), score: estimate.score ?? .nan, seconds: seconds)
  }

  /// Size of the sequence's images: as its files name it, else that of the picture last opened, else that of frame `frame`.
  mutating func imageSize(at frame: Int) throws -> (width: Int, height: Int) {
    if let pictureSize { return pictureSize }
    return try locating(frame) { session in
      let image = try session.open(frame)
      return (image.width, image.height)
    }
  }

  private mutating func open(_ frame: Int) throws -> Image {
    guard frame < sequence.frames.count else {
      throw NoPicture(description: sequence.reasonNotRunnable ?? "there is no picture of it")
    }
    let image = try sequence.frames.image(at: frame)
    if sequence.namedSize == nil { pictureSize = (image.width, image.height) }
    return image
  }

  private func reference(_ frame: Int) -> FrameReference {
    FrameReference(
      sequence: sequence.name, pass: pass, index: frame,
      path: sequence.frames.files.flatMap { $0.names.indices.contains(frame) ? $0.path(at: frame) : nil })
  }

  private func timed(_ work: () throws -> Void) rethrows -> Double {
    try conditions.clock.measure(work) / .seconds(1)
  }

  private mutating func locating<Result>(
    _ frame: Int, _ body: (inout TrackerSession) throws -> Result
  ) throws -> Result {
    do {
      return try body(&self)
    } catch {
      throw SequenceFailure(sequence: sequence.name, pass: pass, frame: frame, message: "\(error)")
    }
  }
}

/// A frame that was to be opened and has no picture.
private struct NoPicture: Error, CustomStringConvertible {
  let description: String
}

extension Sequence {
  /// The size of its images as the data set's files name it.
  var namedSize: (width: Int, height: Int)? {
    guard let width = video?.width, let height = video?.height else { return nil }
    return (width, height)
  }
}

extension BoxConvention {
  /// ``fromPixels(_:)-(Box)`` for outlines; masks move by whole pixels.
  func fromPixels(_ region: Region) -> Region {
    let origin = fromPixels(Box(x: 0, y: 0, width: 0, height: 0))
    guard origin.x != 0 || origin.y != 0 else { return region }
    switch region {
    case .box(let box): return .box(fromPixels(box))
    case .polygon(let polygon):
      return .polygon(Polygon(vertices: polygon.vertices.map { Point(x: $0.x + origin.x, y: $0.y + origin.y) }))
    case .mask(let mask):
      let moved = Mask(
        x: mask.x + Int(origin.x), y: mask.y + Int(origin.y), width: mask.width, height: mask.height, runs: mask.runs)
      return moved.map(Region.mask) ?? region
    }
  }
}
