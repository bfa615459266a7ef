import Checkpoints
import Siamese
import Tensors

/// 1 x 1 convolutions with batch norms before a comparison, one for the template and one for the search image.
struct Projections: Sendable {
  let kernel: NormalizedConvolution
  let search: NormalizedConvolution

  static func plans(_ name: String, channels: Int) -> [ConvolutionPlan] {
    ["conv_kernel", "conv_search"].map {
      ConvolutionPlan(
        "\(name).\($0).0", norm: "\(name).\($0).1", inputs: channels, outputs: channels, kernel: 1, hasBias: true)
    }
  }

  init(
    _ reader: WeightReader, name: String, channels: Int, engine: Engine, folding: Bool
  ) throws(WeightsError) {
    let plans = Self.plans(name, channels: channels)
    kernel = try NormalizedConvolution(plans[0], reader, engine: engine, folding: folding)
    search = try NormalizedConvolution(plans[1], reader, engine: engine, folding: folding)
  }
}

/// Pixel-wise correlation: one channel for each of the template's 64 positions, weighed by channel attention.
///
/// Source: `nanotrack/models/head/ban_v{1,2,3}.py`, PixelwiseXCorr, and `nanotrack/core/xcorr.py`; sections 6.4 and 6.5 of the
/// model reference.
struct PixelwiseComparison: Sendable {
  static let channels = NanoTrackVersion.templateSide * NanoTrackVersion.templateSide

  private let name: String
  private let projections: Projections?
  private let attention: ChannelGate
  /// v3's last steps, which bring the side to that of the depth-wise comparison.
  private let narrowing: [NormalizedConvolution]

  private static func attentionPlan(_ name: String) -> ChannelGate.Plan {
    .attention("\(name).CA_layer", channels: channels)
  }

  private static func narrowingPlans(_ name: String) -> [ConvolutionPlan] {
    [
      ConvolutionPlan(
        "\(name).conv.0", norm: "\(name).conv.1", activation: .relu6, activationName: "\(name).conv.2",
        inputs: channels, outputs: channels, kernel: 2, groups: channels),
      ConvolutionPlan(
        "\(name).conv.3", norm: "\(name).conv.4", inputs: channels, outputs: channels, kernel: 1, hasBias: true),
    ]
  }

  static func shapes(_ name: String, version: NanoTrackVersion, features: Int) -> [(String, [Int])] {
    (version == .v1 ? [] : Projections.plans(name, channels: features).flatMap(\.shapes))
      + attentionPlan(name).shapes + (version == .v3 ? narrowingPlans(name).flatMap(\.shapes) : [])
  }

  init(
    _ reader: WeightReader, name: String, version: NanoTrackVersion, features: Int, engine: Engine, folding: Bool
  ) throws(WeightsError) {
    self.name = name
    if version == .v1 {
      projections = nil
    } else {
      projections = try Projections(reader, name: name, channels: features, engine: engine, folding: folding)
    }
    attention = try ChannelGate(Self.attentionPlan(name), reader, engine: engine, folding: folding)
    var narrowing: [NormalizedConvolution] = []
    for plan in version == .v3 ? Self.narrowingPlans(name) : [] {
      narrowing.append(try NormalizedConvolution(plan, reader, engine: engine, folding: folding))
    }
    self.narrowing = narrowing
  }

  func kernel(of template: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    projections?.kernel(template, in: workspace, trace: trace) ?? template
  }

  func callAsFunction(_ search: Tensor, kernel: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    let search = projections?.search(search, in: workspace, trace: trace) ?? search
    var x = Correlation.pixelwise(search, template: kernel, in: workspace)
    x = attention(x, in: workspace, trace: trace)
    for convolution in narrowing { x = convolution(x, in: workspace, trace: trace) }
    trace?(name, x)
    return x
  }
}

/// Depth-wise correlation of the template's middle with the search features, zeros around them (quirk N7); v3 only.
///
/// Source: `nanotrack/models/head/ban_v3.py`, DepthwiseXCorr; section 6.5 of the model reference.
struct DepthwiseComparison: Sendable {
  private let name: String
  private let projections: Projections

  static func shapes(_ name: String, features: Int) -> [(String, [Int])] {
    Projections.plans(name, channels: features).flatMap(\.shapes)
  }

  init(
    _ reader: WeightReader, name: String, features: Int, engine: Engine, folding: Bool
  ) throws(WeightsError) {
    self.name = name
    projections = try Projections(reader, name: name, channels: features, engine: engine, folding: folding)
  }

  func kernel(of template: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    let center = NanoTrackVersion.templateCenter
    let middle = template.part(rows: center, columns: center, in: workspace)
    return projections.kernel(middle, in: workspace, trace: trace)
  }

  func callAsFunction(_ search: Tensor, kernel: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Tensor {
    let projected = projections.search(search, in: workspace, trace: trace)
    let x = Correlation.depthwise(
      projected, template: kernel, padding: NanoTrackVersion.depthwisePadding, in: workspace)
    trace?(name, x)
    return x
  }
}
