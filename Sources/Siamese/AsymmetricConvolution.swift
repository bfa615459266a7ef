public import Tensors

/// One convolution over template and search window together, without ever putting them together ("ACM").
///
/// Lay the template's features z over the search window x_i of the same size, so that a pixel has the channels of both, and convolve
/// with weights (theta_z, theta_x): the result at place i is
///
///     v_i = theta_z . z + theta_x . x_i
///
/// because a dot product over a concatenation is the sum of the dot products. The first term is the same at every place, the
/// second, over all places, is an ordinary convolution of the search map. So template and search map need not have one size,
/// anything else that is known beforehand may join the first term by a linear map of its own (a prior), and all that remains
/// to do in a frame is one convolution with that term as its bias.
///
///     let term = fusion.term(template: z, priors: [prior], in: workspace)   // once a sequence
///     let v = fusion(x, adding: term, in: workspace)                        // every frame
///
/// Against the direct form this halves the multiply-adds and keeps a window's features from being copied for every window;
/// against a depth-wise correlation it costs as many times more as it has outputs a channel, and can be learned.
///
/// Source: Han, Dong, Khan, Shao, Shen, "Learning to Fuse Asymmetric Feature Maps in Siamese Trackers", CVPR 2021, section
/// 3.2; section 5.6 of the model reference.
public struct AsymmetricConvolution: Sendable {
  private let template: Convolution
  private let search: Convolution
  private let templateSide: (height: Int, width: Int, channels: Int)
  /// Of the sum; folded into the search convolution, and therefore into the term.
  private let norm: BatchNorm?
  /// Numbers at a place of the result.
  public let outputs: Int

  /// What template and priors contribute to every place: one number an output.
  public struct Term: Sendable, Hashable {
    fileprivate let bias: [Float]
  }

  /// - Parameters:
  ///   - template: theta_z, its kernel as large as the template's map; it may have a bias.
  ///   - search: theta_x, without a bias: there is one for the whole sum, and the template's convolution has it. Its
  ///     activation is that of the sum, or of the sum's batch norm where there is one.
  ///   - norm: the batch norm of the sum, computed within; nil for none.
  /// - Precondition: equally many outputs; one group, stride 1, no padding, no dilation; no activation in `template`.
  public init(template: ConvolutionParameters, search: ConvolutionParameters, norm: BatchNorm? = nil, engine: Engine) {
    precondition(template.outputChannels == search.outputChannels)
    precondition(template.activation == .none && search.bias == nil)
    precondition([template, search].allSatisfy { $0.window == .init() && $0.groups == 1 })
    self.template = Convolution(template, engine: engine)
    templateSide = (template.kernelHeight, template.kernelWidth, template.inputChannels)
    self.search = Convolution(norm.map(search.folding) ?? search, engine: engine)
    self.norm = norm
    outputs = search.outputChannels
  }

  /// theta_z . z, plus what the priors' own maps make of them. Once a sequence.
  ///
  /// - Parameters:
  ///   - template: one image of the kernel's height, width and channels.
  ///   - priors: any number of further terms, one number an output each.
  public func term(template z: Tensor, priors: [Tensor] = [], in workspace: Workspace) -> Term {
    let terms = ([convolve(template: z, in: workspace)] + priors).map(\.nchw)
    precondition(terms.allSatisfy { $0.count == outputs })
    let sums = (0..<outputs).map { output in terms.reduce(0) { $0 + Double($1[output]) } }
    // Where the norm is folded, it scales the search part by its weights and the rest here.
    guard let norm else { return Term(bias: sums.map { Float($0) }) }
    return Term(bias: sums.indices.map { Float(sums[$0] * norm.scale[$0] + norm.shift[$0]) })
  }

  /// The result at every place of a search map: n x (h - kernel height + 1) x (w - kernel width + 1) x ``outputs``.
  public func callAsFunction(_ x: Tensor, adding term: Term, in workspace: Workspace) -> Tensor {
    search(x, bias: term.bias, in: workspace)
  }

  /// theta_z . z and its bias alone, 1 x 1 x 1 x ``outputs``: the template's part of the term, before any norm.
  package func convolve(template z: Tensor, in workspace: Workspace) -> Tensor {
    precondition(
      z.shape.n == 1 && (z.shape.h, z.shape.w, z.shape.c) == templateSide, "the kernel is the template's size")
    return template(z, in: workspace)
  }

  /// theta_x over a search map alone, with the norm's scale and the activation where there are any; for layers' comparisons.
  package func convolve(search x: Tensor, in workspace: Workspace) -> Tensor {
    search(x, bias: [Float](repeating: 0, count: outputs), in: workspace)
  }
}
