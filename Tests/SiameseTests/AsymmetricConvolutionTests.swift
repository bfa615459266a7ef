import Siamese
import Tensors
import TestSupport
import Testing

/// The identity that gives the asymmetric convolution its name, and what it saves.
struct AsymmetricConvolutionTests {
  /// One fusion with its numbers: what to convolve, and with what.
  private struct Case {
    let channels: Int
    let outputs: Int
    let kernel: (h: Int, w: Int)
    let template: Tensor
    let search: Tensor
    let templateWeights: [Float]
    let searchWeights: [Float]
    let bias: [Float]

    init(seed: Int, channels: Int, outputs: Int, kernel: (h: Int, w: Int), search: (n: Int, h: Int, w: Int)) {
      var numbers = Numbers(seed: seed)
      let taps = kernel.h * kernel.w
      self.channels = channels
      self.outputs = outputs
      self.kernel = kernel
      template = Tensor(nchw: numbers.array(channels * taps), n: 1, c: channels, h: kernel.h, w: kernel.w)
      self.search = Tensor(
        nchw: numbers.array(search.n * channels * search.h * search.w), n: search.n, c: channels, h: search.h,
        w: search.w)
      templateWeights = numbers.array(outputs * channels * taps)
      searchWeights = numbers.array(outputs * channels * taps)
      bias = numbers.array(outputs)
    }

    func fusion(_ engine: Engine, norm: BatchNorm? = nil, activation: Activation = .none) -> AsymmetricConvolution {
      let shape = [outputs, channels, kernel.h, kernel.w]
      return AsymmetricConvolution(
        template: ConvolutionParameters(weights: templateWeights, shape: shape, bias: bias),
        search: ConvolutionParameters(weights: searchWeights, shape: shape, activation: activation), norm: norm,
        engine: engine)
    }

    /// The direct form: every window of the search map with the template beside it, 2 c channels, and one convolution with the two
    /// kernels beside each other.
    func direct(_ engine: Engine, in workspace: Workspace) -> [Float] {
      let taps = kernel.h * kernel.w
      let shape = search.shape
      let (rows, columns) = (shape.h - kernel.h + 1, shape.w - kernel.w + 1)
      let windows = TensorShape(n: shape.n * rows * columns, h: kernel.h, w: kernel.w, c: 2 * channels)
      let concatenation = Tensor(shape: windows) { floats in
        search.withUnsafePointer { search in
          template.withUnsafePointer { template in
            for window in 0..<windows.n {
              let (image, place) = (window / (rows * columns), window % (rows * columns))
              for tap in 0..<taps {
                let (y, x) = (place / columns + tap / kernel.w, place % columns + tap % kernel.w)
                let pixel = floats + (window * taps + tap) * windows.pixelStride
                pixel.update(from: template + tap * self.template.shape.pixelStride, count: channels)
                (pixel + channels).update(
                  from: search + ((image * shape.h + y) * shape.w + x) * shape.pixelStride, count: channels)
              }
            }
          }
        }
      }
      var weights: [Float] = []
      for output in 0..<outputs {
        let own = output * channels * taps..<(output + 1) * channels * taps
        weights += templateWeights[own] + searchWeights[own]
      }
      let convolution = Convolution(
        ConvolutionParameters(weights: weights, shape: [outputs, 2 * channels, kernel.h, kernel.w], bias: bias),
        engine: engine)
      // One place a window: n windows of outputs x 1 x 1, to image, output, row, column.
      let values = convolution(concatenation, in: workspace).nchw
      var result = [Float](repeating: 0, count: values.count)
      for window in 0..<windows.n {
        let (image, place) = (window / (rows * columns), window % (rows * columns))
        for output in 0..<outputs {
          result[(image * outputs + output) * rows * columns + place] = values[window * outputs + output]
        }
      }
      return result
    }
  }

  @Test("Convolving template and window together is the sum of convolving them apart, for any shape", arguments: 0..<24)
  func identity(seed: Int) {
    var numbers = Numbers(seed: 1000 + seed)
    func pick(_ most: Int) -> Int { numbers.index(below: most) + 1 }
    let kernel = (h: pick(5), w: pick(5))
    let test = Case(
      seed: seed, channels: pick(20), outputs: pick(20), kernel: kernel,
      search: (pick(2), kernel.h + pick(7) - 1, kernel.w + pick(7) - 1))
    // The definition, sums in double and rounded once, and the engine that trackers use.
    for (engine, bound) in [(Engine(instructionSet: .plain, convolution: .plain), 4e-7), (Engine(), 4e-6)] {
      let workspace = Workspace(engine: engine)
      let fusion = test.fusion(engine)
      let term = fusion.term(template: test.template, in: workspace)
      let apart = fusion(test.search, adding: term, in: workspace)
      let together = test.direct(engine, in: workspace)
      let (difference, magnitude) = deviation(apart.nchw, together)
      #expect(difference <= bound * magnitude, "\(test.template.shape), \(test.search.shape), \(engine)")
      #expect(apart.shape.h == test.search.shape.h - kernel.h + 1 && apart.shape.c == test.outputs)
    }
  }

