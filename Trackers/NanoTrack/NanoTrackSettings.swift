public import Siamese
public import Tracking

/// NanoTrack's numbers. Source of all: `HonglinChu/SiamTrackers: NanoTrack/models/config/configv{1,2,3}.yaml` and, for what those
/// leave out, `NanoTrack/nanotrack/core/config.py`; section 6.1 of the model reference.
public struct NanoTrackSettings: TrackerSettings, TemplateNumbers {
  /// Which of the three networks: a preset's, not adjustable by itself (quirk N14).
  public let version: NanoTrackVersion
  /// Side of the template crop in pixels, TRACK.EXEMPLAR_SIZE.
  public var exemplarSize = 127
  /// Side of the search crop in pixels, TRACK.INSTANCE_SIZE.
  public var instanceSize = 255
  /// Margin around the target as a share of width plus height, TRACK.CONTEXT_AMOUNT.
  public var contextAmount = 0.5
  /// Pixels of the search crop from one place of the maps to the next, POINT.STRIDE.
  public var stride = MobileNetV3.stride
  /// Rows and columns of the maps, TRACK.OUTPUT_SIZE (quirk N1).
  public var outputSize: Int
  /// Share of the window in the score that decides, 0...1, TRACK.WINDOW_INFLUENCE.
  public var windowInfluence: Double
  /// How much a change of size or shape costs, TRACK.PENALTY_K.
  public var penaltyK: Double
  /// How far the size follows a candidate of full score, 0...1, TRACK.LR.
  public var learningRate: Double

  /// Those of `configv3.yaml`, the most accurate one and the one the repository has switched on.
  public init() { self.init(.v3) }

  /// Those of the version's configuration file.
  public init(_ version: NanoTrackVersion) {
    self.version = version
    switch version {
    case .v1: (outputSize, windowInfluence, penaltyK, learningRate) = (16, 0.462, 0.148, 0.390)
    case .v2: (outputSize, windowInfluence, penaltyK, learningRate) = (16, 0.490, 0.150, 0.385)
    case .v3: (outputSize, windowInfluence, penaltyK, learningRate) = (15, 0.455, 0.138, 0.348)
    }
  }

  public static var presets: [Preset<NanoTrackSettings>] {
    [
      .init(
        "v3", "configv3.yaml, one block more and two ways of comparing", weights: "nanotrackv3.pth",
        settings: NanoTrackSettings(.v3)),
      .init(
        "v2", "configv2.yaml, comparisons of their own for classes and boxes", weights: "nanotrackv2.pth",
        settings: NanoTrackSettings(.v2)),
      .init(
        "v1", "configv1.yaml, the smallest", weights: "nanotrackv1.pth", settings: NanoTrackSettings(.v1)),
    ]
  }

  public static var fields: [SettingField<NanoTrackSettings>] {
    [
      .integer("exemplar_size", \.exemplarSize, in: 15...511, "side of the template crop in pixels"),
      .integer("instance_size", \.instanceSize, in: 15...1023, "side of the search crop in pixels"),
      .number(
        "context_amount", \.contextAmount, in: 0...4, "margin around the target, as a share of width plus height"),
      .integer(
        "point_stride", \.stride, in: 1...64, "pixels of the search crop from one place of the maps to the next"),
      .integer("output_size", \.outputSize, in: 1...64, "rows and columns of the maps"),
      .number("window_influence", \.windowInfluence, in: 0...1, "share of the window in the deciding score"),
      .number("penalty_k", \.penaltyK, in: 0...10, "how much a change of size or shape costs"),
      .number("lr", \.learningRate, in: 0...1, "how far the size follows a candidate of full score"),
    ]
  }

  /// The networks are built for templates of 8 x 8 positions, whose count is the channels of the pixel-wise correlation, and
  /// the original would read maps of another side than output_size as if shifted.
  public func check() throws(SettingsFault) {
    let template = MobileNetV3.outputSide(for: exemplarSize)
    guard template == NanoTrackVersion.templateSide else {
      throw SettingsFault(
        key: "exemplar_size",
        cause:
          "a template of \(exemplarSize) gives \(template) x \(template) positions, and the network is built for 8 x 8",
        remedy: "give exemplar_size a value from 113 to 128")
    }
    let side = version.outputSide(searchSide: MobileNetV3.outputSide(for: instanceSize))
    guard side >= 1 else {
      throw SettingsFault(
        key: "instance_size", cause: "a search crop of \(instanceSize) leaves this network no map",
        remedy: "give instance_size a larger value")
    }
    guard side == outputSize else {
      throw SettingsFault(
        key: "output_size", cause: "expected \(side), which crops of \(instanceSize) give, found \(outputSize)",
        remedy: "--set output_size=\(side)")
    }
  }
}
