import Foundation
import Geometry
import Scoring
import TestSupport

/// Region lines as the VOT toolkit writes them (metric reference, 2.6), for the shared folder's files, which are well formed.
enum RegionText {
  /// A line of a result file. One number is a code.
  static func outcome(_ line: some StringProtocol) -> FrameOutcome {
    guard let region = region(line) else {
      switch Double(line) {
      case 1: return .initialized
      case 2: return .failed
      default: return .skipped
      }
    }
    return .region(region)
  }

  /// A region; nil for a code.
  static func region(_ line: some StringProtocol) -> Region? {
    if line.hasPrefix("m") {
      let numbers = line.dropFirst().split(separator: ",").compactMap { Int($0) }
      guard numbers.count >= 4 else { return nil }
      return Mask(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3], runs: Array(numbers[4...]))
        .map(Region.mask)
    }
    return region(line.split(separator: ",").compactMap { strtod(String($0), nil) })
  }

  static func region(_ numbers: [Double]) -> Region? {
    switch numbers.count {
    case 0, 1: nil
    case 4: Box(numbers: numbers).map(Region.box)
    default: Polygon(coordinates: numbers).map(Region.polygon)
    }
  }

  static func lines(_ relative: String) throws -> [Substring] {
    var lines = String(decoding: try Shared.bytes(relative), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  static func run(_ relative: String) throws -> SupervisedRun {
    SupervisedRun(frames: try lines(relative).map { outcome($0) })
  }
}
