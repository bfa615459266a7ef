import CKernels
import Testing

@Suite("Sums over drawn rows")
struct ResampleKernelTests {
  @Test(
    "Each column is the sum of its products, rounded one by one in the order of the picks",
    arguments: CurveKernelTests.isas)
  func sums(isa: UInt32) {
    var generator = SplitMix(state: 31)
    let columns = Int(TB_RESAMPLE_COLUMNS)
    let rows = 90
    var cells = (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &generator) }
    cells[5] = .nan
    cells[columns + 6] = .infinity
    cells[7] = -0.0
    for count in 0...70 {
      let picks = (0..<count).map { _ in
        tb_pick(
          row: Int32.random(in: 0..<Int32(rows), using: &generator),
          times: Float(Int.random(in: 1...5, using: &generator)))
      }
      var expected = [Float](repeating: 0, count: columns)
      for pick in picks {
        for column in 0..<columns { expected[column] += pick.times * cells[Int(pick.row) * columns + column] }
      }
      var found = [Float](repeating: 12_345, count: columns + 1)
      tb_sum_picks_f32(tb_isa(rawValue: isa), cells, picks, count, &found)
      #expect(found.popLast() == 12_345)
      #expect(
        zip(found, expected).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }, "\(count) picks")
    }
  }
}
