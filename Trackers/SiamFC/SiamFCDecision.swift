import Imaging
import Siamese

/// Which scale and which place a frame's responses speak for (steps 2 to 5 of section 1.6).
package struct SiamFCDecision: Hashable, Sendable {
  /// The largest value of each enlarged response, after the penalty on scales.
  package let peaks: [Float]
  /// The best scale.
  package let scale: Int
  /// Row times side plus column of the peak in the enlarged map of the best scale.
  package let index: Int
  /// The value there: response and window mixed.
  package let value: Double
  /// The best scale's peak: our confidence, the original reports none.
  package var score: Double { Double(peaks[scale]) }

  /// - Parameters:
  ///   - responses: one map a scale, `responseSize` a side, row by row.
  ///   - window: the cosine window of the enlarged side.
  package init(responses: [[Float]], window: [Double], settings: SiamFCSettings) {
    let (side, enlarged) = (settings.responseSize, settings.enlargedSize)
    let middle = settings.scaleCount / 2
    let penalty = Float(settings.scalePenalty)
    var maps = responses.map { Resize.cubic($0, width: side, height: side, toWidth: enlarged, toHeight: enlarged) }
    for scale in maps.indices where scale != middle {
      // Quirk S12: the response itself is multiplied, so a negative one is raised.
      for cell in maps[scale].indices { maps[scale][cell] *= penalty }
    }
    let peaks = maps.map { map in map.reduce(-Float.infinity) { $1 > $0 ? $1 : $0 } }
    // Quirk S7: the first maximum, so ties go to the smaller scale.
    var best = 0
    for scale in peaks.indices where peaks[scale] > peaks[best] { best = scale }
    (index, value) = Self.peak(of: &maps[best], window: window, influence: settings.windowInfluence)
    self.peaks = peaks
    scale = best
  }

  /// The place of the first maximum once the map adds up to 1 and the window is mixed in.
  private static func peak(of map: inout [Float], window: [Double], influence: Double) -> (Int, Double) {
    precondition(map.count == window.count)
    return map.withUnsafeMutableBufferPointer { map in
      let least = map.reduce(Float.infinity) { $1 < $0 ? $1 : $0 }
      for cell in map.indices { map[cell] -= least }
      // 1e-16 is lost in single precision unless the sum is 0.
      let sum = pairwiseSum(UnsafeBufferPointer(map)) + 1e-16
      let rest = Float(1 - influence)
      var (best, largest) = (0, -Double.infinity)
      for cell in map.indices {
        // The first product is single, the second product and the sum are double.
        let mixed = Double(rest * (map[cell] / sum)) + influence * window[cell]
        if mixed > largest { (best, largest) = (cell, mixed) }
      }
      return (best, largest)
    }
  }
}
