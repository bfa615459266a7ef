import CKernels
import Tensors
import TestSupport
import Testing

/// The forms of minimal filtering and the direct products, straight at the kernels, so that every instruction set, number of
/// threads and awkward size is met.
struct WinogradTests {
  struct Case: CustomStringConvertible, Sendable {
    var n = 1
    var h = 13
    var w = 11
    var inputs = 16
    var outputs = 16
    /// Rows and columns of the kernel.
    var taps = 3
    var stride = 1
    var padding = 1
    var dilation = 1
    var groups = 1
    var hasResidual = false
    var activation = TB_ACTIVATION_NONE

    var description: String {
      "\(n)x\(h)x\(w)x\(inputs) to \(outputs), \(taps)x\(taps) s\(stride) p\(padding) d\(dilation) g\(groups) "
        + "residual \(hasResidual) \(activation.rawValue)"
    }

    var filters: tb_filters {
      tb_filters(
        out_channels: outputs, groups: groups,
        window: tb_slide(kernel_h: taps, kernel_w: taps, stride: stride, padding: padding, dilation: dilation))
    }
    var input: tb_shape { tb_shape(n: n, h: h, w: w, c: inputs, pixel_stride: inputs + 3) }
    var outH: Int { tb_slides(h, taps, stride, padding, dilation) }
    var outW: Int { tb_slides(w, taps, stride, padding, dilation) }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for taps in [3, 5] {
      for channels in [1, 2, 7, 8, 9, 15, 17, 33] {
        cases.append(Case(inputs: channels, outputs: 34 - channels, taps: taps))
        cases.append(
          Case(n: 3, inputs: 2 * channels, outputs: 2 * channels + 2, taps: taps, groups: 2, hasResidual: true))
      }
      for side in 1...9 { cases.append(Case(h: side, w: 10 - side, taps: taps, padding: taps / 2)) }
      for dilation in [2, 3, 4] {
        cases.append(
          Case(
            h: 17, w: 14, inputs: 10, outputs: 21, taps: taps, padding: dilation, dilation: dilation,
            activation: TB_ACTIVATION_RELU))
        cases.append(Case(n: 2, h: 3, w: 2, taps: taps, padding: 2 * dilation, dilation: dilation))
      }
      for activation in [TB_ACTIVATION_RELU6, TB_ACTIVATION_HARD_SWISH, TB_ACTIVATION_SIGMOID] {
        cases.append(Case(taps: taps, padding: 3, hasResidual: true, activation: activation))
      }
      // So many tiles that they go through in groups, and more rows than one block of products.
      cases.append(Case(n: 3, h: 31, w: 40, inputs: 32, outputs: 40, taps: taps))
      // More depth than one block.
      cases.append(Case(h: 6, w: 6, inputs: 1040, outputs: 24, taps: taps))
    }
    // So many channels that they go through another way, in groups of tiles.
    cases.append(Case(n: 3, h: 31, w: 31, inputs: 136, outputs: 136))
    // Six taps themselves, and as the phases of strided layers; the first of them begins the AlexNets.
    cases.append(Case(inputs: 9, outputs: 17, taps: 6, padding: 2, groups: 1, hasResidual: true))
    cases.append(
      Case(n: 3, h: 57, w: 63, inputs: 3, outputs: 96, taps: 11, stride: 2, padding: 0, activation: TB_ACTIVATION_RELU))
    for padding in 0...3 {
      cases.append(Case(h: 21 + padding, w: 34, inputs: 3, outputs: 13, taps: 11, stride: 2, padding: padding))
      cases.append(Case(n: 2, h: 24, w: 13 - padding, inputs: 5, outputs: 33, taps: 12, stride: 2, padding: padding))
      cases.append(
        Case(h: 9, w: 16 - padding, inputs: 7, outputs: 18, taps: 5, stride: 2, padding: padding, hasResidual: true))
      cases.append(Case(n: 2, h: 17, w: 17, inputs: 2, outputs: 9, taps: 9, stride: 3, padding: padding))
      cases.append(Case(h: 12 + padding, w: 19, inputs: 40, outputs: 8, taps: 10, stride: 2, padding: padding))
    }
    return cases
  }()

  private struct Material {
    let x: [Float]
    let weights: [Float]
    let bias: [Float]
    let residual: [Float]

    init(_ test: Case) {
      var numbers = Numbers(seed: test.inputs * 131 + test.outputs * 7 + test.h)
      x = numbers.array(test.n * test.h * test.w * test.input.pixel_stride)
      weights = numbers.array(test.outputs * test.inputs / test.groups * test.taps * test.taps)
      bias = numbers.array(test.outputs)
      residual = numbers.array(test.n * test.outH * test.outW * test.outputs)
    }
  }

  /// What the definition gives, every output pixel three floats longer than it has channels.
  private static func expected(_ test: Case, _ m: Material) -> [Float] {
    let (stride, pixels) = (test.outputs + 3, test.n * test.outH * test.outW)
    var out = [Float](repeating: 12_345, count: pixels * stride)
    tb_conv2d_f32__plain(
      m.x, test.input, m.weights, m.bias, test.outputs, test.groups, test.filters.window, TB_ACTIVATION_NONE, &out,
      stride)
    if test.hasResidual {
      for pixel in 0..<pixels {
        for c in 0..<test.outputs { out[pixel * stride + c] += m.residual[pixel * test.outputs + c] }
      }
    }
    tb_bias_activation_f32(TB_ISA_PLAIN, &out, pixels, test.outputs, stride, nil, test.activation)
    return out
  }

