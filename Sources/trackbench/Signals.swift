import Evaluation
import Foundation
import Synchronization

/// SIGINT and SIGTERM: the first asks the run to stop and keeps what is whole, the second ends the program at once.
enum Signals {
  /// The signal received, 0 for none.
  static let received = Atomic<Int32>(0)
  static let stop = StopFlag()

  static func install() {
    for number in [SIGINT, SIGTERM] {
      // Only lock-free atomics and async-signal-safe calls in here.
      signal(number) { number in
        let (first, _) = Signals.received.compareExchange(expected: 0, desired: number, ordering: .relaxed)
        if !first { _exit(128 + number) }
        Signals.stop.set()
      }
    }
  }

  /// 128 + signal, as shells report it; nil when none came.
  static var exitCode: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }
}
