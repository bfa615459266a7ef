import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

struct ArithmeticTests {
  private let workspace = Workspace(engine: Engine())

  private func tensor(_ numbers: inout Numbers, n: Int = 1, c: Int, h: Int, w: Int) -> Tensor {
    Tensor(nchw: numbers.array(n * c * h * w), n: n, c: c, h: h, w: w)
  }

  @Test("Activations are their formulas")
  func activations() {
    let values: [Float] = [-100, -3.5, -3, -2, -0.25, 0, 0.5, 2.75, 3, 5.5, 6, 7, 80]
    let input = Tensor(nchw: values, n: 1, c: values.count, h: 1, w: 1)
    func expect(_ activation: Activation, _ formula: (Double) -> Double) {
      let found = activation(input, in: workspace).nchw
      for (x, y) in zip(values, found) {
        let wanted = formula(Double(x))
        #expect(abs(Double(y) - wanted) <= 1e-6 * max(1, abs(wanted)), "\(activation)(\(x)) = \(y), wanted \(wanted)")
      }
    }
    func gate(_ x: Double) -> Double { min(max(x + 3, 0), 6) / 6 }
    expect(.none) { $0 }
    expect(.relu) { max($0, 0) }
    expect(.relu6) { min(max($0, 0), 6) }
    expect(.hardSigmoid, gate)
    expect(.hardSwish) { $0 * gate($0) }
    expect(.sigmoid) { 1 / (1 + exp(-$0)) }
    expect(.exponential) { exp($0) }
  }

  @Test("Sums of tensors give the plain version's bits", arguments: KernelTests.vectorSets, KernelTests.channelCounts)
  func sums(isa: UInt32, channels: Int) {
    var numbers = Numbers(seed: channels)
    let (a, b) = (numbers.array(3 * (channels + 1)), numbers.array(3 * (channels + 2)))
    for activation in KernelTests.activations {
      func run(_ isa: tb_isa) -> [UInt32] {
        var out = [Float](repeating: 12_345, count: 3 * (channels + 3))
        tb_add_f32(isa, a, channels + 1, b, channels + 2, &out, channels + 3, 3, channels, activation)
        return out.map(\.bitPattern)
      }
      #expect(run(tb_isa(rawValue: isa)) == run(TB_ISA_PLAIN))
    }
  }

  @Test("A residual sum adds value by value and then activates")
  func residual() {
    var numbers = Numbers(seed: 1)
    let (a, b) = (tensor(&numbers, n: 2, c: 19, h: 3, w: 4), tensor(&numbers, n: 2, c: 19, h: 3, w: 4))
    let wanted = zip(a.nchw, b.nchw).map { $0 + $1 }
    #expect(Tensor.sum(a, b, in: workspace).nchw == wanted)
    #expect(Tensor.sum(a, b, activation: .relu, in: workspace).nchw == wanted.map { max($0, 0) })
  }

  @Test("Global means agree within the stated bound", arguments: KernelTests.vectorSets, KernelTests.channelCounts)
  func means(isa: UInt32, channels: Int) {
    var numbers = Numbers(seed: channels + 7)
    for (h, w) in [(1, 1), (3, 5), (16, 16), (64, 64)] {
      let shape = tb_shape(n: 2, h: h, w: w, c: channels, pixel_stride: channels + 1)
      let x = numbers.array(2 * h * w * (channels + 1))
      func run(_ isa: tb_isa) -> [Float] {
        var out = [Float](repeating: 12_345, count: 2 * (channels + 2))
        tb_global_mean_f32(isa, x, shape, &out, channels + 2)
        return out
      }
      let (fast, plain) = (run(tb_isa(rawValue: isa)), run(TB_ISA_PLAIN))
      #expect(deviation(fast, plain).difference <= Double(w + h + 2) * 0x1p-23)
      #expect(fast[channels] == 12_345)
    }
  }

