import CKernels
import Tensors
import TestSupport
import Testing

/// Each vector kernel against the plain one of its family, over sizes that leave every kind of remainder.
struct KernelTests {
  static let vectorSets = InstructionSet.available.filter { $0 != .plain }.map(\.isa.rawValue)
  static let channelCounts = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 48, 63, 65]

  /// Rows with a gap behind the channels that must stay as it was.
  private static let untouched: Float = 12_345

  private func outputs(_ count: Int, _ write: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    var values = [Float](repeating: Self.untouched, count: count)
    values.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { write(base) } }
    return values
  }

  private func same(_ a: [Float], _ b: [Float]) -> Bool { a.map(\.bitPattern) == b.map(\.bitPattern) }

  static let activations: [tb_activation] = [
    TB_ACTIVATION_NONE, TB_ACTIVATION_RELU, TB_ACTIVATION_RELU6, TB_ACTIVATION_HARD_SIGMOID, TB_ACTIVATION_HARD_SWISH,
    TB_ACTIVATION_SIGMOID, TB_ACTIVATION_EXPONENTIAL,
  ]

  @Test("Bias and activation give the plain version's bits", arguments: vectorSets, channelCounts)
  func biasActivation(isa: UInt32, channels: Int) {
    let isa = tb_isa(rawValue: isa)
    var numbers = Numbers(seed: channels)
    for gap in [0, 3] {
      let (rows, stride) = (5, channels + gap)
      var x = numbers.array(rows * stride)
      x[0] = -0.0
      x[stride] = .nan
      x[stride - 1] = 7.5
      x[2 * stride] = -2.5
      let bias = numbers.array(channels)
      for activation in Self.activations {
        for withBias in [true, false] {
          func run(_ isa: tb_isa) -> [Float] {
            outputs(x.count) { out in
              out.update(from: x, count: x.count)
              if withBias {
                tb_bias_activation_f32(isa, out, rows, channels, stride, bias, activation)
              } else {
                tb_bias_activation_f32(isa, out, rows, channels, stride, nil, activation)
              }
            }
          }
          #expect(
            same(run(isa), run(TB_ISA_PLAIN)),
            "isa \(isa.rawValue) channels \(channels) stride \(stride) bias \(withBias) act \(activation.rawValue)")
        }
      }
    }
  }

  @Test("Scale and shift agree within one rounding and leave gaps alone", arguments: vectorSets, channelCounts)
  func scaleShift(isa: UInt32, channels: Int) {
    let isa = tb_isa(rawValue: isa)
    var numbers = Numbers(seed: channels + 100)
    let (rows, stride) = (4, channels + 2)
    let x = numbers.array(rows * stride)
    let (scale, shift) = (numbers.array(channels), numbers.array(channels))
    for activation in [TB_ACTIVATION_NONE, TB_ACTIVATION_RELU, TB_ACTIVATION_HARD_SWISH, TB_ACTIVATION_SIGMOID] {
      func run(_ isa: tb_isa) -> [Float] {
        outputs(x.count) { tb_scale_shift_f32(isa, x, stride, $0, stride, rows, channels, scale, shift, activation) }
      }
      let (fast, plain) = (run(isa), run(TB_ISA_PLAIN))
      // The product is at most 1, so it is rounded by at most half of 2^-23, and so is the sum, at most 2, by 2^-23. Hard
      // swish, the steepest of these, has a slope of at most 7/6 there and two roundings of its own.
      #expect(deviation(fast, plain).difference <= (activation == TB_ACTIVATION_NONE ? 0x1p-22 : 0x1p-21))
      for row in 0..<rows {
        #expect(same(Array(fast[row * stride + channels..<(row + 1) * stride]), [12_345, 12_345]))
      }
    }
  }

  @Test("Bytes become the floats of their value")
  func bytes() {
    let bytes = (0..<777).map { UInt8(truncatingIfNeeded: $0 * 7) }
    #expect(outputs(777) { tb_u8_to_f32(bytes, $0, 777) } == bytes.map { Float($0) })
  }

  /// Kernels, strides, paddings and dilations worth meeting.
  static let slides: [(kernelH: Int, kernelW: Int, stride: Int, padding: Int, dilation: Int)] = [
    (1, 1, 1, 0, 1), (1, 1, 2, 0, 1), (3, 3, 1, 0, 1), (3, 3, 1, 1, 1), (3, 3, 2, 1, 1), (2, 2, 1, 0, 1),
    (3, 3, 1, 2, 2), (3, 3, 1, 4, 4), (5, 5, 1, 2, 1), (5, 5, 2, 2, 1), (4, 4, 1, 1, 1), (11, 11, 2, 0, 1),
    (7, 7, 2, 3, 1), (6, 4, 1, 0, 1), (1, 3, 3, 1, 2), (3, 3, 1, 3, 1),
  ]

  static func slide(_ s: (kernelH: Int, kernelW: Int, stride: Int, padding: Int, dilation: Int)) -> tb_slide {
    tb_slide(kernel_h: s.kernelH, kernel_w: s.kernelW, stride: s.stride, padding: s.padding, dilation: s.dilation)
  }

  static func windows(_ shape: tb_shape, _ s: tb_slide) -> (h: Int, w: Int) {
    (
      tb_slides(shape.h, s.kernel_h, s.stride, s.padding, s.dilation),
      tb_slides(shape.w, s.kernel_w, s.stride, s.padding, s.dilation)
    )
  }

  @Test("Windows are counted as they can be placed", arguments: slides.indices)
  func windowCount(index: Int) {
    let s = Self.slides[index]
    for extent in 1...20 {
      let span = s.dilation * (s.kernelW - 1) + 1
      let places = Swift.stride(from: -s.padding, through: extent + s.padding - span, by: s.stride)
      #expect(tb_slides(extent, s.kernelW, s.stride, s.padding, s.dilation) == Array(places).count)
    }
  }

  @Test("Maximum pooling gives the plain version's bits, NaN included", arguments: vectorSets, channelCounts)
  func maxPool(isa: UInt32, channels: Int) {
    let isa = tb_isa(rawValue: isa)
    var numbers = Numbers(seed: channels + 200)
    for (kernel, stride, padding) in [(3, 2, 0), (2, 2, 0), (3, 2, 1), (3, 1, 1), (5, 3, 4), (1, 1, 0)] {
      for (h, w) in [(5, 9), (6, 5), (7, 12)] {
        let shape = tb_shape(n: 2, h: h, w: w, c: channels, pixel_stride: channels + 1)
        var x = numbers.array(2 * h * w * (channels + 1))
        x[7 % x.count] = .nan
        x[(h * w) % x.count] = -.infinity
        let slide = tb_slide(kernel_h: kernel, kernel_w: kernel, stride: stride, padding: padding, dilation: 1)
        let (outH, outW) = Self.windows(shape, slide)
        func run(_ isa: tb_isa) -> [Float] {
          outputs(2 * outH * outW * (channels + 2)) { tb_max_pool_f32(isa, x, shape, slide, $0, channels + 2) }
        }
        #expect(same(run(isa), run(TB_ISA_PLAIN)), "\(h)x\(w)x\(channels) k\(kernel) s\(stride) p\(padding)")
      }
    }
  }

  @Test("Patches copied in runs are the patches copied one by one", arguments: slides.indices)
  func patches(index: Int) {
    let slide = Self.slide(Self.slides[index])
    var numbers = Numbers(seed: index + 300)
    for (channels, group, firstChannel, gap) in [(3, 3, 0, 0), (3, 3, 0, 2), (8, 4, 4, 0), (17, 5, 2, 3), (1, 1, 0, 0)]
    {
      for (h, w) in [(11, 13), (12, 17), (2, 9)] {
        let shape = tb_shape(n: 2, h: h, w: w, c: channels, pixel_stride: channels + gap)
        let (outH, outW) = Self.windows(shape, slide)
        let all = 2 * outH * outW
        guard all > 0 else { continue }
        let x = numbers.array(2 * h * w * (channels + gap))
        let first = numbers.index(below: all)
        for (first, count) in [(0, all), (first, all - first), (first, min(1, all - first))] {
          let row = slide.kernel_h * slide.kernel_w * group
          func run(_ isa: tb_isa) -> [Float] {
            outputs(count * row + 1) { tb_patches_f32(isa, x, shape, slide, firstChannel, group, first, count, $0) }
          }
          #expect(same(run(InstructionSet.best.isa), run(TB_ISA_PLAIN)), "\(slide) \(shape) from \(first), \(count)")
        }
      }
    }
  }

  @Test("Depth-wise correlation agrees within the stated bound", arguments: vectorSets, channelCounts)
  func depthwise(isa: UInt32, channels: Int) {
    let isa = tb_isa(rawValue: isa)
    var numbers = Numbers(seed: channels + 400)
    for s in Self.slides {
      let slide = Self.slide(s)
      for (h, w) in [(12, 14), (3, 11)] {
        let shape = tb_shape(n: 2, h: h, w: w, c: channels, pixel_stride: channels + 3)
        let (outH, outW) = Self.windows(shape, slide)
        guard outH > 0, outW > 0 else { continue }
        let x = numbers.array(2 * h * w * (channels + 3))
        let kernel = numbers.array(s.kernelH * s.kernelW * (channels + 1))
        func run(_ isa: tb_isa) -> [Float] {
          outputs(2 * outH * outW * (channels + 2)) {
            tb_depthwise_f32(
              isa, nil, x, shape, kernel, channels + 1, slide, nil, TB_ACTIVATION_NONE, $0, channels + 2)
          }
        }
        // No product is above 1, so the sum of the absolute products is at most the number of taps.
        let taps = Double(s.kernelH * s.kernelW)
        #expect(
          deviation(run(isa), run(TB_ISA_PLAIN)).difference <= taps * taps * 0x1p-23, "\(s) \(h)x\(w)x\(channels)")
      }
    }
  }

  @Test("Full correlation agrees within the stated bound", arguments: vectorSets, channelCounts + [256])
  func correlation(isa: UInt32, channels: Int) {
    let isa = tb_isa(rawValue: isa)
    var numbers = Numbers(seed: channels + 500)
    for (kernelH, kernelW) in [(1, 1), (2, 3), (6, 6), (4, 1)] {
      for (h, w) in [(6, 6), (9, 7), (8, 11)] {
        let shape = tb_shape(n: 3, h: h, w: w, c: channels, pixel_stride: channels + 5)
        let x = numbers.array(3 * h * w * (channels + 5))
        let kernel = numbers.array(kernelH * kernelW * (channels + 2))
        func run(_ isa: tb_isa) -> [Float] {
          outputs(3 * (h - kernelH + 1) * (w - kernelW + 1)) {
            tb_correlation_f32(isa, x, shape, kernel, kernelH, kernelW, channels + 2, 0.5, $0)
          }
        }
        let bound = (Double(kernelW * channels) / 8 + 4) * 0x1p-23 * Double(kernelH * kernelW * channels)
        #expect(
          deviation(run(isa), run(TB_ISA_PLAIN)).difference <= bound, "\(kernelH)x\(kernelW) on \(h)x\(w)x\(channels)")
      }
    }
  }

  @Test("Depth-wise correlation of one channel is full correlation of it")
  func oneChannel() {
    var numbers = Numbers(seed: 600)
    let shape = tb_shape(n: 1, h: 9, w: 8, c: 1, pixel_stride: 1)
    let (x, kernel) = (numbers.array(72), numbers.array(12))
    let slide = tb_slide(kernel_h: 4, kernel_w: 3, stride: 1, padding: 0, dilation: 1)
    let depthwise = outputs(36) {
      tb_depthwise_f32(TB_ISA_PLAIN, nil, x, shape, kernel, 1, slide, nil, TB_ACTIVATION_NONE, $0, 1)
    }
    let full = outputs(36) { tb_correlation_f32(TB_ISA_PLAIN, x, shape, kernel, 4, 3, 1, 1, $0) }
    #expect(deviation(depthwise, full).difference < 1e-6)
  }
}