  /// What a fast way gives. `form` nil: direct.
  private static func run(
    _ test: Case, _ m: Material, isa: tb_isa, form: tb_winograd_form?, threads: Int
  ) -> [Float] {
    let pool = tb_pool_make(threads)
    defer { tb_pool_free(pool) }
    let (shape, filters, stride) = (test.input, test.filters, test.outputs + 3)
    func memory(_ count: Int) -> UnsafeMutablePointer<Float> {
      // Whatever lies in scratch memory must not matter: not a number.
      let floats = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
        .bindMemory(to: Float.self, capacity: max(count, 1))
      floats.initialize(repeating: .nan, count: max(count, 1))
      return floats
    }
    let packed = memory(
      form.map { tb_winograd_weights(isa, $0, test.inputs, filters) } ?? tb_direct_weights(isa, test.inputs, filters))
    let scratch = memory(
      form.map { tb_winograd_scratch(isa, pool, $0, shape, filters) } ?? tb_direct_scratch(isa, pool, shape, filters))
    defer {
      packed.deallocate()
      scratch.deallocate()
    }
    var out = [Float](repeating: 12_345, count: test.n * test.outH * test.outW * stride)
    m.bias.withUnsafeBufferPointer { bias in
      m.residual.withUnsafeBufferPointer { residual in
        let finish = tb_finish(
          bias: bias.baseAddress, residual: test.hasResidual ? residual.baseAddress : nil,
          residual_stride: test.outputs, activation: test.activation)
        if let form {
          tb_winograd_pack(isa, pool, form, m.weights, test.inputs, filters, packed)
          tb_winograd_f32(isa, pool, form, m.x, shape, packed, filters, finish, &out, stride, scratch)
        } else {
          tb_direct_pack(isa, pool, m.weights, test.inputs, filters, packed)
          tb_direct_f32(isa, pool, m.x, shape, packed, filters, finish, &out, stride, scratch)
        }
      }
    }
    return out
  }

  private static func forms(_ test: Case) -> [tb_winograd_form] {
    let taps = (test.taps + test.stride - 1) / test.stride
    return [2, 3, 4, 5, 6].map { tb_winograd_form(outputs: $0, taps: taps) }
  }

  @Test("Every form is the definition's convolution, for every instruction set", arguments: cases)
  func forms(_ test: Case) {
    let material = Material(test)
    let expected = Self.expected(test, material)
    let largest = expected.filter { $0 != 12_345 }.map(abs).max() ?? 0
    // Values and weights are uniform in -1 ... 1, so sums are as large as the root of their number.
    let scale = max(Double(largest), Double(test.inputs / test.groups * test.taps * test.taps).squareRoot())
    var compared = 0
    for set in InstructionSet.available {
      for form in Self.forms(test) where tb_winograd_suits(form, test.filters) != 0 {
        let found = Self.run(test, material, isa: set.isa, form: form, threads: 1)
        // Section 4.6 of the kernels' notes measures 1.2e-6, 3.6e-6 and 4.7e-6 of root mean square for 6, 7 and 8 points; the
        // largest of a few thousand values is some four times that, and inputs of both signs cancel more.
        let points = form.outputs + form.taps - 1
        let bound = points == 6 ? 1e-5 : points == 7 ? 3e-5 : 4e-5
        let (difference, _) = deviation(found, expected)
        #expect(difference <= bound * scale, "F(\(form.outputs),\(form.taps)) \(set) \(test): \(difference / scale)")
        compared += 1
      }
    }
    #expect(compared >= (test.taps <= 5 && test.stride == 1 ? 3 : 1))
  }

  @Test("Direct products are the definition's convolution with a residual, for every instruction set", arguments: cases)
  func direct(_ test: Case) {
    let material = Material(test)
    let expected = Self.expected(test, material)
    for set in InstructionSet.available {
      let found = Self.run(test, material, isa: set.isa, form: nil, threads: 1)
      let depth = Double(test.inputs / test.groups * test.taps * test.taps)
      // The stated bound, with all absolute products at most 1, and the bias and residual on top.
      let bound = (min(depth, 516) + depth / 256 + 4) * 0x1p-24 * (depth + 2)
      #expect(deviation(found, expected).difference <= bound, "\(set) \(test)")
    }
  }

  @Test("Any number of threads gives the same bits", arguments: cases)
  func threads(_ test: Case) {
    let material = Material(test)
    let isa = InstructionSet.best.isa
    for form in [nil] + Self.forms(test).map(Optional.some)
    where form.map({ tb_winograd_suits($0, test.filters) != 0 }) ?? true {
      let one = Self.run(test, material, isa: isa, form: form, threads: 1).map(\.bitPattern)
      for threads in [2, 3, 5] {
        #expect(Self.run(test, material, isa: isa, form: form, threads: threads).map(\.bitPattern) == one)
      }
    }
  }
}
