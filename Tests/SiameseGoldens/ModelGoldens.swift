package import Checkpoints
import Foundation
package import Geometry
package import Imaging
package import Tensors
import TestSupport

/// The golden material of the pysot family below `golden/models`: what its README describes, for any tracker's tests.
package enum ModelGoldens {
  package static let root = "golden/models"

  /// Whether a file or folder is there.
  package static func has(_ path: String) -> Bool { Shared.has("\(root)/\(path)") }

  /// Those of the files that are there; the others are named on the output, for tests over several files that still run.
  package static func present(_ paths: [String]) -> [String] {
    for path in paths where !has(path) { print("golden \(path): skipped, needs ../shared/\(root)/\(path)") }
    return paths.filter(has)
  }

  /// A JSON file with keys in snake case.
  package static func json<T: Decodable>(_ path: String, as type: T.Type = T.self) throws -> T {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: Shared.root.appendingPathComponent("\(root)/\(path)")))
  }

  /// A safetensors file.
  package static func tensors(_ path: String) throws -> [String: WeightTensor] {
    try Weights(contentsOf: Shared.path("\(root)/\(path)")).tensors
  }

  package struct Malformed: Error {
    package let what: String

    package init(_ what: String) { self.what = what }
  }

  /// A picture of a checkpoint, height x width x (blue, green, red), as one image of a batch.
  package static func picture(_ tensor: WeightTensor?) throws -> Tensor {
    guard let tensor, tensor.shape.count == 3, tensor.shape[2] == 3 else { throw Malformed("no picture") }
    let values = try tensor.floats()
    return Tensor(shape: TensorShape(n: 1, h: tensor.shape[0], w: tensor.shape[1], c: 3)) {
      $0.update(from: values, count: values.count)
    }
  }

  package static func box(_ numbers: [Double]) throws -> Box {
    guard numbers.count == 4 else { throw Malformed("a box of \(numbers.count) numbers") }
    return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}

/// The frames that steps name: pictures of `frames.safetensors`, or files below `data`. The last few stay decoded.
package final class GoldenFrames {
  private let stored: [String: WeightTensor]?
  private var decoded: [String: Image] = [:]

  /// - Parameter source: what a steps file says under `frames`.
  package init(_ source: String) throws {
    stored = source == "data" ? nil : try ModelGoldens.tensors(source)
  }

  /// Whether the frame is there.
  package func has(_ name: String) -> Bool { stored.map { $0[name] != nil } ?? Shared.has("data/\(name)") }

  package func image(_ name: String) throws -> Image {
    if let known = decoded[name] { return known }
    let image = try stored.map { try Self.image($0[name], name) } ?? Image(contentsOf: Shared.path("data/\(name)"))
    if decoded.count > 8 { decoded.removeAll() }
    decoded[name] = image
    return image
  }

  private static func image(_ tensor: WeightTensor?, _ name: String) throws -> Image {
    guard let tensor, tensor.shape.count == 3, tensor.shape[2] == 3 else {
      throw ModelGoldens.Malformed("no picture \(name)")
    }
    var pixels = try tensor.floats().map { UInt8($0) }
    for pixel in stride(from: 0, to: pixels.count, by: 3) { pixels.swapAt(pixel, pixel + 2) }
    return Image(width: tensor.shape[1], height: tensor.shape[0], pixels: pixels)
  }
}

/// The numbers that the goldens are made of: splitmix64 seeded with a name's FNV-1a hash.
package struct GoldenStream {
  private var state: UInt64

  package init(_ name: String) { state = Self.fnv1a64(name.utf8) }

  /// The next one in [0, 1), 24 bits.
  package mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ (z >> 31)) >> 40) * 0x1p-24
  }

  package static func fnv1a64(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension Tensor {
  /// How far the values are from `wanted`, in channel, row, column order, as a share of the largest magnitude wanted.
  package func relativeDeviation(from wanted: [Float]) -> Double {
    SiameseGoldens.relativeDeviation(nchw, from: wanted)
  }
}

/// How far `values` are from `wanted`, as a share of the largest magnitude wanted.
package func relativeDeviation(_ values: [Float], from wanted: [Float]) -> Double {
  guard values.count == wanted.count else { return .infinity }
  var (difference, magnitude) = (0.0, 0.0)
  for (value, goal) in zip(values, wanted) {
    difference = value.isNaN || goal.isNaN ? .infinity : max(difference, abs(Double(value) - Double(goal)))
    magnitude = max(magnitude, abs(Double(goal)))
  }
  return magnitude > 0 ? difference / magnitude : difference
}
