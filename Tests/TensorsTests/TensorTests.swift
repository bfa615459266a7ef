import Tensors
import TestSupport
import Testing

struct TensorTests {
  @Test("A tensor gives back the values it was made of", arguments: [1, 3, 15, 16, 17, 128, 130])
  func roundTrip(channels: Int) {
    var numbers = Numbers(seed: channels)
    let values = numbers.array(2 * channels * 3 * 4)
    let tensor = Tensor(nchw: values, n: 2, c: channels, h: 3, w: 4)
    #expect(tensor.nchw == values)
    #expect(tensor[1, 2, 3, channels - 1] == values.last)
    #expect(tensor.shape.pixelStride >= channels)
    tensor.withUnsafePointer { #expect(UInt(bitPattern: $0) % 64 == 0) }
  }

  @Test("Pixel strides hold the channels and, from 128 on, are odd multiples of 16")
  func strides() {
    for channels in 1...2048 {
      let stride = TensorShape.usualStride(channels: channels)
      #expect(stride >= channels && stride <= channels + 31)
      #expect(channels < 128 || stride % 32 == 16)
    }
  }

  @Test("A workspace hands a block out again only when no tensor holds it")
  func recycling() {
    let workspace = Workspace(engine: Engine())
    let shape = TensorShape(n: 1, h: 2, w: 2, c: 4)
    func make(_ value: Float) -> Tensor {
      workspace.tensor(shape) { $0.update(repeating: value, count: shape.floats) }
    }
    let kept = make(1)
    let copy = kept
    for value in 2..<50 { #expect(make(Float(value))[0, 1, 1, 3] == Float(value)) }
    #expect(kept[0, 0, 0, 0] == 1 && copy[0, 1, 1, 3] == 1)
    #expect(workspace.capacity == 2 * shape.floats)
  }

  @Test("From the second frame on a workspace grows no more")
  func steady() {
    var numbers = Numbers(seed: 1)
    let engine = Engine()
    let workspace = Workspace(engine: engine)
    let parameters = ConvolutionParameters(weights: numbers.array(64 * 9), shape: [8, 8, 3, 3])
    let layer = Convolution(parameters, engine: engine)
    let input = Tensor(nchw: numbers.array(8 * 400), n: 1, c: 8, h: 20, w: 20)
    func frame() -> Tensor {
      MaxPool(kernel: 3, stride: 2)(layer(layer(input, in: workspace), in: workspace), in: workspace)
    }
    let first = frame().nchw
    let capacity = workspace.capacity
    for _ in 0..<5 { #expect(frame().nchw == first) }
    #expect(workspace.capacity == capacity)
    #expect(workspace.products.calls >= 12 && workspace.products.multiplyAdds > 0)
  }

  @Test("The environment chooses the engine, and a wrong value is named with the right ones")
  func environment() throws {
    #expect(try Engine(environment: [:]) == Engine())
    #expect(try Engine(environment: ["TRACKBENCH_KERNELS": "plain"]).instructionSet == .plain)
    #expect(try Engine(environment: ["TRACKBENCH_CONVOLUTION": "plain"]).convolution == .plain)
    #expect(try Engine(environment: ["TRACKBENCH_KERNELS": "", "TRACKBENCH_CONVOLUTION": ""]) == Engine())
    let fault = #expect(throws: EngineFault.self) { try Engine(environment: ["TRACKBENCH_KERNELS": "sse"]) }
    #expect(fault?.place == "TRACKBENCH_KERNELS")
    #expect(fault?.cause == "expected one of plain, avx2, avx512, found \"sse\"")
    for missing in InstructionSet.allCases where !InstructionSet.available.contains(missing) {
      #expect(throws: EngineFault.self) { try Engine(environment: ["TRACKBENCH_KERNELS": missing.rawValue]) }
    }
  }

  @Test("Every variable is an engine's choice, and what it does not know is named")
  func variables() throws {
    let engine = try Engine(environment: [
      "TRACKBENCH_CONVOLUTION": "direct", "TRACKBENCH_GEMM": "openblas", "TRACKBENCH_MEMORY": "600M",
      "TRACKBENCH_THREADS": "3",
    ])
    #expect(engine.convolution == .direct && engine.products == .openblas && engine.threads == 3)
    #expect(engine.weightBytes == 600 << 20)
    #expect(Engine.bytes("2g") == 2 << 30 && Engine.bytes("17") == 17 && Engine.bytes("1k") == 1024)
    for text in ["", "M", "-1M", "1T", "9999999999G", "1.5M"] { #expect(Engine.bytes(text) == nil) }
    for (variable, value) in [("MEMORY", "much"), ("THREADS", "0"), ("GEMM", "mkl"), ("CONVOLUTION", "fft")] {
      let fault = #expect(throws: EngineFault.self) {
        try Engine(environment: ["TRACKBENCH_\(variable)": value])
      }
      #expect(fault?.place == "TRACKBENCH_\(variable)" && fault?.cause.contains(value) == true)
    }
  }

  @Test("A bound on the weights leaves Winograd to the layers that gain most by it")
  func bound() {
    var numbers = Numbers(seed: 8)
    func layer(_ name: String, side: Int) -> ConvolutionParameters {
      ConvolutionParameters(
        weights: numbers.array(64 * 64 * 9), shape: [64, 64, 3, 3], window: .init(padding: 1), name: name,
        workload: .everyFrame(side: side))
    }
    // 36 points instead of 9 taps for the map of 8, 64 for that of 48: 0.44 MB and 0.90 MB more.
    let layers = [layer("small", side: 8), layer("large", side: 48)]
    func algorithms(_ bytes: Int?) -> [ConvolutionAlgorithm] {
      Engine(products: .native, weightBytes: bytes).building { engine in
        layers.map { Convolution($0, engine: engine).algorithm }
      }
    }
    #expect(algorithms(nil) == [.winograd, .winograd])
    #expect(algorithms(0) == [.direct, .direct])
    let plain = 2 * 64 * 64 * 9 * 4
    #expect(algorithms(plain + 64 * 64 * 55 * 4) == [.direct, .winograd])
    #expect(algorithms(plain + 64 * 64 * 54 * 4) == [.winograd, .direct])
    #expect(algorithms(plain + 64 * 64 * 82 * 4) == [.winograd, .winograd])
  }

  @Test("The BLAS library runs on one thread and tells what it is")
  func blas() {
    guard BLASInfo.isAvailable else { return print("skipped: no OpenBLAS on this machine") }
    #expect(BLASInfo.threads == 1)
    #expect(!BLASInfo.coreName.isEmpty)
    #expect(BLASInfo.configuration.contains("OpenBLAS"))
  }
}