  @Test("Means and factors go channel by channel, image by image")
  func channels() {
    var numbers = Numbers(seed: 2)
    let x = tensor(&numbers, n: 2, c: 21, h: 4, w: 5)
    let factors = tensor(&numbers, n: 2, c: 21, h: 1, w: 1)
    let (means, scaled) = (x.globalMean(in: workspace), x.scaled(byChannel: factors, in: workspace))
    let positive = x.scaled(byChannel: factors, activation: .relu, in: workspace)
    #expect(means.shape.description == "2x1x1x21")
    for n in 0..<2 {
      for c in 0..<21 {
        var sum = 0.0
        for y in 0..<4 {
          for column in 0..<5 {
            sum += Double(x[n, y, column, c])
            #expect(scaled[n, y, column, c] == x[n, y, column, c] * factors[n, 0, 0, c])
            #expect(positive[n, y, column, c] == max(scaled[n, y, column, c], 0))
          }
        }
        #expect(abs(Double(means[n, 0, 0, c]) - sum / 20) < 1e-6)
      }
    }
  }

  @Test("Parts and concatenations hold the values they were cut and put together from")
  func parts() {
    var numbers = Numbers(seed: 3)
    let (a, b) = (tensor(&numbers, n: 2, c: 18, h: 5, w: 6), tensor(&numbers, n: 2, c: 3, h: 5, w: 6))
    let both = Tensor.concatenatingChannels([a, b, a], in: workspace)
    let part = both.part(rows: 1..<4, columns: 2..<6, in: workspace)
    #expect(part.shape.description == "2x3x4x39")
    for n in 0..<2 {
      for y in 0..<3 {
        for x in 0..<4 {
          for c in 0..<39 {
            let wanted =
              c < 18 ? a[n, y + 1, x + 2, c] : c < 21 ? b[n, y + 1, x + 2, c - 18] : a[n, y + 1, x + 2, c - 21]
            #expect(part[n, y, x, c] == wanted)
          }
        }
      }
    }
    #expect(Tensor.concatenatingChannels([a], in: workspace).nchw == a.nchw)
  }

  @Test("Pixel-wise correlation is full correlation with each place of the template")
  func pixelwise() {
    var numbers = Numbers(seed: 4)
    let (search, template) = (tensor(&numbers, n: 2, c: 21, h: 6, w: 5), tensor(&numbers, c: 21, h: 3, w: 4))
    let all = Correlation.pixelwise(search, template: template, in: workspace)
    #expect(all.shape.description == "2x6x5x12")
    for row in 0..<3 {
      for column in 0..<4 {
        let place = template.part(rows: row..<row + 1, columns: column..<column + 1, in: workspace)
        let one = Correlation.full(search, template: place, scale: 1, in: workspace)
        for n in 0..<2 {
          for y in 0..<6 {
            for x in 0..<5 { #expect(abs(all[n, y, x, row * 4 + column] - one[n, y, x, 0]) < 1e-5) }
          }
        }
      }
    }
  }

  @Test("Depth-wise correlation with zero padding is that of a picture with zeros around it")
  func paddedCorrelation() {
    var numbers = Numbers(seed: 5)
    let (search, template) = (tensor(&numbers, c: 9, h: 5, w: 6), tensor(&numbers, c: 9, h: 4, w: 4))
    let around = Tensor(shape: TensorShape(n: 1, h: 7, w: 8, c: 9)) { floats in
      for y in 0..<5 {
        for x in 0..<6 {
          for c in 0..<9 { floats[((y + 1) * 8 + x + 1) * 9 + c] = search[0, y, x, c] }
        }
      }
    }
    let padded = Correlation.depthwise(search, template: template, padding: 1, in: workspace)
    let wanted = Correlation.depthwise(around, template: template, in: workspace)
    #expect(padded.shape == wanted.shape && deviation(padded.nchw, wanted.nchw).difference < 1e-5)
  }
}
