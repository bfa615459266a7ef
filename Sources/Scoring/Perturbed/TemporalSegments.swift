public import Geometry

/// Where the runs of a temporal robustness evaluation (TRE) start (metric reference, 5.1).
public enum TemporalSegments {
  /// Starts are spread over the sequence up to this many frames before its end.
  static let shortest = 20

  /// The first frames of the segments, counted from 0, ascending; every segment ends with the sequence.
  ///
  /// - Parameters:
  ///   - truth: one box a frame. Frames with a number that is not above 0 are no start.
  ///   - omitted: ranges of frames, counted from 0, that are no start (`init_omit`, with the number of the first image
  ///     subtracted). Parts beyond the sequence say nothing (Q8).
  /// - Returns: 20 frames; fewer where fewer than 19 frames can be a start, none where there is not one.
  public static func starts(truth: [Box], omitting omitted: [ClosedRange<Int>] = []) -> [Int] {
    let valid = truth.indices.filter { frame in
      let box = truth[frame]
      return box.x > 0 && box.y > 0 && box.width > 0 && box.height > 0 && !omitted.contains { $0.contains(frame) }
    }
    let last = valid.count { truth.count - $0 >= shortest }
    guard last > 0 else { return [] }
    let step = Double(last) / 19
    var places: [Int] = []
    while 1 + Double(places.count) * step <= Double(last) { places.append(Int(1 + Double(places.count) * step)) }
    return (places + [last]).map { valid[$0 - 1] }
  }
}
