public import Checkpoints
public import Tensors

/// Compares template and search image channel by channel, and makes a few maps of what comes out: one for classes, one for boxes.
///
/// Template and search features each pass a 3 x 3 convolution of their own; the template's result slides over the search's;
/// two 1 x 1 convolutions follow. A template of 7 x 7 and a search map of 31 x 31 give 25 x 25.
///
/// Source: `STVIR/pysot: pysot/models/head/rpn.py`, DepthwiseXCorr; section 2.2 of the model reference.
public struct DepthwiseCorrelation: Sendable {
  private struct Plans {
    let kernel: ConvolutionPlan
    let search: ConvolutionPlan
    let hidden: ConvolutionPlan
    let output: ConvolutionPlan

    init(_ name: String, channels: Int, outputs: Int) {
      func normalized(
        _ part: String, kernel: Int, workload: ConvolutionParameters.Workload = .unknown
      ) -> ConvolutionPlan {
        var plan = ConvolutionPlan(
          "\(name).\(part).0", norm: "\(name).\(part).1", activation: .relu, activationName: "\(name).\(part).2",
          inputs: channels, outputs: channels, kernel: kernel)
        plan.workload = workload
        return plan
      }
      kernel = normalized("conv_kernel", kernel: 3, workload: .onceASequence)
      // Published trackers have maps of 31 x 31, or of 26 x 26 with AlexNet, for which the same holds.
      search = normalized("conv_search", kernel: 3, workload: .everyFrame(side: 29))
      hidden = normalized("head", kernel: 1)
      output = ConvolutionPlan("\(name).head.3", inputs: channels, outputs: outputs, kernel: 1, hasBias: true)
    }
  }

  private let name: String
  private let kernelConvolution: NormalizedConvolution
  private let searchConvolution: NormalizedConvolution
  private let hidden: NormalizedConvolution
  private let output: NormalizedConvolution

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - name: the module's name, as `rpn_head.rpn2.cls`.
  ///   - channels: of template, search and everything between.
  ///   - outputs: channels of the result.
  public static func shapes(_ name: String, channels: Int, outputs: Int) -> [(String, [Int])] {
    let plans = Plans(name, channels: channels, outputs: outputs)
    return [plans.kernel, plans.search, plans.hidden, plans.output].flatMap(\.shapes)
  }

  /// Rows and columns of the result for features of these sides; below 1 where there is none.
  public static func outputSide(template: Int, search: Int) -> Int {
    min(template, search) < 3 ? 0 : search - template + 1
  }

  /// Reads the unit's tensors; see ``shapes(_:channels:outputs:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, name: String, channels: Int, outputs: Int, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    let plans = Plans(name, channels: channels, outputs: outputs)
    self.name = name
    kernelConvolution = try NormalizedConvolution(plans.kernel, reader, engine: engine, folding: folding)
    searchConvolution = try NormalizedConvolution(plans.search, reader, engine: engine, folding: folding)
    hidden = try NormalizedConvolution(plans.hidden, reader, engine: engine, folding: folding)
    output = try NormalizedConvolution(plans.output, reader, engine: engine, folding: folding)
  }

  /// What of the template slides over search images. The original computes it on every frame; once is the same (quirk Q2.7).
  /// - Precondition: at least 3 x 3, the unit's channels.
  public func kernel(of template: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    let kernel = kernelConvolution(template, in: workspace, trace: trace)
    trace?("\(name).conv_kernel", kernel)
    return kernel
  }

  /// The unit's maps for a search image's features.
  ///
  /// - Parameter kernel: of ``kernel(of:in:trace:)``.
  /// - Returns: n x (h - 2 - kernel h + 1) x (w - 2 - kernel w + 1) x outputs.
  /// - Precondition: `search` is at least as large as the template was.
  public func callAsFunction(
    _ search: Tensor, kernel: Tensor, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Tensor {
    var x = searchConvolution(search, in: workspace, trace: trace)
    trace?("\(name).conv_search", x)
    x = Correlation.depthwise(x, template: kernel, in: workspace)
    trace?("\(name).(correlation)", x)
    x = hidden(x, in: workspace, trace: trace)
    x = output(x, in: workspace, trace: trace)
    trace?("\(name).head", x)
    trace?(name, x)
    return x
  }
}
