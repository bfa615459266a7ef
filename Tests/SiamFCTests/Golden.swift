import Checkpoints
import Geometry
import Imaging
import SiamFC
import SiameseGoldens
import Tensors
import TestSupport
import Tracking

/// The golden material of SiamFC and the model it was made with.
enum Golden {
  static let folder = "golden/models/siamfc"
  static let sequences = "golden/sequences/siamfc.json"
  static let weightsPath = "data/weights/siamfc-3s-color.pth"

  /// Whether all these files of the golden folder, and the weights, are there.
  static func has(_ files: String...) -> Bool {
    files.allSatisfy { Shared.has("\(folder)/\($0)") } && Shared.has(weightsPath)
  }
  static let hasSequences = Shared.has(sequences) && Shared.has("data/weights")

  static func model(folder weights: String = weightsPath) throws -> SiamFCModel {
    try SiamFCModel(weights: Weights(contentsOf: Shared.path(weights)), engine: .ofThisProcess())
  }

  static func frame(_ path: String) throws -> Image { try Image(contentsOf: Shared.path("data/\(path)")) }

  /// A box as the goldens write it, counted from 1, in pixels counted from 0.
  static func target(_ numbers: [Double]) throws -> Box {
    BoxConvention.oneBased.toPixels(try ModelGoldens.box(numbers))
  }

  /// The bytes of picture `index` of a batch, as they went in.
  static func bytes(_ crops: Tensor, _ index: Int) -> [UInt8] {
    let size = crops.shape.h * crops.shape.w * 3
    return crops.withUnsafePointer { floats in (0..<size).map { UInt8(floats[index * size + $0]) } }
  }
}
