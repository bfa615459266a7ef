import CKernels

/// What a convolution computes, as a checkpoint and a paper give it; how it is computed is ``ConvolutionAlgorithm``'s business.
public struct ConvolutionParameters: Sendable {
  /// How the kernel moves over the input; the same along rows and columns.
  public struct Window: Sendable, Hashable {
    public var stride: Int
    public var padding: Int
    public var dilation: Int

    public init(stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
      precondition(stride > 0 && padding >= 0 && dilation > 0)
      self.stride = stride
      self.padding = padding
      self.dilation = dilation
    }
  }

  public let outputChannels: Int
  /// Of the whole input; each of the ``groups`` sees its share.
  public let inputChannels: Int
  public let kernelHeight: Int
  public let kernelWidth: Int
  public let groups: Int
  public let window: Window
  /// Output channel, input channel within its group, kernel row, kernel column (OIHW), as PyTorch keeps them.
  public private(set) var weights: [Float]
  /// One a channel, or nil for none.
  public private(set) var bias: [Float]?
  public let activation: Activation
  /// The layer's name in the checkpoint, for plans and profiles; may be empty.
  public let name: String
  /// How often the layer runs, and on how much.
  public let workload: Workload

  /// What decides how much memory is worth a layer's speed.
  public enum Workload: Sendable, Hashable {
    /// Every frame, with outputs of about `side` rows and columns.
    case everyFrame(side: Int)
    /// Once a sequence.
    case onceASequence
    /// Nobody said.
    case unknown

    var side: Int? { if case .everyFrame(let side) = self { side } else { nil } }
  }

  /// - Parameters:
  ///   - name: the layer's, for plans and profiles.
  ///   - shape: the weights' shape in the checkpoint: outputs, inputs of one group, kernel rows, kernel columns.
  /// - Precondition: four sides of at least 1, as many weights as they say, `groups` divides the outputs, one bias an output.
  public init(
    weights: [Float], shape: [Int], bias: [Float]? = nil, window: Window = Window(), groups: Int = 1,
    activation: Activation = .none, name: String = "", workload: Workload = .unknown
  ) {
    precondition(shape.count == 4 && shape.allSatisfy { $0 > 0 } && weights.count == shape.reduce(1, *))
    precondition(groups > 0 && shape[0].isMultiple(of: groups) && (bias.map { $0.count == shape[0] } ?? true))
    outputChannels = shape[0]
    inputChannels = shape[1] * groups
    kernelHeight = shape[2]
    kernelWidth = shape[3]
    self.weights = weights
    self.bias = bias
    self.window = window
    self.groups = groups
    self.activation = activation
    self.name = name
    self.workload = workload
  }

  /// The same convolution with the batch norm that follows it inside: products and sums in double, each value rounded once.
  /// - Precondition: the batch norm has as many channels as the convolution has outputs, and nothing comes in between.
  public func folding(_ norm: BatchNorm) -> ConvolutionParameters {
    precondition(norm.channels == outputChannels)
    var folded = self
    let perOutput = weights.count / outputChannels
    folded.weights = weights.indices.map { Float(Double(weights[$0]) * norm.scale[$0 / perOutput]) }
    folded.bias = (0..<outputChannels).map {
      Float(Double(bias?[$0] ?? 0) * norm.scale[$0] + norm.shift[$0])
    }
    return folded
  }

  /// The output for an input of `shape`.
  /// - Precondition: its channels are ``inputChannels``, and at least one window fits.
  public func outputShape(for shape: TensorShape) -> TensorShape {
    precondition(shape.c == inputChannels, "\(inputChannels) channels wanted, \(shape.c) given")
    return TensorShape(
      n: shape.n, h: tb_slides(shape.h, kernelHeight, window.stride, window.padding, window.dilation),
      w: tb_slides(shape.w, kernelWidth, window.stride, window.padding, window.dilation), c: outputChannels)
  }

  /// Multiply-adds for an input of `shape`, counted as the definition does them, with the taps that lie in the padding.
  public func multiplyAdds(for shape: TensorShape) -> Int {
    outputShape(for: shape).pixels * outputChannels * (inputChannels / groups) * kernelHeight * kernelWidth
  }

  /// The same layer for a worker that keeps the weights in an order of its own: they would otherwise lie in memory twice.
  func droppingWeights() -> ConvolutionParameters {
    var rest = self
    rest.weights = []
    return rest
  }

  /// True where an output pixel needs the input pixel at its own place and nothing else.
  var isPointwise: Bool { kernelHeight == 1 && kernelWidth == 1 && window.stride == 1 && window.padding == 0 }

  /// Every channel has one kernel of its own.
  var hasKernelPerChannel: Bool { groups == inputChannels && groups == outputChannels }

  var cWindow: tb_slide {
    tb_slide(
      kernel_h: kernelHeight, kernel_w: kernelWidth, stride: window.stride, padding: window.padding,
      dilation: window.dilation)
  }
}
