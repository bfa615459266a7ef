import Foundation
import Siamese
import Testing

struct SizePenaltyTests {
  private static let state = TargetState(centerX: 50, centerY: 40, width: 30, height: 20)

  @Test("The target's own size costs nothing, any other costs, as much when larger as when smaller")
  func symmetry() {
    for precision in [SizePenalty.Precision.single, .double] {
      let penalty = SizePenalty(Self.state, scale: 2, strength: 0.15, precision: precision)
      #expect(abs(penalty(width: 60, height: 40) - 1) < 1e-6)
      for factor in [1.25, 2, 8] {
        let (larger, smaller) = (
          penalty(width: 60 * factor, height: 40 * factor), penalty(width: 60 / factor, height: 40 / factor)
        )
        #expect(larger < 1 && abs(larger - smaller) < 1e-6)
        #expect(penalty(width: 60 * factor, height: 40) < 1 && penalty(width: 60, height: 40 * factor) < 1)
      }
      #expect(SizePenalty(Self.state, scale: 2, strength: 0, precision: precision)(width: 1, height: 9) == 1)
    }
  }

  @Test("The penalty is the formula, by hand for a box twice as wide")
  func formula() {
    let penalty = SizePenalty(Self.state, scale: 1, strength: 0.5)
    // S(60, 20) = sqrt(100 * 60), S(30, 20) = sqrt(55 * 45); ratios 3 and 1.5.
    let size = (6000.0 / 2475).squareRoot()
    #expect(abs(penalty(width: 60, height: 20) - exp(-(2 * size - 1) * 0.5)) < 1e-12)
  }

  @Test("The first of equal values wins, what is no number never does, and nothing but that is no choice")
  func choice() {
    let penalty = SizePenalty(Self.state, scale: 1, strength: 0.1)
    let target = CropBox(x: 1, y: 2, width: 30, height: 20)
    func best(_ scores: [Double], _ boxes: [CropBox]? = nil) -> PenalizedChoice? {
      PenalizedChoice.best(of: scores.count, window: [0, 0], influence: 0.4, penalty: penalty) {
        (scores[$0], boxes?[$0] ?? target)
      }
    }
    let choice = best([0.2, 0.9, 0.9, 0.1])
    #expect(choice?.index == 1 && choice?.box == target && choice?.score == 0.9)
    #expect(abs((choice?.value ?? 0) - 0.9 * 0.6) < 1e-12 && abs((choice?.rate(0.3) ?? 0) - 0.27) < 1e-12)
    #expect(best([.nan, 0.1])?.index == 1)
    #expect(best([.nan, .nan]) == nil)
    let infinite = CropBox(x: 0, y: 0, width: .infinity, height: .infinity)
    #expect(best([0.9, 0.1], [infinite, target])?.index == 1)
  }

  @Test("The window is shared by candidates that stand at one place")
  func window() {
    let penalty = SizePenalty(Self.state, scale: 1, strength: 0)
    let choice = PenalizedChoice.best(of: 6, window: [0, 0, 1], influence: 0.5, penalty: penalty) {
      ($0 == 5 ? 0.6 : 0.5, CropBox(x: 0, y: 0, width: 30, height: 20))
    }
    #expect(choice?.index == 5 && abs((choice?.value ?? 0) - 0.8) < 1e-12)
  }
}
