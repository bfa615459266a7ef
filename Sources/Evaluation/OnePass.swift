public import Datasets
import Geometry
import Imaging
public import Tracking

/// One-pass evaluation: start on the first frame, then every frame in order, never re-initialised. (Wu, Lim, Yang 2013)
public struct OnePass: Sendable {
  public static let name = "ope"

  public let convention: BoxConvention
  /// Frames of each sequence to be tracked; nil for all that are annotated.
  public let frameLimit: Int?

  public init(convention: BoxConvention, frameLimit: Int? = nil) {
    self.convention = convention
    self.frameLimit = frameLimit
  }

  /// Frames this protocol tracks of `sequence`.
  public func frameCount(of sequence: Sequence) -> Int { min(sequence.count, frameLimit ?? .max) }

  /// Drives `tracker` over `sequence`.
  ///
  /// Frames are opened one at a time; the time recorded for a frame is the tracker's alone, opening not included.
  /// - Parameters:
  ///   - shouldStop: asked before every frame.
  ///   - onFrame: told the number of frames done.
  /// - Throws: ``Interrupted`` when asked to stop; else what a frame or the tracker threw, as ``SequenceFailure``.
  public func run(
    _ tracker: inout any Tracker, over sequence: Sequence, shouldStop: () -> Bool = { false },
    onFrame: (Int) -> Void = { _ in }
  ) throws -> Trajectory {
    let count = frameCount(of: sequence)
    guard count > 0, let region = sequence.annotation.regions.first else {
      throw SequenceFailure(sequence: sequence.name, frame: nil, message: "no annotated frame")
    }
    let firstBox = convention.firstBox(of: region)
    var trajectory = Trajectory(sequence: sequence.name, boxes: [firstBox], scores: [.nan])
    trajectory.boxes.reserveCapacity(count)
    let clock = ContinuousClock()
    for index in 0..<count {
      if shouldStop() { throw Interrupted() }
      do {
        let image = try sequence.frames.image(at: index)
        let began = clock.now
        if index == 0 {
          try tracker.start(on: image, target: convention.toPixels(firstBox))
        } else {
          let estimate = try tracker.track(image)
          trajectory.boxes.append(convention.fromPixels(estimate.box))
          trajectory.scores.append(estimate.score ?? .nan)
        }
        trajectory.seconds.append((clock.now - began) / .seconds(1))
      } catch {
        throw SequenceFailure(sequence: sequence.name, frame: index, message: "\(error)")
      }
      onFrame(index + 1)
    }
    return trajectory
  }
}

/// The run was asked to stop; the sequence under way is not stored.
public struct Interrupted: Error {}

/// A tracker or a frame made one sequence impossible; the others go on.
public struct SequenceFailure: Error, Hashable, CustomStringConvertible {
  public let sequence: String
  /// Counted from 0; nil where no frame was reached.
  public let frame: Int?
  public let message: String

  public var description: String { frame.map { "frame \($0 + 1): \(message)" } ?? message }
}
