import CKernels
import Tensors
import Testing

@Suite("What the machine does at most")
struct MachineLimitsTests {
  @Test("Every instruction set counts what it does, and ends at the chains' limit", arguments: InstructionSet.available)
  func counts(instructionSet: InstructionSet) {
    let lanes =
      switch instructionSet {
      case .plain: 4
      case .avx2: 8
      case .avx512: 16
      }
    var sum: Float = 0
    #expect(
      tb_fma_peak_f32(tb_isa(rawValue: UInt32(InstructionSet.allCases.firstIndex(of: instructionSet) ?? 0)), 1000, &sum)
        == 1000 * 12 * lanes * 2)
    // x * 0.5 + 0.5 runs to 1 in each of the twelve chains.
    #expect(sum == Float(12 * (instructionSet == .plain ? lanes : 1)))
  }

  @Test("Reading visits every word", arguments: [16, 64, 4096])
  func reads(count: Int) {
    var values = [Float](repeating: 1, count: count)
    let before = tb_read_all_f32(values, count)
    for index in [0, 1, 7, 15, count - 1] {
      values[index] = 2
      #expect(tb_read_all_f32(values, count) != before)
      values[index] = 1
    }
  }

  @Test("Peaks and bandwidth are numbers of this world")
  func sane() {
    for instructionSet in InstructionSet.available {
      #expect(0.05...2000 ~= MachineLimits.multiplyAddPeak(instructionSet))
    }
    #expect(0.05...2000 ~= MachineLimits.readBandwidth(bytes: 8 << 20))
    let before = ThreadClock.nanoseconds
    _ = MachineLimits.multiplyAddPeak(.plain)
    #expect(ThreadClock.nanoseconds > before && ThreadClock.ofProcess >= ThreadClock.nanoseconds)
  }
}
