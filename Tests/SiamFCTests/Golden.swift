import Checkpoints
import Geometry
import Imaging
import SiamFC
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
    guard numbers.count == 4 else { throw Malformed(what: "a box of \(numbers.count) numbers") }
    return BoxConvention.oneBased.toPixels(
      Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
  }

  struct Malformed: Error {
    let what: String
  }

  /// The bytes of picture `index` of a batch, as they went in.
  static func bytes(_ crops: Tensor, _ index: Int) -> [UInt8] {
    let size = crops.shape.h * crops.shape.w * 3
    return crops.withUnsafePointer { floats in (0..<size).map { UInt8(floats[index * size + $0]) } }
  }

  /// A picture of a checkpoint, height x width x channel, as one image of a batch.
  static func picture(_ tensor: WeightTensor) throws -> Tensor {
    guard tensor.shape.count == 3, tensor.shape[2] == 3 else { throw Malformed(what: "a picture of \(tensor.shape)") }
    let values = try tensor.floats()
    return Tensor(shape: TensorShape(n: 1, h: tensor.shape[0], w: tensor.shape[1], c: 3)) {
      $0.update(from: values, count: values.count)
    }
  }
}

/// How far `values` are from `wanted`, as a share of the largest magnitude wanted.
func relativeDeviation(_ values: [Float], _ wanted: [Float]) -> Double {
  guard values.count == wanted.count else { return .infinity }
  var (difference, magnitude) = (0.0, 0.0)
  for (value, goal) in zip(values, wanted) {
    difference = value.isNaN || goal.isNaN ? .infinity : max(difference, abs(Double(value) - Double(goal)))
    magnitude = max(magnitude, abs(Double(goal)))
  }
  return magnitude > 0 ? difference / magnitude : difference
}
