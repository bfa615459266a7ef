import Checkpoints
import Geometry
import Imaging
import NanoTrack
import SiameseGoldens
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

  /// The digest of a crop's bytes, as they went into the network.
  static func digest(_ crop: Tensor) -> String {
    MD5.hex(crop.withUnsafePointer { floats in (0..<crop.shape.pixels * 3).map { UInt8(floats[$0]) } })
  }
}
