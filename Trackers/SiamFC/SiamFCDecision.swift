import Imaging
import Siamese
package import Tensors

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
  ///   - responses: one map a scale, `responseSize` a side, one channel.
  ///   - window: the cosine window of the enlarged side.
  ///   - workspace: has the room for the enlarged maps.
  package init(responses: Tensor, window: [Double], settings: SiamFCSettings, in workspace: Workspace) {
    let (shape, enlarged) = (responses.shape, settings.enlargedSize)
    let (small, size) = (shape.h * shape.w, enlarged * enlarged)
    precondition(shape.pixelStride == 1 && window.count == size)
    self = workspace.withScratch(floats: shape.n * size) { floats in
      let maps = (0..<shape.n).map { UnsafeMutableBufferPointer(start: floats + $0 * size, count: size) }
      responses.withUnsafePointer { values in
        for scale in maps.indices {
          Resize.cubic(
            values + scale * small, width: shape.w, height: shape.h, into: floats + scale * size, width: enlarged,
            height: enlarged)
        }
      }
      return SiamFCDecision(enlarged: maps, window: window, settings: settings)
    }
  }

  /// - Parameter maps: one a scale; changed on the way.
  private init(enlarged maps: [UnsafeMutableBufferPointer<Float>], window: [Double], settings: SiamFCSettings) {
    let penalty = Float(settings.scalePenalty)
    for (scale, map) in maps.enumerated() where scale != settings.scaleCount / 2 {
      // Quirk S12: the response itself is multiplied, so a negative one is raised.
      for cell in map.indices { map[cell] *= penalty }
    }
    peaks = maps.map { map in map.reduce(-Float.infinity) { $1 > $0 ? $1 : $0 } }
    // Quirk S7: the first maximum, so ties go to the smaller scale.
    var best = 0
    for scale in peaks.indices where peaks[scale] > peaks[best] { best = scale }
    scale = best
    (index, value) = Self.peak(of: maps[best], window: window, influence: settings.windowInfluence)
  }

  /// The place of the first maximum once the map adds up to 1 and the window is mixed in.
  private static func peak(
    of map: UnsafeMutableBufferPointer<Float>, window: [Double], influence: Double
  ) -> (Int, Double) {
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
