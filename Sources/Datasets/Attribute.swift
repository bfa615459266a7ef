/// The eleven difficulties that the Object Tracking Benchmark marks its sequences with, in the order of its MATLAB files
/// (metrics reference, 1.5).
public enum Attribute: String, Sendable, Hashable, CaseIterable {
  case illumination = "IV"
  case outOfPlaneRotation = "OPR"
  case scale = "SV"
  case occlusion = "OCC"
  case deformation = "DEF"
  case motionBlur = "MB"
  case fastMotion = "FM"
  case inPlaneRotation = "IPR"
  case outOfView = "OV"
  case backgroundClutter = "BC"
  case lowResolution = "LR"

  /// As the benchmark's tables write it, and pysot's lists: `Out-of-Plane Rotation`.
  public var longName: String {
    switch self {
    case .illumination: "Illumination Variation"
    case .outOfPlaneRotation: "Out-of-Plane Rotation"
    case .scale: "Scale Variation"
    case .occlusion: "Occlusion"
    case .deformation: "Deformation"
    case .motionBlur: "Motion Blur"
    case .fastMotion: "Fast Motion"
    case .inPlaneRotation: "In-Plane Rotation"
    case .outOfView: "Out-of-View"
    case .backgroundClutter: "Background Clutters"
    case .lowResolution: "Low Resolution"
    }
  }

  /// The short names in order: `IV`, `OPR`, …
  public static let shortNames = allCases.map(\.rawValue)
}
