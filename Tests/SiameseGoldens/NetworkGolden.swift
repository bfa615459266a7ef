import Checkpoints
package import Tensors
package import TestSupport
import Testing

/// `network.safetensors`: a template crop, a search crop, and what the original's head makes of them in double precision.
package enum NetworkGolden {
  /// README section 3: heads within 2e-5 of the largest magnitude.
  package static let tolerance = 2e-5

  /// Compares a network's maps with the golden ones and prints how far they are.
  ///
  /// - Parameter run: the network, from template and search crop (blue, green, red) to class and box maps.
  package static func compare(
    _ folder: String, into tally: inout Tally, run: (_ template: Tensor, _ search: Tensor) throws -> (Tensor, Tensor)
  ) throws {
    let golden = try ModelGoldens.tensors("\(folder)/network.safetensors")
    let (classes, boxes) = try run(
      ModelGoldens.picture(golden["template_crop"]), ModelGoldens.picture(golden["search_crop"]))
    var line: [String] = []
    for (name, map) in [("cls", classes), ("loc", boxes)] {
      guard let wanted = golden[name] else { throw ModelGoldens.Malformed("\(folder) has no \(name)") }
      let deviation =
        wanted.shape == [map.shape.c, map.shape.h, map.shape.w]
        ? map.relativeDeviation(from: try wanted.floats()) : .infinity
      line.append("\(name) \(deviation)")
      tally.expect(deviation <= tolerance, "\(name) \(map.shape) deviates by \(deviation) of its largest value")
    }
    print("golden \(folder) network: largest deviation from float64 \(line.joined(separator: ", "))")
  }
}
