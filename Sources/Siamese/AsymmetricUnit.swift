public import Checkpoints
public import Tensors

/// SiamBAN-ACM's unit: template, search features and the box prior meet in one ``AsymmetricConvolution``, and three
/// convolutions make a few maps of the sum.
///
/// No correlation is left, and all of the template's work, the prior's included, is one number a channel, made once (quirk Q5.2).
/// Nothing comes between the three terms and their sum; the batch norm after it is folded into them (quirk Q5.3). The
/// convolutions behind it pad with zeros, so that the map's outer three cells behave differently from its middle (quirk Q5.4).
/// Key names say `xorr`, not `xcorr` (quirk Q5.5).
///
/// Source: `wencheng256/SiamBAN-ACM: siamban/models/head/ban.py`; section 5.2 of the model reference.
public struct AsymmetricUnit: FusionUnit {
  /// Rows and columns of the adjusted template.
  private static let templateSide = AdjustLayer.cutSide
  /// Rows and columns of both kernels of the fusion: the template's after its 3 x 3 convolution.
  private static let fusionSide = templateSide - 2

  private struct Plans {
    let kernel: ConvolutionPlan
    let search: ConvolutionPlan
    let activate: ConvolutionPlan
    let hidden: ConvolutionPlan
    let output: ConvolutionPlan

    init(_ name: String, channels: Int, outputs: Int) {
      func normalized(_ part: String, first: Int = 0, padding: Int, hasBias: Bool) -> ConvolutionPlan {
        ConvolutionPlan(
          "\(name).\(part).\(first)", norm: "\(name).\(part).\(first + 1)", activation: .relu,
          activationName: "\(name).\(part).\(first + 2)", inputs: channels, outputs: channels, kernel: 3,
          window: .init(padding: padding), hasBias: hasBias)
      }
      kernel = normalized("conv_kernel", padding: 0, hasBias: false)
      search = normalized("conv_search", padding: 0, hasBias: false)
      activate = normalized("xorr_activate", first: 2, padding: 1, hasBias: true)
      hidden = normalized("head", padding: 1, hasBias: true)
      output = ConvolutionPlan(
        "\(name).head.3", inputs: channels, outputs: outputs, kernel: 3, window: .init(padding: 1), hasBias: true)
    }
  }

  private let name: String
  private let kernelConvolution: NormalizedConvolution
  private let searchConvolution: NormalizedConvolution
  private let prior: BoxPrior
  private let fusion: AsymmetricConvolution
  /// Of the sum, only where it is not folded into the fusion.
  private let sumNorm: BatchNorm?
  private let activate: NormalizedConvolution
  private let hidden: NormalizedConvolution
  private let output: NormalizedConvolution

  public static func shapes(_ name: String, channels: Int, outputs: Int) -> [(String, [Int])] {
    let plans = Plans(name, channels: channels, outputs: outputs)
    let fusion = [channels, channels, fusionSide, fusionSide]
    return [plans.kernel, plans.search].flatMap(\.shapes)
      + [
        ("\(name).xorr_search.weight", fusion), ("\(name).xorr_kernel.weight", fusion),
        ("\(name).xorr_kernel.bias", [channels]),
      ]
      + BoxPrior.shapes("\(name).xorr_bbox", outputs: channels)
      + BatchNorm.shapes("\(name).xorr_activate.0", channels: channels)
      + [plans.activate, plans.hidden, plans.output].flatMap(\.shapes)
  }

  public init(
    _ reader: WeightReader, name: String, channels: Int, outputs: Int, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    let plans = Plans(name, channels: channels, outputs: outputs)
    func read(_ plan: ConvolutionPlan) throws(WeightsError) -> NormalizedConvolution {
      try NormalizedConvolution(plan, reader, engine: engine, folding: folding)
    }
    self.name = name
    kernelConvolution = try read(plans.kernel)
    searchConvolution = try read(plans.search)
    let norm = try BatchNorm(reader, name: "\(name).xorr_activate.0", channels: channels)
    let shape = [channels, channels, Self.fusionSide, Self.fusionSide]
    fusion = AsymmetricConvolution(
      template: ConvolutionParameters(
        weights: try reader.tensor("\(name).xorr_kernel.weight", shape: shape), shape: shape,
        bias: try reader.tensor("\(name).xorr_kernel.bias", shape: [channels])),
      search: ConvolutionParameters(
        weights: try reader.tensor("\(name).xorr_search.weight", shape: shape), shape: shape,
        activation: folding ? .relu : .none),
      norm: folding ? norm : nil, engine: engine)
    sumNorm = folding ? nil : norm
    prior = try BoxPrior(reader, name: "\(name).xorr_bbox", outputs: channels, engine: engine, folding: folding)
    activate = try read(plans.activate)
    hidden = try read(plans.hidden)
    output = try read(plans.output)
  }

  /// The template's and the prior's terms of the sum.
  public func memory(
    of template: Tensor, target: TargetSize, in workspace: Workspace, trace: LayerTrace?
  ) -> AsymmetricConvolution.Term {
    let kernel = kernelConvolution(template, in: workspace, trace: trace)
    trace?("\(name).conv_kernel", kernel)
    if let trace { trace("\(name).xorr_kernel", fusion.convolve(template: kernel, in: workspace)) }
    let box = prior(target, in: workspace, trace: trace)
    return fusion.term(template: kernel, priors: [box], in: workspace)
  }

  public func callAsFunction(
    _ search: Tensor, memory: AsymmetricConvolution.Term, in workspace: Workspace, trace: LayerTrace?
  ) -> Tensor {
    var x = searchConvolution(search, in: workspace, trace: trace)
    trace?("\(name).conv_search", x)
    x = sum(x, memory, in: workspace, trace: trace)
    x = activate(x, in: workspace, trace: trace)
    trace?("\(name).xorr_activate", x)
    x = hidden(x, in: workspace, trace: trace)
    x = output(x, in: workspace, trace: trace)
    trace?("\(name).head", x)
    return x
  }

  /// The sum of the three terms with its batch norm and ReLU.
  private func sum(
    _ search: Tensor, _ memory: AsymmetricConvolution.Term, in workspace: Workspace, trace: LayerTrace?
  ) -> Tensor {
    var x = fusion(search, adding: memory, in: workspace)
    if let sumNorm {
      if let trace { trace("\(name).xorr_search", fusion.convolve(search: search, in: workspace)) }
      trace?("\(name).(sum)", x)
      x = sumNorm(x, in: workspace)
      trace?("\(name).xorr_activate.0", x)
      x = Activation.relu(x, in: workspace)
    }
    trace?("\(name).xorr_activate.1", x)
    return x
  }
}
