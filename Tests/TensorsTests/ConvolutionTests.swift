import CKernels
import Tensors
import TestSupport
import Testing

struct ConvolutionTests {
  struct Case: CustomStringConvertible, Sendable {
    var n = 1
    var h = 9
    var w = 9
    var inputs = 4
    var outputs = 4
    var kernel = (3, 3)
    var window = ConvolutionParameters.Window()
    var groups = 1
    var bias = true
    var activation = Activation.none

    var description: String {
      "\(n)x\(h)x\(w)x\(inputs) to \(outputs), \(kernel.0)x\(kernel.1), s\(window.stride) p\(window.padding) "
        + "d\(window.dilation) g\(groups) bias \(bias) \(activation)"
    }

    func parameters(_ numbers: inout Numbers) -> ConvolutionParameters {
      let shape = [outputs, inputs / groups, kernel.0, kernel.1]
      return ConvolutionParameters(
        weights: numbers.array(shape.reduce(1, *)), shape: shape, bias: bias ? numbers.array(outputs) : nil,
        window: window, groups: groups, activation: activation)
    }
  }

  static let cases: [Case] = {
    typealias Window = ConvolutionParameters.Window
    var cases: [Case] = []
    for channels in [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31] {
      cases.append(Case(inputs: channels, outputs: 32 - channels))
      cases.append(Case(n: 3, inputs: channels, outputs: channels, kernel: (1, 1), activation: .relu))
      cases.append(Case(inputs: 2 * channels, outputs: 2 * channels + 2, kernel: (3, 3), groups: 2))
      cases.append(
        Case(inputs: channels, outputs: channels, kernel: (5, 5), window: Window(padding: 2), groups: channels))
      cases.append(
        Case(
          n: 2, inputs: channels, outputs: channels, window: Window(stride: 2, padding: 1), groups: channels,
          activation: .hardSwish))
    }
    for window in [
      Window(stride: 2), Window(padding: 1), Window(stride: 2, padding: 1), Window(padding: 2, dilation: 2),
      Window(stride: 3, padding: 4, dilation: 3), Window(padding: 3),
    ] {
      for kernel in [(1, 1), (3, 3), (2, 4), (5, 1)] {
        cases.append(Case(n: 2, h: 11, w: 13, inputs: 6, outputs: 9, kernel: kernel, window: window, groups: 3))
        cases.append(Case(h: 12, w: 10, inputs: 17, outputs: 5, kernel: kernel, window: window, bias: false))
      }
    }
    cases.append(Case(h: 31, w: 29, inputs: 3, outputs: 20, kernel: (11, 11), window: Window(stride: 2)))
    cases.append(Case(n: 1, h: 1, w: 1, inputs: 130, outputs: 129, kernel: (1, 1)))
    cases.append(Case(n: 2, h: 4, w: 4, inputs: 256, outputs: 144, kernel: (4, 4), groups: 2, activation: .relu))
    // More rows than one block of patches.
    cases.append(Case(n: 2, h: 60, w: 60, inputs: 24, outputs: 8, kernel: (5, 5), window: Window(padding: 2)))
    return cases
  }()

  @Test("Every way of convolving is the definition's, for every instruction set", arguments: cases)
  func algorithms(_ test: Case) {
    var numbers = Numbers(seed: test.inputs * 31 + test.outputs)
    let parameters = test.parameters(&numbers)
    let values = numbers.array(test.n * test.inputs * test.h * test.w)
    let input = Tensor(nchw: values, n: test.n, c: test.inputs, h: test.h, w: test.w)
    func run(_ engine: Engine) -> (TensorShape, [Float]) {
      let output = Convolution(parameters, engine: engine)(input, in: Workspace(engine: engine))
      return (output.shape, output.nchw)
    }
    let (shape, expected) = run(Engine(instructionSet: .plain, convolution: .plain))
    for instructionSet in InstructionSet.available {
      for algorithm in [ConvolutionAlgorithm.gemm, .depthwise, .direct] where algorithm.suits(parameters) {
        let (fastShape, fast) = run(Engine(instructionSet: instructionSet, convolution: algorithm))
        #expect(fastShape == shape)
        // Sums of `depth` products of at most 1 each, in float: the classic bound is depth units in the last place of depth.
        let depth = Double(parameters.weights.count / parameters.outputChannels + 1)
        let (difference, _) = deviation(fast, expected)
        #expect(difference <= depth * depth * 0x1p-24, "\(test), \(algorithm), \(instructionSet): \(difference)")
      }
    }
  }

