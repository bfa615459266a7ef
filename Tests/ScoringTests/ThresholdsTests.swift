import Scoring
import Testing

@Suite("Thresholds")
struct ThresholdsTests {
  static let all: [Thresholds] = [.success, .pixels, .normalised]

  @Test("The rank of a value is the number of thresholds below it, counted one by one", arguments: all)
  func ranks(_ thresholds: Thresholds) {
    var generator = SplitMix(state: 11)
    var values: [Double] = [.nan, .infinity, -.infinity, -1, 0, -0.0, 1e300, .greatestFiniteMagnitude]
    for threshold in thresholds.values { values += [threshold, threshold.nextUp, threshold.nextDown] }
    let top = thresholds.values.last ?? 1
    for _ in 0..<5000 { values.append(Double.random(in: (-0.1 * top)...(1.1 * top), using: &generator)) }
    for value in values {
      #expect(thresholds.rank(of: value) == thresholds.values.count { value > $0 }, "\(value)")
    }
  }

  @Test("They are the products and quotients that numpy, torch and Octave compute")
  func values() {
    #expect(Thresholds.success.values.count == 21)
    #expect(Thresholds.success.values[3] == 0.15000000000000002)
    #expect(Thresholds.success.values[20] == 1)
    #expect(Thresholds.pixels.values.count == 51)
    #expect(Thresholds.pixels.values[20] == 20)
    #expect(Thresholds.normalised.values.count == 51)
    #expect(Thresholds.normalised.values[29] == 0.29)
  }
}
