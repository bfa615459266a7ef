import Datasets
import Evaluation
import Foundation
import Interchange
import TestSupport
import Testing

private let results = "data/results/OTB100"

@Suite(
  "Speed of reading",
  .enabled(if: Shared.has(results) && SharedDataset.isThere("OTB100"), "needs ../shared/data/results/OTB100"))
struct ImportSpeedTests {
  @Test("All trackers of OTB-100 are read in a fraction of a second")
  func otb100() throws {
    let dataset = try SharedDataset.named("OTB100")
    let trackers = Shared.list(results)
    var best = Duration.seconds(1000)
    var leastProcessor = Double.infinity
    var rows = 0
    for _ in 0..<5 {
      rows = 0
      let before = processorSeconds()
      let time = try ContinuousClock().measure {
        for tracker in trackers {
          let outcome = try ResultFolder.read(path: Shared.path("\(results)/\(tracker)"), dataset: dataset)
          rows += outcome[0].trajectories.reduce(0) { $0 + $1.boxes.count }
        }
      }
      best = min(best, time)
      leastProcessor = min(leastProcessor, processorSeconds() - before)
    }
    print("read \(trackers.count) trackers, \(rows) boxes: \(best), \(leastProcessor) s of processor (best of 5)")
    // A release build takes about a hundredth of it; a debug build stays below too.
    #expect(best < .seconds(20))
  }

  /// Of all threads of this process.
  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
