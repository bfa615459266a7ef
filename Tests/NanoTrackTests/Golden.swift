import Checkpoints
import Geometry
import Imaging
import NanoTrack
import Tensors
import TestSupport
import Tracking

/// The golden material of NanoTrack's versions and the models it was made with.
enum Golden {
  static func folder(_ version: NanoTrackVersion) -> String { "golden/models/nanotrack-\(version.rawValue)" }
  static func weightsPath(_ version: NanoTrackVersion) -> String { "data/weights/nanotrack\(version.rawValue).pth" }
  static func sequencesPath(_ version: NanoTrackVersion) -> String {
    "golden/sequences/nanotrack-\(version.rawValue).json"
  }

  /// The versions of which all these files of the golden folder, and the weights, are there.
  static func versions(with files: String...) -> [NanoTrackVersion] {
    NanoTrackVersion.allCases.filter { version in
      files.allSatisfy { Shared.has("\(folder(version))/\($0)") } && Shared.has(weightsPath(version))
    }
  }

  static let sequenceVersions = NanoTrackVersion.allCases.filter {
    Shared.has(sequencesPath($0)) && Shared.has("data/weights")
  }

  static func weights(_ version: NanoTrackVersion) throws -> Weights {
    try Weights(contentsOf: Shared.path(weightsPath(version)))
  }

  static func model(_ version: NanoTrackVersion) throws -> NanoTrackModel {
    try NanoTrackModel(weights: weights(version), settings: NanoTrackSettings(version), engine: .ofThisProcess())
  }

  static func frame(_ path: String) throws -> Image { try Image(contentsOf: Shared.path("data/\(path)")) }

  static func box(_ numbers: [Double]) throws -> Box {
    guard numbers.count == 4 else { throw Malformed(what: "a box of \(numbers.count) numbers") }
    return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  struct Malformed: Error {
    let what: String
  }

  /// The digest of a crop's bytes, as they went into the network.
  static func digest(_ crop: Tensor) -> String {
    MD5.hex(crop.withUnsafePointer { floats in (0..<crop.shape.pixels * 3).map { UInt8(floats[$0]) } })
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