  @Test("Layers with a kernel a channel are computed where they lie, others never, whatever the engine asks for")
  func choice() {
    var numbers = Numbers(seed: 9)
    let own = Case(inputs: 6, outputs: 6, groups: 6).parameters(&numbers)
    let mixed = Case(inputs: 6, outputs: 6, groups: 3).parameters(&numbers)
    let (native, library) = (Engine(products: .native), Engine(products: .openblas))
    #expect(Convolution(own, engine: native).algorithm == .depthwise)
    #expect(Convolution(own, engine: Engine(convolution: .gemm)).algorithm == .gemm)
    #expect(Convolution(own, engine: Engine(convolution: .direct, products: .native)).algorithm == .depthwise)
    #expect(Convolution(mixed, engine: native).algorithm == .direct)
    #expect(Convolution(mixed, engine: library).algorithm == .gemm)
    #expect(Convolution(mixed, engine: Engine(convolution: .depthwise, products: .openblas)).algorithm == .gemm)
    #expect(Convolution(mixed, engine: Engine(convolution: .winograd)).algorithm == .winograd)
    // The library multiplies where no kernels were made for the processor.
    #expect(Engine(instructionSet: .plain).products == .openblas)
  }

  @Test(
    "The strided layer that begins an AlexNet goes by the phases of the picture, in every frame and not once a sequence"
  )
  func phases() {
    var numbers = Numbers(seed: 10)
    let weights = numbers.array(96 * 3 * 11 * 11)
    func chosen(stride: Int, _ workload: ConvolutionParameters.Workload) -> ConvolutionAlgorithm {
      let parameters = ConvolutionParameters(
        weights: weights, shape: [96, 3, 11, 11], window: .init(stride: stride), workload: workload)
      return .chosen(for: parameters, engine: Engine(products: .native))
    }
    #expect(chosen(stride: 2, .everyFrame(side: 123)) == .winograd)
    #expect(chosen(stride: 2, .onceASequence) == .direct)
    // There is no form of 11 taps.
    #expect(chosen(stride: 1, .everyFrame(side: 123)) == .direct)
  }

  @Test("The plain convolution is the formula, written a second time over PyTorch's order", arguments: cases.prefix(30))
  func definition(_ test: Case) {
    var numbers = Numbers(seed: test.inputs * 7 + test.outputs)
    let p = test.parameters(&numbers)
    let values = numbers.array(test.n * test.inputs * test.h * test.w)
    let engine = Engine(instructionSet: .plain, convolution: .plain)
    let output = Convolution(p, engine: engine)(
      Tensor(nchw: values, n: test.n, c: test.inputs, h: test.h, w: test.w), in: Workspace(engine: engine))
    let (inputs, outputs) = (test.inputs / test.groups, test.outputs / test.groups)
    func at(_ n: Int, _ c: Int, _ y: Int, _ x: Int) -> Double {
      guard 0..<test.h ~= y, 0..<test.w ~= x else { return 0 }
      return Double(values[((n * test.inputs + c) * test.h + y) * test.w + x])
    }
    for _ in 0..<40 {
      let n = numbers.index(below: test.n)
      let (oy, ox) = (numbers.index(below: output.shape.h), numbers.index(below: output.shape.w))
      let o = numbers.index(below: test.outputs)
      var sum = Double(p.bias?[o] ?? 0)
      for i in 0..<inputs {
        for ky in 0..<test.kernel.0 {
          for kx in 0..<test.kernel.1 {
            let weight = p.weights[((o * inputs + i) * test.kernel.0 + ky) * test.kernel.1 + kx]
            let y = oy * test.window.stride - test.window.padding + ky * test.window.dilation
            let x = ox * test.window.stride - test.window.padding + kx * test.window.dilation
            sum += Double(weight) * at(n, o / outputs * inputs + i, y, x)
          }
        }
      }
      switch test.activation {
      case .relu: sum = max(sum, 0)
      case .hardSwish: sum *= min(max(sum + 3, 0), 6) / 6
      default: break
      }
      #expect(abs(Double(output[n, oy, ox, o]) - sum) < 1e-5, "\(test) at \(n) \(oy) \(ox) \(o)")
    }
  }

