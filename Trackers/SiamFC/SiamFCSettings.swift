import Siamese
public import Tracking

/// SiamFC's numbers. Source of all: `huanglianghua/siamfc-pytorch: siamfc/siamfc.py`, `parse_args`; section 1.1 of the model
/// reference.
public struct SiamFCSettings: TrackerSettings {
  /// Side of the exemplar crop, in pixels.
  public var exemplarSize = 127
  /// Side of the search crops, in pixels.
  public var instanceSize = 255
  /// Margin around the target, as a share of width plus height.
  public var context = 0.5
  /// Search crops a frame, each of another size.
  public var scaleCount = 3
  /// Ratio of neighbouring crop sizes.
  public var scaleStep = 1.0375
  /// How far the size follows the best scale, 0...1.
  public var scaleRate = 0.59
  /// Factor on the responses of all scales but the middle one.
  public var scalePenalty = 0.9745
  /// Share of the window in the response, 0...1.
  public var windowInfluence = 0.176
  /// Side of a response, in cells.
  public var responseSize = 17
  /// Enlargement of a response.
  public var responseUp = 16
  /// Pixels of the search crop from one cell to the next.
  public var totalStride = AlexNetV1.stride
  /// Factor on the correlation.
  public var outScale = 0.001
  /// Factor on the network's channels; no setting changes it, the weights must fit.
  public var width = 1.0

  public init() {}

  public static var presets: [Preset<SiamFCSettings>] {
    var compact = SiamFCSettings()
    compact.width = 1.0 / 8
    return [
      Preset("default", "the authors' values", settings: SiamFCSettings()),
      Preset(
        "compact", "an eighth of the channels, to be trained by Trackers/Training",
        settings: compact),
    ]
  }

  public static var fields: [SettingField<SiamFCSettings>] {
    let smallest = AlexNetV1.smallestSide
    return [
      .integer("exemplar_sz", \.exemplarSize, in: smallest...511, "side of the exemplar crop in pixels"),
      .integer("instance_sz", \.instanceSize, in: smallest...1023, "side of the search crops in pixels"),
      .number("context", \.context, in: 0...4, "margin around the target, as a share of width plus height"),
      .integer("scale_num", \.scaleCount, in: 1...15, "search crops a frame, each of another size"),
      .number("scale_step", \.scaleStep, in: 1...2, "ratio of neighbouring crop sizes"),
      .number("scale_lr", \.scaleRate, in: 0...1, "how far the size follows the best scale"),
      .number("scale_penalty", \.scalePenalty, in: 0...1, "factor on all responses but the middle scale's"),
      .number("window_influence", \.windowInfluence, in: 0...1, "share of the window in the response"),
      .integer("response_sz", \.responseSize, in: 1...121, "side of a response in cells"),
      .integer("response_up", \.responseUp, in: 1...32, "enlargement of a response"),
      .integer("total_stride", \.totalStride, in: 1...64, "pixels of the search crop from one cell to the next"),
      .number("out_scale", \.outScale, in: 1e-9...1e3, "factor on the correlation"),
    ]
  }

  /// The response's side follows from the crops' sides and the network; the original would enlarge any map without a word
  /// and then misread its positions.
  public func check() throws(SettingsFault) {
    let side = AlexNetV1.outputSide(for: instanceSize) - AlexNetV1.outputSide(for: exemplarSize) + 1
    guard side >= 1 else {
      throw SettingsFault(
        key: "instance_sz", cause: "a search crop of \(instanceSize) is smaller than an exemplar of \(exemplarSize)",
        remedy: "give instance_sz at least the value of exemplar_sz")
    }
    guard side == responseSize else {
      throw SettingsFault(
        key: "response_sz",
        cause: "expected \(side), which crops of \(instanceSize) and \(exemplarSize) give, found \(responseSize)",
        remedy: "--set response_sz=\(side)")
    }
  }

  /// Side of an enlarged response, U in the reference: 272.
  var enlargedSize: Int { responseSize * responseUp }

  /// The sizes of the search crops relative to the middle one, smaller first:
  /// scale_step to the power of evenly spaced exponents from -(scale_num div 2) to scale_num div 2.
  var scaleFactors: [Double] {
    guard scaleCount > 1 else { return [1] }
    let reach = Double(scaleCount / 2)
    return (0..<scaleCount).map { power(scaleStep, -reach + Double($0) * (2 * reach / Double(scaleCount - 1))) }
  }
}
