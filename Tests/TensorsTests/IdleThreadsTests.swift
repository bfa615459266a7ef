import Tensors
import TestSupport
import Testing

/// Cores that sequences leave idle help inside the frames of others.
@Suite("Idle threads", .serialized)
struct IdleThreadsTests {
  @Test("They come and go between two layers, and the sums keep their bits")
  func comeAndGo() { ProcessWide.alone { compareAll() } }

  private func compareAll() {
    var numbers = Numbers(seed: 11)
    let input = Tensor(nchw: numbers.array(64 * 33 * 33), n: 1, c: 64, h: 33, w: 33)
    let convolution = Convolution(
      ConvolutionParameters(
        weights: numbers.array(96 * 64 * 9), shape: [96, 64, 3, 3], bias: numbers.array(96), window: .init(padding: 1)),
      engine: Engine())
    let workspace = Workspace(engine: Engine())
    defer { IdleThreads.share(0, among: 0) }
    func bits() -> [UInt32] { convolution(input, in: workspace).nchw.map(\.bitPattern) }
    let alone = bits()
    for (idle, jobs, threads) in [(2, 1, 3), (5, 2, 3), (1, 2, 1), (4, 0, 1)] {
      IdleThreads.share(idle, among: jobs)
      #expect(workspace.threads == threads)
      #expect(bits() == alone, "\(idle) idle threads for \(jobs) jobs")
    }
  }
}
