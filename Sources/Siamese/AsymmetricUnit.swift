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
  /// What comes in, and whether it is convolved before it is fused.
  public struct Form: Sendable, Hashable {
    /// Rows and columns of the template's features.
    let templateSide: Int
    /// Whether template and search features each pass a 3 x 3 convolution of their own first.
    let isAdjusted: Bool

    /// SiamBAN-ACM's: a template of 7 x 7, which becomes 5 x 5.
    public static let adjusted = Form(templateSide: AdjustLayer.cutSide, isAdjusted: true)

    /// Features that are fused as they come.
    public static func direct(templateSide: Int) -> Form { Form(templateSide: templateSide, isAdjusted: false) }

    /// Rows and columns of both kernels of the fusion: the template's when it is fused.
    var fusionSide: Int { isAdjusted ? templateSide - 2 : templateSide }
  }

  private struct Plans {
    /// nil where features are fused as they come.
    let kernel: ConvolutionPlan?
    let search: ConvolutionPlan?
    let activate: ConvolutionPlan
    let hidden: ConvolutionPlan
    let output: ConvolutionPlan

    init(_ name: String, channels: Int, outputs: Int, form: Form) {
      // Published trackers fuse search maps of 31 x 31, adjusted, or of 22 x 22 as they come.
      let side = form.isAdjusted ? 31 - form.templateSide + 1 : 22 - form.templateSide + 1
      func normalized(
        _ part: String, first: Int = 0, padding: Int, hasBias: Bool, workload: ConvolutionParameters.Workload
      ) -> ConvolutionPlan {
        var plan = ConvolutionPlan(
          "\(name).\(part).\(first)", norm: "\(name).\(part).\(first + 1)", activation: .relu,
          activationName: "\(name).\(part).\(first + 2)", inputs: channels, outputs: channels, kernel: 3,
          window: .init(padding: padding), hasBias: hasBias)
        plan.workload = workload
        return plan
      }
      kernel =
        form.isAdjusted ? normalized("conv_kernel", padding: 0, hasBias: false, workload: .onceASequence) : nil
      search =
        form.isAdjusted ? normalized("conv_search", padding: 0, hasBias: false, workload: .everyFrame(side: 29)) : nil
      activate = normalized("xorr_activate", first: 2, padding: 1, hasBias: true, workload: .everyFrame(side: side))
      hidden = normalized("head", padding: 1, hasBias: true, workload: .everyFrame(side: side))
      output = ConvolutionPlan(
        "\(name).head.3", inputs: channels, outputs: outputs, kernel: 3, window: .init(padding: 1), hasBias: true)
    }
  }

  private let name: String
  private let kernelConvolution: NormalizedConvolution?
  private let searchConvolution: NormalizedConvolution?
  private let prior: BoxPrior
  private let fusion: AsymmetricConvolution
  /// Of the sum, only where it is not folded into the fusion.
  private let sumNorm: BatchNorm?
  private let activate: NormalizedConvolution
  private let hidden: NormalizedConvolution
  private let output: NormalizedConvolution

  /// Rows and columns of the maps for adjusted features of these sides; 0 where the template's are not what the fusion's kernels
  /// want, 7 x 7.
  public static func outputSide(template: Int, search: Int) -> Int {
    template == Form.adjusted.templateSide ? max(0, search - template + 1) : 0
  }

  public static func shapes(_ name: String, channels: Int, outputs: Int) -> [(String, [Int])] {
    shapes(name, channels: channels, outputs: outputs, form: .adjusted)
  }

  /// The tensors that a unit of another form reads; see ``shapes(_:channels:outputs:)``.
  public static func shapes(_ name: String, channels: Int, outputs: Int, form: Form) -> [(String, [Int])] {
    let plans = Plans(name, channels: channels, outputs: outputs, form: form)
    let fusion = [channels, channels, form.fusionSide, form.fusionSide]
    return [plans.kernel, plans.search].compactMap { $0 }.flatMap(\.shapes)
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
    try self.init(
      reader, name: name, channels: channels, outputs: outputs, form: .adjusted, engine: engine, folding: folding)
  }

  /// Reads the tensors of a unit of another form; see ``init(_:name:channels:outputs:engine:folding:)``.
  public init(
    _ reader: WeightReader, name: String, channels: Int, outputs: Int, form: Form, engine: Engine,
    folding: Bool = true
  ) throws(WeightsError) {
    let plans = Plans(name, channels: channels, outputs: outputs, form: form)
    func read(_ plan: ConvolutionPlan) throws(WeightsError) -> NormalizedConvolution {
      try NormalizedConvolution(plan, reader, engine: engine, folding: folding)
    }
    self.name = name
    kernelConvolution = try plans.kernel.map { (plan) throws(WeightsError) in try read(plan) }
    searchConvolution = try plans.search.map { (plan) throws(WeightsError) in try read(plan) }
    let norm = try BatchNorm(reader, name: "\(name).xorr_activate.0", channels: channels)
    let shape = [channels, channels, form.fusionSide, form.fusionSide]
    fusion = AsymmetricConvolution(
      template: ConvolutionParameters(
        weights: try reader.tensor("\(name).xorr_kernel.weight", shape: shape), shape: shape,
        bias: try reader.tensor("\(name).xorr_kernel.bias", shape: [channels]), name: "\(name).xorr_kernel",
        workload: .onceASequence),
      search: ConvolutionParameters(
        weights: try reader.tensor("\(name).xorr_search.weight", shape: shape), shape: shape,
        activation: folding ? .relu : .none, name: "\(name).xorr_search",
        workload: .everyFrame(side: form.isAdjusted ? 25 : 17)),
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
    var kernel = template
    if let kernelConvolution {
      kernel = kernelConvolution(template, in: workspace, trace: trace)
      trace?("\(name).conv_kernel", kernel)
    }
    if let trace { trace("\(name).xorr_kernel", fusion.convolve(template: kernel, in: workspace)) }
    let box = prior(target, in: workspace, trace: trace)
    return fusion.term(template: kernel, priors: [box], in: workspace)
  }

  public func callAsFunction(
    _ search: Tensor, memory: AsymmetricConvolution.Term, in workspace: Workspace, trace: LayerTrace?
  ) -> Tensor {
    var x = search
    if let searchConvolution {
      x = searchConvolution(search, in: workspace, trace: trace)
      trace?("\(name).conv_search", x)
    }
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