  @Test("A folded batch norm gives what the two layers give")
  func folding() {
    var numbers = Numbers(seed: 5)
    let test = Case(h: 8, w: 7, inputs: 6, outputs: 10, activation: .relu)
    let p = test.parameters(&numbers)
    let unfolded = ConvolutionParameters(
      weights: p.weights, shape: [10, 6, 3, 3], bias: p.bias, window: p.window, activation: .none)
    let norm = BatchNorm(
      weight: numbers.array(10), bias: numbers.array(10), mean: numbers.array(10),
      variance: numbers.array(10).map { abs($0) + 0.1 }, eps: 1e-6)
    let input = Tensor(nchw: numbers.array(6 * 56), n: 1, c: 6, h: 8, w: 7)
    let engine = Engine()
    let workspace = Workspace(engine: engine)
    let once = Convolution(p.folding(norm), engine: engine)(input, in: workspace)
    let twice = norm(Convolution(unfolded, engine: engine)(input, in: workspace), activation: .relu, in: workspace)
    #expect(deviation(once.nchw, twice.nchw).difference < 1e-4)
    let thrice = Activation.relu(
      norm(Convolution(unfolded, engine: engine)(input, in: workspace), in: workspace), in: workspace)
    #expect(thrice.nchw == twice.nchw)
  }

  @Test("Convolution is linear in its input and moves with it")
  func properties() {
    var numbers = Numbers(seed: 6)
    let p = Case(inputs: 3, outputs: 5, bias: false).parameters(&numbers)
    let engine = Engine()
    let (layer, workspace) = (Convolution(p, engine: engine), Workspace(engine: engine))
    let (a, b) = (numbers.array(3 * 81), numbers.array(3 * 81))
    func run(_ values: [Float]) -> Tensor { layer(Tensor(nchw: values, n: 1, c: 3, h: 9, w: 9), in: workspace) }
    let sum = run(zip(a, b).map { $0 + $1 }).nchw
    #expect(deviation(sum, zip(run(a).nchw, run(b).nchw).map { $0 + $1 }).difference < 1e-5)
    // Two columns to the right in, two columns to the right out.
    let moved = (0..<a.count).map { $0 % 9 < 2 ? 0 : a[$0 - 2] }
    let (still, shifted) = (run(a), run(moved))
    for y in 0..<7 {
      for x in 2..<7 {
        for c in 0..<5 { #expect(abs(shifted[0, y, x, c] - still[0, y, x - 2, c]) < 1e-6) }
      }
    }
  }

  @Test("A matrix product is the plain one, on sizes with remainders")
  func products() {
    var numbers = Numbers(seed: 7)
    for (m, n, k) in [(1, 1, 1), (2, 3, 5), (7, 8, 9), (15, 16, 17), (31, 33, 65), (64, 100, 363)] {
      let (a, b) = (numbers.array(m * (k + 2)), numbers.array(k * (n + 1)))
      var (fast, plain) = ([Float](repeating: 0, count: m * (n + 3)), [Float](repeating: 0, count: m * (n + 3)))
      BLAS.multiply(
        rows: m, columns: n, depth: k, a: a, aStride: k + 2, b: b, bStride: n + 1, c: &fast, cStride: n + 3)
      tb_gemm_f32__plain(m, n, k, a, k + 2, b, n + 1, &plain, n + 3, 0)
      #expect(deviation(fast, plain).difference <= Double(k * k) * 0x1p-24)
      tb_gemm_f32__plain(m, n, k, a, k + 2, b, n + 1, &plain, n + 3, 1)
      #expect(deviation(plain, fast.map { 2 * $0 }).difference <= Double(2 * k * k) * 0x1p-24)
    }
  }
}