  @Test("Priors join by addition, and a folded batch norm is the batch norm of the sum", arguments: 0..<8)
  func priorsAndNorm(seed: Int) {
    let test = Case(seed: seed, channels: 7, outputs: 5 + seed, kernel: (3, 4), search: (1, 8, 9))
    var numbers = Numbers(seed: 50 + seed)
    let priors = (0..<2).map { _ in Tensor(nchw: numbers.array(test.outputs), n: 1, c: test.outputs, h: 1, w: 1) }
    let norm = BatchNorm(
      weight: numbers.array(test.outputs), bias: numbers.array(test.outputs), mean: numbers.array(test.outputs),
      variance: numbers.array(test.outputs).map { abs($0) + 0.1 }, eps: 1e-5)
    let workspace = Workspace(engine: Engine())

    let bare = test.fusion(workspace.engine)
    let without = bare(test.search, adding: bare.term(template: test.template, in: workspace), in: workspace)
    let with = bare(
      test.search, adding: bare.term(template: test.template, priors: priors, in: workspace), in: workspace)
    let plane = with.shape.h * with.shape.w
    let wanted = without.nchw.enumerated().map { index, value in
      value + priors[0].nchw[index / plane] + priors[1].nchw[index / plane]
    }
    var (difference, magnitude) = deviation(with.nchw, wanted)
    #expect(difference <= 4e-6 * magnitude)

    let folded = test.fusion(workspace.engine, norm: norm, activation: .relu)
    let found = folded(
      test.search, adding: folded.term(template: test.template, priors: priors, in: workspace), in: workspace)
    (difference, magnitude) = deviation(found.nchw, norm(with, activation: .relu, in: workspace).nchw)
    #expect(difference <= 4e-6 * magnitude)
  }

  @Test(
    "At SiamBAN-ACM's size the direct form costs twice the multiply-adds in every frame and 8 million copied numbers")
  func cost() {
    let (channels, side, kernel) = (256, 29, 5)
    let test = Case(
      seed: 1, channels: channels, outputs: channels, kernel: (kernel, kernel), search: (1, side, side))
    // Of the two forms, not of Winograd's rounding, which WinogradTests bound.
    let engine = Engine(convolution: .direct)
    let workspace = Workspace(engine: engine)
    func cost(_ body: () -> Void) -> (multiplyAdds: Int, milliseconds: Double) {
      let before = workspace.products.multiplyAdds
      let time = ContinuousClock().measure(body)
      return (workspace.products.multiplyAdds - before, time / .milliseconds(1))
    }
    let fusion = test.fusion(engine)
    var term = fusion.term(template: test.template, in: workspace)
    let once = cost { term = fusion.term(template: test.template, in: workspace) }
    var apart: [Float] = []
    let frame = cost { apart = fusion(test.search, adding: term, in: workspace).nchw }
    var together: [Float] = []
    let direct = cost { together = test.direct(engine, in: workspace) }

    let places = (side - kernel + 1) * (side - kernel + 1)
    let taps = kernel * kernel
    #expect(once.multiplyAdds == channels * taps * channels)
    #expect(frame.multiplyAdds == places * channels * taps * channels)
    #expect(direct.multiplyAdds == 2 * frame.multiplyAdds)
    let (difference, magnitude) = deviation(apart, together)
    #expect(difference <= 1e-5 * magnitude)
    let depthwise = places * channels * taps
    print(
      """
      asymmetric convolution, \(channels) channels, \(kernel) x \(kernel) over \(side) x \(side), multiply-adds:
        direct, every frame      \(direct.multiplyAdds) and \(places * 2 * channels * taps) numbers copied, \(Int(direct.milliseconds)) ms
        asymmetric, every frame  \(frame.multiplyAdds), \(Int(frame.milliseconds)) ms
        asymmetric, once         \(once.multiplyAdds)
        depth-wise correlation   \(depthwise), \(frame.multiplyAdds / depthwise) times fewer
      """)
  }
}
